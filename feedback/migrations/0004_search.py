from django.db import migrations

# An answer taken off the public page is not found any more, whoever takes it off.
FORGET = """
CREATE TRIGGER portal_search_answer AFTER DELETE ON feedback_submission
FOR EACH ROW EXECUTE FUNCTION portal_search_forget('answer');
CREATE TRIGGER portal_search_answer_hidden AFTER UPDATE ON feedback_submission
FOR EACH ROW WHEN (NOT NEW.is_public) EXECUTE FUNCTION portal_search_forget('answer');
"""
KEEP = """
DROP TRIGGER portal_search_answer_hidden ON feedback_submission;
DROP TRIGGER portal_search_answer ON feedback_submission;
"""


class Migration(migrations.Migration):
    dependencies = [("feedback", "0003_names"), ("portal", "0007_search")]
    operations = [migrations.RunSQL(FORGET, KEEP)]
