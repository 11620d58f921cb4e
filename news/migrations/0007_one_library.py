from django.db import migrations

COPIED = ('image', 'width', 'height', 'original_name', 'owner_id', 'uploaded_at')
OF_THE_EDITOR = 'bai-viet/'  # the folder its pictures were stored in


def take_in(apps, schema_editor):
    """Make photos of the editor's pictures; have every photo's sizes made, now also in JPEG."""
    photo = apps.get_model('news', 'Photo')
    pictures = apps.get_model('portal', 'EditorPicture').objects.order_by('uploaded_at', 'pk')
    known = set(photo.objects.values_list('image', flat=True))
    photo.objects.bulk_create(
        photo(**values) for values in pictures.values(*COPIED) if values['image'] not in known
    )
    photo.objects.update(rendered='')


def give_back(apps, schema_editor):
    """Make the editor's pictures of the photos that were, unless something came to show them."""
    photos = apps.get_model('news', 'Photo').objects.filter(
        image__startswith=OF_THE_EDITOR, covered_articles=None, shown_in=None
    )
    picture = apps.get_model('portal', 'EditorPicture')
    picture.objects.bulk_create(picture(**values) for values in photos.values(*COPIED))
    photos.delete()


class Migration(migrations.Migration):

    dependencies = [
        ('news', '0006_photo_share'),
        ('portal', '0004_names'),
    ]

    operations = [
        migrations.RunPython(take_in, give_back),
    ]
