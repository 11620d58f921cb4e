"""A portal that becomes the code that is there now; the whole of it is in test_kept_pages."""

import os
import shutil
import signal

import pytest

from portal import succession


def test_code_that_would_start_has_no_fault():
    assert succession.fault() == ""


def test_code_or_settings_that_would_not_start_are_told(monkeypatch):
    monkeypatch.setenv("PORTAL_WORKERS", "hai")
    assert "PORTAL_WORKERS" in succession.fault()


@pytest.fixture
def predecessors(monkeypatch):
    """Start processes that sleep, deaf to some signals, and become their successor."""

    def of(count, *, deaf_to=()):
        sleeping = ["sleep", "60"]
        started = [
            os.posix_spawn(shutil.which("sleep"), sleeping, os.environ, setsigmask=deaf_to)
            for _ in range(count)
        ]
        monkeypatch.setattr(succession, "_processes", started)
        return succession.Predecessors()

    return of


def test_who_comes_after_nobody_waits_for_nobody(predecessors):
    assert predecessors(0).are_gone()


def test_predecessors_go_on_until_they_are_told_to_end(predecessors):
    running = predecessors(2)
    assert not running.are_gone()
    running.end()
    running.wait(60)
    assert running.are_gone()


def test_one_that_does_not_end_is_ended(predecessors):
    running = predecessors(1, deaf_to=[signal.SIGTERM])
    running.end()
    running.wait(0)
    assert running.are_gone()


def test_one_that_is_gone_already_is_not_waited_for(predecessors):
    running = predecessors(1)
    (process,) = succession._processes
    os.kill(process, signal.SIGKILL)
    os.waitpid(process, 0)
    running.end()
    assert running.are_gone()
