"""
Granian with the front door in its thread.

Granian calls a WSGI application in a thread and sends what it returns. Here the thread hands the
request over with the means to answer it later from anywhere: kept pages are answered in this one
thread without waiting for another, and a slow page or database holds up no other page. Only a body
has to be read before Granian's thread returns, or it is lost; then Granian goes on with another.
"""

import multiprocessing
import os
import signal
import time
from functools import partial

from granian import Granian
from granian._internal import load_target
from granian.constants import Interfaces, RuntimeModes
from granian.server import mp

GOODBYE = signal.SIGUSR1
STARTS_WITHIN = 60  # seconds, on a busy machine
LOOKED_AT_EVERY = 0.2  # seconds
LISTENS_AFTER = 0.5  # seconds, once it is loaded
# Of which one answers; the others are made when bodies have to be waited for.
THREADS = 16


class Server(Granian):
    """
    Web processes that each start from nothing: after a reload they run the code that is there then.

    On SIGHUP they are replaced one after another, and no request fails.
    """

    def __init__(self, address: str, port: int, workers: int):
        super().__init__(
            "portal.wsgi:application",
            address=address,
            port=port,
            interface=Interfaces.WSGI,
            workers=workers,
            blocking_threads=THREADS,
            runtime_mode=RuntimeModes.st,
            respawn_failed_workers=True,
            workers_kill_timeout=10,
            log_level="warning",
            websockets=False,
        )
        multiprocessing.set_start_method("spawn", force=True)
        self._is_loaded = multiprocessing.Event()
        self.on_reload(self._say_goodbye)

    def run(self) -> None:
        # A process that cannot say goodbye yet must not die of being asked to.
        signal.signal(GOODBYE, signal.SIG_IGN)
        # Past Granian's own warning of so many threads: they hardly ever run.
        super(Granian, self).serve(target_loader=partial(_load, self._is_loaded))

    def _say_goodbye(self) -> None:
        """
        Have the processes to be replaced close each connection with the answer they give on it.

        Closing one that is idle when a process ends would meet requests already on their way.
        """
        for worker in self.wrks:
            os.kill(worker.inner.pid, GOODBYE)

    def _respawn_workers(self, workers, spawn_target, target_loader, delay=0.0):
        """Replace processes as Granian does, except that one ends only when the new one listens."""
        for index in workers:
            old = self.wrks[index]
            new = self._spawn_worker(idx=index, target=spawn_target, callback_loader=target_loader)
            self._is_loaded.clear()
            new.start()
            self.wrks[index] = new
            self.respawned_wrks[index] = time.monotonic()
            self._wait_for(new)
            old.terminate()
            old.join(self.workers_kill_timeout)
            if old.is_alive():
                old.kill()
                old.join()

    def _wait_for(self, worker) -> None:
        """Wait until a process listens; not for one that died, nor when all are to end."""
        until = time.monotonic() + STARTS_WITHIN
        while worker.is_alive() and not self.interrupt_signal and time.monotonic() < until:
            if self._is_loaded.wait(LOOKED_AT_EVERY):
                time.sleep(LISTENS_AFTER)
                return


def _load(is_loaded, target: str):
    """Load the application in a web process, and have Granian hand over instead of calling it."""
    front = load_target(target)
    mp._wsgi_call_wrap = lambda application, options, log_format: front.take_from_granian
    signal.signal(GOODBYE, lambda number, frame: front.say_goodbye())
    is_loaded.set()
    return front
