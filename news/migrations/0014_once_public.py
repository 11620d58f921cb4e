"""Articles that readers had and that were then taken down, before articles remembered it."""

from django.db import migrations
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone


def note_what_readers_had(apps, schema_editor):
    changes = apps.get_model("news", "StateChange").objects
    taken_down = changes.filter(
        article=OuterRef("pk"), from_state="approved", at__gte=OuterRef("published_at")
    )
    withdrawn = Q(state="withdrawn", published_at__lte=timezone.now())
    articles = apps.get_model("news", "Article").objects
    articles.filter(withdrawn | Q(Exists(taken_down))).update(was_public=True)


class Migration(migrations.Migration):
    dependencies = [("news", "0013_article_was_public")]

    operations = [migrations.RunPython(note_what_readers_had, migrations.RunPython.noop)]
