"""
How soon what is published by SQL is public in every process, and what is withdrawn is gone.

    python -m benchmarks.publishing [--short]
"""

import http.client
import sys
import time
from contextlib import ExitStack, closing
from html import unescape
from pathlib import Path
from statistics import median
from typing import NamedTuple
from urllib.parse import urlsplit

import psycopg

from benchmarks.portals import portal
from benchmarks.tables import print_table

CONNECTIONS = 12  # kept alive, so that each process is met by several
PATIENCE = 20  # seconds
TIMES, PAUSE = 20, 0.5
HIDE = "UPDATE news_article SET state = 'withdrawn' WHERE id = %s"
SHOW = "UPDATE news_article SET state = 'approved' WHERE id = %s"
CHOOSE = """
SELECT id, slug, title FROM news_article WHERE state = 'approved' AND published_at < now()
AND expires_at IS NULL ORDER BY published_at DESC LIMIT 1
"""


class Delays(NamedTuple):
    """Seconds from the commit until all processes agree."""

    visible: list[float]  # the article's page
    listed: list[float]  # its title on the first page of the list
    written_to_disk: list[float]  # its page, among the snapshots
    gone: list[float]
    gone_from_disk: list[float]


def delays(address: str, database: str, snapshots: Path, *, times: int) -> Delays:
    """Withdraw and publish the newest article so often, each time asked of every process."""
    found = Delays([], [], [], [], [])
    with ExitStack() as stack:
        readers = [stack.enter_context(closing(Reader(address))) for _ in range(CONNECTIONS)]
        sql = stack.enter_context(psycopg.connect(database, autocommit=True))
        pk, slug, title = sql.execute(CHOOSE).fetchone()
        path, snapshot = f"/tin-tuc/{slug}/", snapshots / "tin-tuc" / slug
        _until(readers, lambda one: one.status(path) == 200)
        _until([snapshot], _holds_a_page)
        for _ in range(times):
            time.sleep(PAUSE)
            sql.execute(HIDE, [pk])
            found.gone.append(_until(readers, lambda one: one.status(path) == 404))
            found.gone_from_disk.append(_until([snapshot], lambda file: not _holds_a_page(file)))
            time.sleep(PAUSE)
            sql.execute(SHOW, [pk])
            found.visible.append(_until(readers, lambda one: one.status(path) == 200))
            found.listed.append(_until(readers, lambda one: one.shows("/tin-tuc/", title)))
            found.written_to_disk.append(_until([snapshot], _holds_a_page))
    return found


def _holds_a_page(folder: Path) -> bool:
    return any(folder.glob("*.gz"))


class Reader:
    """Somebody on one connection, and so with one process."""

    def __init__(self, address: str):
        self._connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=30)

    def close(self) -> None:
        self._connection.close()

    def status(self, path: str) -> int:
        return self._ask(path)[0]

    def shows(self, path: str, words: str) -> bool:
        return words in unescape(self._ask(path)[1])

    def _ask(self, path: str) -> tuple[int, str]:
        self._connection.request("GET", path)
        answer = self._connection.getresponse()
        return answer.status, answer.read().decode()


def _until(several, agrees) -> float:
    """Return the seconds until it is so for all; inf where patience ends."""
    began = time.monotonic()
    waiting = list(several)
    while waiting:
        waiting = [one for one in waiting if not agrees(one)]
        if time.monotonic() - began > PATIENCE:
            return float("inf")
    return time.monotonic() - began


def main() -> None:
    times = 3 if "--short" in sys.argv else TIMES
    with portal(200) as site:
        found = delays(site.address, site.database, site.data / "pages", times=times)
    print_table(
        ["seconds after the commit", "median", "slowest"],
        (
            (name.replace("_", " "), median(taken), max(taken))
            for name, taken in found._asdict().items()
        ),
    )


if __name__ == "__main__":
    main()
