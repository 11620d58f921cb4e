"""The portal as `make run` serves it, and a real browser in front of it."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from typing import NamedTuple

import pytest
from django.conf import settings
from playwright.sync_api import sync_playwright

from portal import embedded
from tests.chromium import find

START_SECONDS = 120  # a first start makes a database and compresses the static files


class Portal(NamedTuple):
    url: str
    password: str
    log: str  # what the operator was told
    database: str  # address of the embedded server


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


@pytest.fixture(scope="session")
def portal(tmp_path_factory):
    """A portal with the demonstration content, served by Granian with its worker."""
    data, port = tmp_path_factory.mktemp("portal"), free_port()
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
        )
    finally:
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=60) == 0, (data / "log").read_text()
        assert not (data / "postgres" / "postmaster.pid").exists()


@pytest.fixture(scope="session")
def browser():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=find(),
            args=[
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
            ],
        )
        yield browser
        browser.close()


@pytest.fixture
def open_page(browser, portal):
    """
    Return a function that opens an address in a fresh browser, like a new visitor's.

    The page must not raise an error, write one to the console or ask another host.
    """
    contexts, faults = [], []

    def open_page(path="/", width=1280, expect_errors=False, **options):
        context = browser.new_context(
            viewport={"width": width, "height": 900}, locale="vi-VN", base_url=portal.url, **options
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
