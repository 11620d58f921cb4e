from django.db import migrations

# An event stays as it was written, whoever asks; only its words go, with the personal data
# of the submission. An extension stays altogether: the sender's date was counted with it.
KEEP = """
CREATE FUNCTION feedback_keep_history() RETURNS trigger LANGUAGE plpgsql AS $$
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
CREATE TRIGGER feedback_event_kept BEFORE UPDATE OR DELETE ON feedback_event
FOR EACH ROW EXECUTE FUNCTION feedback_keep_history();
CREATE TRIGGER feedback_extension_kept BEFORE UPDATE OR DELETE ON feedback_extension
FOR EACH ROW EXECUTE FUNCTION feedback_keep_history();
"""
LOOSEN = """
DROP TRIGGER feedback_extension_kept ON feedback_extension;
DROP TRIGGER feedback_event_kept ON feedback_event;
DROP FUNCTION feedback_keep_history();
"""


class Migration(migrations.Migration):
    dependencies = [("feedback", "0006_handling")]
    operations = [migrations.RunSQL(KEEP, LOOSEN)]
