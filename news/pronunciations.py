"""What is asked of the list of pronunciations, and which articles a word of it is in."""

from django.apps import apps
from django.db.models import Q, QuerySet

from news.spoken import Readings

PRIORITY = -60  # sound made anew waits for everything else


class PronunciationQuerySet(QuerySet):
    def readings(self) -> Readings:
        """Return the list as ``news.spoken`` takes it; ask once for a whole article."""
        return Readings(dict(self.values_list("word", "reading")))


def articles_with(word: str) -> QuerySet:
    """Return the approved articles whose title or text holds a word, the newest first."""
    holds = Q(title__icontains=word) | Q(lead__icontains=word) | Q(body__icontains=word)
    article = apps.get_model("news", "Article")
    return article.objects.filter(holds, state=article.State.APPROVED).order_by("-published_at")
