"""
What changed in the database, as this process hears it.

Triggers announce every change of what the public reads (migration ``announce``), whoever makes
it. A process that keeps anything made of it listens, in a thread of its own. The thread also
asks the database twice a second whether it is still there: it is the first to know when it is not.
What was announced while nobody could be told is looked up afterwards, where it is written down.
"""

import asyncio
import itertools
import logging
import threading
import time
from collections import defaultdict, deque
from collections.abc import Callable
from typing import NamedTuple

import psycopg
from django.db import connection

from portal import announced
from portal.announced import Moment
from portal.postgresql import breaker

logger = logging.getLogger(__name__)

CHANNEL = "portal_changes"
BEAT = 0.5  # seconds between two questions whether the database is there
PATIENCE = 1.5  # seconds it may take to answer one
LOOKS = 6  # at the clock meanwhile: a machine that was held up itself must not blame the database
RETRY = 0.5  # seconds until it is looked for again
REMEMBERED = 200  # changes, for what is being made while they come


class Change(NamedTuple):
    """
    A change in a table; of the rows of some articles, or of any (None).

    Rows that may belong to articles and do not are those of article 0.
    """

    table: str
    articles: frozenset[int] | None

    @classmethod
    def of(cls, notice: str) -> "Change":
        table, _, articles = notice.partition(":")
        return cls(table, frozenset(map(int, articles.split(","))) if articles else None)


class Listener:
    """
    Hears of changes and tells whoever subscribed, in its own thread.

    ``is_current`` while nothing can have been missed. ``is_away`` while the database does not
    answer; before the first connection it is neither.
    """

    def __init__(self):
        self.is_current = False
        self.is_away = False
        self.away_since: float | None = None  # time.time() when it was lost
        self.announced: frozenset[str] = frozenset()  # the tables whose changes are heard of
        self.heard = 0  # changes, and times when any may have been missed
        # Of what could be seen at the last beat, notices may be on their way; not of that before.
        self._beats: deque[Moment | None] = deque([None, None], maxlen=2)
        self._beat_at = 0.0  # time.time() of the last
        self._latest: deque[Change | None] = deque(maxlen=REMEMBERED)
        self._of_table: dict[str, int] = defaultdict(int)
        self._subscribers: list[Callable[[Change | None], None]] = []
        self._thread: threading.Thread | None = None
        self._stopping = threading.Event()

    def subscribe(self, subscriber: Callable[[Change | None], None]) -> None:
        """Have ``subscriber`` told of every change; of None when any may have been missed."""
        self._subscribers.append(subscriber)

    def start(self) -> None:
        """Listen until ``stop``; asked again, go on."""
        if self._thread is None:
            self._stopping.clear()
            self._thread = threading.Thread(target=self._run, name="changes", daemon=True)
            self._thread.start()

    def stop(self) -> None:
        self._stopping.set()
        if self._thread:
            self._thread.join()
            self._thread = None

    def since(self, heard: int) -> list[Change | None]:
        """Return the changes since ``heard`` stood at a number; [None] when they are too many."""
        latest = list(self._latest)
        count = self.heard - heard
        return latest[len(latest) - count :] if count <= len(latest) else [None]

    def generation(self, *tables: str) -> int:
        """Return what ``portal.changes.generation`` promises."""
        if not self.is_current:
            return next(_new)
        return max(map(self._of_table.__getitem__, tables), default=0)  # asked for every part

    @property
    def known(self) -> Moment | None:
        """Return a moment of which everything was heard."""
        return self._beats[0]

    def changes_after(self, moment: Moment | None) -> list[Change | None]:
        """Return what changed since a moment, as the database has it; [None] where it cannot."""
        if moment is None or self.known is None or moment.database != self.known.database:
            return [None]
        return _changes_of(announced.notices_after(moment))

    def _run(self) -> None:
        try:
            asyncio.run(self._keep_listening())
        finally:  # whatever ended it, what is kept cannot be trusted from now on
            self.is_current = False

    async def _keep_listening(self) -> None:
        while not self._stopping.is_set():
            was_current = self.is_current
            try:
                await self._listen()
            except (psycopg.Error, OSError) as error:
                self._lose(str(error).partition("\n")[0])
            if not was_current:
                await asyncio.sleep(RETRY)

    async def _listen(self) -> None:
        database = await psycopg.AsyncConnection.connect(**_parameters())
        breaker.watch(database)
        try:
            await _in_time(database.execute(f"LISTEN {CHANNEL}"))
            tables = frozenset(name for (name,) in await _rows(database, _ANNOUNCED))
            self._return(tables, await self._missed(database))
            while not self._stopping.is_set():
                async for notice in database.notifies(timeout=BEAT):
                    self._hear(Change.of(notice.payload))
                self._beat(await _now(database))
        finally:
            await database.close()

    async def _missed(self, database: psycopg.AsyncConnection) -> list[Change | None]:
        """Return what changed since it was last listened; [None] where that cannot be known."""
        known, now = self.known, await _now(database)
        missed = [None]
        if known and known.database == now.database and not self._was_away_for_long():
            values = {"snapshot": known.snapshot}
            rows = await _rows(database, announced.AFTER, values)
            missed = _changes_of([notice for (notice,) in rows])
        # What was made before is doubted then, and what is made from now on sees what there is.
        self._beat(now if missed == [None] else known, now)
        return missed

    def _beat(self, *moments: Moment) -> None:
        self._beats.extend(moments)
        self._beat_at = time.time()

    def _was_away_for_long(self) -> bool:
        return time.time() - self._beat_at > announced.KEPT.total_seconds() / 2

    def _return(self, tables: frozenset[str], missed: list[Change | None]) -> None:
        if tables != self.announced:
            self.announced, missed = tables, [None]
        for change in missed:
            self._hear(change)
        if self.is_away:
            logger.warning("the database is back")
        self.is_away, self.away_since, self.is_current = False, None, True
        breaker.close_circuit()

    def _lose(self, why: str) -> None:
        if not self.is_away:
            logger.warning("the database is away: %s", why)
            self.is_away, self.away_since = True, time.time()
        self.is_current = False
        breaker.open_circuit()

    def _hear(self, change: Change | None) -> None:
        now = next(_new)
        if change is None:
            self._of_table = defaultdict(int, dict.fromkeys(self.announced, now))
        else:
            self._of_table[change.table] = now
        self._latest.append(change)
        self.heard += 1
        for subscriber in self._subscribers:
            subscriber(change)


