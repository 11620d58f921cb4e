import datetime

import django.utils.timezone
from django.db import migrations, models

import portal.fields

READABLE = (
    datetime.datetime(1969, 1, 1, tzinfo=datetime.UTC),
    datetime.datetime(2102, 1, 1, tzinfo=datetime.UTC),
)

# What could not be read back is brought to the nearest moment that can: such rows were
# written before the database refused them.
WITHIN = """
UPDATE portal_notice SET
    starts_at = CASE WHEN starts_at IS NOT NULL
        THEN LEAST(GREATEST(starts_at, '1969-01-01Z'), '2101-12-31Z') END,
    ends_at = CASE WHEN ends_at IS NOT NULL
        THEN LEAST(GREATEST(ends_at, '1969-01-02Z'), '2102-01-01Z') END
WHERE starts_at NOT BETWEEN '1969-01-01Z' AND '2101-12-31Z'
    OR ends_at NOT BETWEEN '1969-01-02Z' AND '2102-01-01Z'
"""


class Migration(migrations.Migration):
    dependencies = [("portal", "0009_notice_words")]
    operations = [
        migrations.RunSQL(WITHIN, migrations.RunSQL.noop),
        migrations.AlterField(
            "notice",
            "ends_at",
            portal.fields.MomentField(db_index=True, verbose_name="hiện đến", years_ahead=10),
        ),
        migrations.AlterField(
            "notice",
            "starts_at",
            portal.fields.MomentField(
                default=django.utils.timezone.now, verbose_name="hiện từ", years_ahead=10
            ),
        ),
        migrations.AddConstraint(
            "notice",
            models.CheckConstraint(
                condition=models.Q(("starts_at__range", READABLE), ("ends_at__range", READABLE)),
                name="notice_moments_readable",
                violation_error_message="Năm phải từ 1990 trở đi và không quá xa.",
            ),
        ),
    ]
