"""Reading, searching, listening, writing, voting and downloading by keyboard alone."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.test_journeys import type_code

MOST_STOPS = 120


@pytest.fixture(params=[True, False], ids=["with JavaScript", "without JavaScript"])
def open_by_keyboard(request, open_page):
    """Return a function that opens a page whose mouse nobody touches."""

    def open_by_keyboard(path="/"):
        return open_page(path, java_script_enabled=request.param, expect_errors=not request.param)

    open_by_keyboard.scripting = request.param
    return open_by_keyboard


def tab_to(page, target):
    for _ in range(MOST_STOPS):
        if target.evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press("Tab")
    pytest.fail(f"{target} is not reached by the Tab key")


def follow(page, target):
    tab_to(page, target)
    page.keyboard.press("Enter")


def write(page, label, text):
    tab_to(page, page.get_by_label(label, exact=True).last)
    page.keyboard.type(text)


def heading(page, text):
    return page.get_by_role("heading", level=1, name=text)


def test_reading(open_by_keyboard):
    page = open_by_keyboard()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")  # past the menus
    story = page.locator(".lead-story__title a")
    title = story.inner_text()
    follow(page, story)
    expect(heading(page, title)).to_be_visible()
    contents = page.locator(".contents__list a").last
    follow(page, contents)
    expect(page).to_have_url(re.compile(r"#muc-\d+$"))


def test_searching(open_by_keyboard):
    page = open_by_keyboard()
    tab_to(page, page.locator("header [name=q]"))
    page.keyboard.type("dien gio")
    page.keyboard.press("Enter")
    first = page.locator(".result__title a").first
    title = first.inner_text()
    follow(page, first)
    expect(heading(page, title)).to_be_visible()


def test_listening(open_by_keyboard):
    page = open_by_keyboard()
    follow(page, page.locator(".lead-story__title a"))
    # The player's button, or the browser's own player where scripts do not run.
    tab_to(page, page.locator("[data-play]:visible, audio[controls]").first)
    page.keyboard.press("Space")
    page.wait_for_timeout(1_000)
    is_heard = "sound => !sound.paused && sound.currentTime > 0"
    assert page.locator("audio").evaluate(is_heard)


def test_writing_feedback(open_by_keyboard):
    page = open_by_keyboard("/gop-y/")
    write(page, "Họ tên", "Phạm Thị Lan")
    write(page, "Tiêu đề", "Xin hỏi về giờ tiếp dân")
    write(page, "Nội dung", "Sở tiếp công dân vào ngày nào trong tháng?")
    tab_to(page, page.get_by_label("Tôi đồng ý"))
    page.keyboard.press("Space")
    page.wait_for_timeout(3_100)  # faster than this is taken for a machine
    tab_to(page, page.get_by_label("Mã kiểm tra"))
    type_code(page)
    page.keyboard.press("Enter")
    expect(page.locator(".tracking-code")).to_be_visible()


def test_voting(open_by_keyboard):
    page = open_by_keyboard()
    option = page.get_by_label("Hài lòng", exact=True)
    tab_to(page, page.get_by_label("Rất hài lòng", exact=True))
    page.keyboard.press("ArrowDown")
    expect(option).to_be_checked()
    page.keyboard.press("Enter")
    if not open_by_keyboard.scripting:
        expect(option).to_be_checked()  # carried over to the page of the poll
        tab_to(page, option)
        page.keyboard.press("Enter")
    expect(page.get_by_text("Đã ghi nhận").first).to_be_visible()


def test_downloading(open_by_keyboard):
    page = open_by_keyboard("/chi-tieu/")
    tab_to(page, page.get_by_role("link", name="Tệp CSV", exact=True))
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    assert download.value.suggested_filename.endswith(".csv")


def test_changing_how_pages_are_shown(open_page):
    page = open_page("/so-do/", color_scheme="light")
    follow(page, page.locator("[data-display] summary"))
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_label("Tối")).to_be_checked()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(16, 23, 30)"
