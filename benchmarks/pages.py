"""
What Lighthouse's phone on a simulated slow 4G network shows of the pages seen first.

The simulation starts from times taken on this machine, so a busy one gives worse figures; the
suite asserts what does not depend on it (tests/browser/test_lighthouse.py).
"""

from benchmarks.portals import portal
from tests.browser.page_types import FIRST_SEEN
from tests.tools import lighthouse

CATEGORIES = ("performance", "accessibility", "best-practices", "seo")


def print_table(address: str) -> None:
    """Print one row per page; kB and requests without and with photos and sound."""
    print("| page | performance | largest paint s | shift | kB | requests | with photos |")
    print("| --- | ---: | ---: | ---: | ---: | ---: | ---: |")
    for name, path in FIRST_SEEN.items():
        report = lighthouse.visit(address + path, *CATEGORIES)
        besides = report.besides_photos()
        print(
            f"| {name} | {report.scores['performance']} | {report.largest_paint / 1000:.2f} "
            f"| {report.layout_shift:.3f} | {sum(each.size for each in besides) / 1000:.1f} "
            f"| {len(besides)} | {len(report.requests)} |"
        )


if __name__ == "__main__":
    with portal(0) as site:
        print_table(site.address)
