"""
What a change of an article leaves for its readers: its former address, the time it was revised.

Only an article that readers had leaves anything; a draft changes without a trace.
"""

from django.utils import timezone

READ = ("title", "lead", "body", "byline", "issuing_unit", "place", "source", "cover_id")


def before(article) -> dict | None:
    """Return what readers have, or had, of a stored article; None when they never had it."""
    states = article.State
    public = type(article).objects.filter(
        pk=article.pk,
        state__in=(states.APPROVED, states.WITHDRAWN),
        published_at__lte=timezone.now(),
    )
    return public.values("slug", *READ).first()


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
