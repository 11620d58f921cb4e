"""axe-core: the rules of access that a program can decide, asked inside a page."""

from functools import cache
from typing import NamedTuple

from playwright.sync_api import Page

from tests.tools import AXE

ALL = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
COLOURS = ("color-contrast", "link-in-text-block")  # all that another theme can break
OPTIONS = {
    "resultTypes": ["violations"],
    "preload": False,  # it would fetch the style sheets again
}

# A colour on its way from one theme to the other is nobody's choice.
RUN = """
options => {
  const moving = document.getAnimations().filter((each) => each instanceof CSSTransition);
  moving.forEach((each) => each.finish());
  return axe.run(document, options).then((found) => found.violations);
}
"""


class Violation(NamedTuple):
    rule: str
    target: str  # a CSS selector
    help: str
    markup: str


@cache
def _source() -> str:
    return AXE.read_text()


def violations(page: Page, rules: tuple[str, ...] = ALL) -> list[Violation]:
    """
    Return one entry for each element that breaks a rule.

    Rules are named one by one or by their tags; unless told, all of WCAG A, AA and best practice.
    """
    # Evaluated over the debugging protocol: the page's own policy lets no script in.
    if not page.evaluate("'axe' in window"):
        page.evaluate(_source())
    found = page.evaluate(RUN, OPTIONS | {"runOnly": rules})
    return [
        Violation(rule["id"], str(node["target"]), rule["help"], node["html"][:200])
        for rule in found
        for node in rule["nodes"]
    ]
