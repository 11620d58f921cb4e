"""The portal as `make run` serves it, in data directories of the tests."""

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import psycopg
import pytest
from django.conf import settings

from portal import embedded

START_SECONDS = 120  # a first start makes a database and compresses the static files
WORK_SECONDS = 300  # of the worker, on the demonstration content
# Articles of the demonstration content.
LEAD_STORY = (
    "so-cong-thuong-tra-vinh-dat-muc-tieu-gia-tri-san-xuat-cong-nghiep-tren-40000-ty-dong"
    "-trong-nam-2024"
)
WITHOUT_PICTURE = "lay-y-kien-gop-y-du-thao-ke-hoach-khuyen-cong-dia-phuong-nam-2027"
LEFT_SILENT = """
DELETE FROM django_tasks_database_dbtaskresult
WHERE status = 'READY' AND task_path = 'news.tasks.narrate'
    AND (args_kwargs #>> '{args,0}')::bigint
        NOT IN (SELECT id FROM news_article WHERE slug = ANY(%s))
"""
WAITING = """
SELECT count(*) FROM django_tasks_database_dbtaskresult
WHERE status = 'RUNNING'
    -- Not what comes back by itself at a later moment; what has none counts as of the year 9999.
    OR (status = 'READY' AND NOT run_after BETWEEN now() AND now() + interval '1 year')
"""


class Portal(NamedTuple):
    url: str
    password: str
    log: str  # what the operator was told
    database: str  # address of the embedded server
    data: Path
    pid: int  # of the serving process


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(address: str, process: subprocess.Popen) -> None:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until and process.poll() is None:
        try:
            urllib.request.urlopen(address, timeout=5).close()
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.1)
        else:
            return
    pytest.fail(f"{address} did not answer; exit status {process.poll()}")


def wait_for_worker(portal: Portal) -> None:
    """Wait until the worker has done what there was to do: photos' sizes, articles read aloud."""
    with psycopg.connect(portal.database, autocommit=True) as connection:
        until = time.monotonic() + WORK_SECONDS
        while time.monotonic() < until:
            (waiting,) = connection.execute(WAITING).fetchone()
            if not waiting:
                return
            time.sleep(0.2)
    pytest.fail(f"{waiting} tasks were not done")


def leave_silent(database: str, *, except_for: tuple[str, ...] = ()) -> None:
    """
    Have the worker read no more articles aloud than those with these slugs.

    All of the demonstration content take it a minute, in which others wait for the processor.
    """
    with psycopg.connect(database) as connection:
        connection.execute(LEFT_SILENT, [list(except_for)])


@contextlib.contextmanager
def running_portal(data: Path) -> Iterator[Portal]:
    """Serve a portal with the demonstration content, by Granian with its worker."""
    port = free_port()
    environment = os.environ | {
        "PORTAL_DATA": str(data),
        "PORT": str(port),
        # The tests read the confirmation code as the server computes it.
        "PORTAL_SECRET_KEY": settings.SECRET_KEY,
    }
    environment.pop("DATABASE_URL", None)
    with (data / "log").open("w") as log:
        process = subprocess.Popen(
            [sys.executable, "manage.py", "serve"],
            cwd=settings.BASE_DIR,
            env=environment,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
    address = f"http://127.0.0.1:{port}"
    try:
        wait_for(f"{address}/healthz", process)
        yield Portal(
            address,
            (data / "admin_password").read_text().strip(),
            (data / "log").read_text(),
            embedded.database_url(data),
            data,
            process.pid,
        )
    finally:
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=60) == 0, (data / "log").read_text()
        assert not (data / "postgres" / "postmaster.pid").exists(), (data / "log").read_text()


def finish(data: Path) -> None:
    """Make the data of a stopped portal whose worker is done, in a folder that is not there yet."""
    data.mkdir()
    # Collected and compressed already; test_serve.py begins with nothing.
    static = settings.STATIC_ROOT
    shutil.copytree(static, data / static.name)
    shutil.copy2(static.with_name(f"{static.name}.sources"), data)
    with running_portal(data) as portal:
        leave_silent(portal.database, except_for=(LEAD_STORY, WITHOUT_PICTURE))
        wait_for_worker(portal)
    shutil.rmtree(data / settings.SNAPSHOTS.name)  # a copy keeps pages of its own


@contextlib.contextmanager
def running_copy(finished: Path) -> Iterator[Portal]:
    """Serve a copy of the data of a stopped portal, which tests may spoil."""
    # Not in pytest's folder: another session's start closes that one to PostgreSQL's user.
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "data"
        subprocess.run(["cp", "--archive", finished, data], check=True)  # also whose files they are
        with running_portal(data) as portal:
            yield portal
