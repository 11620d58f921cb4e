"""
Pages the front door does not keep, against a Django view with the same bytes.

They were asked for before, and are made again of parts that are kept (portal/kept.py).

    python -m benchmarks.renders [--short]
"""

import functools
import sys

from benchmarks import reference
from benchmarks.load import ask, fetch, in_turn
from benchmarks.portals import portal
from benchmarks.tables import print_table

BYPASS = "?bypass=1"  # no page has this parameter: the front door passes it on
CONNECTIONS = 8


def main() -> None:
    is_short = "--short" in sys.argv
    with portal(200) as site:
        paths = {
            "article": site.articles(1)[0],
            "home": "/",
            "list": "/tin-tuc/",
            "scoreboard": "/chi-tieu/",
        }
        pages = {path: fetch(site.address, path + BYPASS) for path in paths.values()}
        with reference.view(pages) as plain_view:
            subjects = {}
            for name, path in paths.items():
                subjects[f"view, {name}"] = functools.partial(_ask, plain_view, path)
                subjects[name] = functools.partial(_ask, site.address, path + BYPASS)
            found = in_turn(subjects, seconds=2 if is_short else 8)
    rows = []
    for name, path in paths.items():
        mine, plain = found[name], found[f"view, {name}"]
        size = len(pages[path].plain) / 1000
        rows.append(
            (name, mine.rate, mine.spread, plain.rate, mine.rate / plain.rate, mine.p95, size)
        )
    print_table(
        ["made again", "a second", "spread", "Django view, a second", "ratio", "p95 ms", "kB"],
        rows,
    )


def _ask(address: str, path: str, seconds: float):
    return ask(address, [path], seconds=seconds, connections=CONNECTIONS)


if __name__ == "__main__":
    main()
