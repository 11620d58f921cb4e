"""
What server and worker hold when idle, and after a great many requests.

    python -m benchmarks.memory [--short | --full]
"""

import sys
import time

from benchmarks.load import ask
from benchmarks.portals import portal
from benchmarks.tables import print_table

REQUESTS, SHORT, FULL = 100_000, 10_000, 1_000_000
# Also pages that are made anew each time: they are what may leave something behind.
FRESH = ["/?bypass=1", "/tin-tuc/?bypass=1", "/tim-kiem/?q=cong+nghiep", "/khong-co/"]


def main() -> None:
    wanted = SHORT if "--short" in sys.argv else FULL if "--full" in sys.argv else REQUESTS
    rows = []
    with portal(200 if wanted == SHORT else 2_000) as site:
        time.sleep(10)
        rows.append(("idle after the start", 0, site.memory(), len(site.processes())))
        paths = site.articles() + FRESH * 5
        asked = 0
        for share in (0.1, 0.5, 1):
            while asked < wanted * share:
                measure = ask(site.address, paths, seconds=10)
                asked += round(measure.rate * 10)
            time.sleep(10)
            rows.append(("then", asked, site.memory(), len(site.processes())))
    _, _, warm, _ = rows[1]
    print_table(
        ["", "requests", "PSS MB", "processes", "against the first tenth"],
        ((*row, f"{row[2] / warm - 1:+.1%}" if row[1] else "") for row in rows),
    )


if __name__ == "__main__":
    main()
