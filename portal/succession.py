"""
How a running portal becomes the code that is there now.

The server replaces its own program and keeps its process, the lock of its data directory and the
processes it started. These go on answering until those of the new code do; then they end.
"""

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterable
from pathlib import Path
from typing import NoReturn

# "lock process process …", by the program before; not a setting, as PORTAL_… are.
VARIABLE = "_PORTAL_SUCCEEDS"
ENDS_WITHIN = 60  # seconds; a task of the worker may take as long
_LOAD = """
import django
django.setup()
import portal.server
from portal.preloading import preload
preload()
"""
_LOOKED_AT_EVERY = 0.05  # seconds
# Asked meanwhile they would end a program that does not listen yet.
_HELD_BACK = {signal.SIGHUP, signal.SIGTERM, signal.SIGINT}

# Taken away, so that no process started from here takes it for its own.
_lock, *_processes = map(int, os.environ.pop(VARIABLE, "-1").split())


def is_on() -> bool:
    """Say whether this program took over from one that prepared everything."""
    return _lock >= 0


def lock() -> int:
    """Return the file by which the program before held the data directory."""
    return _lock


def fault() -> str:
    """Return why the code that is there now would not start; empty when it would."""
    checked = subprocess.run(
        [sys.executable, "-c", _LOAD],
        cwd=Path(__file__).parent.parent,
        capture_output=True,
        text=True,
        check=False,
    )
    return checked.stderr if checked.returncode else ""


def hand_over(lock: int, processes: Iterable[int]) -> NoReturn:
    """Become the code that is there now; that ends ``processes`` when it answers itself."""
    os.set_inheritable(lock, True)
    handed = " ".join(map(str, [lock, *processes]))
    sys.stdout.flush()
    command = [sys.executable, *sys.orig_argv[1:]]
    environment = os.environ | {VARIABLE: handed}
    os.execve(sys.executable, command, environment)  # noqa: S606 -- itself


def hold_signals_back() -> None:
    """Leave what is asked from now on to the program that comes."""
    signal.pthread_sigmask(signal.SIG_BLOCK, _HELD_BACK)


def listen_to_signals() -> None:
    """Take what was held back, when everything has its handler."""
    signal.pthread_sigmask(signal.SIG_UNBLOCK, _HELD_BACK)


class Predecessors:
    """The processes of the code before."""

    def __init__(self):
        self._running = set(_processes)
        self._end_by = float("inf")

    def end(self) -> None:
        """Have them finish what they do, and end; told twice, the worker would not finish."""
        if self._end_by == float("inf"):
            self._end_by = time.monotonic() + ENDS_WITHIN
            self._tell(signal.SIGTERM)

    def are_gone(self) -> bool:
        """Say whether all have ended; those that should have long ago are ended."""
        for process in list(self._running):
            if _is_over(process):
                self._running.remove(process)
        if time.monotonic() > self._end_by:
            self._tell(signal.SIGKILL)
        return not self._running

    def wait(self, seconds: float) -> None:
        """Return when all have ended; after so many seconds end them."""
        self._end_by = min(self._end_by, time.monotonic() + seconds)
        while not self.are_gone():
            time.sleep(_LOOKED_AT_EVERY)

    def _tell(self, what: signal.Signals) -> None:
        for process in self._running:
            with contextlib.suppress(ProcessLookupError):
                os.kill(process, what)


def _is_over(process: int) -> bool:
    try:
        ended, _ = os.waitpid(process, os.WNOHANG)
    except ChildProcessError:  # no child of ours
        return True
    return ended == process
