from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('portal', '0004_names'),
        ('news', '0007_one_library'),
    ]

    operations = [
        migrations.DeleteModel(
            name='EditorPicture',
        ),
    ]
