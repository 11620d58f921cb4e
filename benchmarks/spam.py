"""
What becomes of a flood of machine-made messages, and of people's in the middle of it.

Five kinds of machines send to a portal of its own over HTTP, while people's messages are typed
into a real browser. The machines are given what real ones would pay for: the right code, the
browser's work and, by a trusted proxy's header, hundreds of networks.

    python -m benchmarks.spam [--spam 10000] [--honest 200]
"""

import argparse
import asyncio
import contextlib
import os
import secrets
import sys
import tempfile
import threading
import time
from collections import Counter


@contextlib.contextmanager
def portal():
    """Serve a portal that believes the networks it is told, under a key that is known here."""
    from benchmarks.portals import served
    from tests.portals import free_port

    port, key = free_port(), secrets.token_hex(32)
    with tempfile.TemporaryDirectory() as data:
        os.environ |= {"PORTAL_DATA": data, "PORT": str(port), "PORTAL_SECRET_KEY": key}
        os.environ |= {"PORTAL_TRUSTED_PROXIES": "127.0.0.1"}
        os.environ.pop("DATABASE_URL", None)
        with served([sys.executable, "manage.py", "serve"], port, "/healthz"):
            yield port


def print_tables(spam: int, honest: int) -> None:
    with portal() as port:
        os.environ["DJANGO_SETTINGS_MODULE"] = "portal.settings"
        import django

        django.setup()
        # Their tokens are signed with this portal's key.
        from benchmarks.spam_machines import KINDS, HttpDoor, flood, people, results
        from feedback.models import Submission

        each = spam // len(KINDS)
        door, came = HttpDoor(port), []
        address = f"http://127.0.0.1:{port}"
        crowd = threading.Thread(target=lambda: came.extend(asyncio.run(people(address, honest))))
        begun = time.monotonic()
        crowd.start()
        flood(door, each)
        flooded = time.monotonic() - begun
        crowd.join()
        rows = dict(Submission.objects.values_list("name", "state"))
    print_results(results(rows, each))
    answers = dict(sorted(door.statuses.items()))
    print(f"\n{spam} in {flooded:.0f} s; answers by status: {answers}\n")
    states = Counter(state for name, state in rows.items() if name.startswith("Người dân"))
    waited = sorted(seconds for is_received, seconds in came if is_received)
    print("| people | got a code | taken in | put aside | median s | slowest s |")
    print("| ---: | ---: | ---: | ---: | ---: | ---: |")
    print(
        f"| {honest} | {len(waited)} | {states['new']} | {states['spam']} "
        f"| {waited[len(waited) // 2]:.1f} | {waited[-1]:.1f} |"
    )


def print_results(found: dict) -> None:
    total = type(found["blind"])(*map(sum, zip(*found.values(), strict=True)))
    print("| machines | sent | refused | put aside | let through | stopped, % |")
    print("| --- | ---: | ---: | ---: | ---: | ---: |")
    for kind, one in (found | {"all": total}).items():
        print(
            f"| {kind} | {one.sent} | {one.refused} | {one.aside} | {one.let_through} "
            f"| {one.stopped:.2f} |"
        )


if __name__ == "__main__":
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[1])
    arguments.add_argument("--spam", type=int, default=10_000)
    arguments.add_argument("--honest", type=int, default=200)
    print_tables(**vars(arguments.parse_args()))
