"""The portal as `make run` serves it, and a real browser in front of it."""

import contextlib
import re

import pytest
from django.conf import settings
from playwright.sync_api import Page, expect, sync_playwright

from tests.chromium import FLAGS, find
from tests.portals import Portal, running_copy

EXPECT_MILLISECONDS = 30_000  # as long as Playwright waits elsewhere: machines may be busy

expect.set_options(timeout=EXPECT_MILLISECONDS)


def open_lead_story(page: Page) -> None:
    page.locator(".lead-story__title a").click()


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
def running_browser():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find(), args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def portal(finished):
    with running_copy(finished) as portal:
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
