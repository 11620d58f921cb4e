from django.db import migrations

FORGET = """
CREATE TRIGGER portal_search_indicator AFTER DELETE ON indicators_indicator
FOR EACH ROW EXECUTE FUNCTION portal_search_forget('indicator');
"""


class Migration(migrations.Migration):
    dependencies = [("indicators", "0002_names"), ("portal", "0007_search")]
    operations = [
        migrations.RunSQL(FORGET, "DROP TRIGGER portal_search_indicator ON indicators_indicator;")
    ]
