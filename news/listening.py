"""What can be listened to: the articles that have the sound of exactly their text."""

from collections.abc import Iterator
from datetime import date
from itertools import islice
from typing import NamedTuple

from django.utils import timezone

from news.models import Article, Narration

# A changed article waits for its new sound; a list looks no further than this many times its size.
LOOKED_AT = 2
LIST = 20  # articles beside those of the newest day
MOST = 50  # of one day


class Track(NamedTuple):
    """An article and its sound."""

    article: Article
    narration: Narration
    size: int  # bytes of the file


class Playlist(NamedTuple):
    """What is played one after another: the newest day's, then the newest before it."""

    day: date | None
    of_day: list[Track]
    before: list[Track]


def newest(count: int, at=None) -> list[Track]:
    """Return the newest published articles that can be heard."""
    found = (
        Article.objects.published(at)
        .filter(narration__duration__gt=0)
        .exclude(narration__file="")
        .select_related("category", "cover", "narration")
        .defer("narration__sentences", "narration__clips")
        .newest_first()
    )
    return list(islice(_tracks(found[: LOOKED_AT * count]), count))


def playlist(at=None) -> Playlist:
    tracks = newest(MOST, at)
    if not tracks:
        return Playlist(None, [], [])
    day = _day(tracks[0])
    of_day = [track for track in tracks if _day(track) == day]
    return Playlist(day, of_day, tracks[len(of_day) : len(of_day) + LIST])


def size(narration: Narration | None) -> int | None:
    """Return the bytes of a sound; None where there is none, or its file is away."""
    try:
        return narration.file.size if narration else None
    except OSError:
        return None


def _tracks(articles) -> Iterator[Track]:
    for article in articles:
        narration = article.current_narration()
        if length := size(narration):
            yield Track(article, narration, length)


def _day(track: Track) -> date:
    return timezone.localdate(track.article.published_at)
