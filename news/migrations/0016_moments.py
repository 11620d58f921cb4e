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
UPDATE news_article SET
    published_at = CASE WHEN published_at IS NOT NULL
        THEN LEAST(GREATEST(published_at, '1969-01-01Z'), '2101-12-31Z') END,
    expires_at = CASE WHEN expires_at IS NOT NULL
        THEN LEAST(GREATEST(expires_at, '1969-01-02Z'), '2102-01-01Z') END
WHERE published_at NOT BETWEEN '1969-01-01Z' AND '2101-12-31Z'
    OR expires_at NOT BETWEEN '1969-01-02Z' AND '2102-01-01Z'
"""
CORRECTIONS_WITHIN = """
UPDATE news_correction SET made_at = LEAST(GREATEST(made_at, '1969-01-01Z'), '2102-01-01Z')
WHERE made_at NOT BETWEEN '1969-01-01Z' AND '2102-01-01Z'
"""


class Migration(migrations.Migration):
    dependencies = [("news", "0015_topics_of_versions")]
    operations = [
        migrations.RunSQL(WITHIN, migrations.RunSQL.noop),
        migrations.RunSQL(CORRECTIONS_WITHIN, migrations.RunSQL.noop),
        migrations.AlterField(
            "article",
            "expires_at",
            portal.fields.MomentField(
                blank=True,
                help_text="Để trống: không có hạn.",
                null=True,
                verbose_name="thời điểm hết hạn",
                years_ahead=10,
            ),
        ),
        migrations.AlterField(
            "article",
            "published_at",
            portal.fields.MomentField(
                blank=True,
                help_text="Giờ Việt Nam. Bài đã duyệt sẽ xuất hiện đúng thời điểm này.",
                null=True,
                verbose_name="thời điểm đăng",
                years_ahead=2,
            ),
        ),
        migrations.AlterField(
            "correction",
            "made_at",
            portal.fields.MomentField(
                default=django.utils.timezone.now,
                verbose_name="thời điểm đính chính",
                years_ahead=1,
            ),
        ),
        migrations.AddConstraint(
            "article",
            models.CheckConstraint(
                condition=models.Q(
                    ("published_at__range", READABLE), ("expires_at__range", READABLE)
                ),
                name="article_moments_readable",
                violation_error_message="Năm phải từ 1990 trở đi và không quá xa.",
            ),
        ),
        migrations.AddConstraint(
            "correction",
            models.CheckConstraint(
                condition=models.Q(("made_at__range", READABLE)),
                name="correction_moments_readable",
                violation_error_message="Năm phải từ 1990 trở đi và không quá xa.",
            ),
        ),
    ]
