"""Threads that do what takes long, and how much may wait for them."""

import logging
import queue
import threading
from collections.abc import Callable

logger = logging.getLogger(__name__)


class Pool:
    """
    Up to ``threads`` threads, started when needed.

    What more than ``most_waiting`` jobs wait for already is refused: a quick no is better than
    an answer nobody waits for any more.
    """

    def __init__(self, threads: int, most_waiting: int):
        self.most_waiting = most_waiting
        self._most = threads
        self._jobs: queue.SimpleQueue[Callable[[], None]] = queue.SimpleQueue()
        self._turn = threading.Lock()
        self._started = self._free = 0

    def submit(self, job: Callable[[], None]) -> bool:
        """Have ``job`` done by a thread; say whether it is taken at all."""
        with self._turn:
            if self._free > self._jobs.qsize():
                pass
            elif self._started < self._most:
                self._started += 1
                threading.Thread(target=self._work, daemon=True).start()
            elif self._jobs.qsize() >= self.most_waiting:
                return False
            self._jobs.put(job)
        return True

    def _work(self) -> None:
        while True:
            with self._turn:
                self._free += 1
            job = self._jobs.get()
            with self._turn:
                self._free -= 1
            try:
                job()
            except Exception:  # a thread outlives any job
                logger.exception("a job of the pool failed")
