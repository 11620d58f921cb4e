"""
PostgreSQL stopped, then hung: do readers notice, and how soon is all as before?

    python -m benchmarks.outage [--short]
"""

import os
import signal
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from benchmarks.crowd import Crowd
from benchmarks.load import get
from benchmarks.portals import portal
from benchmarks.tables import print_table
from portal import embedded

BESIDES = ["/", "/tin-tuc/", "/tin-tuc/?trang=2", "/tin-tuc/?trang=3", "/rss/", "/atom/"]
FRESH = "/tin-tuc/?bypass=1"  # answered only by asking the database
RATE = 100.0  # requests a second


class Outage(NamedTuple):
    asked: int
    statuses: Counter  # other than 200
    normal_p95: float  # milliseconds
    p95: float
    slowest: float
    recovery: float  # seconds from the database's return to a page made of it
    failures: list[str]


def outage(
    address: str,
    seconds: float,
    *,
    paths: list[str],
    begin: Callable[[], None],
    end: Callable[[], None],
) -> Outage:
    """
    Ask for published pages before, during and after an outage between ``begin`` and ``end``.

    Every status counts that came from the moment the database went until it was back.
    """
    with Crowd(address, paths, rate=RATE) as before:
        time.sleep(seconds / 2)
    with Crowd(address, paths, rate=RATE) as during:
        begin()
        time.sleep(seconds)
        end()
        recovery = seconds_until_fresh(address)
        time.sleep(2)
    others = Counter({status: n for status, n in during.statuses.items() if status != 200})
    return Outage(
        during.asked,
        others,
        before.p95(),
        during.p95(),
        during.slowest(),
        recovery,
        during.failures,
    )


def seconds_until_fresh(address: str, patience: float = 60) -> float:
    """Return how long the portal takes until each of its processes renders a page anew."""
    began = time.monotonic()
    well = 0
    while well < 8 and time.monotonic() < began + patience:  # a connection each, so all are met
        try:
            status, _, _ = get(address, FRESH, timeout=10)
        except OSError:
            status = 0
        well = well + 1 if status == 200 else 0
        if not well:
            time.sleep(0.1)
    return time.monotonic() - began


def stopped(data: Path) -> tuple[Callable[[], None], Callable[[], None]]:
    """Return what stops and what starts the server of a data directory."""

    def stop():
        embedded._pg_ctl(data, "stop", "--mode=immediate", "--wait")

    return stop, lambda: embedded.revive(data)


def hung(data: Path) -> tuple[Callable[[], None], Callable[[], None]]:
    """Return what makes every process of a server hang and what lets them go on."""

    def tell(number):
        for pid in _processes_in(data / "postgres"):
            os.kill(pid, number)

    return lambda: tell(signal.SIGSTOP), lambda: tell(signal.SIGCONT)


def _processes_in(folder: Path) -> list[int]:
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            if (entry / "cwd").readlink() == folder.resolve():
                found.append(int(entry.name))
        except OSError:  # it ended
            continue
    return found


def main() -> None:
    is_short = "--short" in sys.argv
    with portal(200 if is_short else 2_000, own_server=True) as site:
        paths = site.articles() + BESIDES * 20
        site.wait_for_snapshots(paths)
        found = {
            name: outage(site.address, 15 if is_short else 120, paths=paths, begin=go, end=come)
            for name, (go, come) in {
                "stopped": stopped(site.cluster),
                "hung": hung(site.cluster),
            }.items()
        }
    print_table(
        ["PostgreSQL", "asked", "not 200", "p95 before ms", "p95 ms", "slowest ms", "back after s"],
        ((name, one.asked, one.statuses.total(), *one[2:6]) for name, one in found.items()),
    )
    for name, one in found.items():
        for failure in one.failures:
            print(f"{name}: {failure}")


if __name__ == "__main__":
    main()
