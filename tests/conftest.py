"""What every test may ask for."""

import fcntl

import pytest
from django.conf import settings as django_settings
from django.core.management import call_command
from django.db import connection, transaction
from django.test import override_settings


@pytest.fixture(scope="session", autouse=True)
def collected_static_files():
    """Hashed names need the collected files, as in operation."""
    from portal.staticfiles import collect_if_changed

    with (django_settings.DATA / "static.lock").open("w") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)  # test processes share the folder
        collect_if_changed()


@pytest.fixture(scope="session", autouse=True)
def quick_passwords():
    """The real hash is slow by intention; the portals that browsers visit keep it."""
    django_settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(autouse=True)
def own_media_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture(scope="module")
def demo(django_db_setup, django_db_blocker, tmp_path_factory):
    """
    The demonstration content, as `make run` shows it; its value is the folder of the pictures.

    It is loaded once for a module, around the transactions of the tests: all of them see it.
    """
    media = tmp_path_factory.mktemp("media")
    with django_db_blocker.unblock(), transaction.atomic():
        with override_settings(MEDIA_ROOT=media):
            call_command("load_demo", verbosity=0)
        connection.check_constraints()  # here once, or at the end of every test again
        yield media
        transaction.set_rollback(True)


@pytest.fixture
def mail_server(settings):
    """The portal sends letters, from an address and with links of its own."""
    settings.MAIL_IS_SENT = True
    settings.DEFAULT_FROM_EMAIL = "cong@example.gov.vn"
    settings.BASE_URL = "https://soct.example.gov.vn"
