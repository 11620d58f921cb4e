"""
The front door: a kept page at once, else the page rendered once for all who wait, else Django.

A page is doubted when a table it was made of changed. Then it is rendered anew; meanwhile, for
half a second at most, those who come get it as it was, and after that they wait. While the
database is away everything kept is shown as it is, from memory or from the snapshots on disk.
"""

import threading
import time
from collections.abc import Callable
from typing import Protocol

from django.core.handlers.wsgi import WSGIHandler
from django.template.loader import render_to_string

from portal.answers import Answer, personal_headers
from portal.changes import Change, Listener
from portal.pagecache import rendering
from portal.pagecache.keys import key_of
from portal.pagecache.memory import Memory
from portal.pagecache.pages import Page
from portal.pagecache.snapshots import Snapshots
from portal.pool import Pool

SHOWN_AS_IT_WAS = 0.5  # seconds after a change, while the page is made anew
MOST_WAITING = 500  # requests for one page
SHOWN_WHILE_AWAY = 24 * 60 * 60  # seconds
BUSY_FOR = "3"  # seconds, as we guess


class Exchange(Protocol):
    """A request that waits for its answer, in whatever way the server lets it."""

    environ: dict

    def answer(self, answer: Answer) -> None: ...

    def pass_on(self) -> None:
        """Have Django answer, in the thread this is called in."""


class Door:
    def __init__(
        self,
        handler: WSGIHandler,
        memory: Memory,
        listener: Listener,
        pool: Pool,
        snapshots: Snapshots,
    ):
        self.handler = handler
        self.memory = memory
        self.listener = listener
        self.pool = pool
        self.snapshots = snapshots
        self._turn = threading.Lock()
        self._keeping = threading.Lock()  # no change may pass between a look at it and what follows
        self._waiting: dict[str, list[Exchange]] = {}
        self.busy = busy_answer()
        listener.subscribe(self.doubt)

    def take(self, exchange: Exchange) -> None:
        """Answer at once, or see to it that the exchange is answered."""
        key = key_of(exchange.environ)
        if key is None:
            self._pass_on(exchange)
            return
        page = self.memory.get(key)
        if page is not None and self.listener.is_current and page.holds():
            exchange.answer(page.answer(exchange.environ))
        elif self.listener.is_away:
            self._show_as_it_was(exchange, key, page)
        else:
            self._make_anew(exchange, key, page)

    def doubt(self, change: Change | None) -> None:
        """Note which pages a change may alter; None: all."""
        now = time.monotonic()
        with self._keeping:
            for page in self.memory.touched_by(change):
                page.holds_until = min(page.holds_until, now)

    def _pass_on(self, exchange: Exchange) -> None:
        if not self.pool.submit(exchange.pass_on):
            exchange.answer(self.busy)

    def _show_as_it_was(self, exchange: Exchange, key: str, page: Page | None) -> None:
        if time.time() - (self.listener.away_since or 0) > SHOWN_WHILE_AWAY:
            page = None
        elif page is None and (page := self.snapshots.read(key)) is not None:
            self.memory.put(page)
        if page is None:
            self._pass_on(exchange)
        else:
            exchange.answer(_stale(page.answer(exchange.environ)))

    def _make_anew(self, exchange: Exchange, key: str, page: Page | None) -> None:
        """Join those who wait for the page; the first of them has it rendered."""
        is_shown = page is not None and self._may_be_shown_as_it_was(page)
        with self._turn:
            waiting = self._waiting.get(key)
            is_first = waiting is None
            if is_first:
                waiting = self._waiting[key] = []
            is_refused = not is_shown and len(waiting) >= MOST_WAITING
            if not is_shown and not is_refused:
                waiting.append(exchange)
        if is_shown:
            exchange.answer(page.answer(exchange.environ))
        elif is_refused:
            exchange.answer(self.busy)
        if is_first and not self.pool.submit(lambda: self._render(key)):
            self._answer_all(key, lambda waiting: waiting.answer(self.busy))

    def _may_be_shown_as_it_was(self, page: Page) -> bool:
        since = time.monotonic() - page.holds_until
        return self.listener.is_current and since < SHOWN_AS_IT_WAS

    def _render(self, key: str) -> None:
        """Render the page of a key for all who wait, or pass them on."""
        try:
            if not rendering.is_kept(key):
                self._answer_all(key, self._pass_on)
                return
            heard = self.listener.heard
            rendered = self._written(key) or rendering.render(self.handler, key)
        except BaseException:
            self._answer_all(key, self._pass_on)
            raise
        self._keep(key, rendered, heard)
        if rendered.plain.status >= 500 and self._answer_with_snapshot(key):
            return
        self._answer_all(key, lambda one: one.answer(rendered.answer(one.environ)))

    def _written(self, key: str) -> rendering.Rendered | None:
        """Return the page as the worker wrote it, where rendering it would make the same."""
        page = self.snapshots.read_current(key, self.listener)
        return page and rendering.Rendered(page.plain, page)

    def _keep(self, key: str, rendered: rendering.Rendered, heard: int) -> None:
        """Keep a page unless something changed while it was made; forget what is no page now."""
        with self._keeping:
            if rendered.page and self._is_untouched(rendered.page, heard):
                self.memory.put(rendered.page)
            elif rendered.page is None and rendered.plain.status < 500:
                self.memory.discard(key)

    def _is_untouched(self, page: Page, heard: int) -> bool:
        """Say whether nothing a page is made of changed, since that many changes were heard."""
        if not self.listener.is_current:
            return False
        return not any(map(page.dependencies.are_touched_by, self.listener.since(heard)))

    def _answer_with_snapshot(self, key: str) -> bool:
        page = self.memory.get(key) or self.snapshots.read(key)
        if page is None:
            return False
        self._answer_all(key, lambda one: one.answer(_stale(page.answer(one.environ))))
        return True

    def _answer_all(self, key: str, answer: Callable[[Exchange], None]) -> None:
        with self._turn:
            waiting = self._waiting.pop(key, [])
        for exchange in waiting:
            answer(exchange)


def busy_answer() -> Answer:
    """Return what those get who are too many, made once and asking nothing."""
    headers = [*personal_headers("text/html; charset=utf-8"), ("Retry-After", BUSY_FOR)]
    return Answer(503, headers, render_to_string("busy.html").encode())


def _stale(answer: Answer) -> Answer:
    """Say that a page is shown as it was, and is not to be kept by others as if it were new."""
    kept = [one for one in answer.headers if one[0] != "Cache-Control"]
    return answer._replace(
        headers=[*kept, ("Cache-Control", "no-store"), ("Warning", '110 - "Response is Stale"')]
    )
