"""Counts are exact: over processes, days and half hours, and while the database is away."""

from collections import Counter, defaultdict
from datetime import UTC, datetime, timedelta
from time import sleep

import pytest
from django.db import DataError, OperationalError, connection, transaction
from django.utils import timezone
from hypothesis import example, given, settings
from hypothesis import strategies as st

from portal import visitors
from portal.models import HourViews, PageTotal, PageViews
from portal.visitors import counting, writing
from tests.concurrency import at_once

pytestmark = pytest.mark.django_db

EVENING = datetime(2026, 11, 20, 16, 20, tzinfo=UTC)  # forty minutes before midnight here
HALF_HOUR = timedelta(minutes=30)
LATE = timedelta(minutes=5)  # no report of these waits longer

SOME_REPORT = visitors.Report("article:2", b"x" * 16)

READINGS = st.tuples(
    st.sampled_from(["read", "read", "read", "write", "forget"]),
    st.integers(0, 1),  # process
    st.sampled_from(["article:1", "article:2"]),
    st.sampled_from([b"a", b"b"]),  # browser
    st.sampled_from([0, 1, 4, 240, 301, 1799, 1800, 1801, 4000]),  # seconds until the next
)


class Clock:
    def __init__(self, monkeypatch):
        self.now = EVENING
        monkeypatch.setattr(timezone, "now", lambda: self.now)

    def visitor(self, browser: bytes) -> bytes:
        """Return what the hash of a day does: one browser is another one tomorrow."""
        return browser + str(timezone.localdate(self.now)).encode()


class PlainModel:
    """What should be counted, as one would say it."""

    def __init__(self):
        self.waiting = defaultdict(dict)  # by process: what was read, since when
        self.counted, self.seen = {}, {}
        self.days, self.hours = Counter(), Counter()

    def read(self, process, page, visitor, now):
        for name in (page, "site"):
            self.waiting[process][name, visitor] = now

    def write(self, process):
        at = min(self.waiting[process].values(), default=None)
        for page, visitor in self.waiting.pop(process, {}):
            if page == "site":
                self.seen[visitor] = max(at, self.seen.get(visitor, at))
            before = self.counted.get((page, visitor))
            if before is None or abs(at - before) > HALF_HOUR:
                self.counted[page, visitor] = at if before is None else max(at, before)
                self.days[page, timezone.localdate(at)] += 1
                self.hours[page, at.replace(minute=0, second=0)] += 1

    def online(self, now):
        return sum(now - seen < timedelta(minutes=5) for seen in self.seen.values())


@settings(max_examples=30, deadline=None, derandomize=True)
@given(st.lists(READINGS, min_size=3, max_size=25))
@example([("read", number % 2, "article:1", b"a", gap) for number, gap in enumerate([1800] * 4)])
@example([("read", number % 2, "article:1", b"a", gap) for number, gap in enumerate([1801] * 4)])
@example([("read", 0, "article:1", b"a", 301), ("read", 1, "article:1", b"a", 0)])
def test_any_interleaving_of_processes_counts_as_a_plain_model_does(events):
    with pytest.MonkeyPatch.context() as monkeypatch, transaction.atomic():
        monkeypatch.setattr(visitors.ViewCounter, "_wake", lambda counter: None)
        clock, model = Clock(monkeypatch), PlainModel()
        processes = [visitors.ViewCounter(), visitors.ViewCounter()]

        def write(process):
            processes[process].flush()
            model.write(process)

        for kind, process, page, browser, gap in events:
            if kind == "read":
                visitor = clock.visitor(browser)
                processes[process].record(page, visitor, "203.0.113.1")
                first = min(model.waiting[process].values(), default=clock.now)
                model.read(process, page, visitor, first)
            elif kind == "write":
                write(process)
            else:
                visitors.forget()
            if timedelta(seconds=gap) > LATE - timedelta(minutes=1):
                write(0), write(1)
            clock.now += timedelta(seconds=gap)
        write(1), write(0)
        assert rows(PageViews, "page", "day") == model.days
        assert rows(HourViews, "page", "hour") == model.hours
        assert rows(PageTotal, "page") == added(model.days)
        assert visitors.online() == model.online(clock.now)
        transaction.set_rollback(True)


def rows(table, *key):
    return {
        row[:-1] if len(key) > 1 else row[0]: row[-1]
        for row in table.objects.values_list(*key, "views")
    }


def added(days):
    totals = Counter()
    for (page, _), views in days.items():
        totals[page] += views
    return totals


def test_the_total_follows_the_days_whoever_changes_them():
    day = PageViews.objects.create(page="article:1", day="2024-01-02", views=5)
    PageViews.objects.create(page="article:1", day="2024-01-03", views=2)
    PageViews.objects.filter(pk=day.pk).update(views=11)
    assert visitors.views("article:1") == 13
    day.delete()
    assert visitors.views("article:1") == 2
    PageViews.objects.update(page="article:2")
    assert (visitors.views("article:1"), visitors.views("article:2")) == (0, 2)


# -- while the database is away --------------------------------------------------------


@pytest.fixture
def away(monkeypatch):
    """Return a function that sends the database away, and back."""
    real = writing.write

    def refuse(batch):
        raise OperationalError

    return lambda is_away: monkeypatch.setattr(counting, "write", refuse if is_away else real)


