"""How pages are shown is the reader's choice, kept in the browser without a cookie."""

import pytest
from playwright.sync_api import expect

WHITE, DARK, BLACK = "rgb(255, 255, 255)", "rgb(16, 23, 30)", "rgb(0, 0, 0)"


def choose(page, group, choice):
    if page.locator("[data-display]").get_attribute("open") is None:
        page.get_by_text("Hiển thị", exact=True).click()
    page.get_by_role("group", name=group).get_by_label(choice).check()


def ground(page):
    return page.evaluate("getComputedStyle(document.body).backgroundColor")


def ink(page):
    return page.evaluate("getComputedStyle(document.body).color")


def text_size(page):
    return float(page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)"))


def test_pages_follow_the_system_until_somebody_chooses(open_page):
    assert ground(open_page("/so-do/", color_scheme="light")) == WHITE
    assert ground(open_page("/so-do/", color_scheme="dark")) == DARK


def test_a_chosen_theme_holds_on_every_page_and_sets_no_cookie(open_page):
    page = open_page("/so-do/", color_scheme="light")
    choose(page, "Màu nền", "Tối")
    assert ground(page) == DARK
    page.goto("/tin-tuc/")
    assert ground(page) == DARK
    assert page.context.cookies() == []


def test_light_can_be_chosen_on_a_dark_system_and_given_back(open_page):
    page = open_page("/so-do/", color_scheme="dark")
    choose(page, "Màu nền", "Sáng")
    assert ground(page) == WHITE
    choose(page, "Màu nền", "Theo máy")
    assert ground(page) == DARK


def test_high_contrast_works_in_both_themes(open_page):
    page = open_page("/so-do/", color_scheme="light")
    choose(page, "Độ tương phản", "Cao")
    assert (ground(page), ink(page)) == (WHITE, BLACK)
    choose(page, "Màu nền", "Tối")
    assert (ground(page), ink(page)) == (BLACK, WHITE)


def test_text_can_be_made_larger(open_page):
    page = open_page("/so-do/")
    before = text_size(page)
    choose(page, "Cỡ chữ", "Rất lớn")
    assert text_size(page) == pytest.approx(before * 1.375)
    page.reload()
    assert text_size(page) == pytest.approx(before * 1.375)


def test_paper_stays_white_whatever_was_chosen(open_page):
    page = open_page("/so-do/")
    choose(page, "Màu nền", "Tối")
    page.emulate_media(media="print")
    assert ground(page) == WHITE


def test_the_panel_closes_with_escape_and_gives_the_focus_back(open_page):
    page = open_page("/so-do/", width=360)
    panel = page.locator("[data-display]")
    panel.locator("summary").focus()
    page.keyboard.press("Enter")
    expect(panel).to_have_attribute("open", "")
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    expect(panel).not_to_have_attribute("open", "")
    expect(panel.locator("summary")).to_be_focused()


def test_a_spoilt_choice_is_forgotten(open_page):
    page = open_page("/so-do/", color_scheme="light")
    page.evaluate("localStorage.setItem('hien-thi', 'không phải JSON')")
    page.reload()
    assert ground(page) == WHITE


def test_without_javascript_there_is_no_switch_that_does_nothing(open_page):
    page = open_page("/so-do/", java_script_enabled=False)
    expect(page.locator("[data-display]")).to_be_hidden()
