"""The pages a process holds, up to a number of bytes."""

import threading
import time
from collections.abc import Iterable

from portal.changes import Change
from portal.pagecache.pages import Page

MOST_NEW_PER_MINUTE = 3_000  # pages with parameters; more are somebody counting up


class Memory:
    """
    Pages by key. The least recently used go first, roughly: looking one up takes no lock.
    """

    def __init__(self, most_bytes: int):
        self.most_bytes = most_bytes
        self.bytes = 0
        self._pages: dict[str, Page] = {}
        self._turn = threading.Lock()
        self._minute, self._new = 0, 0

    def __len__(self):
        return len(self._pages)

    def get(self, key: str) -> Page | None:
        page = self._pages.get(key)
        if page is not None:
            page.was_used = True
        return page

    def put(self, page: Page) -> None:
        with self._turn:
            if former := self._pages.pop(page.key, None):
                self.bytes -= former.size
            elif "?" in page.key and not self._has_room_for_new():
                return
            self._pages[page.key] = page
            self.bytes += page.size
            self._make_room()

    def discard(self, key: str) -> None:
        with self._turn:
            if page := self._pages.pop(key, None):
                self.bytes -= page.size

    def touched_by(self, change: Change | None) -> Iterable[Page]:
        """Return the pages a change may alter; all for None."""
        pages = list(self._pages.values())
        return [page for page in pages if page.dependencies.are_touched_by(change)]

    def _has_room_for_new(self) -> bool:
        minute = int(time.monotonic() // 60)
        if minute != self._minute:
            self._minute, self._new = minute, 0
        self._new += 1
        return self._new <= MOST_NEW_PER_MINUTE

    def _make_room(self) -> None:
        """Let go of pages from the oldest on; one used since it was last passed stays once more."""
        while self.bytes > self.most_bytes:
            key, page = next(iter(self._pages.items()))
            del self._pages[key]
            if page.was_used and len(self._pages):
                page.was_used = False
                self._pages[key] = page
            else:
                self.bytes -= page.size
