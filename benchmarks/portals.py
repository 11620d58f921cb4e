"""Portals to measure: started as `make run` starts them, with a database of their own."""

import contextlib
import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import psycopg

from benchmarks.load import get
from portal import embedded
from tests.portals import WAITING, free_port, wait_for

ROOT = Path(__file__).resolve().parent.parent
ARTICLES = 2_000
PATIENCE = 900  # seconds until the worker has done what waits after a first start
NEWEST = """
SELECT '/tin-tuc/' || slug || '/' FROM news_article
WHERE state = 'approved' AND published_at <= now() AND coalesce(expires_at > now(), true)
ORDER BY published_at DESC LIMIT %s
"""
# In one process, because each starts Django and the database. Reading the demonstration aloud takes
# a minute of the worker, and nothing here listens.
PREPARE = """
from django.core.management import call_command
from django_tasks_db.models import DBTaskResult
call_command("migrate", verbosity=0)
call_command("load_demo", verbosity=0)
if {articles}:
    call_command("generate_articles", {articles}, add=True, verbosity=0)
DBTaskResult.objects.filter(task_path="news.tasks.narrate").delete()
"""


@contextlib.contextmanager
def served(
    command: list[str], port: int, path: str, **environment: str
) -> Iterator[subprocess.Popen]:
    """Run a server inside the block, from the moment it answers at a path."""
    process = subprocess.Popen(
        command, cwd=ROOT, env=os.environ | environment, stdout=subprocess.DEVNULL
    )
    try:
        wait_for(f"http://127.0.0.1:{port}{path}", process)
        yield process
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=60)


class Portal(NamedTuple):
    port: int
    data: Path
    cluster: Path  # the data directory of its PostgreSQL
    process: int  # that of `manage.py serve`

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def database(self) -> str:
        return embedded.database_url(self.cluster)

    def articles(self, count: int = ARTICLES) -> list[str]:
        """Return the addresses of the newest articles, newest first."""
        with psycopg.connect(self.database) as connection:
            return [path for (path,) in connection.execute(NEWEST, [count])]

    def wait_for_worker(self) -> None:
        """Return when the worker has nothing to do that is due."""
        until = time.monotonic() + PATIENCE
        with psycopg.connect(self.database, autocommit=True) as connection:
            while connection.execute(WAITING).fetchone()[0]:
                if time.monotonic() > until:
                    raise RuntimeError("the worker did not come to an end")
                time.sleep(0.5)

    def wait_for_snapshots(self, paths: list[str]) -> None:
        """Return when the worker has written every page down."""
        until = time.monotonic() + PATIENCE
        places = [self.data / "pages" / path.strip("/") for path in paths if "?" not in path]
        while missing := [one for one in places if not any(one.glob("index*.gz"))]:
            if time.monotonic() > until:
                raise RuntimeError(f"{len(missing)} pages were not written, {missing[0]} first")
            time.sleep(1)

    def processes(self) -> dict[int, str]:
        """Return what runs of the portal, without PostgreSQL: command lines by number."""
        found, waiting = {}, [self.process]
        while waiting:
            pid = waiting.pop()
            with contextlib.suppress(OSError):
                command = Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode()
                if "postgres" not in command.partition(" ")[0]:
                    found[pid] = command.strip()
                    children = Path(f"/proc/{pid}/task/{pid}/children").read_text()
                    waiting += map(int, children.split())
        return found

    def memory(self) -> float:
        """Return what they hold together in MB: shared pages counted once (PSS)."""
        total = 0.0
        for pid in self.processes():
            with contextlib.suppress(OSError):
                total += pss(pid)
        return total


def pss(pid: int) -> float:
    """Return what a process holds in MB: of shared pages its share."""
    rollup = Path(f"/proc/{pid}/smaps_rollup").read_text()
    return int(re.search(r"^Pss:\s+(\d+) kB", rollup, re.M)[1]) / 1000


@contextlib.contextmanager
def portal(articles: int = ARTICLES, *, own_server: bool = False, **settings: str):
    """
    Serve the demonstration, silent, with so many invented articles; the worker is at rest.

    Whoever ends the benchmark (SIGTERM) ends the portal as well.

    ``own_server``: PostgreSQL runs apart, as on a server's own, so that nobody but the one who
    measures stops and starts it.
    """
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    with tempfile.TemporaryDirectory() as data, contextlib.ExitStack() as stack:
        environment = {"PORTAL_DATA": data, **settings}
        cluster = Path(data)
        if own_server:
            cluster = Path(stack.enter_context(tempfile.TemporaryDirectory()))
            stack.enter_context(embedded.running(cluster))
            environment["DATABASE_URL"] = embedded.database_url(cluster)
        else:
            os.environ.pop("DATABASE_URL", None)
        subprocess.run(
            [
                *(sys.executable, "manage.py", "shell", "--no-imports", "--verbosity=0"),
                *("--command", PREPARE.format(articles=articles)),
            ],
            cwd=ROOT,
            env=os.environ | environment,
            stdout=subprocess.DEVNULL,
            check=True,
        )
        port = free_port()
        serve = [sys.executable, "manage.py", "serve"]
        process = stack.enter_context(
            served(serve, port, "/healthz", PORT=str(port), **environment)
        )
        found = Portal(port, Path(data), cluster, process.pid)
        found.wait_for_worker()
        found.wait_for_snapshots(found.articles())
        yield found


def article_path(port: int) -> str:
    """Return the address of the lead story."""
    _, _, page = get(f"http://127.0.0.1:{port}", "/")
    return page.decode().partition('lead-story__title"><a href="')[2].partition('"')[0]