def test_what_waited_is_counted_at_its_own_moment(fresh_counter, monkeypatch, away):
    clock = Clock(monkeypatch)
    away(True)
    for _ in range(3):  # every 40 minutes, over midnight
        fresh_counter.record("article:1", b"x" * 16, "203.0.113.1")
        fresh_counter.flush()
        clock.now += timedelta(minutes=40)
    away(False)
    fresh_counter.flush()
    assert [views for _, views in sorted(rows(PageViews, "day", "page").items())] == [1, 1, 2, 2]
    assert visitors.views("article:1") == 3


def test_what_another_process_wrote_meanwhile_hides_nothing_that_waited():
    for minutes in (40, 0, 50):  # as written: what waited comes second
        at = EVENING + timedelta(minutes=minutes)
        visitors.write(visitors.Batch(at, {visitors.Report("article:1", b"x" * 16)}))
    assert visitors.views("article:1") == 2


def test_no_more_waits_than_memory_is_meant_for(fresh_counter, monkeypatch, away):
    monkeypatch.setattr(counting, "MAX_WAITING", 10)
    away(True)
    fresh_counter.flush()
    for number in range(20):
        fresh_counter.record("article:1", b"%016d" % number, f"203.0.113.{number}")
        fresh_counter.flush()
    away(False)
    fresh_counter.flush()
    assert visitors.views(visitors.SITE) == 5


def test_what_no_table_takes_holds_up_nothing_else(fresh_counter, monkeypatch, away, caplog):
    away(True)
    for page in ("article:odd", "article:1"):
        fresh_counter.record(page, b"x" * 16, "203.0.113.1")
        fresh_counter.flush()

    def refuse_odd(batch, write=writing.write):
        if any(report.page == "article:odd" for report in batch.reports):
            raise DataError
        write(batch)

    monkeypatch.setattr(counting, "LATE_TOGETHER", timedelta(0))
    fresh_counter._late = [*fresh_counter._late, visitors.Batch(EVENING, {SOME_REPORT})]
    monkeypatch.setattr(counting, "write", refuse_odd)
    fresh_counter.flush()
    assert "are lost" in caplog.text
    assert set(rows(PageTotal, "page")) == {"article:2"}


# -- with real threads -----------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_threads_and_processes_lose_nothing_and_count_nothing_twice(monkeypatch):
    monkeypatch.setattr(counting, "FLUSH_SECONDS", 0.02)
    monkeypatch.setattr(counting, "MAX_OF_NETWORK", 10**9)
    processes = [visitors.ViewCounter(), visitors.ViewCounter()]
    readers = iter(range(10**6))

    def read_much():
        for _ in range(100):
            number = next(readers)
            for process in processes:  # the same reader asks both
                process.record("article:1", b"%016d" % number, "203.0.113.1")

    at_once(read_much, 8)
    for process in processes:
        process.flush()
        while process._thread is not None:  # it has a connection of its own
            sleep(0.01)
    assert visitors.views("article:1") == visitors.views(visitors.SITE) == 800


# -- what the statements cost ----------------------------------------------------------

MANY_VISITS = """
INSERT INTO portal_visit (page, visitor, seen_at, counted_at)
SELECT CASE WHEN n % 2 = 0 THEN 'site' ELSE 'article:' || n % 2000 END, decode(md5(n::text), 'hex'),
    now() - n % 1500 * interval '1 second', now() - n % 1500 * interval '1 second'
FROM generate_series(1, 100000) AS n
"""
MANY_HOURS = """
INSERT INTO portal_hourviews (page, hour, views)
SELECT 'article:' || page, date_trunc('hour', now()) - hour * interval '1 hour', 1
FROM generate_series(1, 200) AS page, generate_series(0, 99) AS hour
"""


def test_no_statement_reads_a_whole_table(django_assert_num_queries):
    with connection.cursor() as cursor:
        cursor.execute(MANY_VISITS)
        cursor.execute(MANY_HOURS)
        cursor.execute("ANALYZE portal_visit, portal_hourviews")
    reports = {visitors.Report("site", b"%016d" % number) for number in range(1000)}
    for work in (
        lambda: visitors.write(visitors.Batch(timezone.now(), reports)),
        lambda: visitors.forget(timezone.now() - timedelta(minutes=10)),
        visitors.online,
        lambda: visitors.views("site"),
    ):
        assert whole_tables_read(work) <= {"portal_missedsearch"}  # which is empty


def whole_tables_read(work) -> set[str]:
    """Return the tables of which ``work`` reads every row, as the planner says beforehand."""
    found = set()

    def explain(execute, sql, params, many, context):
        with context["connection"].wrap_database_errors:
            context["cursor"].cursor.execute(f"EXPLAIN (FORMAT JSON) {sql}", params)
            [[[plan]]] = context["cursor"].cursor.fetchall()
        steps = [plan["Plan"]]
        while steps:
            step = steps.pop()
            steps += step.get("Plans", [])
            if step["Node Type"] == "Seq Scan":
                found.add(step["Relation Name"])
        return execute(sql, params, many, context)

    with connection.execute_wrapper(explain):
        work()
    return found
