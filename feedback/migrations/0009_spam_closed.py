from django.db import migrations

# Spam that staff have decided on is closed; from then on it is kept ninety days.
CLOSE_SPAM = """
UPDATE feedback_submission SET closed_at = received_at
WHERE state = 'spam' AND closed_at IS NULL AND suspicions = '{}';
"""


class Migration(migrations.Migration):
    dependencies = [("feedback", "0008_doubts")]
    operations = [migrations.RunSQL(CLOSE_SPAM, migrations.RunSQL.noop)]
