"""
Many browsers voting in one poll at the same time, and what readers notice of it.

By hand: ``python -m benchmarks.votes``, or ``--short``; the suite lets a few voters run
(tests/browser/test_votes.py). The portal is a real one with the demonstration content; it believes
the addresses that the voters say they come from, each another, so that the totals must be exactly
what was sent. Two readers ask for the results, an article and the home page while the crowd
votes, and before that while a crowd as large only reads: what differs is what voting holds up.
"""

import http.client
import os
import re
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path
from statistics import quantiles
from typing import NamedTuple
from urllib.parse import urlencode

import psycopg

from benchmarks.portals import article_path, served
from portal import embedded
from tests.portals import free_port

VOTERS = 2_000
SHORT_VOTERS = 120
AT_ONCE = 50  # connections of voters
READERS = 2
PAUSE = 0.02  # seconds of a reader between two pages
POLL = "/danh-gia/"


class Reading(NamedTuple):
    seconds: list[float]
    locked: int  # times the database was seen with somebody waiting for a lock on what pages read

    @property
    def p95(self) -> float:
        """Return milliseconds."""
        return quantiles(self.seconds, n=20)[-1] * 1000


class Outcome(NamedTuple):
    sent: Counter  # options by what the portal acknowledged
    found: Counter  # options by what the database holds
    suspect: int  # of these; none when each voter has an address of its own
    statuses: Counter
    seconds: float
    among_readers: Reading
    among_voters: Reading


class Visitor:
    """A browser of its own address: it looks at two pages, or fetches its token and votes."""

    def __init__(self, port: int, number: int):
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
        address = f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"
        self.headers = {"X-Forwarded-For": address, "User-Agent": "Mozilla/5.0 Firefox"}

    def look(self) -> None:
        for path in (POLL, f"{POLL}ket-qua/"):
            self.connection.request("GET", path, headers=self.headers)
            self.connection.getresponse().read()
        self.connection.close()

    def vote(self, field: str, option: str) -> int:
        self.connection.request("GET", POLL, headers=self.headers)
        answer = self.connection.getresponse()
        page = answer.read().decode()
        cookie = answer.getheader("Set-Cookie", "").partition(";")[0]
        [token] = re.findall(r'name="csrfmiddlewaretoken" value="(\w+)"', page)[:1]
        form = urlencode({field: option, "csrfmiddlewaretoken": token})
        headers = self.headers | {
            "Cookie": cookie,
            "Content-Type": "application/x-www-form-urlencoded",
            "Accept": "application/json",
        }
        self.connection.request("POST", POLL, form, headers)
        answer = self.connection.getresponse()
        answer.read()
        self.connection.close()
        return answer.status


@contextmanager
def reading(port: int, database: str) -> Iterator[list[Reading]]:
    """Read pages until the block ends; the list then holds what was noticed."""
    paths = [f"{POLL}ket-qua/", article_path(port), "/"]
    seconds, locked, done, noticed = [], [], threading.Event(), []

    def read():
        with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=120)) as connection:
            while not done.is_set():
                for path in paths:
                    begun = time.perf_counter()
                    connection.request("GET", path)
                    connection.getresponse().read()
                    seconds.append(time.perf_counter() - begun)
                    done.wait(PAUSE)

    def watch():
        with psycopg.connect(database, autocommit=True) as connection:
            while not done.wait(0.02):
                locked.append(connection.execute(WAITING_READERS).fetchone()[0])

    threads = [threading.Thread(target=read) for _ in range(READERS)]
    threads.append(threading.Thread(target=watch))
    for thread in threads:
        thread.start()
    try:
        yield noticed
    finally:
        done.set()
        for thread in threads:
            thread.join()
        noticed.append(Reading(seconds, sum(locked)))


# A SELECT that waits for a lock is a reader held up.
WAITING_READERS = """
SELECT count(*) FROM pg_locks JOIN pg_stat_activity USING (pid)
WHERE NOT granted AND query LIKE 'SELECT%' AND query NOT LIKE '%pg_locks%'
"""
POLLS = "SELECT id, slug FROM feedback_poll ORDER BY position LIMIT 1"
OPTIONS = "SELECT id FROM feedback_option WHERE poll_id = %s ORDER BY position"
FOUND = """
SELECT option_id, count(*), count(*) FILTER (WHERE is_suspect)
FROM feedback_vote WHERE poll_id = %s GROUP BY option_id
"""


def run(voters: int, port: int, database: str) -> Outcome:
    """Let so many browsers vote, AT_ONCE at a time, after a quarter of them only read."""
    with psycopg.connect(database, autocommit=True) as connection:
        poll, slug = connection.execute(POLLS).fetchone()
        options = [str(row[0]) for row in connection.execute(OPTIONS, [poll])]

        def look(number):
            Visitor(port, number + 1).look()

        def vote(number):
            option = options[number % len(options)]
            return option, Visitor(port, number + 1).vote(f"cau-{slug}", option)

        with reading(port, database) as among_readers, ThreadPoolExecutor(AT_ONCE) as threads:
            list(threads.map(look, range(max(voters // 4, AT_ONCE))))
        begun = time.perf_counter()
        with reading(port, database) as among_voters, ThreadPoolExecutor(AT_ONCE) as threads:
            answers = list(threads.map(vote, range(voters)))
        seconds = time.perf_counter() - begun
        rows = connection.execute(FOUND, [poll]).fetchall()
    return Outcome(
        sent=Counter(option for option, status in answers if status == 200),
        found=Counter({str(option): count for option, count, _ in rows}),
        suspect=sum(suspect for *_, suspect in rows),
        statuses=Counter(status for _, status in answers),
        seconds=seconds,
        among_readers=among_readers[0],
        among_voters=among_voters[0],
    )


@contextmanager
def portal() -> Iterator[tuple[int, str]]:
    """Serve a portal of its own; give its port and the address of its database."""
    port = free_port()
    serve = [sys.executable, "manage.py", "serve"]
    with tempfile.TemporaryDirectory() as data:
        settings = {"PORTAL_DATA": data, "PORT": str(port), "PORTAL_TRUSTED_PROXIES": "127.0.0.1"}
        os.environ.pop("DATABASE_URL", None)
        with served(serve, port, "/healthz", **settings):
            yield port, embedded.database_url(Path(data))


def print_table(outcome: Outcome) -> None:
    exact = outcome.sent == outcome.found and not outcome.suspect
    sent = sum(outcome.statuses.values())
    print("| voters | refused | exact | votes a second | p95 ms among readers | among voters |")
    print("| ---: | ---: | --- | ---: | ---: | ---: |")
    print(
        f"| {sent} | {sent - outcome.statuses[200]} | {'yes' if exact else 'NO'} "
        f"| {sent / outcome.seconds:.0f} | {outcome.among_readers.p95:.0f} "
        f"| {outcome.among_voters.p95:.0f} |"
    )
    print(f"\nReaders seen waiting for a lock: {outcome.among_voters.locked}.")


def main() -> None:
    is_short = "--short" in sys.argv
    with portal() as (port, database):
        if not is_short:
            time.sleep(60)  # the worker reads the demonstration articles aloud first
        print_table(run(SHORT_VOTERS if is_short else VOTERS, port, database))


if __name__ == "__main__":
    main()
