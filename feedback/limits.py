"""
How often one network, or everybody, may do a thing within an hour, over all processes.

Many people share one address behind a mobile carrier, so the limits are wide; they stop
machines, not offices. Only a keyed hash of the network is stored, for a day at most.
"""

import hashlib
import hmac
from datetime import datetime, timedelta
from typing import NamedTuple

from django.conf import settings
from django.db import connection
from django.utils import timezone

from feedback import work
from feedback.models import NetworkUse

WINDOW = timedelta(hours=1)
KEPT = timedelta(days=1)
# Everybody's messages put aside within WINDOW, of which more are refused: they fill the disk. They
# are counted where they lie: a row for all to count in would have each wait for the others.
MOST_ASIDE = 2_000
MOST_ATTEMPTS, MOST_MESSAGES = 1_000, 4_000  # counted


class Limit(NamedTuple):
    name: str
    most: int  # uses within WINDOW


SUBMISSIONS = Limit("submissions", 20)
WITHOUT_WORK = Limit("submissions without work", 20)  # counted; weighed in suspicion.py
WITHOUT_CODE = Limit("submissions without a code", 20)
OPENED_FILES = Limit("forms whose files were opened", 60)
WRONG_CODES = Limit("wrong tracking codes", 60)


def take(limit: Limit, network: str, at: datetime | None = None) -> bool:
    """Count one use, in one statement; say whether it is still within the limit."""
    at = at or timezone.now()
    with connection.cursor() as cursor:
        cursor.execute(
            _TAKE,
            {
                "key": _key(limit, network),
                "at": at,
                "over": at - WINDOW,
                "forgotten": at - KEPT,
            },
        )
        (uses,) = cursor.fetchone()
    return uses <= limit.most


def is_used_up(limit: Limit, network: str, at: datetime | None = None) -> bool:
    """Say whether one more use would be too much, without counting it."""
    since = (at or timezone.now()) - WINDOW
    uses = NetworkUse.objects.filter(
        key=_key(limit, network), since__gt=since, uses__gte=limit.most
    )
    return uses.exists()


class Pressure(NamedTuple):
    """How much is going on; what is asked of whoever sends next depends on it."""

    attempts: int = 0  # of everybody, right or wrong, within work.BUSY_FOR
    messages: int = 0  # of this network within WINDOW
    without_work: int = 0  # of these
    without_code: int = 0
    aside: int = 0  # everybody's messages within WINDOW that were put aside
    everybodys: int = 0  # the other ones


def pressure(network: str, at: datetime | None = None) -> Pressure:
    """Return how much is going on, counted no further than anything depends on; one statement."""
    at = at or timezone.now()
    values = {
        "busy_since": at - work.BUSY_FOR,
        "since": at - WINDOW,
        "messages": _key(SUBMISSIONS, network),
        "without_work": _key(WITHOUT_WORK, network),
        "without_code": _key(WITHOUT_CODE, network),
        "most_attempts": MOST_ATTEMPTS,
        "most_messages": MOST_MESSAGES,
    }
    with connection.cursor() as cursor:
        cursor.execute(_PRESSURE, values)
        return Pressure(*cursor.fetchone())


_PRESSURE = """
SELECT attempts, messages, without_work, without_code, aside, everybodys FROM (
    SELECT count(*) AS attempts FROM (
        SELECT FROM feedback_usedchallenge WHERE used_at > %(busy_since)s LIMIT %(most_attempts)s
    ) AS attempt
) AS attempted, (
    SELECT
        coalesce(max(uses) FILTER (WHERE key = %(messages)s), 0) AS messages,
        coalesce(max(uses) FILTER (WHERE key = %(without_work)s), 0) AS without_work,
        coalesce(max(uses) FILTER (WHERE key = %(without_code)s), 0) AS without_code
    FROM feedback_networkuse
    WHERE key IN (%(messages)s, %(without_work)s, %(without_code)s) AND since > %(since)s
) AS of_network, (
    SELECT
        count(*) FILTER (WHERE state = 'spam') AS aside,
        count(*) FILTER (WHERE state <> 'spam') AS everybodys
    FROM (
        SELECT state FROM feedback_submission WHERE received_at > %(since)s
        ORDER BY received_at DESC LIMIT %(most_messages)s
    ) AS message
) AS of_everybody
"""

_TAKE = """
WITH forgotten AS (
    DELETE FROM feedback_networkuse WHERE key IN (
        SELECT key FROM feedback_networkuse WHERE since < %(forgotten)s AND key <> %(key)s
        LIMIT 100 FOR UPDATE SKIP LOCKED
    )
)
INSERT INTO feedback_networkuse (key, uses, since) VALUES (%(key)s, 1, %(at)s)
ON CONFLICT (key) DO UPDATE SET
    uses = CASE WHEN feedback_networkuse.since <= %(over)s
                THEN 1 ELSE feedback_networkuse.uses + 1 END,
    since = CASE WHEN feedback_networkuse.since <= %(over)s
                 THEN excluded.since ELSE feedback_networkuse.since END
RETURNING uses
"""


def _key(limit: Limit, network: str) -> str:
    message = f"{limit.name} {network}".encode()
    return hmac.new(settings.SECRET_KEY.encode(), message, hashlib.sha256).hexdigest()
