import fcntl
import os
import socket
import sys
import threading

from django.apps import apps
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.flatpages.models import FlatPage
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError, connection
from django.utils.crypto import get_random_string

from portal import embedded, succession
from portal.groups import ensure_groups
from portal.models import WebsiteLink
from portal.postgresql import cannot_connect
from portal.preloading import preload
from portal.processes import done_apart
from portal.search.tasks import reindex_soon
from portal.staticfiles import collect_if_changed

HOST = "127.0.0.1"
FIRST_USER = "quantri"
DATABASE_IS_LOOKED_AFTER = 1  # seconds between two looks


class Command(BaseCommand):
    help = "Prepares everything and serves the portal: web server and worker until Ctrl-C."
    requires_system_checks = ()

    def handle(self, *args, **options):
        with self.only_one() as lock:
            if not succession.is_on():
                self.check_port()
                self.prepare()
                self.say_where()
            self.serve(lock)

    def only_one(self):
        """Hold the data directory, so that two servers never work in one."""
        settings.DATA.mkdir(parents=True, exist_ok=True)
        file = settings.DATA / "serve.lock"
        lock = os.fdopen(succession.lock(), "w") if succession.is_on() else file.open("w")
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise CommandError(
                f"Cổng thông tin đang chạy với thư mục dữ liệu {settings.DATA}; "
                "hãy dừng cổng trước hoặc đặt PORTAL_DATA khác."
            ) from None
        os.register_at_fork(after_in_child=lock.close)
        return lock

    def check_port(self):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((HOST, settings.PORT))
            except OSError:
                raise CommandError(
                    f"Cổng mạng {settings.PORT} đang được chương trình khác dùng; "
                    "hãy đặt PORT khác."
                ) from None

    def prepare(self):
        try:
            connection.ensure_connection()
        except OperationalError as error:
            raise CommandError(cannot_connect(error)) from None
        connection.close()  # it cannot be shared
        done_apart(self.prepare_data)

    def prepare_data(self):
        call_command("migrate", verbosity=0, interactive=False)
        ensure_groups()
        self.ensure_first_user()
        collect_if_changed()
        if is_empty():
            call_command("load_demo", verbosity=0, stdout=self.stdout)
        else:  # a database from before an upgrade
            call_command("render_photos", verbosity=0)
        reindex_soon()  # of such a database, or one changed by SQL

    def ensure_first_user(self):
        """Create the first administrator with a random password kept in the data directory."""
        users = get_user_model().objects
        if users.filter(is_superuser=True).exists():
            return
        password = get_random_string(16)
        with os.fdopen(os.open(self.password_file, os.O_WRONLY | os.O_CREAT, 0o600), "w") as file:
            file.write(password + "\n")
        users.create_superuser(FIRST_USER, password=password)

    def first_password(self):
        """Return the generated password as long as it opens the door, else None."""
        user = get_user_model().objects.filter(username=FIRST_USER).first()
        if user is None or not self.password_file.exists():
            return None
        password = self.password_file.read_text().strip()
        return password if user.check_password(password) else None

    @property
    def password_file(self):
        return settings.DATA / "admin_password"

    def say_where(self):
        self.stdout.write(f"Cổng thông tin: http://{HOST}:{settings.PORT}/")
        self.stdout.write(f"Trang quản trị: http://{HOST}:{settings.PORT}/quan-tri/")
        if password := self.first_password():
            self.stdout.write(f"Đăng nhập: {FIRST_USER} / {password} (lưu ở {self.password_file})")
        self.stdout.write("Nhấn Ctrl-C để dừng.")
        self.stdout.flush()

    def serve(self, lock):
        from portal.server import Server

        preload()
        database = EmbeddedDatabase()
        workers = settings.ENVIRONMENT["PORTAL_WORKERS"]
        try:
            Server(HOST, settings.PORT, workers, lock.fileno(), database.start).run()
        finally:
            database.stop()


def is_empty() -> bool:
    """Say whether nobody has put anything in yet: not one row of our own models."""
    ours = (apps.get_app_config(label) for label in ("news", "indicators", "feedback"))
    models = [model for app in ours for model in app.get_models()]
    return not any(model.objects.exists() for model in [*models, FlatPage, WebsiteLink])


class EmbeddedDatabase:
    """The embedded PostgreSQL, started again when it was killed; a server's own has systemd."""

    def __init__(self):
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._look_after, daemon=True)

    def start(self):
        if settings.EMBEDDED:
            self._thread.start()

    def stop(self):
        """Return when nobody would start again what is stopped next."""
        self._stopping.set()
        if self._thread.is_alive():
            self._thread.join()

    def _look_after(self):
        while not self._stopping.wait(DATABASE_IS_LOOKED_AFTER):
            try:
                if embedded.revive(settings.DATA):
                    sys.stderr.write("Máy chủ PostgreSQL nhúng đã dừng, vừa được bật lại.\n")
            except (embedded.EmbeddedServerError, OSError) as error:  # perhaps not the next time
                sys.stderr.write(f"Máy chủ PostgreSQL nhúng chưa bật lại được: {error}.\n")
