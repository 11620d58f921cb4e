"""Every theme's colours can be told apart (WCAG 2.2, 1.4.3 and 1.4.11)."""

import re

import pytest
from django.conf import settings
from PIL import ImageColor

from tests.portal.contrast import THEMES, contrast

TEXTS = """
    ink/paper ink/paper-soft ink/accent-soft ink/good-soft ink/bad-soft ink/mark
    ink-soft/paper ink-soft/paper-soft ink-soft/accent-soft ink-soft/mark
    accent/paper accent/paper-soft accent/accent-soft accent/mark accent-strong/paper
    on-accent/accent on-accent/accent-strong on-band/band on-band-soft/band
    good/paper good/good-soft good/mark bad/paper bad/bad-soft bad/mark
""".split()
PARTS = """
    line-strong/paper line-strong/paper-soft chart-result/paper chart-target/paper
    chart-result/paper-soft chart-target/paper-soft
""".split()


def too_close(theme: str, pairs: list[str], least: float) -> list[str]:
    colours = THEMES[theme]
    measured = {pair: contrast(*(colours[name] for name in pair.split("/"))) for pair in pairs}
    return [f"{pair} {ratio:.2f}" for pair, ratio in measured.items() if ratio < least]


# A number of colour, a function that mixes one, or (by the set of names) a word such as «black».
_WRITTEN = re.compile(r"#[0-9a-f]{3,8}\b|\b(?:rgb|hsl|hwb|lab|lch|oklab|oklch|color|color-mix)a?\(")
_WORD = re.compile(r"(?<![\w-])[a-z]+(?![\w-])")


def colours_in(css: str) -> list[str]:
    """Return the colours written out in the declarations of a style sheet."""
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL).lower()
    values = " ".join(re.findall(r":([^;{}]+)[;}]", css))
    names = [word for word in _WORD.findall(values) if word in ImageColor.colormap]
    return _WRITTEN.findall(values) + names


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
    # Rules of their own: the admin's tokens, and paper is always black on white.
    own = {"tokens.css", "admin.css", "print.css", "editor-content.css"}
    style_sheets = [
        s for s in (settings.BASE_DIR / "static/css").glob("*.css") if s.name not in own
    ]
    assert {s.name: colours_in(s.read_text()) for s in style_sheets} == {
        s.name: [] for s in style_sheets
    }


@pytest.mark.parametrize(
    "value", ["#fff", "#ffffff40", "rgb(0 0 0 / 0.25)", "hsl(0 0% 0%)", "1px solid Black"]
)
def test_a_colour_is_found_however_it_is_written(value):
    assert colours_in(f"a:hover {{ border: {value}; }}")
