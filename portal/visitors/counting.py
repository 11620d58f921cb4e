"""What was read waits in memory and is written together every few seconds."""

import logging
import threading
from collections import Counter
from datetime import timedelta
from time import monotonic

from django.db import DataError, Error, connection
from django.utils import timezone

from portal.visitors.pages import SEARCH, SITE
from portal.visitors.totals import numbers
from portal.visitors.who import hash_of_today
from portal.visitors.writing import Batch, Report, write

logger = logging.getLogger(__name__)

FLUSH_SECONDS = 5
FLUSH_AT = 3_000  # reports; so many do not wait for the time
MAX_WAITING = 10_000  # reports kept while the database is away; more are dropped
MAX_OF_NETWORK = 50  # reports taken from one network in FLUSH_SECONDS; more are a machine's
MAX_NETWORKS = 20_000  # that report in this time; the limit above needs each in memory
LATE_TOGETHER = timedelta(minutes=1)  # what waits for the database is written by the minute


def report(page: str, visitor: bytes, network: str) -> Report:
    """
    Return what is written about a page that was read.

    The words of a search do not go into the table of visits. Who asked stands there under a
    hash made for these words, so that the database does not tell. It is made of the network
    alone: another browser is invented for nothing, and staff read these words.
    """
    kind, _, words = page.partition(":")
    if kind != SEARCH:
        return Report(page, visitor)
    return Report(SEARCH, hash_of_today(f"{network} {words}"), words)


class ViewCounter:
    """Collects reports in memory and writes them together."""

    def __init__(self):
        self._lock = threading.Lock()
        self._writing = threading.Lock()
        self._full = threading.Event()
        self._waiting: set[Report] = set()
        self._since = timezone.now()  # of what waits
        self._late: list[Batch] = []  # could not be written, in the order of time
        self._room = MAX_WAITING  # that these leave
        self._of_network: Counter[str] = Counter()
        self._networks_since = monotonic()
        self._thread: threading.Thread | None = None  # that writes; none when nothing waits

    def record(self, page: str, visitor: bytes, network: str) -> None:
        """Note a reading of ``page`` and of the site; written within FLUSH_SECONDS."""
        reports = report(page, visitor, network), Report(SITE, visitor)
        with self._lock:
            if not self._is_believable(network) or len(self._waiting) >= self._room:
                return
            if not self._waiting:
                self._since = timezone.now()
            self._waiting.update(reports)
            if len(self._waiting) >= FLUSH_AT:
                self._full.set()
            if self._thread is None or not self._thread.is_alive():
                self._wake()

    def flush(self) -> None:
        """Write what waits. While the database is away it goes on waiting, with its moment."""
        with self._writing:
            with self._lock:
                batches = self._late
                if self._waiting:
                    batches = [*batches, Batch(self._since, self._waiting)]
                self._late, self._waiting = [], set()
                self._full.clear()
            while batches and _is_written(batches[0]):
                del batches[0]
            with self._lock:
                self._late = _by_the_minute(batches)
                self._room = MAX_WAITING - sum(len(batch.reports) for batch in self._late)

    def _is_believable(self, network: str) -> bool:
        now = monotonic()
        if now - self._networks_since >= FLUSH_SECONDS:
            self._of_network.clear()
            self._networks_since = now
        if len(self._of_network) >= MAX_NETWORKS:
            return False
        self._of_network[network] += 1
        return self._of_network[network] <= MAX_OF_NETWORK

    def _wake(self) -> None:
        self._thread = threading.Thread(target=self._work, name="view counter", daemon=True)
        self._thread.start()

    def _work(self) -> None:
        """Write every FLUSH_SECONDS until nothing waits any more."""
        try:
            while self._has_work():
                self._full.wait(FLUSH_SECONDS)
                self.flush()
                numbers.refresh()
        finally:
            connection.close()

    def _has_work(self) -> bool:
        with self._lock:
            if not self._waiting and not self._late:
                self._thread = None  # what comes from now on wakes another
            return self._thread is not None


counter = ViewCounter()


def _is_written(batch: Batch) -> bool:
    try:
        write(batch)
    except DataError:  # no other time would do better
        logger.exception("%d page views are lost", len(batch.reports))
    except Error as error:
        why = str(error).partition("\n")[0]
        logger.warning("%d page views wait for the database: %s", len(batch.reports), why)
        return False
    return True


def _by_the_minute(batches: list[Batch]) -> list[Batch]:
    """Return batches of which those of one minute are one, so that few wait however long."""
    together: list[Batch] = []
    for batch in batches:
        if together and batch.at - together[-1].at < LATE_TOGETHER:
            batch = Batch(together[-1].at, {*together.pop().reports, *batch.reports})
        together.append(batch)
    return together
