from django.db import migrations

# As in 0007, with one more thing that may be done: the reason of an extension goes too, once the
# personal data of its submission are erased. Its days stay: the sender's date was counted with them.
KEEP = """
CREATE OR REPLACE FUNCTION feedback_keep_history() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    is_words_alone boolean := false;
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF TG_TABLE_NAME = 'feedback_event' THEN
            is_words_alone :=
                (NEW.id, NEW.submission_id, NEW.kind, NEW.at, NEW.by_id)
                    IS NOT DISTINCT FROM (OLD.id, OLD.submission_id, OLD.kind, OLD.at, OLD.by_id)
                AND NEW.text = ''
                AND NEW.before IN ('', OLD.before) AND NEW.after IN ('', OLD.after);
        ELSE
            is_words_alone :=
                (NEW.id, NEW.submission_id, NEW.days, NEW.granted_at, NEW.granted_by_id)
                    IS NOT DISTINCT FROM
                    (OLD.id, OLD.submission_id, OLD.days, OLD.granted_at, OLD.granted_by_id)
                AND NEW.reason = '(đã xóa)';
        END IF;
        IF is_words_alone AND EXISTS (
            SELECT FROM feedback_submission
            WHERE id = NEW.submission_id AND erased_at IS NOT NULL
        )
        THEN RETURN NEW;
        END IF;
    END IF;
    RAISE EXCEPTION 'the history of a submission is kept as it was written'
        USING ERRCODE = 'restrict_violation';
END
$$;
"""
KEEP_REASONS = """
CREATE OR REPLACE FUNCTION feedback_keep_history() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND TG_TABLE_NAME = 'feedback_event' THEN
        IF (NEW.id, NEW.submission_id, NEW.kind, NEW.at, NEW.by_id)
                IS NOT DISTINCT FROM (OLD.id, OLD.submission_id, OLD.kind, OLD.at, OLD.by_id)
            AND NEW.text = '' AND NEW.before IN ('', OLD.before) AND NEW.after IN ('', OLD.after)
            AND EXISTS (
                SELECT FROM feedback_submission
                WHERE id = NEW.submission_id AND erased_at IS NOT NULL
            )
        THEN RETURN NEW;
        END IF;
    END IF;
    RAISE EXCEPTION 'the history of a submission is kept as it was written'
        USING ERRCODE = 'restrict_violation';
END
$$;
"""
# What was erased before kept the reasons of its extensions.
TAKE_OUT = """
UPDATE feedback_extension SET reason = '(đã xóa)'
FROM feedback_submission
WHERE feedback_submission.id = submission_id AND erased_at IS NOT NULL;
"""


class Migration(migrations.Migration):
    dependencies = [("feedback", "0010_answers_shown")]

    operations = [
        migrations.RunSQL(KEEP, KEEP_REASONS),
        migrations.RunSQL(TAKE_OUT, migrations.RunSQL.noop),
    ]
