"""Threads that do what takes long, and how much may wait for them."""

import logging
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from threading import BoundedSemaphore

logger = logging.getLogger(__name__)


class Pool:
    """
    Up to ``threads`` threads, started when needed.

    What more than ``most_waiting`` jobs wait for already is refused: a quick no is better than
    an answer nobody waits for any more.
    """

    def __init__(self, threads: int, most_waiting: int):
        self._executor = ThreadPoolExecutor(threads)
        self._room = BoundedSemaphore(threads + most_waiting)

    def submit(self, job: Callable[[], None]) -> bool:
        """Have ``job`` done by a thread; say whether it is taken at all."""
        is_taken = self._room.acquire(blocking=False)
        if is_taken:
            self._executor.submit(job).add_done_callback(self._end)
        return is_taken

    def _end(self, done: Future) -> None:
        self._room.release()
        if fault := done.exception():
            logger.error("a job of the pool failed", exc_info=fault)
