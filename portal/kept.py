"""
What public pages are made from, and their parts, kept in memory until that changes.

Nobody need say what a page or a part is made from: while it is made, the tables its queries read
are noted. A part lasts as long as none of these changed. Besides, nothing lasts beyond the next
moment at which rows of these tables appear or go by themselves (portal/turns.py), nor beyond
today; nor longer than an hour, a quarter of one where a table is read whose changes nobody
announces, as those of counts.
"""

import functools
import re
import sys
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime, timedelta
from functools import wraps
from threading import Lock
from typing import NamedTuple, TypeVar

from django.db import DatabaseError, connection
from django.utils import timezone

from portal import changes, turns

LONGEST = timedelta(hours=1)
LONGEST_UNANNOUNCED = timedelta(minutes=15)
MAX_PARTS = 4_000
MAX_BYTES = 16_000_000  # of each process
# What anything but text is taken for: an article with what stands beside it, a year's figures.
OBJECT_BYTES = 50_000

Value = TypeVar("Value")

_TABLES = re.compile(r'\b(?:FROM|JOIN)\s+"?(\w+)', re.IGNORECASE)


class Reading:
    """What is read for something that is being made: the tables so far, and how long it holds."""

    def __init__(self, began_at: datetime | None = None):
        self.tables: frozenset[str] = frozenset()
        self.began_at = began_at or timezone.now()
        self._until = self.began_at + LONGEST
        self._heard = _latest()
        self._has_failed = False

    @property
    def until(self) -> datetime:
        """Return how long what was read holds if nobody changes anything."""
        turning = self.tables & turns.managers().keys()
        ends = [self._until, _end_of_day(self.began_at)]
        ends += filter(None, (_next_turn(table, self.began_at) for table in turning))
        if not self.tables <= changes.listener.announced:
            ends.append(self.began_at + LONGEST_UNANNOUNCED)
        return min(ends)

    def apart(self) -> "Reading":
        """Return what is noted of something apart, made for the same page."""
        return Reading(self.began_at)

    def is_undisturbed(self) -> bool:
        """Say whether all was read, and all of it before or after whatever changed."""
        return not self._has_failed and self._heard == _latest()

    def add(self, tables: frozenset[str], until: datetime) -> None:
        self.tables |= tables
        self._until = min(self._until, until)

    def include(self, other: "Reading") -> None:
        self.add(other.tables, other._until)
        self._has_failed |= other._has_failed

    def ask(self, execute, sql, params, many, context):
        """Run a query and note its tables."""
        self.tables |= _tables_of(sql)
        try:
            return execute(sql, params, many, context)
        except DatabaseError:
            self._has_failed = True
            raise


class Part(NamedTuple):
    value: object
    tables: frozenset[str]
    generation: int  # of the tables
    until: datetime

    def holds(self, at: datetime) -> bool:
        return at < self.until and self.generation == changes.generation(*self.tables)


class Parts:
    """The parts of this process; the one unused for longest goes first."""

    def __init__(self, most: int = MAX_PARTS, most_bytes: int = MAX_BYTES):
        self.most, self.most_bytes = most, most_bytes
        self.bytes = 0
        self._parts: OrderedDict[Hashable, Part] = OrderedDict()
        self._turn = Lock()

    def __len__(self):
        return len(self._parts)

    def get(self, key: Hashable) -> Part | None:
        with self._turn:
            if part := self._parts.get(key):
                self._parts.move_to_end(key)
            return part

    def put(self, key: Hashable, part: Part) -> None:
        with self._turn:
            if former := self._parts.pop(key, None):
                self.bytes -= _weight(former)
            self._parts[key] = part
            self.bytes += _weight(part)
            while len(self._parts) > self.most or self.bytes > self.most_bytes:
                _, oldest = self._parts.popitem(last=False)
                self.bytes -= _weight(oldest)

    def clear(self) -> None:
        with self._turn:
            self._parts.clear()
            self.bytes = 0


parts = Parts()
_reading: ContextVar[Reading | None] = ContextVar("reading", default=None)


def of_kept_parts(view):
    """
    Let what a view answers be made of kept parts; it must not depend on who asks.

    Its ``made_of`` says what it was made from.
    """

    @wraps(view)
    def wrapped(*args, **kwargs):
        with _noting(Reading()) as made_of, connection.execute_wrapper(_ask):
            response = view(*args, **kwargs)
            if not getattr(response, "is_rendered", True):  # what it shows is noted as well
                response.render()
        response.made_of = made_of
        return response

    return wrapped


def part(key: Hashable, make: Callable[[], Value], *, apart: bool = False) -> Value:
    """
    Return what ``make`` returns or returned for this key.

    The key must hold all of the request that the part depends on. ``apart`` says that it depends
    on nothing that was read for the page before. Outside public pages nothing is kept, and
    nothing where nobody hears of changes. What is kept is never changed by its user.
    """
    page = _reading.get()
    if page is None:
        return make()
    kept = parts.get(key)
    if kept and kept.holds(page.began_at):
        page.add(kept.tables, kept.until)
        return kept.value
    reading = page.apart() if apart else page
    with _noting(reading):
        value = make()
    page.include(reading)
    generation = changes.generation(*reading.tables)
    if reading.is_undisturbed():
        parts.put(key, Part(value, reading.tables, generation, reading.until))
    return value


@contextmanager
def _noting(reading: Reading) -> Iterator[Reading]:
    token = _reading.set(reading)
    try:
        yield reading
    finally:
        _reading.reset(token)


def _latest() -> int:
    """Return a number that moves with every change that is heard of."""
    return changes.generation(*changes.listener.announced)


def _ask(*query):
    return _reading.get().ask(*query)


class _Turn(NamedTuple):
    after: datetime
    at: datetime | None  # the first moment after it at which something appears or goes


def _end_of_day(moment: datetime) -> datetime:
    tomorrow = timezone.localtime(moment) + timedelta(days=1)
    return tomorrow.replace(hour=0, minute=0, second=0, microsecond=0)


def _next_turn(table: str, after: datetime) -> datetime | None:
    """Return the first moment after another at which rows of a table appear or go."""
    key = ("turn", table)
    kept = parts.get(key)
    if kept and kept.value.after <= after and kept.holds(timezone.now()):
        return kept.value.at
    generation = changes.generation(table)
    turn = _Turn(after, turns.managers()[table].next_turn(after))
    parts.put(key, Part(turn, frozenset([table]), generation, turn.at or after + LONGEST))
    return turn.at


@functools.lru_cache(maxsize=1024)
def _tables_of(sql: str) -> frozenset[str]:
    return frozenset(_TABLES.findall(sql))


def _weight(part: Part) -> int:
    return sys.getsizeof(part.value) if isinstance(part.value, str) else OBJECT_BYTES
