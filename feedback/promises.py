"""
How far the department keeps its word to answer in time.

Only numbers are read, never words, so that they stay the same when somebody's data are erased.
What was taken for spam is not counted.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from functools import cache, cached_property
from statistics import median
from typing import NamedTuple

from django.db.models import Min
from django.utils import timezone

from feedback import deadlines
from feedback.models import Submission
from feedback.working_days import WorkingDays
from portal.numbers import half_up

MONTHS = 12  # the last of which is not over


class Course(NamedTuple):
    """What became of one submission, in days of the department's clock."""

    received_on: date
    due_on: date
    done_on: date | None


@dataclass(frozen=True)
class Record:
    """What was promised and kept of some submissions, on a day."""

    courses: list[Course]
    today: date
    calendar: WorkingDays = field(repr=False)

    @property
    def received(self) -> int:
        return len(self.courses)

    @cached_property
    def on_time(self) -> int:
        return sum(bool(each.done_on) and each.done_on <= each.due_on for each in self.courses)

    @cached_property
    def late(self) -> int:
        """Return how many were done late, or are overdue now."""
        return sum((each.done_on or self.today) > each.due_on for each in self.courses)

    @property
    def running(self) -> int:
        """Return how many wait, their day not yet past."""
        return self.received - self.on_time - self.late

    @property
    def share(self) -> Decimal | None:
        """Return the percentage done on time of what was to be done; None for nothing yet."""
        due = self.on_time + self.late
        return half_up(Decimal(100 * self.on_time) / due, 1) if due else None

    @cached_property
    def median_days(self) -> Decimal | None:
        """Return how many working days it took to be done, half of them less, half more."""
        spans = [(each.received_on, each.done_on) for each in self.courses if each.done_on]
        if not spans:
            return None
        # Thousands of spans share their days: these are numbered once.
        days = {day for span in spans for day in span}
        numbers = self.calendar.numbered(min(days), max(days))
        taken = [numbers[done] - numbers[received] for received, done in spans]
        return Decimal(str(median(taken)))


@dataclass(frozen=True)
class Month:
    first_day: date
    record: Record
    is_over: bool
    room: int  # the most that any month received

    @property
    def width(self) -> int:
        """Return the length of its bar, of 100."""
        return round(100 * self.record.received / self.room) if self.room else 0

    @property
    def share_width(self) -> int:
        return round(self.record.share or 0)


@dataclass(frozen=True)
class Promises:
    whole: Record  # of all the months
    months: list[Month]  # the newest first
    altogether: int  # received since the portal began
    oldest_open: date | None  # the day the longest waiting was received
    today: date
    calendar: WorkingDays = field(repr=False)

    @property
    def oldest_days(self) -> int | None:
        """Return the working days since the longest waiting was received."""
        return self.oldest_open and self.calendar.between(self.oldest_open, self.today)


def promises(at: datetime | None = None) -> Promises:
    """Return the record of the last MONTHS months, this one included; four queries."""
    today = timezone.localdate(at)
    calendar = deadlines.working_days()
    firsts = _months(today)
    counted = Submission.objects.exclude(state=Submission.State.SPAM)
    courses = list(_courses(counted, firsts[-1], calendar))
    by_month = {first: [] for first in firsts}
    for course in courses:
        by_month[course.received_on.replace(day=1)].append(course)
    room = max(map(len, by_month.values()))
    oldest = counted.waiting().order_by().aggregate(at=Min("received_at"))["at"]
    return Promises(
        whole=Record(courses, today, calendar),
        months=[
            Month(first, Record(of_month, today, calendar), first < firsts[0], room)
            for first, of_month in by_month.items()
        ],
        altogether=counted.count(),
        oldest_open=oldest and timezone.localdate(oldest),
        today=today,
        calendar=calendar,
    )


def _months(today: date) -> list[date]:
    """Return the first days of the months, the newest first."""
    count = today.year * 12 + today.month - 1  # months since year 0
    return [date(number // 12, number % 12 + 1, 1) for number in range(count, count - MONTHS, -1)]


def _courses(counted, since: date, calendar: WorkingDays) -> Iterable[Course]:
    @cache
    def due_after(day: date) -> date:
        # Of what came before dates were kept.
        noon = timezone.make_aware(datetime.combine(day, time(12)))
        return deadlines.deadline(noon, calendar=calendar).on

    beginning = timezone.make_aware(datetime.combine(since, time.min))
    rows = counted.filter(received_at__gte=beginning).order_by("received_at", "pk")
    for received, due_on, is_waiting, done in rows.courses():
        day = timezone.localdate(received)
        done_on = None if is_waiting or done is None else timezone.localdate(done)
        yield Course(day, due_on or due_after(day), done_on)
