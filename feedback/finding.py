"""Finding among the published answers: by the portal's own search, narrowed by the form."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from feedback.models import Submission
from portal.search.engine import MOST_LISTED, Filters
from portal.search.marking import as_written
from portal.search.models import SearchEntry
from portal.search.queries import parse
from portal.search.results import Results


@dataclass(frozen=True)
class Answers:
    rows: Sequence[Submission]  # best first when words were typed, else the newest first
    correction: str = ""  # what was searched in place of what was typed
    is_near: bool = False  # nothing holds all the words; these hold most of them


def answers(form, at: datetime) -> Answers:
    """
    Return the published answers that a form asks for.

    With words typed these are the best hundred, then narrowed; marks may be missing and slips
    are put right as everywhere in search.
    """
    public = form.narrowed(Submission.objects.published().for_reading())
    if not form.typed:
        return Answers(public)
    results = Results(parse(form.typed), Filters(at, kind=SearchEntry.Kind.ANSWER))
    hits = list(results.found[:MOST_LISTED])
    near = results.near(hits)
    place = {hit.object_id: number for number, hit in enumerate(hits + near)}
    rows = sorted(public.filter(pk__in=place), key=lambda answer: place[answer.pk])
    return Answers(
        rows,
        correction=as_written(results.correction, hits) if results.correction else "",
        is_near=bool(rows) and not hits,
    )
