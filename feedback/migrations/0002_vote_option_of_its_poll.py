from django.db import migrations


class Migration(migrations.Migration):
    """A vote's option belongs to the vote's poll; Django has no foreign key of two columns."""

    dependencies = [("feedback", "0001_initial")]

    operations = [
        migrations.RunSQL(
            """
            ALTER TABLE feedback_vote ADD CONSTRAINT vote_option_of_its_poll
            FOREIGN KEY (option_id, poll_id) REFERENCES feedback_option (id, poll_id)
            DEFERRABLE INITIALLY DEFERRED
            """,
            "ALTER TABLE feedback_vote DROP CONSTRAINT vote_option_of_its_poll",
        )
    ]
