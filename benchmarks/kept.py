"""
Kept pages against nginx and a bare WSGI application with the same bytes, in the same minutes.

    python -m benchmarks.kept [--short]
"""

import contextlib
import functools
import sys
import tempfile
from pathlib import Path

from benchmarks import reference
from benchmarks.load import ask, fetch, in_turn
from benchmarks.portals import Portal, portal
from benchmarks.tables import print_table
from tests import nginx
from tests.portals import free_port

WARM_UP = 10  # seconds; so many times until every process has met every page
STILL_WARMING = 1.1  # times as fast as before


def main() -> None:
    is_short = "--short" in sys.argv
    with portal(200 if is_short else 2_000) as site, contextlib.ExitStack() as stack:
        articles = site.articles()
        one, page = articles[:1], fetch(site.address, articles[0])
        warm_up(site.address, articles)
        addresses = {
            "nginx, the same bytes as a file": (
                stack.enter_context(reference.static_nginx(page)),
                one,
            ),
            "bare WSGI application": (stack.enter_context(reference.bare({one[0]: page})), one),
            "kept article": (site.address, one),
            f"one of {len(articles)} kept articles": (site.address, articles),
            "kept article through deploy/nginx.conf": (stack.enter_context(shipped(site)), one),
        }
        subjects = {
            name: functools.partial(_ask, address, paths)
            for name, (address, paths) in addresses.items()
        }
        found = in_turn(subjects, rounds=3 if is_short else 5, seconds=2 if is_short else 10)
    best, bare, kept = (list(found.values())[place].rate for place in (0, 1, 2))
    print(f"{len(page.packed):,} bytes compressed, {len(page.headers)} headers.\n")
    rows = []
    for name, one in found.items():
        ratios = (one.rate / each for each in (best, bare, kept))
        rows.append((name, one.rate, one.spread, *ratios, one.p99, one.failed))
    head = ["", "a second", "spread", "of nginx", "of bare", "of kept", "p99 ms", "failed"]
    print_table(head, rows)


def warm_up(address: str, paths: list[str]) -> None:
    """Ask for pages until that gets no faster: until they are kept."""
    before, rate = 0.0, 1.0
    while rate > before * STILL_WARMING:
        before, rate = rate, ask(address, paths, seconds=WARM_UP).rate


def _ask(address: str, paths: list[str], seconds: float):
    return ask(address, paths, seconds=seconds)


@contextlib.contextmanager
def shipped(site: Portal):
    """Run deploy/nginx.conf before a portal, without TLS and its limits for one address."""
    plain, tls = free_port(), free_port()
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        for name in ("static", "media"):
            (folder / name).symlink_to(site.data / name)
        nginx.make_certificate(folder)
        inside = nginx.shipped(folder, portal=site.port, plain=plain, tls=tls, limits=False)
        # wrk's TLS would be measured, and the portal asked here believes itself without it.
        inside = inside.replace(f"127.0.0.1:{tls} ssl http2;", f"127.0.0.1:{tls};")
        inside = f"keepalive_requests 1000000; {inside}"
        with nginx.running(nginx.write(folder, inside, workers=2), tls):
            yield f"http://127.0.0.1:{tls}"


if __name__ == "__main__":
    main()
