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
UPDATE feedback_poll SET
    opens_at = CASE WHEN opens_at IS NOT NULL
        THEN LEAST(GREATEST(opens_at, '1969-01-01Z'), '2101-12-31Z') END,
    closes_at = CASE WHEN closes_at IS NOT NULL
        THEN LEAST(GREATEST(closes_at, '1969-01-02Z'), '2102-01-01Z') END
WHERE opens_at NOT BETWEEN '1969-01-01Z' AND '2101-12-31Z'
    OR closes_at NOT BETWEEN '1969-01-02Z' AND '2102-01-01Z'
"""


class Migration(migrations.Migration):
    dependencies = [("feedback", "0004_search")]
    operations = [
        migrations.RunSQL(WITHIN, migrations.RunSQL.noop),
        migrations.AlterField(
            "poll",
            "closes_at",
            portal.fields.MomentField(
                blank=True,
                help_text="Để trống: không đóng.",
                null=True,
                verbose_name="đóng lúc",
                years_ahead=10,
            ),
        ),
        migrations.AlterField(
            "poll",
            "opens_at",
            portal.fields.MomentField(
                default=django.utils.timezone.now, verbose_name="mở lúc", years_ahead=10
            ),
        ),
        migrations.AddConstraint(
            "poll",
            models.CheckConstraint(
                condition=models.Q(("opens_at__range", READABLE), ("closes_at__range", READABLE)),
                name="poll_moments_readable",
                violation_error_message="Năm phải từ 1990 trở đi và không quá xa.",
            ),
        ),
    ]
