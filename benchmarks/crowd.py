"""
People who ask all the time, each answer judged: what wrk only counts is looked at here.

Used by the questions about faults; the rates are low beside what the portal can do.
"""

import http.client
import itertools
import threading
import time
from collections import Counter
from collections.abc import Iterable
from statistics import median, quantiles
from urllib.parse import urlsplit


class Crowd:
    """
    Askers who go through paths until the block ends; each waits for its answer and pauses.

    Whoever keeps a connection and finds it closed before a byte of the answer came asks again on
    a new one, as browsers and proxies do; that is no failure, but counted.
    """

    def __init__(
        self,
        address: str,
        paths: Iterable[str],
        *,
        askers: int = 4,
        rate: float = 100.0,
        keep_alive: bool = True,
        timeout: float = 30.0,
    ):
        self.statuses: Counter[str | int] = Counter()  # or the kind of error
        self.failures: list[str] = []  # of these, what was asked and what came
        self.seconds: list[float] = []
        self.again = 0
        self._host, self._paths = urlsplit(address).netloc, list(paths)
        self._pause, self._keep_alive, self._timeout = askers / rate, keep_alive, timeout
        self._done, self._lock = threading.Event(), threading.Lock()
        self._threads = [threading.Thread(target=self._ask, args=[n]) for n in range(askers)]

    def __enter__(self):
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_):
        self._done.set()
        for thread in self._threads:
            thread.join()

    @property
    def asked(self) -> int:
        return self.statuses.total()

    @property
    def failed(self) -> int:
        return self.asked - self.statuses[200]

    def p50(self) -> float:
        """Return milliseconds."""
        return median(self.seconds) * 1000

    def p95(self) -> float:
        return quantiles(self.seconds, n=20)[-1] * 1000

    def slowest(self) -> float:
        return max(self.seconds) * 1000

    def _ask(self, number: int) -> None:
        connection = None
        due = time.monotonic()
        first = number * len(self._paths) // len(self._threads)
        for path in itertools.islice(itertools.cycle(self._paths), first, None):
            if self._done.is_set():
                break
            began = time.perf_counter()
            try:
                connection, status, again = self._answer(connection, path)
            except (OSError, http.client.HTTPException) as error:
                connection, status, again = None, type(error).__name__, False
            taken = time.perf_counter() - began
            with self._lock:
                self.statuses[status] += 1
                self.seconds.append(taken)
                self.again += again
                if status != 200 and len(self.failures) < 20:
                    self.failures.append(f"{path}: {status} after {taken:.2f} s")
            due = max(due + self._pause, time.monotonic() - 1)
            self._done.wait(max(0, due - time.monotonic()))
        if connection:
            connection.close()

    def _answer(self, connection, path: str):
        """Return the connection for the next request, the status and whether it was asked again."""
        for again in (False, True):
            is_new = connection is None
            if is_new:
                connection = http.client.HTTPConnection(self._host, timeout=self._timeout)
            try:
                connection.request("GET", path, headers={"Accept-Encoding": "gzip"})
                answer = connection.getresponse()
            except (ConnectionError, http.client.RemoteDisconnected):
                connection.close()
                if is_new:
                    raise
                connection = None
                continue
            answer.read()
            if not self._keep_alive or answer.will_close:
                connection.close()
                connection = None
            return connection, answer.status, again
        raise ConnectionError("closed twice")
