"""The admin's colours can be read in both themes, and the editor shows readers' own style."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse

from tests.builders import make_article

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


def colours(block):
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", block))


LIGHT = colours(re.search(r":root, html\[data-theme=\"light\"\] \{.*?\n\}", SHEET, re.S)[0])
WISHED = colours(re.search(r"@media \(prefers-color-scheme: dark\) \{.*?\n\}", SHEET, re.S)[0])
SWITCHED = colours(re.search(r"\nhtml\[data-theme=\"dark\"\] \{.*?\n\}", SHEET, re.S)[0])
THEMES = {"light": LIGHT, "dark": LIGHT | SWITCHED}


def luminance(colour):
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one, other):
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


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
    assert f'<div class="{config["bodyClass"]}">{{{{ article.body|rich }}}}' in template


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
