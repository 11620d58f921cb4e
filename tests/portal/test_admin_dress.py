"""The admin's colours can be read in both themes, and the editor shows readers' own style."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse

from tests.builders import make_article
from tests.portal import contrast as tokens
from tests.portal.contrast import colours, contrast

SHEET = (settings.BASE_DIR / "static/css/admin.css").read_text()
LETTERS = [
    ("body-fg", "body-bg"),
    ("body-quiet-color", "body-bg"),
    ("body-quiet-color", "darkened-bg"),
    ("body-quiet-color", "selected-bg"),
    ("link-fg", "body-bg"),
    ("link-fg", "darkened-bg"),
    ("link-fg", "selected-bg"),
    ("link-fg", "selected-row"),
    ("link-hover-color", "body-bg"),
    ("header-color", "header-bg"),
    ("header-link-color", "header-bg"),
    ("breadcrumbs-fg", "breadcrumbs-bg"),
    ("breadcrumbs-link-fg", "breadcrumbs-bg"),
    ("button-fg", "button-bg"),
    ("button-fg", "button-hover-bg"),
    ("button-fg", "default-button-bg"),
    ("button-fg", "delete-button-bg"),
    ("button-fg", "close-button-bg"),
    ("error-fg", "body-bg"),
    ("body-fg", "message-success-bg"),
    ("body-fg", "message-warning-bg"),
    ("body-fg", "message-error-bg"),
    ("body-fg", "selected-row"),
]
PARTS = [("border-color", "body-bg"), ("chart", "body-bg")]
FOCUS = "#ffb400"
# Which colour of tokens.css each of the admin's is, in both themes.
OF_TOKENS = {
    "secondary": "band",
    "primary-fg": "on-band",
    "body-fg": "ink",
    "body-bg": "paper",
    "body-quiet-color": "ink-soft",
    "header-color": "on-band-soft",
    "header-branding-color": "on-band",
    "header-bg": "band",
    "header-link-color": "on-band",
    "breadcrumbs-fg": "ink-soft",
    "breadcrumbs-link-fg": "accent",
    "breadcrumbs-bg": "accent-soft",
    "link-fg": "accent",
    "link-hover-color": "accent-strong",
    "link-selected-fg": "accent-strong",
    "hairline-color": "line",
    "border-color": "line-strong",
    "error-fg": "bad",
    "message-success-bg": "good-soft",
    "message-warning-bg": "mark",
    "message-error-bg": "bad-soft",
    "darkened-bg": "paper-soft",
    "selected-bg": "accent-soft",
    "button-fg": "on-band",
    "chart": "chart-result",
}
# White letters stand on these in the dark too, where the tokens' own would be too bright.
OF_LIGHT_TOKENS = {
    "primary": "accent",
    "button-bg": "accent",
    "button-hover-bg": "accent-strong",
    "default-button-bg": "accent-strong",
    "default-button-hover-bg": "accent",
    "close-button-bg": "ink-soft",
    "close-button-hover-bg": "ink",
    "delete-button-bg": "bad",
}


LIGHT = colours(re.search(r":root, html\[data-theme=\"light\"\] \{.*?\n\}", SHEET, re.S)[0])
WISHED = colours(re.search(r"@media \(prefers-color-scheme: dark\) \{.*?\n\}", SHEET, re.S)[0])
SWITCHED = colours(re.search(r"\nhtml\[data-theme=\"dark\"\] \{.*?\n\}", SHEET, re.S)[0])
THEMES = {"light": LIGHT, "dark": LIGHT | SWITCHED}


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("ink", "ground"), LETTERS)
def test_letters_stand_out_in_both_themes(theme, ink, ground):
    assert contrast(THEMES[theme][ink], THEMES[theme][ground]) >= 4.5


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("part", "ground"), PARTS)
def test_lines_and_bars_stand_out_in_both_themes(theme, part, ground):
    assert contrast(THEMES[theme][part], THEMES[theme][ground]) >= 3


@pytest.mark.parametrize("theme", THEMES)
def test_one_of_the_two_rings_of_the_focus_stands_out(theme):
    assert f"outline: 3px solid {FOCUS}" in SHEET
    rings = (FOCUS, THEMES[theme]["focus-inner"])
    assert max(contrast(ring, THEMES[theme]["body-bg"]) for ring in rings) >= 3


@pytest.mark.parametrize("theme", THEMES)
def test_its_colours_are_those_of_the_readers_pages(theme):
    pairs = OF_TOKENS | (OF_LIGHT_TOKENS if theme == "light" else {})
    assert {name: THEMES[theme][name] for name in pairs} == {
        name: tokens.THEMES[theme][token] for name, token in pairs.items()
    }
    assert tokens.THEMES[theme]["focus"] == FOCUS


def test_the_switch_and_the_browsers_wish_give_the_same_dark_theme():
    assert WISHED == SWITCHED


@pytest.mark.django_db
@pytest.mark.parametrize("page", ["index", "news_article_changelist", "news_article_add", "login"])
def test_our_sheet_comes_after_every_sheet_of_djangos(client, admin_client, page):
    visitor = client if page == "login" else admin_client
    html = visitor.get(reverse(f"admin:{page}")).content.decode()
    sheets = re.findall(r'<link rel="stylesheet" href="/static/([^"]+)"', html)
    sheets += re.findall(r'<link href="/static/([^"]+)"[^>]* rel="stylesheet"', html)
    assert re.search(r"css/admin\.\w+\.css", html)
    assert html.index("css/admin.") > max(
        html.index(sheet) for sheet in sheets if "admin/" in sheet
    )


def test_the_editor_shows_the_text_in_readers_own_style():
    config = settings.CKEDITOR_CONFIGS["default"]
    for address in config["contentsCss"]:
        name = address.removeprefix(settings.STATIC_URL)
        assert (Path(settings.STATIC_ROOT) / name).exists(), name
    template = (settings.BASE_DIR / "templates/news/article.html").read_text()
    shown = rf'<div class="{config["bodyClass"]}"[^>]*>{{{{ article\.body\|with_figures }}}}'
    assert re.search(shown, template)


@pytest.mark.django_db
def test_the_admin_speaks_vietnamese_where_an_editor_works(admin_client):
    article = make_article()
    pages = ["/quan-tri/", reverse("admin:news_article_changelist"), "/quan-tri/tep/"]
    pages += [
        reverse(f"admin:news_article_{page}", args=[article.pk])
        for page in ("change", "delete", "history")
    ]
    for page in pages:
        html = admin_client.get(page).content.decode()
        words = re.sub(r"(?s)<script.*?</script>|<svg.*?</svg>|<[^>]+>", " ", html)
        found = re.findall(
            r"\b(?:the|and|Add|Change|Delete|Save|Filter|Search|Log|View|Home|None)\b", words
        )
        assert not found, (page, found)


@pytest.mark.django_db
def test_the_page_of_a_locked_sign_in_names_the_department(client, settings):
    for _ in range(settings.AXES_FAILURE_LIMIT):
        answer = client.post(reverse("admin:login"), {"username": "ai", "password": "sai"})
    assert answer.status_code == 429
    assert f">{settings.DEPARTMENT['name']}</a>" in answer.content.decode()
