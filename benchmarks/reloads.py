"""
Twenty reloads while people read: does one request fail?

    python -m benchmarks.reloads [--short]
"""

import contextlib
import os
import signal
import sys
import time
from typing import NamedTuple

from benchmarks.crowd import Crowd
from benchmarks.portals import portal
from benchmarks.tables import print_table

TIMES, BETWEEN = 20, 6.0  # seconds
RATE = 240.0  # requests a second, half of them on connections kept alive


class Reloads(NamedTuple):
    asked: int
    failed: int
    again: int  # asked again on a new connection, because a kept one was closed between requests
    p95: float  # milliseconds
    slowest: float
    failures: list[str]


def reloads(
    address: str, process: int, paths: list[str], *, times: int, between: float
) -> dict[str, Reloads]:
    """Reload the portal of a `manage.py serve` so often, under readers of both kinds."""
    kinds = {"keep-alive": True, "a connection each": False}
    with contextlib.ExitStack() as stack:
        crowds = {
            name: stack.enter_context(
                Crowd(address, paths, askers=6, rate=RATE / 2, keep_alive=keeps)
            )
            for name, keeps in kinds.items()
        }
        for _ in range(times):
            time.sleep(between)
            os.kill(process, signal.SIGHUP)
        time.sleep(between)
    return {
        name: Reloads(one.asked, one.failed, one.again, one.p95(), one.slowest(), one.failures)
        for name, one in crowds.items()
    }


def main() -> None:
    is_short = "--short" in sys.argv
    with portal(200) as site:
        paths = site.articles(150) + ["/", "/tin-tuc/", "/tin-tuc/?bypass=1", "/chi-tieu/"] * 5
        times = 3 if is_short else TIMES
        found = reloads(site.address, site.process, paths, times=times, between=BETWEEN)
    print_table(
        [f"{times} reloads", "asked", "failed", "sent again", "p95 ms", "slowest ms"],
        ((name, *one[:5]) for name, one in found.items()),
    )
    for one in found.values():
        print("\n".join(one.failures))


if __name__ == "__main__":
    main()
