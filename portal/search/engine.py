"""
Finding: which entries hold what was asked for, and in which order.

Nothing sorts all hits by reading them. Candidates are the newest whose title holds the words, the
newest that hold them, and some that hold them side by side, each up to a limit; only these
are read and ranked, and other new ones follow by date. All of them are named at once, by their
numbers; what they say is fetched for the page that is shown.

Of words that by PostgreSQL's statistics very many entries have, not even the places are looked
up: the newest entries are walked through until enough of them hold the words. So a search takes no
longer in a million articles than in a few thousand.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from django.db import connection
from django.utils import timezone

from portal.search.entries import category_label, kind_label, year_label
from portal.search.queries import Query

CANDIDATES = 30  # of each kind that are ranked
MOST_LISTED = 100  # the pages end here, ranked or by date
FREQUENT = 16_000  # hits that are counted; words of more are sought among the newest entries
WALKED = 800  # so many of them at most
READ_FOR_ORDER = 400  # texts read to see whether the words of a phrase follow one another
MOST_COUNTED = 1_000  # more are «over a thousand»
COLUMNS = "kind, object_id, url, title, body, shown_from, version <> 0"
ENOUGH_EXACT = 10  # hits with the marks typed, with which those without are left out


@dataclass(frozen=True)
class Filters:
    """What narrows a search, and the moment whose public pages are searched."""

    at: datetime
    kind: str = ""
    categories: Sequence[int] = ()
    year: int | None = None  # of the date shown, by the department's clock

    @property
    def is_narrow(self) -> bool:
        return bool(self.kind or self.categories or self.year)

    @property
    def widened(self) -> "Filters":
        """Return the same moment with nothing left out."""
        return Filters(self.at)

    @property
    def labels(self) -> list[str]:
        """Return tsqueries that narrow by the index what ``condition`` then holds exactly."""
        either = " | ".join(f"'{category_label(each)}'" for each in self.categories)
        return [
            *([f"'{kind_label(self.kind)}'"] if self.kind else []),
            *([f"({either})"] if either else []),
            *([f"'{year_label(self.year)}'"] if self.year else []),
        ]

    @property
    def labels_alone(self) -> list[str]:
        """Return the words of the index that are in ``labels``."""
        return [
            *([kind_label(self.kind)] if self.kind else []),
            *map(category_label, self.categories),
            *([year_label(self.year)] if self.year else []),
        ]

    @property
    def condition(self) -> str:
        parts = ["shown_from <= %(at)s", "(shown_until IS NULL OR shown_until > %(at)s)"]
        parts += ["kind NOT IN ('category', 'tag')"]  # named beside the results, not among them
        parts += ["kind = %(kind)s"] if self.kind else []
        parts += ["category_id = ANY(%(categories)s)"] if self.categories else []
        parts += ["shown_from >= %(since)s AND shown_from < %(before)s"] if self.year else []
        # In this form no index answers it: the words' own index is always the better one.
        return f"({' AND '.join(parts)}) IS TRUE"

    @property
    def values(self) -> dict:
        zone = timezone.get_current_timezone()
        return {
            "at": self.at,
            "kind": self.kind,
            "categories": list(self.categories),
            "since": self.year and datetime(self.year, 1, 1, tzinfo=zone),
            "before": datetime(self.year + 1, 1, 1, tzinfo=zone) if self.year else self.at,
        }


class Hit(NamedTuple):
    kind: str
    object_id: int
    url: str
    title: str
    body: str
    shown_from: datetime
    is_current: bool  # says what the page says; False after a change by SQL
    is_exact: bool  # holds every word with the marks typed
    score: float


class Place(NamedTuple):
    """Where an entry stands among the results."""

    entry: int
    is_exact: bool
    score: float


@dataclass
class Found:
    """The entries that hold every word, best or newest first; read as they are asked for."""

    query: Query
    filters: Filters
    newest_first: bool = False
    count: int = field(init=False, default=0)  # at most FREQUENT
    is_complete: bool = field(init=False, default=True)  # nothing was left uncounted
    has_more: bool = field(init=False, default=False)  # than are listed
    places: list[Place] = field(init=False, default_factory=list)

    def __post_init__(self):
        if not self.query.wanted:
            return
        if self.query.has_marks:
            self._find(exact=True)
        if self.count < ENOUGH_EXACT:
            self._find(exact=False)

    def __len__(self):
        return len(self.places)

    def __getitem__(self, part: slice) -> list[Hit]:
        places = {place.entry: place for place in self.places[part]}
        if not places:
            return []
        rows = {entry: row for entry, *row in run(_READ, self.filters, {"ids": list(places)})}
        return [
            Hit(*rows[entry], place.is_exact, place.score)
            for entry, place in places.items()
            if entry in rows
        ]

    def _find(self, *, exact: bool) -> None:
        marks, in_order = self.query.has_marks, self.query.in_order(exact=exact)
        narrowed = self.filters.labels
        chain = self.query.chain(exact=exact)
        values = {
            "query": " & ".join([self.query.all_words(exact=exact), *narrowed]),
            "chain": chain and " & ".join([chain, *narrowed]),
            "forms": self.query.each_form(exact=exact) + self.filters.labels_alone,
            "pairs": self.query.each_pair(exact=exact) + self.filters.labels_alone,
            "in_order": in_order,
            "exact": self.query.all_words(exact=marks),
            "exact_chain": self.query.chain(exact=marks),
            "knows_exact": exact or not marks,
            "signs": self.query.any_sign(),
            "candidates": CANDIDATES,
            "frequent": FREQUENT,
            "walked": WALKED,
            "listed": MOST_LISTED + 1,  # one more tells that there are more
            "read": READ_FOR_ORDER if in_order else MOST_LISTED + 1,
        }
        rows = run(_NEWEST + (_BY_DATE if self.newest_first else _RANKED), self.filters, values)
        self.places = [Place(*row[:3]) for row in rows[:MOST_LISTED]]
        self.has_more = len(rows) > MOST_LISTED
        # How many hold the words, those of a phrase in whatever order; unknown after a walk.
        holding = rows[0][3] if rows else 0
        self.count = len(self.places) if in_order or holding is None else holding
        if holding is None:
            self.is_complete = False
        elif in_order:
            self.is_complete = holding < READ_FOR_ORDER and not self.has_more
        else:
            self.is_complete = self.count <= MOST_COUNTED


def run(statement: str, filters: Filters, values: dict) -> list[tuple]:
    """
    Return the rows of a statement.

    Its {condition} keeps to what may be shown, its {columns} are the first of a Hit, and
    {frequent_words} a table of what more than %(frequent)s entries have, by column of the index.
    """
    text = statement.format(
        condition=filters.condition, columns=COLUMNS, frequent_words=_FREQUENT_WORDS
    )
    with connection.cursor() as cursor:
        cursor.execute(_BY_INDEX + text, filters.values | values)
        cursor.nextset()  # the first answer is the setting's
        return cursor.fetchall()


# The planner thinks a text is read at no cost, and would read them all for a frequent word. The
# setting ends with the statement.
_BY_INDEX = "SET LOCAL enable_seqscan = off;"

# OFFSET 0 keeps it from walking through the newest entries in the hope of soon meeting enough
# hits: words that never meet would make it read every text there is.

_READ = """
SELECT id, {columns} FROM portal_searchentry WHERE id = ANY(%(ids)s) AND {condition}
"""

# By PostgreSQL's statistics; forms of which it keeps no number are rarer.
_FREQUENT_WORDS = """(
    SELECT attname AS place, form
    FROM pg_stats,
        unnest(most_common_elems::text::text[], most_common_elem_freqs) AS each (form, share)
    WHERE schemaname = current_schema AND tablename = 'portal_searchentry'
        AND share * (SELECT reltuples FROM pg_class WHERE oid = 'portal_searchentry'::regclass)
            > %(frequent)s
)"""

# The newest hits: of frequent words those met on a short walk through the newest entries, where
# they are enough, else all.

_NEWEST = """
WITH frequent AS MATERIALIZED (
    SELECT
        %(forms)s::text[] <@ array_agg(form) FILTER (WHERE place = 'document') AS words,
        %(pairs)s::text[] <@ array_agg(form) FILTER (WHERE place = 'document') AS pairs,
        %(forms)s::text[] <@ array_agg(form) FILTER (WHERE place = 'title_document') AS titles
    FROM {frequent_words} AS known WHERE form = ANY(%(forms)s::text[] || %(pairs)s::text[])
),
walked AS MATERIALIZED (
    SELECT id, shown_from FROM (
        SELECT id, shown_from, document FROM portal_searchentry
        WHERE shown_from < %(before)s AND {condition} ORDER BY shown_from DESC, id DESC
        LIMIT CASE WHEN (SELECT words FROM frequent) THEN %(walked)s ELSE 0 END
    ) AS newest
    WHERE document @@ %(query)s::tsquery LIMIT %(read)s
),
walk AS MATERIALIZED (SELECT count(*) >= %(listed)s AS is_enough FROM walked),
hit AS MATERIALIZED (
    SELECT id, shown_from FROM portal_searchentry
    WHERE document @@ %(query)s::tsquery AND {condition}
        AND NOT (SELECT is_enough FROM walk) LIMIT %(frequent)s
),
counted AS MATERIALIZED (
    SELECT CASE WHEN (SELECT is_enough FROM walk) THEN NULL ELSE count(*) END AS hits FROM hit
),
newest AS MATERIALIZED (
    SELECT id, row_number() OVER (ORDER BY shown_from DESC, id DESC) AS place FROM (
        SELECT id, shown_from FROM walked WHERE (SELECT is_enough FROM walk)
        UNION ALL
        SELECT id, shown_from FROM hit WHERE (SELECT hits FROM counted) < %(frequent)s
        UNION ALL
        SELECT id, shown_from FROM portal_searchentry
        WHERE document @@ %(query)s::tsquery AND {condition}
            AND (SELECT hits FROM counted) = %(frequent)s
    ) AS hit
    ORDER BY shown_from DESC, id DESC LIMIT %(read)s
)"""

# What follows it, by how the results are ordered.

_BY_DATE = """
SELECT id, document @@ %(exact)s::tsquery, 0, (SELECT hits FROM counted)
FROM newest JOIN portal_searchentry USING (id)
WHERE %(in_order)s = '' OR document @@ %(in_order)s::tsquery
ORDER BY shown_from DESC, id DESC LIMIT %(listed)s
"""

# Marks as typed outweigh everything; then words side by side, and in the title, outweigh others.
_RANKED = """,
named_nearby AS MATERIALIZED (
    SELECT id FROM newest JOIN portal_searchentry USING (id)
    WHERE (SELECT is_enough FROM walk) AND title_document @@ %(query)s::tsquery
    ORDER BY place LIMIT %(candidates)s
),
named AS MATERIALIZED (
    SELECT id FROM (
        SELECT id, shown_from FROM portal_searchentry
        WHERE title_document @@ %(query)s::tsquery AND {condition}
            AND (SELECT count(*) FROM named_nearby) < %(candidates)s
            AND NOT (SELECT is_enough AND titles IS TRUE FROM walk, frequent)
        OFFSET 0
    ) AS hit
    ORDER BY shown_from DESC, id DESC LIMIT %(candidates)s
),
chained_nearby AS MATERIALIZED (
    SELECT id FROM newest JOIN portal_searchentry USING (id)
    WHERE (SELECT is_enough FROM walk) AND document @@ %(chain)s::tsquery
    ORDER BY place LIMIT %(candidates)s
),
chained AS MATERIALIZED (
    SELECT id FROM portal_searchentry
    WHERE document @@ %(chain)s::tsquery AND {condition}
        AND (SELECT count(*) FROM chained_nearby) < %(candidates)s
        AND NOT (SELECT is_enough AND pairs IS TRUE FROM walk, frequent)
    LIMIT %(candidates)s
),
candidate AS (
    SELECT id, bool_or(is_named) AS is_named, bool_or(is_ranked) AS is_ranked
    FROM (
        SELECT id, false AS is_named, place <= %(candidates)s AS is_ranked FROM newest
        UNION ALL SELECT id, true, true FROM named
        UNION ALL SELECT id, true, true FROM named_nearby
        UNION ALL SELECT id, false, true FROM chained
        UNION ALL SELECT id, false, true FROM chained_nearby
    ) AS each
    GROUP BY id
)
SELECT id, is_exact,
    CASE WHEN is_ranked THEN
        3 * is_exact::int
        + 0.8 * (is_exact AND is_named)::int
        + 0.8 * (document @@ %(exact_chain)s::tsquery)::int
        + 1.5 * ts_rank('{{0.1, 0.2, 0.5, 1}}', title_document, %(signs)s::tsquery, 1)
        + ts_rank('{{0.1, 0.2, 0.5, 1}}', document, %(signs)s::tsquery)
        + 0.05 * exp(date_part('epoch', shown_from - %(at)s) / 31557600)
    ELSE 0 END AS score,
    (SELECT hits FROM counted)
FROM (
    SELECT id, shown_from, title_document, document, is_named, is_ranked,
        %(knows_exact)s OR (is_ranked AND document @@ %(exact)s::tsquery) AS is_exact
    FROM candidate JOIN portal_searchentry USING (id)
    WHERE %(in_order)s = '' OR document @@ %(in_order)s::tsquery
    OFFSET 0
) AS entry
ORDER BY score DESC, shown_from DESC, id DESC LIMIT %(listed)s
"""
