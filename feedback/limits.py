"""
How often one network may do a thing within an hour, over all processes.

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

from feedback.models import NetworkUse

WINDOW = timedelta(hours=1)
KEPT = timedelta(days=1)


class Limit(NamedTuple):
    name: str
    most: int  # uses within WINDOW


SUBMISSIONS = Limit("submissions", 20)
WRONG_CODES = Limit("wrong tracking codes", 60)
NEW_BALLOTS = Limit("new ballots", 60)


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
