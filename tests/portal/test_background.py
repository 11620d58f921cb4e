"""The server keeps one background process running."""

import pytest

from portal import background
from portal.background import BETWEEN_STARTS, Background


class Clock:
    now = 1000.0

    def monotonic(self):
        return self.now


class Started(list):
    """The processes started so far, in place of multiprocessing; none does anything."""

    def get_context(self, method):
        return self

    def Process(self, target):
        self.append(Process())
        return self[-1]


class Process:
    is_there = False

    def start(self):
        self.is_there = True

    def is_alive(self):
        return self.is_there


@pytest.fixture
def clock(monkeypatch):
    clock = Clock()
    monkeypatch.setattr(background, "time", clock)
    return clock


@pytest.fixture
def started(monkeypatch):
    started = Started()
    monkeypatch.setattr(background, "multiprocessing", started)
    return started


def test_one_that_ended_after_a_while_is_back_at_once(clock, started):
    running = Background()
    running.keep_running()
    clock.now += 60
    running.keep_running()
    assert len(started) == 1
    started[0].is_there = False
    running.keep_running()
    assert len(started) == 2


def test_one_that_cannot_begin_is_not_started_all_the_time(clock, started):
    running = Background()
    for _ in range(10):
        running.keep_running()
        started[-1].is_there = False
        clock.now += BETWEEN_STARTS / 4
    assert len(started) == 3
