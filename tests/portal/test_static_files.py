"""What the collected static files are, as browsers get them."""

import json

import pytest
from django.conf import settings


@pytest.fixture
def names():
    """The names of the collected files: as written → as served."""
    return json.loads((settings.STATIC_ROOT / "staticfiles.json").read_text())["paths"]


@pytest.fixture
def sheet(names):
    return (settings.STATIC_ROOT / names["css/site.css"]).read_text()


def test_the_style_sheet_is_one_file(sheet):
    assert "@import" not in sheet
    for layer in ("reset", "tokens", "base", "layout", "components", "utilities"):
        assert f"@layer {layer} {{" in sheet
    assert "@media print {\n@layer print {" in sheet


def test_the_typeface_is_named_by_its_content(names, sheet):
    name = names["vendor/be-vietnam-pro/be-vietnam-pro-400.woff2"]
    assert name != "vendor/be-vietnam-pro/be-vietnam-pro-400.woff2"
    assert name.rpartition("/")[2] in sheet


def test_how_vendored_files_are_made_is_not_served():
    assert not list((settings.STATIC_ROOT / "vendor").rglob("*.py"))
    assert not list((settings.STATIC_ROOT / "vendor").rglob("*.md"))
