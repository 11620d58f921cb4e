"""What stands around every page: the menu, the switch for how pages are shown."""

import re

import pytest

pytestmark = pytest.mark.django_db


def test_fonts_are_asked_for_before_the_style_sheet_names_them(client):
    html = client.get("/").content.decode()
    assert len(re.findall(r'<link rel="preload" href="/static/vendor/[^"]+" as="font"', html)) == 2


def test_the_theme_is_chosen_before_the_first_paint(client):
    """A module or a deferred script would let the page flash in the wrong colours."""
    html = client.get("/").content.decode()
    head = html[: html.index("</head>")]
    [script] = re.findall(r'<script src="/static/js/display[^>]*>', head)
    assert "defer" not in script
    assert "async" not in script
    assert head.index("css/site") < head.index(script)
