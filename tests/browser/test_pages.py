"""
Every type of page, looked at by the browser itself and by axe.

Each page is opened once and shown at several widths in both themes; `pytest --pictures` keeps
pictures of it in test-artefacts/ for the eye.
"""

import contextlib
import re
from typing import NamedTuple

import pytest
from django.conf import settings
from playwright.sync_api import JSHandle, Page

from tests.browser.page_types import PUBLIC, PageType
from tests.tools import axe

NARROWEST = 320  # CSS px: also 1280 at a zoom of 400 %
WIDTHS = (360, 768, 1280)
THEMES = {"light": axe.ALL, "dark": axe.COLOURS}  # theme -> rules to ask in it
HEIGHT = 900
MEASURES = (settings.BASE_DIR / "tests/browser/measures.js").read_text()

# What WCAG 1.4.12 lets a reader set.
TEXT_SPACING = """
* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }
p { margin-block-end: 2em !important }
"""
DOUBLE_TEXT = "html { font-size: 200% !important }"
SCROLL_THROUGH = """
async () => {
  for (let y = 0; y < document.documentElement.scrollHeight; y += innerHeight / 2) {
    scrollTo(0, y);
    await new Promise(requestAnimationFrame);
  }
  const pictures = [...document.images].filter((each) => each.checkVisibility());
  await Promise.all(pictures.map((each) => each.decode().catch(() => {})));
  scrollTo(0, 0);
}
"""
ADD_SHEET = """
css => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  document.adoptedStyleSheets.push(sheet);
  return sheet;
}
"""
REMOVE_SHEET = """
sheet => {
  document.adoptedStyleSheets = [...document.adoptedStyleSheets].filter(each => each !== sheet);
}
"""


class Shown(NamedTuple):
    type: PageType
    page: Page
    measures: JSHandle
    asked: list[str]  # every address the browser asked for
    errors: list[str]  # raised by the page's own scripts

    def measure(self, name: str) -> list[str]:
        return self.measures.evaluate(f"measures => measures.{name}()")

    def at_widths(self, widths, *names: str) -> list[str]:
        """Return the faults of the named measures, each with the width it was found at."""
        faults = []
        for width in widths:
            self.resize(width)
            faults += [f"{width} px: {fault}" for name in names for fault in self.measure(name)]
        return faults

    def resize(self, width: int) -> None:
        self.page.set_viewport_size({"width": width, "height": HEIGHT})

    @contextlib.contextmanager
    def opened(self):
        """Open everything that unfolds."""
        closed = self.page.evaluate_handle("[...document.querySelectorAll('details:not([open])')]")
        closed.evaluate("closed => closed.forEach(each => { each.open = true })")
        yield
        closed.evaluate("closed => closed.forEach(each => { each.open = false })")

    def scroll_through(self) -> None:
        """Scroll to the end and wait for what is loaded on the way."""
        self.page.evaluate(SCROLL_THROUGH)

    @contextlib.contextmanager
    def styled(self, css: str):
        """Add a style sheet as a browser's extension does, whatever the page's policy."""
        sheet = self.page.evaluate_handle(ADD_SHEET, css)
        yield
        sheet.evaluate(REMOVE_SHEET)


@pytest.fixture(scope="module", params=PUBLIC, ids=lambda page_type: page_type.name)
def shown(request, browser, portal):
    page_type, asked, errors = request.param, [], []
    context = browser.new_context(
        viewport={"width": WIDTHS[0], "height": HEIGHT}, locale="vi-VN", base_url=portal.url
    )
    page = context.new_page()
    page.on("request", lambda request: asked.append(request.url))
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(page_type.path)
    page_type.act(page)
    yield Shown(page_type, page, page.evaluate_handle(MEASURES), asked, errors)
    context.close()


def test_the_page_passes_axe(shown, take_picture):
    faults = []
    for width in WIDTHS:
        shown.resize(width)
        shown.scroll_through()
        for theme, rules in THEMES.items():
            shown.page.emulate_media(color_scheme=theme)
            take_picture(shown.page, f"{shown.type.name}-{width}-{theme}")
            # What unfolds may cover other parts, which are seen at the other widths.
            with shown.opened() if width == WIDTHS[0] else contextlib.nullcontext():
                faults += [(width, theme, fault) for fault in axe.violations(shown.page, rules)]
    assert not faults, "\n".join(map(str, faults))


def test_the_page_asks_no_other_host(shown, portal):
    shown.resize(1280)
    with shown.opened():
        shown.scroll_through()
    assert shown.asked
    assert [url for url in shown.asked if not re.match(rf"{portal.url}/|data:|blob:", url)] == []
    assert shown.errors == []


def test_the_page_is_outlined_by_headings_and_landmarks(shown):
    assert shown.measure("outline") == []
    assert shown.page.locator("html").get_attribute("lang") == "vi"
    assert shown.page.locator("body > main").count() == 1
    if shown.type.is_whole:
        for landmark in ("body > header", "body > header nav", "body > footer"):
            assert shown.page.locator(landmark).count() == 1, landmark
        first = shown.page.locator("body").locator("a, button, input, summary").first
        assert first.get_attribute("href") == "#" + shown.page.locator("main").get_attribute("id")


def test_the_page_fits_every_width(shown):
    widths = (NARROWEST, *WIDTHS)
    faults = shown.at_widths(widths, "sidewaysScroll", "clippedText", "overlaps")
    with shown.opened():
        faults += shown.at_widths([NARROWEST], "sidewaysScroll", "clippedText")
    assert not faults, "\n".join(faults)


def test_the_page_bears_wider_spaced_text(shown):
    with shown.styled(TEXT_SPACING):
        faults = shown.at_widths((NARROWEST, 1280), "sidewaysScroll", "clippedText", "overlaps")
    assert not faults, "\n".join(faults)


def test_the_page_bears_text_of_double_size(shown):
    with shown.styled(DOUBLE_TEXT):
        faults = shown.at_widths((360, 1280), "sidewaysScroll", "clippedText", "overlaps")
    assert not faults, "\n".join(faults)


def test_lines_leave_room_for_stacked_marks(shown):
    with shown.opened():
        faults = shown.at_widths((360, 1280), "tightLines")
    assert not faults, "\n".join(faults)


def test_a_finger_finds_every_target(shown):
    with shown.opened():
        faults = shown.at_widths((NARROWEST, 1280), "smallTargets")
    assert not faults, "\n".join(faults)
