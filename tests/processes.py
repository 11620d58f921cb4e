"""Processes that are stopped for a while, as by a machine in trouble."""

import contextlib
import os
import signal
from pathlib import Path


@contextlib.contextmanager
def stopped(data: Path):
    """Hang the embedded PostgreSQL of a data directory, every process of it."""
    server = int((data / "postgres" / "postmaster.pid").read_text().splitlines()[0])
    children = Path(f"/proc/{server}/task/{server}/children").read_text().split()
    processes = [server, *map(int, children)]
    _tell(processes, signal.SIGSTOP)
    try:
        yield
    finally:
        _tell(processes, signal.SIGCONT)


def _tell(processes: list[int], what: signal.Signals) -> None:
    for process in processes:
        with contextlib.suppress(ProcessLookupError):  # it had done what it was there for
            os.kill(process, what)
