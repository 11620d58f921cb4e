"""Requests by the thousand, by Debian's wrk, and what became of them."""

import http.client
import json
import subprocess
import tempfile
from collections.abc import Callable, Iterable
from contextlib import closing
from pathlib import Path
from statistics import median
from typing import NamedTuple
from urllib.parse import urlsplit

from tests.debian import program

CONNECTIONS, SECONDS, WARM_UP, ROUNDS = 32, 5, 2, 3


class Measure(NamedTuple):
    rate: float  # answers a second
    p50: float  # milliseconds
    p95: float
    p99: float
    failed: int  # no answer, or one of 400 and above
    spread: float = 0.0  # of the rate over the rounds: (highest - lowest) / median


class Page(NamedTuple):
    """A page as it was sent compressed, and as it reads."""

    headers: list[tuple[str, str]]
    packed: bytes
    plain: bytes


# Requests are written once, so that the load costs little beside what it measures.
SCRIPT = """
local requests, next_one = {}, 0
function init(args)
  math.randomseed(os.time() + tonumber(tostring({}):match("0x(%x+)"), 16))
  for path in io.lines(args[1]) do
    requests[#requests + 1] = wrk.format("GET", path, {["Accept-Encoding"] = "gzip"})
  end
end
if wrk.path == "/distinct" then
  function request()
    local made = string.format("%x", math.random(2^31 - 1))
    local path = PATTERNS[math.random(#PATTERNS)]:gsub("*", made)
    return wrk.format("GET", path, {["Accept-Encoding"] = "gzip"})
  end
else
  function request()
    return requests[math.random(#requests)]
  end
end
"""
# What a Measure is read from; goes with every script.
DONE = """
function done(summary, latency)
  local failed = summary.errors
  io.stdout:write(string.format(
    '\\n{"rate": %f, "p50": %f, "p95": %f, "p99": %f, "failed": %d}\\n',
    summary.requests / summary.duration * 1e6, latency:percentile(50) / 1000,
    latency:percentile(95) / 1000, latency:percentile(99) / 1000,
    failed.connect + failed.read + failed.write + failed.status + failed.timeout))
end
"""


def ask(
    address: str, paths: Iterable[str], *, seconds: float = SECONDS, connections: int = CONNECTIONS
) -> Measure:
    """Ask for the paths by chance from so many connections kept alive."""
    return wrk(f"{address}/", SCRIPT, paths, seconds, connections)


def ask_distinct(address: str, patterns: list[str], *, seconds: float) -> Measure:
    """Ask for what nobody asked for before: each * is another number."""
    written = ", ".join(json.dumps(pattern) for pattern in patterns)
    script = f"PATTERNS = {{{written}}}\n{SCRIPT}"
    return wrk(f"{address}/distinct", script, [], seconds, CONNECTIONS)


def wrk(url: str, script: str, lines: Iterable[str], seconds: float, connections: int) -> Measure:
    """Run wrk with a script that gets a file of lines."""
    with tempfile.TemporaryDirectory() as temporary:
        lua, listed = Path(temporary, "load.lua"), Path(temporary, "lines")
        lua.write_text(script + DONE)
        listed.write_text("".join(f"{line}\n" for line in lines))
        command = [program("wrk"), "--threads", "2", "--connections", str(connections)]
        command += ["--duration", f"{max(1, round(seconds))}s", "--timeout", "30s"]
        said = subprocess.run(
            [*command, "--script", lua, url, "--", listed],
            check=True,
            capture_output=True,
            text=True,
        ).stdout
    return Measure(**json.loads(said.strip().splitlines()[-1]))


def in_turn(
    subjects: dict[str, Callable[[float], Measure]],
    *,
    rounds: int = ROUNDS,
    seconds: float = SECONDS,
    warm_up: float = WARM_UP,
) -> dict[str, Measure]:
    """
    Measure subjects and references one after the other, several times around.

    What else the machine does falls on all alike. Returned are the medians of the rounds.
    """
    for measure in subjects.values():
        measure(warm_up)
    found = {name: [] for name in subjects}
    for _ in range(rounds):
        for name, measure in subjects.items():
            found[name].append(measure(seconds))
    return {name: _middle(measures) for name, measures in found.items()}


def _middle(measures: list[Measure]) -> Measure:
    rates = [one.rate for one in measures]
    middle = median(rates)
    return Measure(
        middle,
        *(median(getattr(one, name) for one in measures) for name in ("p50", "p95", "p99")),
        failed=sum(one.failed for one in measures),
        spread=(max(rates) - min(rates)) / middle if middle else 0.0,
    )


def fetch(address: str, path: str) -> Page:
    """Return a page as browsers with gzip get it, and as others do."""
    answers = [get(address, path, {"Accept-Encoding": kind}) for kind in ("gzip", "identity")]
    for status, headers, _ in answers:
        if status != 200:
            raise RuntimeError(f"{path} answered {status}: {headers}")
    (_, headers, packed), (_, _, plain) = answers
    return Page(headers, packed, plain)


def get(
    address: str, path: str, headers: dict[str, str] | None = None, timeout: float = 30
) -> tuple[int, list[tuple[str, str]], bytes]:
    """Return status, headers and body of one request on a connection of its own."""
    host = urlsplit(address).netloc
    with closing(http.client.HTTPConnection(host, timeout=timeout)) as connection:
        connection.request("GET", path, headers=headers or {})
        answer = connection.getresponse()
        return answer.status, answer.getheaders(), answer.read()
