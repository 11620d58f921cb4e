"""What somebody who uses the keyboard alone meets on the way through a page."""

import pytest

from tests.browser.page_types import FIRST_SEEN
from tests.browser.test_pages import MEASURES

MOST_STOPS = 200


@pytest.mark.parametrize("name", ["home", "article"])
@pytest.mark.parametrize("width", [360, 1280])
def test_the_focus_is_seen_at_every_stop(open_page, name, width):
    page = open_page(FIRST_SEEN[name], width=width)
    measures = page.evaluate_handle(MEASURES)
    stops, faults = [], []
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        stop = measures.evaluate("measures => measures.focus()")
        if stop is None or stop["path"] == next(iter(stops), None):
            break
        # Inside a player the browser has stops of its own, and draws their focus.
        if stop["path"] not in stops:
            faults += stop["faults"]
        stops.append(stop["path"])
    assert 20 < len(stops) < MOST_STOPS
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("name", FIRST_SEEN)
def test_the_first_stop_leads_past_the_menus(open_page, name):
    page = open_page(FIRST_SEEN[name])
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.localName") == "main"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")
