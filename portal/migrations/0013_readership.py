from django.db import migrations, models

# The total of a page follows its days, whoever changes them: the counter, an import, a correction.
# Rows are taken in the order of pages, so that no two writers wait for each other.
ADD_UP = """
CREATE FUNCTION portal_add_up_views() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        INSERT INTO portal_pagetotal AS total (page, views)
        SELECT page, sum(views) FROM later GROUP BY page ORDER BY page
        ON CONFLICT (page) DO UPDATE SET views = total.views + excluded.views;
    ELSIF TG_OP = 'UPDATE' THEN
        INSERT INTO portal_pagetotal AS total (page, views)
        SELECT page, sum(change) FROM (
            SELECT page, views AS change FROM later UNION ALL SELECT page, -views FROM earlier
        ) AS changes GROUP BY page HAVING sum(change) <> 0 ORDER BY page
        ON CONFLICT (page) DO UPDATE SET views = total.views + excluded.views;
    ELSIF TG_OP = 'DELETE' THEN
        INSERT INTO portal_pagetotal AS total (page, views)
        SELECT page, -sum(views) FROM earlier GROUP BY page ORDER BY page
        ON CONFLICT (page) DO UPDATE SET views = total.views + excluded.views;
    ELSE
        DELETE FROM portal_pagetotal;
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER portal_add_up_insert AFTER INSERT ON portal_pageviews
REFERENCING NEW TABLE AS later
FOR EACH STATEMENT EXECUTE FUNCTION portal_add_up_views();
CREATE TRIGGER portal_add_up_update AFTER UPDATE ON portal_pageviews
REFERENCING OLD TABLE AS earlier NEW TABLE AS later
FOR EACH STATEMENT EXECUTE FUNCTION portal_add_up_views();
CREATE TRIGGER portal_add_up_delete AFTER DELETE ON portal_pageviews
REFERENCING OLD TABLE AS earlier
FOR EACH STATEMENT EXECUTE FUNCTION portal_add_up_views();
CREATE TRIGGER portal_add_up_truncate AFTER TRUNCATE ON portal_pageviews
FOR EACH STATEMENT EXECUTE FUNCTION portal_add_up_views();

-- Nothing is counted between the sums and the triggers: creating these locked the table.
INSERT INTO portal_pagetotal (page, views)
SELECT page, sum(views) FROM portal_pageviews GROUP BY page;
"""
DROP = "DROP FUNCTION portal_add_up_views() CASCADE"


class Migration(migrations.Migration):
    dependencies = [("portal", "0012_announce")]
    operations = [
        migrations.CreateModel(
            name="PageTotal",
            fields=[
                ("page", models.CharField(max_length=40, primary_key=True, serialize=False)),
                ("views", models.BigIntegerField()),
            ],
            options={"verbose_name": "tổng lượt xem", "verbose_name_plural": "tổng lượt xem"},
        ),
        migrations.CreateModel(
            name="HourViews",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("page", models.CharField(max_length=40)),
                ("hour", models.DateTimeField()),
                ("views", models.PositiveIntegerField()),
            ],
            options={
                "verbose_name": "lượt xem theo giờ",
                "verbose_name_plural": "lượt xem theo giờ",
                "indexes": [models.Index(fields=["hour"], name="hourviews_of_an_hour")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("page", "hour"), name="one_count_per_page_and_hour"
                    )
                ],
            },
        ),
        migrations.RunSQL(ADD_UP, DROP),
    ]
