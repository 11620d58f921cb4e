"""
The portal's processes: Granian with the front door in its threads, and the background worker.

Granian calls a WSGI application in a thread and sends what it returns. Here the thread hands the
request over with the means to answer it later from anywhere: kept pages are answered in this one
thread without waiting for another, and a slow page or database holds up no other page. Only a body
has to be read before Granian's thread returns, or it is lost; then Granian goes on with another.

All processes are forked from this one, which loads what they have in common and serves nothing.
"""

import multiprocessing
import os
import signal
import sys
import time
from collections.abc import Callable
from functools import partial

from granian import Granian
from granian._internal import load_target
from granian.constants import Interfaces, RuntimeModes
from granian.server import mp

from portal import succession
from portal.background import Background
from portal.processes import begin

GOODBYE = signal.SIGUSR1
LOOKED_AT_EVERY = 0.5  # seconds, whether all are there
STARTS_WITHIN = 60  # seconds, on a busy machine
LISTENS_AFTER = 0.5  # seconds, once it is loaded
RETURNS_AFTER = 1  # second, when it ended as soon as it had begun
STOPS_WITHIN = 10  # seconds; the longest a request may take
# Of which one answers; the others are made when bodies have to be waited for.
THREADS = 16


class Server(Granian):
    """
    Keeps web processes and worker running until it is told to stop.

    On SIGHUP it becomes the code that is there then (portal/succession.py), and no request fails.
    ``lock`` is the file that holds the data directory; ``when_forked`` is called when threads
    may be started.
    """

    def __init__(
        self, address: str, port: int, workers: int, lock: int, when_forked: Callable[[], None]
    ):
        super().__init__(
            "portal.wsgi:application",
            address=address,
            port=port,
            interface=Interfaces.WSGI,
            workers=workers,
            blocking_threads=THREADS,
            runtime_mode=RuntimeModes.st,
            workers_kill_timeout=STOPS_WITHIN,
            log_level="warning",
            websockets=False,
        )
        multiprocessing.set_start_method("fork", force=True)
        self._lock = lock
        self._when_forked = when_forked
        self._loaded = multiprocessing.Semaphore(0)
        self._background = Background()
        self._predecessors = succession.Predecessors()
        self.on_startup(succession.listen_to_signals)
        self.on_shutdown(self._background.stop)

    def run(self) -> None:
        # A process that cannot say goodbye yet must not die of being asked to.
        signal.signal(GOODBYE, signal.SIG_IGN)
        # Past Granian's own warning of so many threads: they hardly ever run.
        super(Granian, self).serve(target_loader=partial(_load, self._loaded))

    def _serve_loop(self, spawn_target, target_loader):
        """Replace what ended by itself; nothing that dies takes the others along."""
        self._take_over()
        self._when_forked()
        while not self.interrupt_signal:
            for dead in self._dead():
                self.interrupt_children.remove(dead)
                self._respawn_workers([dead], spawn_target, target_loader)
            if self._predecessors.are_gone():
                self._background.keep_running()
            if self.reload_signal:
                self._hand_over()
            self.main_loop_interrupt.wait(LOOKED_AT_EVERY)
            self.main_loop_interrupt.clear()
        self._predecessors.end()
        self._predecessors.wait(STOPS_WITHIN)

    def _dead(self) -> list[int]:
        """Return which web processes ended by themselves; one that did at once, after a while."""
        born_before = time.monotonic() - RETURNS_AFTER
        return [each for each in self.interrupt_children if self.wrks[each].birth < born_before]

    def _take_over(self) -> None:
        """Have those of the code before end when ours listen, or cannot be waited for any more."""
        until = time.monotonic() + STARTS_WITHIN
        missing = self.workers
        while missing and not self.interrupt_signal and time.monotonic() < until:
            missing -= self._loaded.acquire(timeout=LOOKED_AT_EVERY)
        time.sleep(LISTENS_AFTER)
        self._predecessors.end()

    def _hand_over(self) -> None:
        """
        Become the code that is there now, if it would start.

        Our processes close each connection with the next answer they give on it: closing one
        that is idle when a process ends would meet requests already on their way.
        """
        self.reload_signal = False
        if fault := succession.fault():
            sys.stderr.write(f"Chưa nạp lại, cổng chạy tiếp như trước: {fault}\n")
            return
        succession.hold_signals_back()
        if self.interrupt_signal:  # told to stop meanwhile
            return
        web = [worker.inner.pid for worker in self.wrks]
        for process in web:
            os.kill(process, GOODBYE)
        succession.hand_over(self._lock, web + self._background.pids())


def _load(loaded, target: str):
    """Load the application in a web process, and have Granian hand over instead of calling it."""
    begin("portal-web")
    front = load_target(target)
    mp._wsgi_call_wrap = lambda application, options, log_format: front.take_from_granian
    signal.signal(GOODBYE, lambda number, frame: front.say_goodbye())
    loaded.release()
    return front
