"""The command behind `make run`, as an operator meets it."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.parse
import urllib.request
from pathlib import Path

import pytest
from django.conf import settings

from portal import embedded
from portal.management.commands import serve
from tests.portals import free_port, leave_silent, wait_for


def start(data, **environment):
    return subprocess.Popen(
        [sys.executable, "manage.py", environment.pop("command", "serve")],
        cwd=settings.BASE_DIR,
        env={name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
        | {"PORTAL_DATA": str(data)}
        | environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def refusal(data, **environment):
    """Return the one sentence a start ends with."""
    process = start(data, **environment)
    _, error = process.communicate(timeout=60)
    assert process.returncode != 0
    assert "Traceback" not in error
    (sentence,) = error.strip().splitlines()
    return sentence


def report_reading(port) -> int:
    """Report a reading of the home page as its script does; return the views shown so far."""
    home = f"http://127.0.0.1:{port}/"
    with urllib.request.urlopen(home) as page:
        token = re.search(r'data-count="([^"]+)"', page.read().decode())[1]
    headers = {
        "User-Agent": "Mozilla/5.0 Firefox/128.0",
        "Sec-Fetch-Site": "same-origin",
        "X-Page": token,
    }
    report = urllib.request.Request(f"{home}luot-xem/", b"", headers)
    with urllib.request.urlopen(report) as answer:
        return json.load(answer)["site_views"]


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    return tmp_path_factory.mktemp("data")


def test_a_portal_starts_refuses_a_second_stops_cleanly_and_keeps_its_data(data):
    port = str(free_port())
    first = start(data, PORT=port)
    try:
        wait_for(f"http://127.0.0.1:{port}/", first)
        password = (data / "admin_password").read_text()
        assert "đang chạy với thư mục dữ liệu" in refusal(data, PORT=str(free_port()))
        found = start(data, command="showmigrations")  # a command finds the running server
        assert found.wait(timeout=60) == 0
        found.communicate()
        assert report_reading(port) == 0
        leave_silent(embedded.database_url(data))  # the next starts serve beside that
    finally:
        os.killpg(first.pid, signal.SIGINT)  # as Ctrl-C in a terminal does
        output, _ = first.communicate(timeout=60)
    assert first.returncode == 0
    assert password.strip() in output
    assert not (data / "postgres" / "postmaster.pid").exists()
    again = start(data, PORT=port)
    try:
        wait_for(f"http://127.0.0.1:{port}/tin-tuc/", again)
        assert (data / "admin_password").read_text() == password
        assert report_reading(port) == 1  # what waited in memory was written at the stop
    finally:
        again.send_signal(signal.SIGTERM)
        again.communicate(timeout=60)
    assert again.returncode == 0


def test_a_killed_portal_leaves_nothing_in_the_way(data):
    port = str(free_port())
    first = start(data, PORT=port)
    wait_for(f"http://127.0.0.1:{port}/", first)
    first.kill()
    first.communicate()
    until = time.monotonic() + 20
    while time.monotonic() < until:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", int(port))):
                break
        time.sleep(0.2)
    again = start(data, PORT=port)
    try:
        wait_for(f"http://127.0.0.1:{port}/", again)
    finally:
        again.send_signal(signal.SIGTERM)
        _, said = again.communicate(timeout=60)
    assert not (data / "postgres" / "postmaster.pid").exists(), (again.returncode, said)


def test_a_killed_database_is_started_again(data):
    port = str(free_port())
    portal = start(data, PORT=port, PORTAL_WORKERS="1")
    try:
        wait_for(f"http://127.0.0.1:{port}/tin-tuc/", portal)
        for pid in postgres_processes(data):
            os.kill(pid, signal.SIGKILL)
        wait_for(f"http://127.0.0.1:{port}/healthz", portal)
        assert postgres_processes(data)
    finally:
        portal.send_signal(signal.SIGTERM)
        _, error = portal.communicate(timeout=60)
    assert "vừa được bật lại" in error
    assert not (data / "postgres" / "postmaster.pid").exists()


def test_a_database_that_does_not_start_at_once_is_looked_after_further(monkeypatch, capsys):
    turns = iter([embedded.EmbeddedServerError("chưa trả lời"), OSError("đĩa đầy"), True])
    is_back = threading.Event()

    def revive(data):
        turn = next(turns, False)
        if isinstance(turn, Exception):
            raise turn
        is_back.set()
        return turn

    monkeypatch.setattr(embedded, "revive", revive)
    monkeypatch.setattr(serve, "DATABASE_IS_LOOKED_AFTER", 0.01)
    monkeypatch.setattr(settings, "EMBEDDED", True)
    database = serve.EmbeddedDatabase()
    database.start()
    assert is_back.wait(30)
    database.stop()
    said = capsys.readouterr().err
    assert said.index("chưa trả lời") < said.index("đĩa đầy") < said.index("vừa được bật lại")


def postgres_processes(data) -> list[int]:
    cluster = str((data / "postgres").resolve())
    return [
        int(entry.name)
        for entry in Path("/proc").iterdir()
        if entry.name.isdecimal() and _working_folder(entry) == cluster
    ]


def _working_folder(process) -> str:
    try:
        return os.readlink(process / "cwd")
    except OSError:  # it ended
        return ""


def test_a_port_in_use_is_said_in_a_sentence(data):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert f"Cổng mạng {port} đang được chương trình khác dùng" in refusal(data, PORT=str(port))


@pytest.mark.parametrize(
    ("environment", "said"),
    [
        ({"DATABASE_URL": "postgresql://a:b@127.0.0.1:1/c"}, "Không kết nối được cơ sở dữ liệu"),
        ({"DATABASE_URL": "mysql://a"}, "DATABASE_URL phải có dạng"),
        ({"PORTAL_COLOUR": "red"}, "không có thiết lập nào tên PORTAL_COLOUR"),
        ({"PORT": "0"}, "PORT phải là số nguyên"),
    ],
)
def test_a_wrong_setting_is_said_in_a_sentence(data, environment, said):
    assert said in refusal(data, **environment)
