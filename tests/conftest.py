"""What every test may ask for."""

import fcntl

import pytest
from django.conf import settings as django_settings
from django.core.management import call_command


@pytest.fixture(scope="session", autouse=True)
def collected_static_files():
    """Hashed names need the collected files, as in operation."""
    from portal.staticfiles import collect_if_changed

    with (django_settings.DATA / "static.lock").open("w") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)  # test processes share the folder
        collect_if_changed()


@pytest.fixture(autouse=True)
def own_media_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def demo(db):
    """The demonstration content, as `make run` shows it."""
    call_command("load_demo", verbosity=0)
