"""Votes at the same time on the real server, and the question under an article."""

from urllib.parse import urlsplit

import psycopg
import pytest
from playwright.sync_api import expect

from benchmarks import votes
from tests.browser.conftest import open_lead_story

VOTERS = 60


@pytest.fixture
def swept(portal):
    """
    Begin and end without votes.

    The tests before this one voted too, and this one too often for those after it.
    """
    sweep(portal)
    yield portal
    sweep(portal)


def sweep(portal):
    with psycopg.connect(portal.database, autocommit=True) as connection:
        connection.execute("DELETE FROM feedback_vote")
        connection.execute("DELETE FROM feedback_networkuse")


def test_votes_at_the_same_time_are_all_there_and_hold_up_no_reader(swept):
    outcome = votes.run(VOTERS, urlsplit(swept.url).port, swept.database)
    assert outcome.statuses == {200: VOTERS}
    assert outcome.found == outcome.sent
    assert outcome.among_voters.locked == 0
    assert outcome.among_voters.seconds


@pytest.mark.parametrize("scripting", [True, False])
def test_a_reader_says_whether_an_article_helped_and_adds_a_word(open_page, scripting):
    page = open_page("/", width=360, java_script_enabled=scripting)
    open_lead_story(page)
    box = page.get_by_role("region", name="Thông tin này có hữu ích không?")
    box.get_by_role("button", name="Không", exact=True).press("Enter")
    if scripting:
        expect(box.get_by_role("button", name="Không")).to_have_attribute("aria-pressed", "true")
    page.get_by_label("Ý kiến thêm").fill("Chưa nêu thời hạn.")
    page.get_by_role("button", name="Gửi ý kiến").click()
    said = page.get_by_text("Đã ghi nhận: thông tin chưa hữu ích, kèm ý kiến của ông/bà")
    expect(said).to_be_visible()
    if scripting:
        expect(page.locator("[data-opinion-result]")).to_be_focused()
        box.get_by_role("button", name="Có", exact=True).click()
        expect(page.get_by_text("Đã ghi nhận: thông tin hữu ích")).to_be_visible()
        expect(page.get_by_label("Ý kiến thêm")).to_have_value("Chưa nêu thời hạn.")
