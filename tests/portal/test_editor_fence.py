"""One test per row of the table in SECURITY.md, "The editor"."""

import json
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import NoReverseMatch, get_resolver, reverse

from portal.richtext import RichTextWidget


@pytest.fixture(scope="module")
def collected():
    root = Path(settings.STATIC_ROOT) / "ckeditor"
    return {str(path.relative_to(root)) for path in root.rglob("*") if path.is_file()}


@pytest.mark.parametrize(
    "config", settings.CKEDITOR_CONFIGS.values(), ids=settings.CKEDITOR_CONFIGS
)
def test_cdata_cannot_pass_the_editors_filter(config):  # CVE-2024-24815
    assert config["fullPage"] is False
    assert isinstance(config["allowedContent"], str)
    assert "script" not in config["allowedContent"]
    assert "script style" in config["disallowedContent"]
    assert "*[on*]" in config["disallowedContent"]


def test_no_sample_is_shipped(collected):  # CVE-2023-4771, CVE-2024-24816
    assert not [name for name in collected if "samples" in name or "preview" in name]
    assert not [name for name in collected if name.endswith(".html")]


def test_preview_is_removed_from_the_editor():  # CVE-2024-24816
    removed = settings.CKEDITOR_CONFIGS["default"]["removePlugins"].split(",")
    assert {"preview", "print", "exportpdf", "iframe", "flash", "forms", "about"} <= set(removed)


def test_no_code_highlighting_library_is_shipped(collected):  # CVE-2024-43407
    assert not [name for name in collected if "codesnippet" in name or name.endswith(".php")]


def test_the_editor_asks_no_server_for_its_version():  # CVE-2024-43411
    widget = RichTextWidget().get_context("body", "", {"id": "id_body"})["widget"]
    assert json.loads(widget["config"])["versionCheck"] is False


def test_no_foreign_plugin_is_loaded(collected):  # CVE-2024-37888
    assert not [name for name in collected if "openlink" in name]
    extra = settings.CKEDITOR_CONFIGS["default"]["extraPlugins"]
    assert set(extra.split(",")) == {"image2", "uploadimage"}


def test_the_collected_files_are_those_of_the_list(collected):
    sources = {name for name in collected if not name.endswith((".gz", ".br"))}
    unhashed = {f"ckeditor/{name}" for name in sources if Path(name).stem.count(".") == 0}
    assert unhashed == set((Path(__file__).parent / "editor_files.txt").read_text().split())


def test_the_packages_own_upload_is_not_routed():
    for name in ("ckeditor_upload", "ckeditor_browse"):
        with pytest.raises(NoReverseMatch):
            reverse(name)
    assert "ckeditor_uploader" not in str(get_resolver().url_patterns)
    assert "ckeditor_uploader" not in settings.INSTALLED_APPS