_new = itertools.count(1)
listener = Listener()


def generation(*tables: str) -> int:
    """
    Return a number that moves whenever one of the tables changed.

    Where nobody listens, as in commands, it moves with every call: nothing derived from the
    tables may be kept there.
    """
    return listener.generation(*tables)


_ANNOUNCED = """
SELECT DISTINCT tgrelid::regclass::text FROM pg_trigger
WHERE tgfoid = 'portal_announce'::regproc
"""


def _changes_of(notices: list[str]) -> list[Change | None]:
    return [None] if len(notices) > announced.MOST else list(map(Change.of, notices))


async def _now(database: psycopg.AsyncConnection) -> Moment:
    return Moment(*(await _rows(database, announced.NOW))[0])


async def _rows(database: psycopg.AsyncConnection, query: str, values=None) -> list[tuple]:
    answer = await _in_time(database.execute(query, values))
    return await answer.fetchall()


async def _in_time(answer):
    """Wait for an answer; once it is overdue, hang up on the database, and not here alone."""
    alarm = asyncio.create_task(_hang_up())
    try:
        return await answer
    finally:
        alarm.cancel()


async def _hang_up() -> None:
    for _ in range(LOOKS):
        await asyncio.sleep(PATIENCE / LOOKS)
    breaker.trip()


def _parameters() -> dict:
    """Return what Django connects with, as far as it is not Django's own."""
    own = {"context", "cursor_factory", "prepare_threshold", "pool"}
    parameters = connection.get_connection_params()
    return {name: value for name, value in parameters.items() if name not in own} | {
        "autocommit": True,
        "application_name": "portal changes",  # as pg_stat_activity shows it
    }
