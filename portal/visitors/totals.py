"""
The numbers that pages show, kept in memory and read again whenever reports are written.

What one process says is at most FRESH_SECONDS behind what all of them wrote. While the database is
away the last numbers are said, and a page of which none are known gets none.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from heapq import nlargest
from time import monotonic
from typing import NamedTuple

from django.db import Error, connection
from django.utils import timezone

from portal.models import Visit
from portal.visitors.pages import SITE

FRESH_SECONDS = 10
AWAY_SECONDS = 5  # not asked again so soon when the database did not answer
ONLINE_WINDOW = timedelta(minutes=5)
MAX_PAGES = 5_000  # read again each time; those asked for last stay
KEPT_SECONDS = 300  # after a page was last asked for
MAX_ASKING = 2  # threads; a database that hangs holds up no more of them


class Counters(NamedTuple):
    views: int
    site_views: int
    online: int


def views(page: str) -> int:
    """Return how often a page was read since counting began."""
    return _totals([page]).get(page, 0)


def online() -> int:
    """Return the number of distinct visitors of the last five minutes, over all processes."""
    since = timezone.now() - ONLINE_WINDOW
    return Visit.objects.filter(page=SITE, seen_at__gt=since).count()


def _totals(pages: list[str]) -> dict[str, int]:
    with connection.cursor() as cursor:  # thousands of pages as one parameter
        cursor.execute("SELECT page, views FROM portal_pagetotal WHERE page = ANY(%s)", [pages])
        return dict(cursor.fetchall())


class Numbers:
    """What is known of the pages asked for lately."""

    def __init__(self):
        self._views: dict[str, int] = {}
        self._asked: dict[str, float] = {}  # when each page was last asked for
        self._site = self._online = 0
        self._read_at = self._away_until = float("-inf")
        self._asking = threading.BoundedSemaphore(MAX_ASKING)

    def known(self, page: str) -> Counters | None:
        """Return the counters of a page as memory has them, old ones if need be."""
        count = self._views.get(page)
        if count is None:
            return None
        self._asked[page] = monotonic()
        return Counters(count, self._site, self._online)

    def must_ask(self, page: str) -> bool:
        """Say whether the database has to be asked about a page, and may be."""
        now = monotonic()
        is_known = page in self._views and now - self._read_at < FRESH_SECONDS
        return not is_known and now >= self._away_until

    def ask(self, page: str) -> None:
        """Read from the database what is not known of a page; learn nothing while it is away."""
        with self._turn() as is_mine:
            if is_mine and self.must_ask(page):
                self._asked[page] = monotonic()
                is_fresh = monotonic() - self._read_at < FRESH_SECONDS
                self._read([page] if is_fresh else self._wanted(), everything=not is_fresh)

    def refresh(self) -> None:
        """Read everything again that pages asked for lately."""
        self._read(self._wanted(), everything=True)

    @contextmanager
    def _turn(self) -> Iterator[bool]:
        is_mine = self._asking.acquire(blocking=False)
        try:
            yield is_mine
        finally:
            if is_mine:
                self._asking.release()

    def _wanted(self) -> list[str]:
        """Return the pages worth reading again; forget that the others were asked for."""
        since = monotonic() - KEPT_SECONDS
        recent = [(when, page) for page, when in self._asked.copy().items() if when > since]
        self._asked = {page: when for when, page in nlargest(MAX_PAGES, recent)}
        return list(self._asked)

    def _read(self, pages: list[str], *, everything: bool) -> None:
        begun = monotonic()
        try:
            found = _totals([*pages, SITE])
            now_online = online() if everything else self._online
        except Error:
            self._away_until = begun + AWAY_SECONDS
            return
        read = {page: found.get(page, 0) for page in pages}
        if everything:
            self._views, self._read_at = read, begun
        elif len(self._views) < 2 * MAX_PAGES:
            self._views.update(read)
        self._site, self._online = found.get(SITE, 0), now_online


numbers = Numbers()
