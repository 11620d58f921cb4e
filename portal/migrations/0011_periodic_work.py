from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("portal", "0010_moments")]
    operations = [
        migrations.CreateModel(
            name="PeriodicWork",
            fields=[
                ("name", models.CharField(max_length=50, primary_key=True, serialize=False)),
                ("done_until", models.DateTimeField()),
            ],
            options={"verbose_name": "việc định kỳ", "verbose_name_plural": "việc định kỳ"},
        )
    ]
