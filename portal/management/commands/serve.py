import fcntl
import os
import signal
import socket
import subprocess
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

from portal import embedded
from portal.groups import ensure_groups
from portal.models import WebsiteLink
from portal.processes import end_with_parent
from portal.search.tasks import reindex_soon
from portal.staticfiles import collect_if_changed

HOST = "127.0.0.1"
FIRST_USER = "quantri"
WORKER_RETURNS_AFTER = 2  # seconds, when the worker ended by itself
DATABASE_IS_LOOKED_AFTER = 1  # seconds between two looks


class Command(BaseCommand):
    help = "Prepares everything and serves the portal: web server and worker until Ctrl-C."
    requires_system_checks = ()

    def handle(self, *args, **options):
        with self.only_one():
            self.check_port()
            self.prepare()
            self.say_where()
            self.serve()

    def only_one(self):
        """Hold the data directory, so that two servers never work in one."""
        settings.DATA.mkdir(parents=True, exist_ok=True)
        lock = (settings.DATA / "serve.lock").open("w")
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise CommandError(
                f"Cổng thông tin đang chạy với thư mục dữ liệu {settings.DATA}; "
                "hãy dừng cổng trước hoặc đặt PORTAL_DATA khác."
            ) from None
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
            raise CommandError(
                f"Không kết nối được cơ sở dữ liệu: {str(error).splitlines()[0]}"
            ) from None
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
        connection.close()  # the web processes have their own

    def serve(self):
        from portal.server import Server

        worker, database = Worker(), EmbeddedDatabase()
        worker.start()
        database.start()
        try:
            server = Server(HOST, settings.PORT, settings.ENVIRONMENT["PORTAL_WORKERS"])
            server.on_reload(worker.restart)
            server.run()
        finally:
            database.stop()
            worker.stop()


def is_empty() -> bool:
    """Say whether nobody has put anything in yet: not one row of our own models."""
    ours = (apps.get_app_config(label) for label in ("news", "indicators", "feedback"))
    models = [model for app in ours for model in app.get_models()]
    return not any(model.objects.exists() for model in [*models, FlatPage, WebsiteLink])


class Worker:
    """The process that does background work, started again when it ends by itself."""

    def __init__(self):
        self._stopping = threading.Event()
        self._process = None

    def start(self):
        threading.Thread(target=self._keep_running, daemon=True).start()

    def stop(self):
        self._stopping.set()
        if self._process and self._process.poll() is None:
            self._process.send_signal(signal.SIGTERM)
            try:
                self._process.wait(timeout=10)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()  # it holds the database until it is gone

    def restart(self):
        """Have it end what it is doing and begin again, with the code that is there then."""
        if self._process and self._process.poll() is None:
            self._process.send_signal(signal.SIGTERM)

    def _keep_running(self):
        while not self._stopping.is_set():
            self._process = subprocess.Popen(
                [
                    sys.executable,
                    settings.BASE_DIR / "manage.py",
                    "work",
                    "--no-startup-delay",
                ],
                stdin=subprocess.DEVNULL,
                preexec_fn=end_with_parent,
            )
            self._process.wait()
            self._stopping.wait(WORKER_RETURNS_AFTER)


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
            except embedded.EmbeddedServerError as error:
                sys.stderr.write(f"Máy chủ PostgreSQL nhúng chưa bật lại được: {error}.\n")
