"""
Counting readers: what a report costs, what it costs readers, whether every one counts.

    python -m benchmarks.beacons [--short]

The portal believes the addresses that the readers say they come from, each another.
"""

import http.client
import itertools
import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path

import psycopg

from benchmarks import reference
from benchmarks.load import CONNECTIONS, Measure, Page, ask, get, in_turn, wrk
from benchmarks.portals import Portal, portal
from benchmarks.tables import print_table
from tests.debian import program

BEACON = "/luot-xem/"
FLUSH_SECONDS = 5  # as portal.visitors has it; importing that would need settings
CLIENTS = 16
PER_SECOND = 500  # reports beside which pages are read
BESIDE = 10  # connections that send these
AGENT = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"

# Reports of many readers, written once; {pause} is what each connection waits between two.
REPORTS = """
local requests = {{}}
function init(args)
  math.randomseed(os.time() + tonumber(tostring({{}}):match("0x(%x+)"), 16))
  local tokens = {{}}
  for token in io.lines(args[1]) do tokens[#tokens + 1] = token end
  for number = 1, 5000 do
    local from = string.format("10.%d.%d.%d", math.random(250), math.random(250), math.random(250))
    requests[number] = wrk.format("POST", "/luot-xem/", {{
      ["X-Page"] = tokens[math.random(#tokens)], ["X-Forwarded-For"] = from,
      ["User-Agent"] = "{agent}", ["Sec-Fetch-Site"] = "same-origin", ["Content-Length"] = "0",
    }})
  end
end
function request() return requests[math.random(#requests)] end
{pause}
"""
COUNTED = "SELECT coalesce(sum(views), 0) FROM portal_pageviews WHERE page = %s"


def main() -> None:
    is_short = "--short" in sys.argv
    seconds, rounds = (2, 3) if is_short else (8, 5)
    settings = {"PORTAL_TRUSTED_PROXIES": "127.0.0.1"}
    with portal(50 if is_short else 200, **settings) as site:
        articles = site.articles()
        tokens = [token_of(site, path) for path in articles[:200]]
        print_exactness(site, tokens, 1_600 if is_short else 10_000)
        print_rate(site, tokens, seconds, rounds)
        print_beside(site, articles[:1], tokens, seconds, rounds)
    with portal(50, own_server=True, **settings) as site:
        print_loss(site, [token_of(site, path) for path in site.articles(20)])


def token_of(site: Portal, path: str) -> str:
    _, _, body = get(site.address, path)
    return re.search(rb'data-count="([^"]+)"', body)[1].decode()


def print_rate(site: Portal, tokens: list[str], seconds: float, rounds: int) -> None:
    """Compare reports with a Django view that answers the same bytes and counts nothing."""
    _, headers, body = report(site.port, tokens[0], 1)
    page = Page(headers, body, body)
    script = REPORTS.format(agent=AGENT, pause="")
    with reference.view({BEACON: page}) as plain_view:
        found = in_turn(
            {
                name: lambda seconds, address=address: wrk(
                    f"{address}/", script, tokens, seconds, CONNECTIONS
                )
                for name, address in (("Django view", plain_view), ("report", site.address))
            },
            seconds=seconds,
            rounds=rounds,
        )
    best = found["Django view"].rate
    print_table(
        ["", "a second", "spread", "of the view", "p95 ms", "failed"],
        (
            (name, one.rate, one.spread, one.rate / best, one.p95, one.failed)
            for name, one in found.items()
        ),
    )


def print_beside(site: Portal, paths: list[str], tokens: list[str], seconds, rounds) -> None:
    """Compare reading with reading while reports come in."""

    def alone(seconds: float) -> Measure:
        return ask(site.address, paths, seconds=seconds)

    def beside(seconds: float) -> Measure:
        with reporting(site, tokens):
            return alone(seconds)

    found = in_turn(
        {"alone": alone, f"{PER_SECOND} reports/s": beside}, seconds=seconds, rounds=rounds
    )
    best = found["alone"].rate
    print_table(
        ["an article is read", "a second", "spread", "of alone", "p99 ms", "failed"],
        (
            (name, one.rate, one.spread, one.rate / best, one.p99, one.failed)
            for name, one in found.items()
        ),
    )


@contextmanager
def reporting(site: Portal, tokens: list[str]) -> Iterator[None]:
    """Send PER_SECOND reports a second as long as the block runs."""
    pause = f"function delay() return {1000 * BESIDE // PER_SECOND} end"
    with tempfile.TemporaryDirectory() as temporary:
        lua, listed = Path(temporary, "load.lua"), Path(temporary, "tokens")
        lua.write_text(REPORTS.format(agent=AGENT, pause=pause))
        listed.write_text("".join(f"{token}\n" for token in tokens))
        command = [program("wrk"), "--threads", "1", "--connections", str(BESIDE)]
        command += ["--duration", "600s", "--script", lua, f"{site.address}/", "--", listed]
        with subprocess.Popen(command, stdout=subprocess.DEVNULL) as process:
            try:
                yield
            finally:
                process.terminate()


def report(port: int, token: str, reader: int) -> tuple[int, list[tuple[str, str]], bytes]:
    """Report one reading as a reader of an address of its own; return the answer."""
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=30)) as connection:
        address = f"10.{reader >> 16 & 255}.{reader >> 8 & 255}.{reader & 255}"
        headers = {"X-Page": token, "X-Forwarded-For": address, "User-Agent": AGENT}
        connection.request("POST", BEACON, headers=headers | {"Sec-Fetch-Site": "same-origin"})
        answer = connection.getresponse()
        return answer.status, answer.getheaders(), answer.read()


def counted(site: Portal, page: str = "site") -> int:
    with psycopg.connect(site.database) as connection:
        return connection.execute(COUNTED, [page]).fetchone()[0]


def print_exactness(site: Portal, tokens: list[str], hits: int) -> None:
    """Let clients report so many readings at once; every one must be counted, in page and site."""
    page = tokens[0].rpartition(":")[0]
    before = counted(site), counted(site, page)
    with ThreadPoolExecutor(CLIENTS) as clients:
        answers = list(
            clients.map(lambda reader: report(site.port, tokens[0], reader)[0], range(hits))
        )
    time.sleep(FLUSH_SECONDS + 2)
    after = counted(site), counted(site, page)
    print_table(
        [f"{CLIENTS} clients", "sent", "answered", "counted of the page", "of the site"],
        [("", hits, answers.count(200), after[1] - before[1], after[0] - before[0])],
    )


def print_loss(site: Portal, tokens: list[str]) -> None:
    """Kill everything but the database while reports come in; count what was lost."""
    answered, until = [], time.monotonic() + 3.3 * FLUSH_SECONDS
    for reader in itertools.count(1):
        if time.monotonic() > until:
            break
        if report(site.port, tokens[reader % len(tokens)], reader)[0] == 200:
            answered.append(time.monotonic())
        time.sleep(0.005)
    killed = time.monotonic()
    for pid in site.processes():
        os.kill(pid, signal.SIGKILL)
    time.sleep(1)
    lost = len(answered) - counted(site)
    at_risk = sum(killed - moment < FLUSH_SECONDS for moment in answered)
    print_table(
        ["killed", "answered", "lost", f"answered in the last {FLUSH_SECONDS} s"],
        [("", len(answered), lost, at_risk)],
    )


if __name__ == "__main__":
    main()
