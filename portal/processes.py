"""Processes that must not outlive the one that started them."""

import contextlib
import ctypes
import multiprocessing
import os
import signal
import sys
from collections.abc import Callable
from multiprocessing.util import Finalize
from pathlib import Path

_PR_SET_PDEATHSIG = 1  # linux/prctl.h


def end_with_parent() -> None:
    """
    Have this process end when its parent tells it to, or is gone.

    In a group of its own it does not hear the Ctrl-C its parent hears and acts on; killed
    with its parent (Linux alone can) it holds no port after a killed server. A signal it may
    handle would not do: Python drops what a handler raises inside a callback.
    """
    with contextlib.suppress(PermissionError):  # the first of a session has its own already
        os.setpgid(0, 0)
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    parent = multiprocessing.parent_process()
    if parent and os.getppid() != parent.pid:  # it ended before it was listened for
        os.kill(os.getpid(), signal.SIGKILL)


def begin(name: str) -> None:
    """Have a forked process be its own: with a name, and without the signals of its parent."""
    with contextlib.suppress(OSError):
        Path("/proc/self/comm").write_text(name)  # Linux alone, at most 15 characters
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, signal.SIG_DFL)
    end_with_parent()


def done_apart(work: Callable[[], None]) -> None:
    """
    Have ``work`` done in a process that takes along, when it ends, the memory it took.

    It does not go on without this one. Raises RuntimeError when it failed; why stands on
    standard error.
    """
    process = multiprocessing.get_context("fork").Process(target=_begin_and_do, args=[work])
    process.start()
    try:
        process.join()
    finally:  # where whoever waits is told to stop
        process.terminate()
        process.join()
    if process.exitcode:
        raise RuntimeError(f"{work.__name__} failed")


def _begin_and_do(work: Callable[[], None]) -> None:
    begin("portal-prepare")
    work()


def before_the_end(action: Callable[[], None]) -> None:
    """
    Have ``action`` done when this process ends in order.

    The web server's processes end as multiprocessing ends them, which skips atexit and
    forgets what was asked for before they were forked.
    """
    Finalize(None, action, exitpriority=1)
