"""Published answers that may already say what somebody is about to ask."""

from datetime import datetime
from typing import NamedTuple

from feedback.models import Submission
from portal.search.engine import Filters
from portal.search.models import SearchEntry
from portal.search.queries import parse
from portal.search.results import Results

MOST = 3
LONGEST = 100  # characters of a title that are looked at
SHORTEST = 8  # characters typed before anything is proposed


class Suggestion(NamedTuple):
    title: str
    url: str


def suggestions(typed: str, at: datetime) -> list[Suggestion]:
    """Return up to MOST answers that are like a question, the likest first."""
    if len(typed) < SHORTEST:
        return []
    results = Results(parse(typed[:LONGEST]), Filters(at, kind=SearchEntry.Kind.ANSWER))
    hits = list(results.found[:MOST])
    hits = (hits + results.near(hits))[:MOST]
    public = Submission.objects.published().filter(pk__in=[hit.object_id for hit in hits])
    shown = set(public.values_list("pk", flat=True)) if hits else set()
    return [Suggestion(hit.title, hit.url) for hit in hits if hit.object_id in shown]
