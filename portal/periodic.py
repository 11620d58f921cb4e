"""
Work that comes back by itself: letters that bundle, the morning's digest, what is kept no longer.

Tasks of the queue are done once. One of them, ``tick``, puts what is due into the queue, each
piece of work as a task of its own, and itself again for the next quarter of an hour: what fails
holds up nothing else, and is tried again. Each piece has a row that says up to which moment it is
done; row and queued tasks change in one transaction, so nothing is done twice by two workers and
nothing is lost by a crash. ``keep_going`` mends the chain wherever it broke:
when a worker starts and after every tick.
"""

from collections.abc import Callable
from datetime import datetime, time, timedelta
from typing import NamedTuple

from django.db import connection, transaction
from django.utils import timezone
from django_tasks import task
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from feedback import attachments, ballots, digest, erasure
from news.tasks import narrate_otherwise
from portal import readership, upkeep
from portal.models import PeriodicWork

QUARTER = timedelta(minutes=15)


class Work(NamedTuple):
    """
    What is done again and again, and when.

    ``do`` is given the moment up to which it was done before (None at first) and the moment that
    has come. It only puts tasks into the queue: they are stored together with how far it is done.
    """

    name: str
    at: time | None  # every day at this time; None: every quarter of an hour
    do: Callable[[datetime | None, datetime], None]

    def due(self, at: datetime) -> datetime:
        """Return the last moment, by now, at which this was to be done."""
        if self.at is None:
            return last_quarter(at)
        today = timezone.make_aware(datetime.combine(timezone.localdate(at), self.at))
        return today if today <= at else today - timedelta(days=1)


WORKS = (
    Work("sources of ballots", time(1, 0), lambda since, at: ballots.forget_voters()),
    Work("feedback arrivals", None, digest.announce),
    Work("readership", None, readership.enqueue),
    Work("feedback digest", time(7, 30), digest.send_daily),
    Work("feedback retention", time(2, 0), erasure.enqueue),
    Work("unowned attachments", time(2, 30), lambda since, at: attachments.forget_unowned(at)),
    Work("finished tasks", time(3, 0), upkeep.enqueue),
    Work("announcements", time(3, 15), lambda since, at: upkeep.forget_announcements.enqueue()),
    Work("narrations", time(3, 30), lambda since, at: narrate_otherwise.enqueue()),
)


@task()
def tick() -> None:
    """Put what is due into the queue, the next tick being there already."""
    keep_going()
    at = timezone.now()
    for work in WORKS:
        if _is_due(work, at):
            carry_out.enqueue(work.name)


@task()
def carry_out(name: str) -> None:
    """Do the piece of work of this name, if it still is one."""
    for work in WORKS:
        if work.name == name:
            catch_up(work)


@transaction.atomic
def keep_going(at: datetime | None = None) -> None:
    """Have exactly one tick wait in the queue, at the next quarter of an hour."""
    coming = last_quarter(at or timezone.now()) + QUARTER
    _one_at_a_time("ticks")
    waiting = DBTaskResult.objects.filter(
        task_path=tick.module_path, status=TaskResultStatus.READY
    ).order_by("run_after")
    # Far ahead is one that was put there while the clock was wrong.
    waiting.filter(run_after__gt=coming).delete()
    if not waiting.filter(run_after__lte=coming).exists():
        tick.using(run_after=coming).enqueue()


@transaction.atomic
def catch_up(work: Work, at: datetime | None = None) -> None:
    """Do one piece of work unless it is done up to the moment that has come."""
    at = at or timezone.now()
    _one_at_a_time(work.name)
    if _is_due(work, at):
        before, due = _done_until(work, at), work.due(at)
        PeriodicWork.objects.update_or_create(name=work.name, defaults={"done_until": due})
        work.do(before, due)


def _is_due(work: Work, at: datetime) -> bool:
    before = _done_until(work, at)
    return before is None or before < work.due(at)


def _done_until(work: Work, at: datetime) -> datetime | None:
    # A row ahead of the clock was written while that was wrong: it counts for nothing.
    rows = PeriodicWork.objects.filter(name=work.name, done_until__lte=at)
    return rows.values_list("done_until", flat=True).first()


def last_quarter(at: datetime) -> datetime:
    return at.replace(minute=at.minute - at.minute % 15, second=0, microsecond=0)


def _one_at_a_time(name: str) -> None:
    """Wait until nobody else is at this, and keep others out until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"periodic {name}"]
        )
