"""The process that does background work, beside those that answer requests."""

import multiprocessing
import sys
import time

from django.core.management import call_command
from django.db import OperationalError

from portal.postgresql import cannot_connect
from portal.processes import begin

BETWEEN_STARTS = 2  # seconds at least: without a database it fails at once
STOPS_WITHIN = 10  # seconds; what it does then is done again later


class Background:
    """`manage.py work` in a process of its own that shares what is loaded here."""

    def __init__(self):
        self._process = None
        self._start_at = 0.0

    def keep_running(self) -> None:
        """Start it, or start it again when it ended, but not one right after the other."""
        if self._process and self._process.is_alive():
            return
        if time.monotonic() >= self._start_at:
            self._start_at = time.monotonic() + BETWEEN_STARTS
            self._process = multiprocessing.get_context("fork").Process(target=_work)
            self._process.start()

    def pids(self) -> list[int]:
        return [self._process.pid] if self._process and self._process.is_alive() else []

    def stop(self) -> None:
        if self._process is None:
            return
        self._process.terminate()
        self._process.join(STOPS_WITHIN)
        self._process.kill()
        self._process.join()  # it holds the database until it is gone


def _work() -> None:
    begin("portal-worker")
    try:
        call_command("work", startup_delay=False)
    except OperationalError as error:
        sys.exit(cannot_connect(error))
