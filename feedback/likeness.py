"""
How alike two messages are: 64 bits that stay nearly the same when a text is hardly changed.

Each bit is taken from the least of all pairs of neighbouring words under an order of its own
(MinHash, one bit each): of two texts that share the part J of their pairs, it agrees with the
chance (1 + J) / 2. Words are compared without marks, letter case, digits and addresses, which
machines change most.
"""

import hashlib
import random
import re
from datetime import datetime, timedelta
from itertools import pairwise

from django.db import connection

from portal import text

BITS = 64
MOST_PAIRS = 1_500  # of the beginning of a text; the cost ends there
FEWEST_PAIRS = 5  # a text shorter than that is like any other of its kind
ALIKE = 11  # bits that may differ; two strangers' texts differ in 32, rarely in fewer than 20
COMPARED = 5_000  # newest messages a text is compared with
WITHIN = timedelta(days=3)

_LINK = re.compile(r"(?:https?://|www\.)\S+")
_WORD = re.compile(r"[^\W\d_]+")
_orders = random.Random("feedback.likeness")  # noqa: S311 -- the same in every process
_ORDERS = [_orders.getrandbits(64) for _ in range(BITS)]


def of(title: str, content: str) -> int | None:
    """Return the 64 bits as a signed number; None for a text too short to be told apart."""
    words = _WORD.findall(_LINK.sub(" ", text.fold(f"{title}\n{content}"[: MOST_PAIRS * 10])))
    pairs = set(list(pairwise(words))[:MOST_PAIRS])
    if len(pairs) < FEWEST_PAIRS:
        return None
    numbers = [_number(pair) for pair in pairs]
    bits = 0
    for place, order in enumerate(_ORDERS):
        least = min(numbers, key=order.__xor__)
        bits |= (least >> place & 1) << place
    return bits - 2**BITS if bits >= 2 ** (BITS - 1) else bits


def difference(one: int, other: int) -> int:
    """Return how many of the 64 bits differ."""
    return ((one ^ other) & (2**BITS - 1)).bit_count()


def seen(likeness: int | None, at: datetime) -> int:
    """Return how many of the newest messages, whoever sent them, are nearly the same."""
    if likeness is None:
        return 0
    values = {
        "likeness": likeness,
        "alike": ALIKE,
        "since": at - WITHIN,
        "at": at,
        "compared": COMPARED,
    }
    with connection.cursor() as cursor:
        cursor.execute(_SEEN, values)
        return cursor.fetchone()[0]


_SEEN = """
SELECT count(*) FROM (
    SELECT likeness FROM feedback_submission
    WHERE received_at > %(since)s AND received_at <= %(at)s
    ORDER BY received_at DESC LIMIT %(compared)s
) AS newest
WHERE bit_count((likeness # %(likeness)s::bigint)::bit(64)) <= %(alike)s
"""


def _number(pair: tuple[str, str]) -> int:
    digest = hashlib.blake2b(" ".join(pair).encode(), digest_size=8).digest()
    return int.from_bytes(digest)
