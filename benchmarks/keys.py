"""
Addresses nobody asked for before, as many as go: do memory and disk stay as they are?

    python -m benchmarks.keys [--short]
"""

import sys
import time
from pathlib import Path

from benchmarks.load import ask_distinct
from benchmarks.portals import portal
from benchmarks.tables import print_table

PATTERNS = [
    "/*/",
    "/?*=1",
    "/tin-tuc/?trang=*",
    "/tin-tuc/?trang=2&*=1",
    "/tin-tuc/*/",
    "/tim-kiem/?q=*",
    "/chi-tieu/nam/2024.csv?bom=*",
    "/media/anh/*.webp",
    "/rss/*/",
]


def main() -> None:
    is_short = "--short" in sys.argv
    rows = []
    with portal(200) as site:
        time.sleep(5)
        rows.append(("before", 0, site.memory(), *_disk(site.data)))
        asked = 0
        for _ in range(2 if is_short else 6):
            asked += round(ask_distinct(site.address, PATTERNS, seconds=10).rate * 10)
            rows.append(("after", asked, site.memory(), *_disk(site.data)))
    print_table(["", "distinct addresses", "PSS MB", "files", "MB on disk"], rows)


def _disk(data: Path) -> tuple[int, float]:
    """Return the files of a data directory and their MB, without those of PostgreSQL."""
    files = [
        each for each in data.rglob("*") if data / "postgres" not in each.parents and each.is_file()
    ]
    return len(files), sum(each.stat().st_size for each in files) / 1e6


if __name__ == "__main__":
    main()
