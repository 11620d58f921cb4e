from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('news', '0005_imported'),
    ]

    operations = [
        migrations.AddField(
            model_name='photo',
            name='share_picture',
            field=models.CharField(blank=True, editable=False, max_length=255),
        ),
    ]
