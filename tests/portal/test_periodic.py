"""Work that comes back by itself: once for each time, whatever crashes or is set wrong."""

from datetime import UTC, datetime, time, timedelta

import pytest
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from portal import periodic, upkeep
from portal.management.commands import work as worker
from portal.models import PeriodicWork
from portal.periodic import QUARTER, Work
from tests.concurrency import at_once

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 20, 1, 7, tzinfo=UTC)  # Friday, 8:07 here
MORNING = datetime(2026, 11, 20, 0, 30, tzinfo=UTC)  # 7:30 here


def ticks():
    waiting = DBTaskResult.objects.filter(
        task_path=periodic.tick.module_path, status=TaskResultStatus.READY
    )
    return [tick.run_after for tick in waiting.order_by("run_after")]


def put_into_the_queue():
    """Return the names of the works that ticks put into the queue, in order."""
    queued = DBTaskResult.objects.filter(task_path=periodic.carry_out.module_path)
    return [task.args_kwargs["args"][0] for task in queued.order_by("enqueued_at")]


@pytest.fixture
def done():
    return []


@pytest.fixture
def daily(done):
    return Work("a test", time(7, 30), lambda before, due: done.append((before, due)))


# -- the chain -------------------------------------------------------------------------


def test_one_tick_waits_for_the_next_quarter_however_often_it_is_asked_for():
    for _ in range(3):
        periodic.keep_going(NOW)
    assert ticks() == [NOW.replace(minute=15)]


def test_a_tick_puts_the_next_one_into_the_queue_before_it_works(monkeypatch):
    def fail(work, at):
        raise RuntimeError("broken")

    monkeypatch.setattr(periodic, "_is_due", fail)
    with pytest.raises(RuntimeError):
        periodic.tick.call()
    assert len(ticks()) == 1


def test_what_fails_is_tried_again_and_holds_up_nothing_else(monkeypatch, done):
    def fail(before, due):
        raise RuntimeError("broken")

    sound = Work("sound", None, lambda before, due: done.append(due))
    monkeypatch.setattr(periodic, "WORKS", [Work("broken", None, fail), sound])
    periodic.tick.call()
    with pytest.raises(RuntimeError):
        periodic.carry_out.call("broken")
    periodic.carry_out.call("sound")
    assert len(done) == 1
    periodic.tick.call()
    assert put_into_the_queue() == ["broken", "sound", "broken"]


def test_a_chain_that_broke_goes_on_after_a_tick_and_when_a_worker_starts(monkeypatch):
    result = periodic.tick.enqueue()
    DBTaskResult.objects.update(status=TaskResultStatus.FAILED)
    worker.keep_going_after_tick(task_result=result)
    assert len(ticks()) == 1
    DBTaskResult.objects.update(status=TaskResultStatus.RUNNING)  # its worker was killed
    started = []
    monkeypatch.setattr(worker.db_worker.Command, "handle", lambda self: started.append(ticks()))
    monkeypatch.setattr(worker.Warming, "start", lambda self: None)  # it would outlive the test
    worker.Command().handle()
    worker.task_finished.disconnect(worker.keep_going_after_tick)
    assert [len(waiting) for waiting in started] == [1]


def test_a_tick_put_far_ahead_by_a_wrong_clock_is_taken_back():
    periodic.keep_going(NOW + timedelta(days=400))
    periodic.keep_going(NOW)
    assert ticks() == [NOW.replace(minute=15)]


def test_a_clock_set_back_adds_no_second_tick():
    periodic.keep_going(NOW)
    periodic.keep_going(NOW - QUARTER)
    periodic.keep_going(NOW)
    assert ticks() == [NOW.replace(minute=0)]


# -- one piece of work -----------------------------------------------------------------


def test_daily_work_is_done_once_a_day_after_its_time(daily, done):
    for at in (NOW, NOW + QUARTER, NOW + timedelta(hours=20)):
        periodic.catch_up(daily, at)
    assert done == [(None, MORNING)]
    periodic.catch_up(daily, NOW + timedelta(days=1))
    assert done[1:] == [(MORNING, MORNING + timedelta(days=1))]


def test_work_missed_for_days_is_done_once_from_where_it_stood(daily, done):
    periodic.catch_up(daily, NOW)
    periodic.catch_up(daily, NOW + timedelta(days=5))
    assert done[1:] == [(MORNING, MORNING + timedelta(days=5))]


def test_a_clock_that_was_ahead_does_not_stop_the_work(daily, done):
    periodic.catch_up(daily, NOW + timedelta(days=400))
    periodic.catch_up(daily, NOW)
    assert done[1:] == [(None, MORNING)]


def test_work_that_fails_is_not_counted_as_done(daily, done):
    def fail(before, due):
        raise RuntimeError("broken")

    with pytest.raises(RuntimeError):
        periodic.catch_up(daily._replace(do=fail), NOW)
    periodic.catch_up(daily, NOW)
    assert done == [(None, MORNING)]


@pytest.mark.django_db(transaction=True)
def test_several_workers_do_it_once(daily, done):
    def work():
        periodic.catch_up(daily, NOW)
        periodic.keep_going(NOW)

    at_once(work, 4)
    assert done == [(None, MORNING)]
    assert len(ticks()) == 1


def test_every_ready_work_can_be_done():
    periodic.tick.call()
    for name in put_into_the_queue():
        periodic.carry_out.call(name)
    assert set(PeriodicWork.objects.values_list("name", flat=True)) == {
        work.name for work in periodic.WORKS
    }


def test_finished_tasks_are_forgotten_after_a_month():
    long_ago = timezone.now() - timedelta(days=31)
    for changes in (
        {"status": TaskResultStatus.SUCCESSFUL, "finished_at": long_ago},
        {"status": TaskResultStatus.FAILED, "finished_at": long_ago},
        {"status": TaskResultStatus.FAILED, "finished_at": timezone.now()},
        {"status": TaskResultStatus.READY},
    ):
        result = upkeep.forget_finished_tasks.enqueue()
        DBTaskResult.objects.filter(pk=result.id).update(**changes)
    upkeep.forget_finished_tasks.call()
    statuses = DBTaskResult.objects.values_list("status", flat=True)
    assert set(statuses) == {TaskResultStatus.FAILED, TaskResultStatus.READY}
