"""
When an answer is due, and how that was counted.

The day of receipt, by the department's clock, is not counted: the first working day after it
is the first of the days, whether the message came on a working day or on one of rest.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime
from itertools import islice
from typing import NamedTuple

from django.conf import settings
from django.db import transaction
from django.db.models import Sum
from django.utils import timezone

from feedback.models import CalendarDay, Event, Submission
from feedback.working_days import DAY, EXCHANGED, Rest, WorkingDays

WRITTEN_AT_ONCE = 500  # rows of one statement


class Deadline(NamedTuple):
    on: date
    said: str  # how it was counted, one sentence without its full stop


def working_days() -> WorkingDays:
    """Return the department's calendar as it stands; one query, so ask once for a list."""
    return WorkingDays.of(CalendarDay.objects.all())


def deadline(
    received_at: datetime, extensions: Iterable[int] = (), calendar: WorkingDays | None = None
) -> Deadline:
    """Return when an answer is due; ``extensions`` are the working days each one adds."""
    calendar = calendar or working_days()
    added = list(extensions)
    received_on = timezone.localdate(received_at)
    counted = list(islice(calendar.after(received_on), settings.ANSWER_DAYS + sum(added)))
    # What was off before the first of them belongs to the sum too.
    rests = calendar.rests(received_on + DAY, counted[-1])
    return Deadline(counted[-1], _said(counted[0], counted[-1], rests, added, calendar))


def of(submission: Submission, calendar: WorkingDays | None = None) -> Deadline:
    """Return when the answer to a submission is due, its extensions counted in."""
    days = [extension.days for extension in submission.extensions.all()]
    return deadline(submission.received_at, days, calendar)


def overdue_in_words(due_on: date, today: date, calendar: WorkingDays | None = None) -> str:
    """Return how long there is yet, or since when it should have been answered."""
    calendar = calendar or working_days()
    if due_on < today:
        late = calendar.between(due_on, today)
        return f"quá hạn {late} ngày làm việc" if late else "vừa quá hạn"
    if due_on == today:
        return "đến hạn hôm nay"
    left = calendar.between(today, due_on)
    return f"còn {left} ngày làm việc"


@transaction.atomic
def recount(by=None, today: date | None = None) -> int:
    """
    Count the dates of what still waits anew, after a change of the calendar.

    Nobody is made late by it: no date that has passed moves back, and none moves into the past.
    Returns how many moved; each move stands in the submission's history.
    """
    today = today or timezone.localdate()
    calendar = working_days()
    waiting = Submission.objects.select_for_update(of=("self",)).filter(
        state__in=[Submission.State.NEW, Submission.State.IN_PROGRESS, Submission.State.SPAM],
        erased_at=None,
    )
    added = dict(
        Submission.objects.filter(extensions__isnull=False)
        .values_list("pk")
        .annotate(Sum("extensions__days"))
    )
    known: dict[tuple[date, int], date] = {}
    moves = defaultdict(list)
    for submission in waiting.only("received_at", "due_on").order_by("pk"):
        counted = timezone.localdate(submission.received_at), added.get(submission.pk, 0)
        if counted not in known:
            known[counted] = deadline(submission.received_at, [counted[1]], calendar).on
        due_on = _not_earlier(known[counted], submission.due_on, today)
        if due_on != submission.due_on:
            moves[due_on].append(submission)
    for due_on, submissions in moves.items():
        moved = [submission.pk for submission in submissions]
        Submission.objects.filter(pk__in=moved).update(due_on=due_on)
        Event.objects.bulk_create(
            [_moved(submission, due_on, by) for submission in submissions],
            batch_size=WRITTEN_AT_ONCE,
        )
    return sum(map(len, moves.values()))


def _not_earlier(counted: date, before: date | None, today: date) -> date:
    if before is None or counted >= today:
        return counted
    return max(counted, min(before, today))


def _moved(submission, due_on, by) -> Event:
    return Event(
        submission=submission,
        kind=Event.Kind.CHANGED,
        by=by,
        before=f"{submission.due_on:%d/%m/%Y}" if submission.due_on else "",
        after=f"{due_on:%d/%m/%Y}",
        text="Hạn trả lời được tính lại vì lịch làm việc thay đổi.",
    )


# -- in words --------------------------------------------------------------------------


def _said(
    first: date, last: date, rests: list[Rest], extensions: list[int], calendar: WorkingDays
) -> str:
    days = f"{settings.ANSWER_DAYS} ngày làm việc"
    if extensions:
        times = f" {len(extensions)} lần" if len(extensions) > 1 else ""
        days += f" và gia hạn{times} thêm {sum(extensions)} ngày làm việc"
    off = [
        name
        for name, weekday in (("thứ Bảy", 5), ("Chủ nhật", 6))
        if calendar.has_weekend(first, last, weekday)
    ]
    off += map(_rest, rests)
    said = [f"{days}, tính từ {first:%d/%m/%Y}"]
    if off:
        said.append(f"trừ {_listed(off)}")
    if made_up := calendar.made_up(first, last):
        said.append(f"tính cả ngày làm bù {_listed([f'{day:%d/%m/%Y}' for day in made_up])}")
    return ", ".join(said)


def _rest(rest: Rest) -> str:
    """Return days off in words: «nghỉ Tết Nguyên đán 16–20/02/2026»."""
    names = [name for name in rest.names if name != EXCHANGED] or [EXCHANGED]
    named = _listed(names)
    if not named.lower().startswith("nghỉ"):
        named = f"nghỉ {named}"
    return f"{named} {_dates(rest.first, rest.last)}"


def _dates(first: date, last: date) -> str:
    if first == last:
        return f"{last:%d/%m/%Y}"
    if first.year != last.year:
        return f"{first:%d/%m/%Y}–{last:%d/%m/%Y}"
    return f"{first:%d}{'' if first.month == last.month else f'/{first:%m}'}–{last:%d/%m/%Y}"


def _listed(parts: list[str]) -> str:
    """Return parts as a list within a sentence: «a, b và c»."""
    return " và ".join(filter(None, [", ".join(parts[:-1]), parts[-1]]))
