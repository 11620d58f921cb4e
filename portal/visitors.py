"""
Who counts as a visitor, and how reading is counted without writing on every view.

A page reports itself after it was opened (bots without JavaScript are not readers). The
reports wait in memory and go to the database together every few seconds, in one
statement. A visitor counts once per page in half an hour. Addresses are not stored: a
visitor is a hash whose key changes every day.

A search page without a result reports the words that found nothing on the same way. They
are counted once per visitor in half an hour as well, and never beside who asked.
"""

import hashlib
import hmac
import logging
import re
import threading
from collections import Counter
from collections.abc import Iterable
from datetime import timedelta
from ipaddress import ip_address, ip_network
from typing import NamedTuple

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.db import DatabaseError, connection
from django.db.models import Sum
from django.http import HttpRequest
from django.utils import timezone

from portal.models import PageViews, Visit

logger = logging.getLogger(__name__)

FLUSH_SECONDS = 5
MAX_WAITING = 10_000  # reports kept while the database is away; more are dropped
MAX_OF_NETWORK = 50  # reports taken from one network between two writes; more are a machine's
COUNTED_AGAIN_AFTER = timedelta(minutes=30)
ONLINE_WINDOW = timedelta(minutes=5)
KEPT = timedelta(days=1)

SITE = "site"  # the page name under which every reading of any page counts once more
SEARCH = "search"  # the page name of every search that found nothing

MISSED_LENGTH = 100  # characters of the words of one search
MISSED_PER_DAY = 1000  # different searches kept of one day; more are a machine's
MISSED_KEPT = timedelta(days=90)
# A telephone or an identity card, however it is grouped: somebody's, not a subject. Two years
# side by side are taken for one too, which loses a count and nothing else.
_LONG_NUMBER = re.compile(r"\d(?:[ .,/]?\d){7}")

_BOTS = re.compile(
    r"bot|crawl|spider|slurp|fetch|monitor|preview|lighthouse|curl|wget|python|java/",
    re.IGNORECASE,
)
_signer = Signer(salt="page views")


def page_token(page: str) -> str:
    """Return what a page sends back to be counted; only our own templates can make it."""
    return _signer.sign(page)


def page_of_token(token: str) -> str | None:
    """Return the page a token was made for, or None if it was not made here."""
    try:
        return _signer.unsign(token)
    except BadSignature:
        return None


def missed_search(words: list[str]) -> str:
    """Return the page name of a search for folded ``words`` that found nothing."""
    asked = " ".join(words)
    if not asked or _LONG_NUMBER.search(asked):
        return SITE  # the page was read all the same
    return f"{SEARCH}:{asked[:MISSED_LENGTH]}"


def client_address(request: HttpRequest) -> str:
    """
    Return the reader's IP address.

    X-Forwarded-For is believed only as far as trusted proxies wrote it, read from the
    right; anything else in it may be forged.
    """
    address = request.META.get("REMOTE_ADDR", "")
    forwarded = request.headers.get("X-Forwarded-For", "").split(",")
    while _is_trusted(address) and forwarded:
        candidate = forwarded.pop().strip()
        if not _is_address(candidate):
            break
        address = candidate
    return address


def client_network(request: HttpRequest) -> str:
    """
    Return the reader's IPv4 address, or the first address of an IPv6 customer's /64.

    Whoever has one IPv6 address has the rest of its network as well.
    """
    address = client_address(request)
    if not _is_address(address):
        return address
    address = ip_address(address)
    if address.version == 4:
        return str(address)
    if address.ipv4_mapped:
        return str(address.ipv4_mapped)
    return str(ip_network((address, 64), strict=False).network_address)


def visitor_hash(request: HttpRequest) -> bytes:
    """Return 16 bytes that stand for this browser today and say nothing about it tomorrow."""
    return _hash_of_today(f"{client_network(request)} {request.headers.get('User-Agent', '')}")


def network_hash(request: HttpRequest) -> bytes:
    """Return 16 bytes that stand for this network today, whatever browsers come from it."""
    return _hash_of_today(client_network(request))


def _hash_of_today(text: str) -> bytes:
    day = timezone.localdate().isoformat()
    key = hmac.digest(settings.SECRET_KEY.encode(), f"visitor {day}".encode(), hashlib.sha256)
    return hmac.digest(key, text.encode(), hashlib.sha256)[:16]


def is_reader(request: HttpRequest) -> bool:
    """Say whether a report comes from a person's browser that shows our own page."""
    agent = request.headers.get("User-Agent")
    if not agent or _BOTS.search(agent):
        return False
    if "prefetch" in request.headers.get("Sec-Purpose", ""):
        return False
    return is_same_origin(request)


def is_same_origin(request: HttpRequest) -> bool:
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site == "same-origin"
    return request.headers.get("Origin") == f"{request.scheme}://{request.get_host()}"


