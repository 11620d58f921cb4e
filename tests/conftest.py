"""What every test may ask for."""

import fcntl
import shutil

import pytest
from django.conf import settings as django_settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.management import call_command
from django.db import connection, transaction
from django.test import override_settings
from whitenoise.base import WhiteNoise

from portal.groups import ensure_groups
from tests.portals import finish


@pytest.fixture(scope="session", autouse=True)
def collected_static_files():
    """Hashed names need the collected files, as in operation."""
    from portal.staticfiles import collect_if_changed

    with (django_settings.DATA / "static.lock").open("w") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)  # test processes share the folder
        collect_if_changed()
    # Read again: while another process collected, this one may have looked and found nothing.
    staticfiles_storage.hashed_files, _ = staticfiles_storage.load_manifest()


@pytest.fixture(scope="session", autouse=True)
def static_files_read_once(collected_static_files):
    """
    Every new client makes the middleware anew; WhiteNoise then reads the whole folder.

    That took more time than all that was asked of most clients.
    """
    read, known = WhiteNoise.update_files_dictionary, {}

    def remember(self, *place):
        if place not in known:
            files, self.files = self.files, {}
            read(self, *place)
            known[place], self.files = self.files, files
        self.files |= known[place]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(WhiteNoise, "update_files_dictionary", remember)
        yield


@pytest.fixture(scope="session", autouse=True)
def quick_passwords():
    """The real hash is slow by intention; the portals that browsers visit keep it."""
    django_settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """
    The ready groups are there, as in operation; to make them takes long.

    Tests have another session than the migrations: that one remembers the folding of its indexes
    as it was before the last of them.
    """
    with django_db_blocker.unblock():
        ensure_groups()
        connection.close()


@pytest.fixture(autouse=True)
def own_folders(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.SNAPSHOTS = tmp_path / "pages"


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


@pytest.fixture(scope="session")
def finished(collected_static_files, testrun_uid):
    """
    The data of a stopped portal with the demonstration content, made once for all test processes.

    A start from it takes seconds: nothing is left to migrate, to load, to draw or to read aloud.
    """
    data = django_settings.DATA / "finished"
    made = data / testrun_uid
    with (django_settings.DATA / "finished.lock").open("w") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        if not made.exists():
            shutil.rmtree(data, ignore_errors=True)
            finish(data)
            made.touch()
    return data


@pytest.fixture
def mail_server(settings):
    """The portal sends letters, from an address and with links of its own."""
    settings.MAIL_IS_SENT = True
    settings.DEFAULT_FROM_EMAIL = "cong@example.gov.vn"
    settings.BASE_URL = "https://soct.example.gov.vn"
