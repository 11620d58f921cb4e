from django.db import migrations, models

# The totals of options follow the ballots, whoever changes them: voters, staff, an import. A
# connection adds to a part of its own, or the voters for one option would queue for one row until
# each other's commit. Rows are taken in one order, so that no two writers wait for each other.
ADD = """
        INSERT INTO feedback_optiontotal AS total
            (option_id, month, part, votes, awaiting, set_aside)
        SELECT option_id, month, pg_backend_pid() % 8, votes, awaiting, set_aside FROM (
            SELECT
                option_id,
                date_trunc('month', cast_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date AS month,
                coalesce(sum(change) FILTER (WHERE NOT is_suspect), 0) AS votes,
                coalesce(sum(change) FILTER (WHERE is_suspect AND NOT is_set_aside), 0) AS awaiting,
                coalesce(sum(change) FILTER (WHERE is_set_aside), 0) AS set_aside
            FROM ({changes}) AS ballot
            GROUP BY 1, 2
        ) AS added
        WHERE votes <> 0 OR awaiting <> 0 OR set_aside <> 0
        ORDER BY option_id, month
        ON CONFLICT (option_id, month, part) DO UPDATE SET
            votes = total.votes + excluded.votes,
            awaiting = total.awaiting + excluded.awaiting,
            set_aside = total.set_aside + excluded.set_aside;
"""
LATER, EARLIER = "SELECT *, 1 AS change FROM later", "SELECT *, -1 AS change FROM earlier"
ADD_UP = f"""
ALTER TABLE feedback_optiontotal ADD CONSTRAINT total_of_option
FOREIGN KEY (option_id) REFERENCES feedback_option ON DELETE CASCADE;

CREATE FUNCTION feedback_add_up_votes() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN {ADD.format(changes=LATER)}
    ELSIF TG_OP = 'UPDATE' THEN {ADD.format(changes=f"{EARLIER} UNION ALL {LATER}")}
    ELSIF TG_OP = 'DELETE' THEN {ADD.format(changes=EARLIER)}
    ELSE
        DELETE FROM feedback_optiontotal;
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER feedback_add_up_insert AFTER INSERT ON feedback_vote
REFERENCING NEW TABLE AS later
FOR EACH STATEMENT EXECUTE FUNCTION feedback_add_up_votes();
CREATE TRIGGER feedback_add_up_update AFTER UPDATE ON feedback_vote
REFERENCING OLD TABLE AS earlier NEW TABLE AS later
FOR EACH STATEMENT EXECUTE FUNCTION feedback_add_up_votes();
CREATE TRIGGER feedback_add_up_delete AFTER DELETE ON feedback_vote
REFERENCING OLD TABLE AS earlier
FOR EACH STATEMENT EXECUTE FUNCTION feedback_add_up_votes();
CREATE TRIGGER feedback_add_up_truncate AFTER TRUNCATE ON feedback_vote
FOR EACH STATEMENT EXECUTE FUNCTION feedback_add_up_votes();

-- Nothing is counted between the totals and the triggers: creating these locked the table.
INSERT INTO feedback_optiontotal (option_id, month, part, votes, awaiting, set_aside)
SELECT
    option_id,
    date_trunc('month', cast_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date,
    0,
    count(*) FILTER (WHERE NOT is_suspect),
    count(*) FILTER (WHERE is_suspect AND NOT is_set_aside),
    count(*) FILTER (WHERE is_set_aside)
FROM feedback_vote GROUP BY 1, 2;

-- Pages are made of the totals now.
DROP TRIGGER portal_announce ON feedback_vote;
CREATE TRIGGER portal_announce
AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON feedback_optiontotal
FOR EACH STATEMENT EXECUTE FUNCTION portal_announce();
"""
DROP = """
DROP FUNCTION feedback_add_up_votes() CASCADE;
CREATE TRIGGER portal_announce
AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON feedback_vote
FOR EACH STATEMENT EXECUTE FUNCTION portal_announce();
"""


class Migration(migrations.Migration):
    dependencies = [("feedback", "0012_wording"), ("portal", "0012_announce")]
    operations = [
        migrations.CreateModel(
            name="OptionTotal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "option",
                    models.ForeignKey(
                        "feedback.option",
                        models.DO_NOTHING,
                        related_name="totals",
                        db_constraint=False,
                        db_index=False,
                    ),
                ),
                ("month", models.DateField()),
                ("part", models.SmallIntegerField()),
                ("votes", models.IntegerField()),
                ("awaiting", models.IntegerField()),
                ("set_aside", models.IntegerField()),
            ],
            options={
                "verbose_name": "tổng số phiếu",
                "verbose_name_plural": "tổng số phiếu",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("option", "month", "part"),
                        name="one_total_per_option_month_and_part",
                    )
                ],
            },
        ),
        migrations.RunSQL(ADD_UP, DROP),
    ]
