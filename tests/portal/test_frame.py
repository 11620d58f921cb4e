"""What stands around every page: the menu, the switch for how pages are shown."""

import re

import pytest

pytestmark = pytest.mark.django_db

CURRENT = re.compile(r'<a href="([^"]+)" aria-current="(page|true)">')


def current_section(client, address):
    html = client.get(address).content.decode()
    return CURRENT.findall(html[html.index('class="main-menu"') : html.index("</nav>")])


@pytest.mark.parametrize(
    ("address", "marked"),
    [
        ("/", []),
        ("/so-do/", []),
        ("/tin-tuc/", [("/tin-tuc/", "page")]),
        ("/chi-tieu/nam/2023/", [("/chi-tieu/", "true")]),
        ("/gop-y/", [("/gop-y/", "page")]),
        ("/gop-y/tra-cuu/", [("/gop-y/", "true")]),
        ("/gop-y/hoi-dap/", [("/gop-y/hoi-dap/", "page")]),
    ],
)
def test_the_menu_marks_the_section_that_is_being_read(client, demo, address, marked):
    assert current_section(client, address) == marked


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
