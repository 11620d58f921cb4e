"""What the collected static files are, as browsers get them."""

from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage


def collected(name: str) -> str:
    return (settings.STATIC_ROOT / staticfiles_storage.stored_name(name)).read_text()


def test_the_style_sheet_is_one_file():
    sheet = collected("css/site.css")
    assert "@import" not in sheet
    for layer in ("reset", "tokens", "base", "layout", "components", "utilities"):
        assert f"@layer {layer} {{" in sheet
    assert "@media print {\n@layer print {" in sheet


def test_the_typeface_is_named_by_its_content():
    name = staticfiles_storage.stored_name("vendor/be-vietnam-pro/be-vietnam-pro-400.woff2")
    assert name != "vendor/be-vietnam-pro/be-vietnam-pro-400.woff2"
    assert name.rpartition("/")[2] in collected("css/site.css")


def test_how_vendored_files_are_made_is_not_served():
    assert not list((settings.STATIC_ROOT / "vendor").rglob("*.py"))
    assert not list((settings.STATIC_ROOT / "vendor").rglob("*.md"))
