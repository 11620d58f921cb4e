"""
What a change of an article leaves for its readers: its former address, the time it was revised.

Only an article that readers once had leaves anything, also while it is withdrawn, reworked as a
draft or put off; what nobody ever read changes without a trace.
"""

from django.db.models import Q
from django.utils import timezone

READ = ("title", "lead", "body", "byline", "issuing_unit", "place", "source", "cover_id")


def before(article) -> dict | None:
    """Return what readers have, or had, of a stored article; None when they never had it."""
    # The clock, too, puts an article before readers, and no save tells of that.
    shown = Q(state=article.State.APPROVED, published_at__lte=timezone.now())
    had = type(article).objects.filter(Q(was_public=True) | shown, pk=article.pk)
    return had.values("slug", *READ).first()


def move(moved, was: str | None, now: str) -> None:
    """Let a former address lead to an article or a category, wherever that moves later."""
    if was and was != now:
        moved.former_slugs.filter(slug=now).delete()
        moved.former_slugs.update_or_create(slug=was)


def leave(article, was: dict | None) -> None:
    """Note what has become different in the stored article since ``before`` was asked."""
    if was is None:
        return
    stored = type(article).objects.filter(pk=article.pk)
    now = stored.values("slug", *READ).get()
    move(article, was["slug"], now["slug"])
    if any(now[name] != was[name] for name in READ):
        article.revised_at = timezone.now()
        stored.update(revised_at=article.revised_at)
