"""
Three times as many requests as can be answered: is the rest refused quickly?

Requests come at their own pace, whether or not those before were answered, each on a connection
of its own, for pages that are made anew.

    python -m benchmarks.overload [--short]
"""

import asyncio
import sys
import time
from collections import defaultdict
from statistics import quantiles
from typing import NamedTuple
from urllib.parse import urlsplit

from benchmarks.load import ask
from benchmarks.portals import portal
from benchmarks.tables import print_table

PATH = "/tin-tuc/?bypass=1"
TIMES = 3
PATIENCE = 15  # seconds a reader waits


class Overload(NamedTuple):
    peak: float  # answers a second when asked one after the other
    offered: float  # requests a second
    answered: float  # with 200, a second
    refused: float  # with 503, a second
    lost: int  # neither
    p95: float  # milliseconds of those answered
    p95_refused: float
    after: float  # seconds until a page comes as quickly as before


def overload(address: str, seconds: float, path: str = PATH) -> Overload:
    """Ask three times as often as the portal can answer, for so long."""
    peak = max(ask(address, [path], seconds=seconds / 3, connections=8).rate, 1.0)
    normal = _one(address, path)
    found = asyncio.run(_offer(urlsplit(address), path, peak * TIMES, seconds))
    ended = time.monotonic()
    while _one(address, path) > 3 * normal and time.monotonic() < ended + 60:
        pass
    after = time.monotonic() - ended
    lost = sum(len(times) for status, times in found.items() if status not in {200, 503})
    return Overload(
        peak,
        peak * TIMES,
        len(found[200]) / seconds,
        len(found[503]) / seconds,
        lost,
        _p95(found[200]),
        _p95(found[503]),
        after,
    )


def _one(address: str, path: str) -> float:
    return ask(address, [path], seconds=1, connections=2).p50


def _p95(seconds: list[float]) -> float:
    return quantiles(seconds, n=20)[-1] * 1000 if len(seconds) > 1 else 0.0


async def _offer(address, path: str, rate: float, seconds: float) -> dict[int, list[float]]:
    found, asking = defaultdict(list), set()
    began = time.perf_counter()
    for number in range(int(rate * seconds)):
        await asyncio.sleep(max(0.0, began + number / rate - time.perf_counter()))
        task = asyncio.create_task(_ask(address, path, found))
        asking.add(task)
        task.add_done_callback(asking.discard)
    await asyncio.gather(*asking)
    return found


async def _ask(address, path: str, found: dict[int, list[float]]) -> None:
    began, status, writer = time.perf_counter(), 0, None
    try:
        async with asyncio.timeout(PATIENCE):
            reader, writer = await asyncio.open_connection(address.hostname, address.port)
            head = f"GET {path} HTTP/1.1\r\nHost: {address.netloc}\r\nConnection: close\r\n\r\n"
            writer.write(head.encode())
            answer = await reader.read()
            status = int(answer.split(b" ", 2)[1]) if answer else 0
    except (OSError, TimeoutError):
        status = 0
    finally:
        if writer:
            writer.close()
    found[status].append(time.perf_counter() - began)


def main() -> None:
    with portal(200) as site:
        before = site.memory()
        found = overload(site.address, 15 if "--short" in sys.argv else 60)
        grown = site.memory() / before - 1
    names = ["peak a second", "offered", "answered", "refused", "lost", "p95 ms", "p95 refused ms"]
    print_table(["overload", *names, "as before after s"], [("three times", *found)])
    print(f"Answered {found.answered / found.peak:.0%} of the peak; memory {grown:+.0%}.")


if __name__ == "__main__":
    main()
