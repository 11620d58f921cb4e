"""
Ballots and opinions that came too many at a time, as staff look at them and decide.

What one source sent about one thing within one hour is looked at together. Once its hash is
forgotten, the sources of an hour are no longer told apart.
"""

import re
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from itertools import groupby
from typing import NamedTuple

from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.db.models import Count, F
from django.db.models.functions import TruncHour
from django.utils import timezone

HOUR = timedelta(hours=1)
SHOWN = 200  # bursts at a time, the newest
_KEY = re.compile(r"(\d{1,18})-(\d{1,7})-((?:[0-9a-f]{2}){0,16})")


class Source(NamedTuple):
    """Where and when a burst came from, and what about."""

    about: int  # key of the poll or the article
    hour: datetime  # its beginning
    voter: bytes | None

    @property
    def key(self) -> str:
        """Return what a form sends back of it."""
        hours = int(self.hour.timestamp() // HOUR.total_seconds())
        return f"{self.about}-{hours}-{(self.voter or b'').hex()}"

    @classmethod
    def of_key(cls, key: str) -> "Source | None":
        if not (parts := _KEY.fullmatch(key)):
            return None
        hour = datetime.fromtimestamp(int(parts[2]) * HOUR.total_seconds(), UTC)
        return cls(int(parts[1]), hour, bytes.fromhex(parts[3]) or None)

    def said(self) -> str:
        """Return the hour as people say it: «14–15 giờ ngày 22/11/2026»."""
        begins = timezone.localtime(self.hour)
        return f"{begins.hour}–{begins.hour + 1} giờ ngày {begins:%d/%m/%Y}"


class Burst(NamedTuple):
    source: Source
    about: models.Model
    size: int
    choices: list[tuple[str, int]]  # what was chosen, and how often


def awaiting(model) -> list[Burst]:
    """Return the newest bursts of votes or opinions that nobody decided on."""
    counted = (
        model.objects.awaiting()
        .values("voter", about=F(model.about), hour=TruncHour(model.moment), chosen=F(model.choice))
        .annotate(size=Count("pk"))
        .order_by("-hour", "about", "voter", "-size")
    )
    rows = [(_source(row), row) for row in counted]
    found = [
        (source, [(row["chosen"], row["size"]) for _, row in of_source])
        for source, of_source in groupby(rows, lambda pair: pair[0])
    ][:SHOWN]
    subjects = model._meta.get_field(model.about).related_model._default_manager.in_bulk(
        {source.about for source, _ in found}
    )
    return [
        Burst(source, subjects[source.about], sum(size for _, size in choices), choices)
        for source, choices in found
    ]


@transaction.atomic
def decide(
    model, keys: Iterable[str], *, is_accepted: bool, by, seen_at: datetime | None = None
) -> int:
    """
    Count the ballots of bursts, or set them aside for good; log it, and say how many there were.

    What was decided on meanwhile, or never was, is left as it is; so is what came after
    ``seen_at``, when a burst that still goes on was looked at.
    """
    decided = 0
    sources = filter(None, map(Source.of_key, keys))
    for source in sorted(sources, key=lambda source: source.key):
        count = _settle(model, source, is_accepted, seen_at or timezone.now())
        if count:
            _log(model, source, count, is_accepted, by)
        decided += count
    return decided


def _settle(model, source: Source, is_accepted: bool, seen_at: datetime) -> int:
    """Decide on one burst; nothing stays that says where its ballots came from."""
    within = {
        f"{model.moment}__gte": source.hour,
        f"{model.moment}__lt": source.hour + HOUR,
        f"{model.moment}__lte": seen_at,
    }
    ballots = model.objects.awaiting().filter(
        **{model.about: source.about}, voter=source.voter, **within
    )
    decision = {"is_suspect": False} if is_accepted else {"is_set_aside": True}
    return ballots.update(**decision, voter=None)


def _log(model, source: Source, count: int, is_accepted: bool, by) -> None:
    about = model._meta.get_field(model.about).related_model._default_manager.get(pk=source.about)
    what = f"{count} {model._meta.verbose_name} nghi do máy gửi lúc {source.said()}"
    is_poll = model.about == "poll"
    LogEntry.objects.create(
        user=by,
        content_type=ContentType.objects.get_for_model(about if is_poll else model),
        object_id=str(about.pk) if is_poll else None,
        object_repr=str(about)[:200],
        action_flag=CHANGE,
        change_message=f"Tính {what}." if is_accepted else f"Loại hẳn {what}.",
    )


def _source(row) -> Source:
    voter = row["voter"]
    return Source(row["about"], row["hour"], None if voter is None else bytes(voter))