def views(page: str) -> int:
    """Return how often a page was read since counting began."""
    return PageViews.objects.filter(page=page).aggregate(total=Sum("views"))["total"] or 0


def online() -> int:
    """Return the number of distinct visitors of the last five minutes, over all processes."""
    since = timezone.now() - ONLINE_WINDOW
    return Visit.objects.filter(page=SITE, seen_at__gt=since).count()


class Report(NamedTuple):
    page: str
    visitor: bytes
    missed: str = ""  # the words of a search that found nothing


def report(page: str, visitor: bytes, network: str) -> Report:
    """
    Return what is written about a page that was read.

    The words of a search do not go into the table of visits. Who asked stands there under a
    hash made for these words, so that the database does not tell. It is made of the network
    alone: another browser is invented for nothing, and staff read these words.
    """
    kind, _, words = page.partition(":")
    if kind != SEARCH:
        return Report(page, visitor)
    return Report(SEARCH, _hash_of_today(f"{network} {words}"), words)


class ViewCounter:
    """Collects reports in memory and writes them together."""

    def __init__(self):
        self._lock = threading.Lock()
        self._waiting: set[Report] = set()
        self._of_network: Counter[str] = Counter()
        self._timer: threading.Timer | None = None

    def record(self, page: str, visitor: bytes, network: str) -> None:
        """Note a reading of ``page`` and of the site; written within FLUSH_SECONDS."""
        with self._lock:
            self._of_network[network] += 1
            is_believable = self._of_network[network] <= MAX_OF_NETWORK
            if is_believable and len(self._waiting) < MAX_WAITING:
                self._waiting |= {
                    report(page, visitor, network),
                    report(SITE, visitor, network),
                }
            if self._timer is None:
                self._timer = threading.Timer(FLUSH_SECONDS, self._flush_in_thread)
                self._timer.daemon = True
                self._timer.start()

    def flush(self) -> None:
        """Write what waits. While the database is away it goes on waiting."""
        with self._lock:
            reports, self._waiting = self._waiting, set()
            self._of_network.clear()
            self._timer = None
        if not reports:
            return
        try:
            write(reports)
        except DatabaseError:
            logger.warning("%d page views wait for the database", len(reports))
            with self._lock:
                self._waiting |= reports

    def _flush_in_thread(self) -> None:
        try:
            self.flush()
        finally:
            connection.close()


counter = ViewCounter()


def write(reports: Iterable[Report]) -> None:
    """Count each (page, visitor) that was not counted within COUNTED_AGAIN_AFTER."""
    ordered = sorted(set(reports))  # one order in every process, so that none waits for another
    now = timezone.now()
    with connection.cursor() as cursor:
        cursor.execute(
            _WRITE,
            {
                "pages": [report.page for report in ordered],
                "visitors": [report.visitor for report in ordered],
                "missed": [report.missed for report in ordered],
                "search": SEARCH,
                "now": now,
                "day": timezone.localdate(now),
                "counted_again": now - COUNTED_AGAIN_AFTER,
                "forgotten": now - KEPT,
                "missed_forgotten": timezone.localdate(now - MISSED_KEPT),
                "missed_per_day": MISSED_PER_DAY,
            },
        )


_WRITE = """
WITH forgotten AS (
    DELETE FROM portal_visit WHERE seen_at < %(forgotten)s
),
forgotten_searches AS (
    DELETE FROM portal_missedsearch WHERE day < %(missed_forgotten)s
),
report AS (
    SELECT page, visitor, missed
    FROM unnest(%(pages)s::text[], %(visitors)s::bytea[], %(missed)s::text[])
        AS report (page, visitor, missed)
),
seen AS (
    INSERT INTO portal_visit (page, visitor, seen_at, counted_at)
    SELECT page, visitor, %(now)s, %(now)s FROM report
    ON CONFLICT (page, visitor) DO UPDATE SET
        seen_at = excluded.seen_at,
        counted_at = CASE WHEN portal_visit.counted_at < %(counted_again)s
                          THEN excluded.counted_at ELSE portal_visit.counted_at END
    RETURNING page, visitor, counted_at = seen_at AS counts
),
asked AS (
    SELECT missed AS words, count(*) AS times, known.words IS NULL AS is_new
    FROM report JOIN seen USING (page, visitor)
    LEFT JOIN portal_missedsearch AS known ON known.words = missed AND known.day = %(day)s
    WHERE counts AND page = %(search)s
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
)
INSERT INTO portal_pageviews (page, day, views)
SELECT page, %(day)s, count(*) FROM seen
WHERE counts AND page <> %(search)s
GROUP BY page ORDER BY page
ON CONFLICT (page, day) DO UPDATE SET views = portal_pageviews.views + excluded.views
"""


def _is_trusted(address: str) -> bool:
    """Say whether an address is that of a trusted proxy."""
    return _is_address(address) and any(
        ip_address(address) in network for network in settings.TRUSTED_PROXIES
    )


def _is_address(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True
