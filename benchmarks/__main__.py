"""
Measures pages against a bare WSGI application under the same server, in one run.

Machines are noisy, so only the ratios say something; `make bench` prints them, and what a
phone makes of the pages, as the tables of docs/performance.md.
"""

import contextlib
import http.client
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from typing import NamedTuple

from benchmarks import lists, pages, uploads
from tests.browser.conftest import free_port, wait_for

CLIENTS = 8
SECONDS = 5


class Measure(NamedTuple):
    rate: float  # answers a second
    middle: float  # milliseconds, median
    size: int  # bytes of the body, uncompressed


@contextlib.contextmanager
def served(
    command: list[str], port: int, path: str, **environment: str
) -> Iterator[subprocess.Popen]:
    process = subprocess.Popen(command, env=os.environ | environment, stdout=subprocess.DEVNULL)
    try:
        wait_for(f"http://127.0.0.1:{port}{path}", process)
        yield process
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=60)


def measure(port: int, path: str) -> Measure:
    """Ask for a page from CLIENTS connections kept alive for SECONDS."""
    times, sizes = [], set()
    until = time.perf_counter() + SECONDS

    def ask():
        connection = http.client.HTTPConnection("127.0.0.1", port)
        while (begun := time.perf_counter()) < until:
            connection.request("GET", path)
            answer = connection.getresponse()
            sizes.add(len(answer.read()))
            if answer.status != 200:
                raise RuntimeError(f"{path} answered {answer.status}")
            times.append(time.perf_counter() - begun)
        connection.close()

    threads = [threading.Thread(target=ask) for _ in range(CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return Measure(len(times) / SECONDS, median(times) * 1000, max(sizes))


def article_path(port: int) -> str:
    with contextlib.closing(http.client.HTTPConnection("127.0.0.1", port)) as connection:
        connection.request("GET", "/")
        page = connection.getresponse().read().decode()
    return page.partition('lead-story__title"><a href="')[2].partition('"')[0]


def main() -> None:
    measures = {}
    reference, portal = free_port(), free_port()
    granian = [sys.executable, "-m", "granian", "--interface", "wsgi", "--workers", "2"]
    bare = [*granian, "--port", str(reference), "--no-log", "benchmarks.reference:application"]
    with served(bare, reference, "/"):
        measures["bare WSGI application"] = measure(reference, "/")
    serve = [sys.executable, "manage.py", "serve"]
    with (
        tempfile.TemporaryDirectory() as data,
        served(serve, portal, "/healthz", PORTAL_DATA=data, PORT=str(portal)) as server,
    ):
        time.sleep(30)  # the worker reads the demonstration articles aloud first
        for name, path in {
            "home": "/",
            "article": article_path(portal),
            "list": "/tin-tuc/",
            "search": "/tim-kiem/?q=cong+nghiep",
            "scoreboard": "/chi-tieu/",
        }.items():
            measures[name] = measure(portal, path)
        address = f"http://127.0.0.1:{portal}"
        pages.print_table(address)
        print()
        password = (Path(data) / "admin_password").read_text().strip()
        uploads.print_table(address, password, server.pid)
        print()

    best = measures["bare WSGI application"].rate
    print("| page | answers a second | of the bare application | median ms | kB |")
    print("| --- | ---: | ---: | ---: | ---: |")
    for name, found in measures.items():
        ratio, size = found.rate / best, found.size / 1000
        print(f"| {name} | {found.rate:.0f} | {ratio:.3f} | {found.middle:.1f} | {size:.1f} |")
    print(flush=True)
    # In processes of their own: their settings are those of another data directory.
    for name in ("benchmarks.search", "benchmarks.scoreboard"):
        subprocess.run([sys.executable, "-m", name], check=True)
        print()
    lists.print_table()


if __name__ == "__main__":
    main()
