"""
Who counts as a visitor, and how reading is counted without writing on every view.

A page reports itself after it was opened (bots without JavaScript are not readers). The
reports wait in memory and go to the database together every few seconds, in one
statement. A visitor counts once per page in half an hour. Addresses are not stored: a
visitor is a hash whose key changes every day, and forgotten within the hour.

A search page without a result reports the words that found nothing on the same way. They
are counted once per visitor in half an hour as well, and never beside who asked.
"""

from portal.visitors.answering import answer, beacon
from portal.visitors.counting import FLUSH_SECONDS, MAX_OF_NETWORK, ViewCounter, counter
from portal.visitors.pages import SEARCH, SITE, missed_search, page_of_token, page_token
from portal.visitors.totals import Numbers, numbers, online, views
from portal.visitors.who import (
    client_address,
    client_network,
    is_same_origin,
    network_hash,
    visitor_hash,
)
from portal.visitors.writing import HOURS_KEPT, Batch, Report, forget, write

__all__ = [
    "FLUSH_SECONDS",
    "HOURS_KEPT",
    "MAX_OF_NETWORK",
    "SEARCH",
    "SITE",
    "Batch",
    "Numbers",
    "Report",
    "ViewCounter",
    "answer",
    "beacon",
    "client_address",
    "client_network",
    "counter",
    "forget",
    "is_same_origin",
    "missed_search",
    "network_hash",
    "numbers",
    "online",
    "page_of_token",
    "page_token",
    "views",
    "visitor_hash",
    "write",
]
