"""Pages that another release made are told from one's own."""

import os

import pytest

from portal import release


@pytest.fixture
def project(tmp_path, settings):
    settings.BASE_DIR = tmp_path
    settings.STATIC_ROOT = tmp_path / "static"
    for name in ("portal/views.py", "templates/base.html", "requirements/run.txt", "docs/a.md"):
        file = tmp_path / name
        file.parent.mkdir(exist_ok=True)
        file.write_text("one")
    return tmp_path


def fingerprint():
    return release.fingerprint.__wrapped__()


@pytest.mark.parametrize("name", ["portal/views.py", "templates/base.html", "requirements/run.txt"])
def test_a_changed_file_makes_another_release(project, name):
    before = fingerprint()
    (project / name).write_text("others")
    assert fingerprint() != before


def test_a_file_of_the_same_length_written_later_does_too(project):
    before = fingerprint()
    os.utime(project / "portal/views.py", (1, 1))
    assert fingerprint() != before


def test_settings_and_styles_do_too(project, settings):
    before = fingerprint()
    settings.ENVIRONMENT = settings.ENVIRONMENT | {"PORTAL_DEPARTMENT": "Sở Xây dựng"}
    of_settings = fingerprint()
    assert of_settings != before
    (project / "static").mkdir()
    (project / "static" / "staticfiles.json").write_text("{}")
    assert fingerprint() != of_settings


def test_what_pages_are_not_made_of_does_not(project):
    before = fingerprint()
    (project / "docs" / "a.md").write_text("others")
    assert fingerprint() == before
