"""The portal as `make run` serves it, and a real browser in front of it."""

import contextlib
import fcntl
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import NamedTuple

import psycopg
import pytest
from django.conf import settings
from playwright.sync_api import Page, expect, sync_playwright

from portal import embedded
from tests.browser.page_types import LEAD_STORY, WITHOUT_PICTURE
from tests.chromium import FLAGS, find

START_SECONDS = 120  # a first start makes a database and compresses the static files
WORK_SECONDS = 300  # of the worker, on the demonstration content
EXPECT_MILLISECONDS = 30_000  # as long as Playwright waits elsewhere: machines may be busy
# To read all the others aloud takes the worker as long as all the rest; no test listens to them.
LEFT_SILENT = """
DELETE FROM django_tasks_database_dbtaskresult
WHERE status = 'READY' AND task_path = 'news.tasks.narrate'
    AND (args_kwargs #>> '{args,0}')::bigint
        NOT IN (SELECT id FROM news_article WHERE slug = ANY(%s))
"""
LISTENED_TO = [LEAD_STORY, WITHOUT_PICTURE]
WAITING = """
SELECT count(*) FROM django_tasks_database_dbtaskresult
WHERE status = 'RUNNING'
    -- Not what comes back by itself at a later moment; what has none counts as of the year 9999.
    OR (status = 'READY' AND NOT run_after BETWEEN now() AND now() + interval '1 year')
"""


expect.set_options(timeout=EXPECT_MILLISECONDS)


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


def open_lead_story(page: Page) -> None:
    page.locator(".lead-story__title a").click()


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


def wait_until(page: Page, expression: str) -> None:
    """Wait until a page says so; Playwright's own way needs `eval`, which our pages forbid."""
    for _ in range(100):
        if page.evaluate(expression):
            return
        page.wait_for_timeout(100)
    pytest.fail(f"never true: {expression}")


def sign_in(page: Page, portal: Portal) -> None:
    page.goto("/quan-tri/")
    page.get_by_label("Tên đăng nhập").fill("quantri")
    page.get_by_label("Mật khẩu").fill(portal.password)
    page.get_by_role("button", name="Đăng nhập").click()


@contextlib.contextmanager
def running_portal(data: Path):
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


@contextlib.contextmanager
def running_browser():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find(), args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def finished(testrun_uid):
    """The data of a stopped portal whose worker is done, made once for all test processes."""
    data = settings.DATA / "finished"
    made = data / testrun_uid
    with (settings.DATA / "finished.lock").open("w") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        if not made.exists():
            shutil.rmtree(data, ignore_errors=True)
            data.mkdir()
            # Collected and compressed already; test_serve.py begins with nothing.
            shutil.copytree(settings.STATIC_ROOT, data / "static")
            with running_portal(data) as portal:
                with psycopg.connect(portal.database) as connection:
                    connection.execute(LEFT_SILENT, [LISTENED_TO])
                wait_for_worker(portal)
            made.touch()
    return data


@pytest.fixture(scope="session")
def portal(finished):
    # Not in pytest's folder: another session's start closes that one to PostgreSQL's user.
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "data"
        subprocess.run(["cp", "--archive", finished, data], check=True)  # also whose files they are
        with running_portal(data) as portal:
            yield portal


@pytest.fixture(scope="package")
def browser():
    """
    Chromium, ended with the tests of this folder.

    Playwright runs a loop in the thread of the tests meanwhile, under which Django neither
    asks the database nor closes its connections.
    """
    with running_browser() as browser:
        yield browser


@pytest.fixture
def open_page(browser, portal):
    """
    Return a function that opens an address in a fresh browser, like a new visitor's.

    The page must not raise an error, write one to the console or ask another host.
    """
    contexts, faults = [], []

    def open_page(path="/", width=1280, expect_errors=False, **options):
        context = browser.new_context(
            viewport={"width": width, "height": 900},
            locale="vi-VN",
            base_url=portal.url,
            reduced_motion="reduce",  # a press of a key has scrolled when it returns
            **options,
        )
        contexts.append(context)
        page = context.new_page()
        page.on(
            "request",
            lambda request: (
                re.match(rf"{portal.url}/|data:|blob:", request.url) or faults.append(request.url)
            ),
        )
        if not expect_errors:
            page.on("pageerror", lambda error: faults.append(str(error)))
            page.on(
                "console", lambda message: message.type == "error" and faults.append(message.text)
            )
        page.goto(path)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert not faults


@pytest.fixture
def take_picture(request):
    """Return a function that keeps a picture of a page for the eye, if pictures are asked for."""

    def take_picture(page: Page, name: str) -> None:
        if request.config.getoption("--pictures"):
            path = settings.BASE_DIR / "test-artefacts" / "pages" / f"{name}.jpg"
            page.screenshot(path=path, type="jpeg", quality=80, full_page=True)

    return take_picture


@pytest.fixture(scope="package")
def signed_in(browser, portal):
    """The cookies of somebody who signed in."""
    context = browser.new_context(base_url=portal.url)
    sign_in(context.new_page(), portal)
    yield context.storage_state()
    context.close()
