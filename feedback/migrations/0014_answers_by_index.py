"""The few published answers are found and counted without reading all messages."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("feedback", "0013_option_totals"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="submission",
            index=models.Index(
                models.OrderBy(models.F("answered_at"), descending=True, nulls_last=True),
                models.OrderBy(models.F("id"), descending=True),
                condition=models.Q(("is_public", True)),
                name="submission_answers",
            ),
        ),
    ]
