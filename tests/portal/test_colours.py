"""Every theme's colours can be told apart (WCAG 2.2, 1.4.3 and 1.4.11)."""

import re

import pytest
from django.conf import settings

TOKENS = (settings.BASE_DIR / "static/css/tokens.css").read_text()

TEXTS = """
    ink/paper ink/paper-soft ink/accent-soft ink/good-soft ink/bad-soft ink/mark
    ink-soft/paper ink-soft/paper-soft ink-soft/accent-soft
    accent/paper accent/paper-soft accent/accent-soft accent-strong/paper
    on-accent/accent on-accent/accent-strong on-band/band on-band-soft/band
    good/paper good/good-soft bad/paper bad/bad-soft
""".split()
PARTS = """
    line-strong/paper line-strong/paper-soft chart-result/paper chart-target/paper
    chart-result/paper-soft chart-target/paper-soft
""".split()


def block(start: str) -> dict[str, str]:
    """Return the colours of the first :root block after ``start``."""
    rules = TOKENS[TOKENS.index(start) :]
    return dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", rules[: rules.index("}")]))


LIGHT = block(":root {")
DARK = LIGHT | block("@media (prefers-color-scheme: dark) {\n  :root {")
CONTRAST = block("@media (prefers-contrast: more)")
DARK_CONTRAST = block("  @media (prefers-color-scheme: dark) {\n    :root {")
THEMES = {
    "light": LIGHT,
    "dark": DARK,
    "light, high contrast": LIGHT | CONTRAST,
    "dark, high contrast": DARK | CONTRAST | DARK_CONTRAST,
}


def luminance(colour: str) -> float:
    channels = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    red, green, blue = (
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def too_close(theme: str, pairs: list[str], least: float) -> list[str]:
    colours = THEMES[theme]
    measured = {pair: contrast(*(colours[name] for name in pair.split("/"))) for pair in pairs}
    return [f"{pair} {ratio:.2f}" for pair, ratio in measured.items() if ratio < least]


def test_contrast_is_measured_as_the_guidelines_do():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("theme", THEMES)
def test_text_stands_out_from_its_ground(theme):
    assert too_close(theme, TEXTS, 7 if "high" in theme else 4.5) == []


@pytest.mark.parametrize("theme", THEMES)
def test_parts_stand_out_from_their_ground(theme):
    assert too_close(theme, PARTS, 3) == []


def test_colours_are_named_in_tokens_alone():
    style_sheets = (settings.BASE_DIR / "static/css").glob("*.css")
    # Rules of their own: the admin's tokens, and paper is always black on white.
    others = {
        s.name: s.read_text()
        for s in style_sheets
        if s.name not in {"tokens.css", "admin.css", "print.css", "editor-content.css"}
    }
    assert {name: re.findall(r"#[0-9a-fA-F]{3,6}\b", css) for name, css in others.items()} == {
        name: [] for name in others
    }
