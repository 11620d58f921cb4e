"""Writing what was read: many reports in one statement, each visitor once in half an hour."""

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from django.db import connection
from django.utils import timezone

from portal.models import HourViews, MissedSearch
from portal.visitors.pages import SEARCH, SITE

COUNTED_AGAIN_AFTER = timedelta(minutes=30)
VISITS_KEPT = COUNTED_AGAIN_AFTER + timedelta(minutes=10)  # for reports that come a little late
MISSED_PER_DAY = 1000  # different searches kept of one day; more are a machine's
MISSED_KEPT = timedelta(days=90)
HOURS_KEPT = timedelta(days=90)
FORGOTTEN_AT_ONCE = 10_000  # visits, so that no statement takes long


class Report(NamedTuple):
    page: str
    visitor: bytes
    missed: str = ""  # the words of a search that found nothing


@dataclass(frozen=True)
class Batch:
    """Reports of a few seconds that are counted as of one moment, whenever they are written."""

    at: datetime
    reports: Collection[Report]


def write(batch: Batch) -> None:
    """
    Count each (page, visitor) of which nothing was counted within COUNTED_AGAIN_AFTER.

    What waited for the database may be written after something later: hence before or after.
    """
    ordered = sorted(set(batch.reports))  # alike in every process: none waits for another's rows
    with connection.cursor() as cursor:
        cursor.execute(
            WRITE,
            {
                "reports": json.dumps([(page, who.hex(), words) for page, who, words in ordered]),
                "site": SITE,
                "search": SEARCH,
                "at": batch.at,
                "day": timezone.localdate(batch.at),
                "hour": batch.at.replace(minute=0, second=0, microsecond=0),
                "before": batch.at - COUNTED_AGAIN_AFTER,
                "after": batch.at + COUNTED_AGAIN_AFTER,
                "missed_per_day": MISSED_PER_DAY,
            },
        )


def forget(at: datetime | None = None) -> None:
    """Delete the visits that say nothing any more, and what is kept for so long and no longer."""
    at = at or timezone.now()
    while _forget_visits(at - VISITS_KEPT) == FORGOTTEN_AT_ONCE:
        pass
    HourViews.objects.filter(hour__lt=at - HOURS_KEPT).delete()
    MissedSearch.objects.filter(day__lt=timezone.localdate(at - MISSED_KEPT)).delete()


def _forget_visits(before: datetime) -> int:
    with connection.cursor() as cursor:
        cursor.execute(FORGET, {"before": before, "count": FORGOTTEN_AT_ONCE})
        return cursor.rowcount


# A visit that counts is inserted or renewed; any other leaves its row alone, except that the
# site's says who is here now. Which is which, the moment of counting tells both: looking each up
# among those that count took most of the time. The totals of pages are kept by a trigger.
WRITE = """
WITH report AS (
    SELECT given ->> 0 AS page, decode(given ->> 1, 'hex') AS visitor, given ->> 2 AS missed
    FROM json_array_elements(%(reports)s::json) AS given
),
counted AS (
    INSERT INTO portal_visit (page, visitor, seen_at, counted_at)
    SELECT page, visitor, %(at)s, %(at)s FROM report
    ON CONFLICT (page, visitor) DO UPDATE SET
        seen_at = greatest(portal_visit.seen_at, excluded.seen_at),
        counted_at = greatest(portal_visit.counted_at, excluded.counted_at)
    WHERE portal_visit.counted_at NOT BETWEEN %(before)s AND %(after)s
    RETURNING page, visitor
),
here AS (
    UPDATE portal_visit AS visit SET seen_at = %(at)s FROM report
    WHERE report.page = %(site)s AND visit.page = report.page
        AND visit.visitor = report.visitor AND visit.seen_at < %(at)s
        AND visit.counted_at BETWEEN %(before)s AND %(after)s
),
asked AS (
    SELECT missed AS words, count(*) AS times, known.words IS NULL AS is_new
    FROM report JOIN counted USING (page, visitor)
    LEFT JOIN portal_missedsearch AS known ON known.words = missed AND known.day = %(day)s
    WHERE page = %(search)s
    GROUP BY missed, known.words
),
placed AS (
    SELECT *, row_number() OVER (PARTITION BY is_new ORDER BY times DESC, words) AS place
    FROM asked
),
missed AS (
    INSERT INTO portal_missedsearch (words, day, times)
    SELECT words, %(day)s, times FROM placed
    WHERE NOT is_new OR place <= (SELECT %(missed_per_day)s - count(*)
                                  FROM portal_missedsearch WHERE day = %(day)s)
    ORDER BY words
    ON CONFLICT (words, day) DO UPDATE SET times = portal_missedsearch.times + excluded.times
),
views AS (
    SELECT page, count(*) AS views FROM counted WHERE page <> %(search)s GROUP BY page
),
by_hour AS (
    INSERT INTO portal_hourviews (page, hour, views)
    SELECT page, %(hour)s, views FROM views ORDER BY page
    ON CONFLICT (page, hour) DO UPDATE SET views = portal_hourviews.views + excluded.views
)
INSERT INTO portal_pageviews (page, day, views)
SELECT page, %(day)s, views FROM views ORDER BY page
ON CONFLICT (page, day) DO UPDATE SET views = portal_pageviews.views + excluded.views
"""

# What another process just renews is left to it.
FORGET = """
DELETE FROM portal_visit WHERE id IN (
    SELECT id FROM portal_visit WHERE seen_at < %(before)s
    ORDER BY seen_at LIMIT %(count)s FOR UPDATE SKIP LOCKED
)
"""
