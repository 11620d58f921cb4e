"""
Five hundred clients who never finish: do others notice?

    python -m benchmarks.slow [--short]
"""

import contextlib
import socket
import sys
import threading
import time
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import urlsplit

from benchmarks.crowd import Crowd
from benchmarks.portals import portal
from benchmarks.tables import print_table

CLIENTS = 500
BETWEEN = 3.0  # seconds between two bytes of one client


class Slowness(NamedTuple):
    name: str
    asked: int
    failed: int
    p95: float  # milliseconds
    slowest: float


@contextlib.contextmanager
def slow_clients(address: str, count: int = CLIENTS) -> Iterator[list[socket.socket]]:
    """
    Hold connections open inside the block, a third each of three kinds.

    Some say nothing, some send their request byte by byte, some never read the answer.
    """
    where, done = urlsplit(address), threading.Event()
    clients = [socket.create_connection((where.hostname, where.port)) for _ in range(count)]
    slow, deaf = clients[1::3], clients[2::3]
    for client in deaf:
        client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        request = f"GET / HTTP/1.1\r\nHost: {where.netloc}\r\n\r\n".encode()
        client.sendall(request * 20)

    def drip():
        request = f"GET /tin-tuc/ HTTP/1.1\r\nHost: {where.netloc}\r\nX-A: ".encode()
        for place in range(10_000):
            for client in slow:
                with contextlib.suppress(OSError):  # it was closed on, as it should be
                    client.send(request[place : place + 1] or b"b")
            if done.wait(BETWEEN):
                return

    thread = threading.Thread(target=drip)
    thread.start()
    try:
        yield clients
    finally:
        done.set()
        thread.join()
        for client in clients:
            client.close()


def slowness(address: str, seconds: float, paths: list[str]) -> list[Slowness]:
    """Ask as others do, alone and beside slow clients."""
    found = []
    for name, beside in {
        "alone": contextlib.nullcontext(),
        f"beside {CLIENTS} slow clients": slow_clients(address),
    }.items():
        with beside:
            time.sleep(2)
            with Crowd(address, paths, rate=100) as crowd:
                time.sleep(seconds)
        found.append(Slowness(name, crowd.asked, crowd.failed, crowd.p95(), crowd.slowest()))
    return found


def main() -> None:
    with portal(200) as site:
        paths = [*site.articles(100), "/", "/tin-tuc/?bypass=1"]
        found = slowness(site.address, 10 if "--short" in sys.argv else 60, paths)
    print_table(["others", "asked", "failed", "p95 ms", "slowest ms"], found)


if __name__ == "__main__":
    main()
