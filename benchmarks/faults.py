"""
Is a message that was acknowledged still there, once, after everything was killed?

People send without pause while PostgreSQL, a web process and the whole portal are killed in turn,
as ``kill -9`` does. Whoever gets no answer presses the button again, as the page suggests. At the
end the tracking codes people saw are compared with the table.

    python -m benchmarks.faults [--short]
"""

import argparse
import collections
import http.client
import json
import os
import re
import secrets
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse
from datetime import timedelta
from pathlib import Path
from typing import NamedTuple

SENDERS = 8
# Seconds between two messages of one sender. Of everybody the portal takes some 3,000 an hour, the
# last 2,000 put aside, and refuses the others: what is asked here is not that.
PAUSE, PAUSE_SHORT = 0.5, 0.12
WRITING = timedelta(minutes=1)  # since the form was opened; who is quicker is put aside
BETWEEN_KILLS = 3.0  # seconds
PATIENCE = 60  # seconds in which a sender tries again
STARTS_WITHIN = 240  # seconds, for the first time and on a busy machine
KILLS = {"database": 20, "web process": 20, "portal": 5}
KILLS_SHORT = {"database": 1, "web process": 1, "portal": 1}


class Report(NamedTuple):
    sent: int  # messages somebody wrote
    acknowledged: int  # of these, those answered with a tracking code
    lost: int  # of these, those not in the table
    doubled: int  # messages standing in the table more than once
    refused: int  # messages that were not taken, for the reasons told
    reasons: dict[str, int]  # the first sentence that people read, and how many did
    kills: dict[str, int]
    longest_wait: float  # seconds from the first press of the button to the acknowledgement


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.strip().splitlines()[0])
    parser.add_argument("--short", action="store_true", help="one kill of each kind")
    parser.add_argument("--data", help="the folder to work in, which may hold collected files")
    arguments = parser.parse_args()
    kills, pause = (KILLS_SHORT, PAUSE_SHORT) if arguments.short else (KILLS, PAUSE)
    with tempfile.TemporaryDirectory() as temporary:
        data = Path(arguments.data or temporary)
        prepare(data)
        report = run(data, kills, pause)
    for name, value in report._asdict().items():
        print(f"{name}: {value}")
    sys.exit(bool(report.lost or report.doubled))


def prepare(data: Path) -> None:
    """
    Make a database with next to nothing in it, so that the worker has no demonstration to read.

    The key of the portal in ``data`` is read on the way: with it no picture need be looked at.
    """
    os.environ |= {"PORTAL_DATA": str(data), "DJANGO_SETTINGS_MODULE": "portal.settings"}
    os.environ.pop("DATABASE_URL", None)
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    from portal import embedded
    from portal.models import WebsiteLink

    with embedded.running(data):
        call_command("migrate", verbosity=0)
        WebsiteLink.objects.create(title="Cổng thông tin", url="https://example.vn/")
        connection.close()


def run(data: Path, kills: dict[str, int], pause: float) -> Report:
    """Send while killing; the portal stands in ``data`` and is stopped after."""
    portal = Portal(data)
    portal.start()
    try:
        with Stream(portal, pause) as stream:
            for kind in _in_turn(kills):
                time.sleep(BETWEEN_KILLS)
                portal.kill(kind)
            time.sleep(BETWEEN_KILLS)
        stored = portal.stored()
    finally:
        portal.stop()
    counted = collections.Counter(content for _, content in stored)
    codes = {code for code, _ in stored}
    return Report(
        sent=stream.sent,
        acknowledged=len(stream.codes),
        lost=len(set(stream.codes) - codes),
        doubled=sum(number > 1 for number in counted.values()),
        refused=stream.reasons.total(),
        reasons=dict(stream.reasons),
        kills=kills,
        longest_wait=round(stream.longest_wait, 1),
    )


def _in_turn(kills: dict[str, int]) -> list[str]:
    return [kind for turn in range(max(kills.values())) for kind in kills if turn < kills[kind]]


# -- the portal ------------------------------------------------------------------------


class Portal:
    """`manage.py serve` in a folder of its own, and ways to kill parts of it."""

    def __init__(self, data: Path):
        self.data = data.resolve()
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self._process: subprocess.Popen | None = None

    def start(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "manage.py", "serve"],
            cwd=Path(__file__).resolve().parent.parent,
            # Each sender comes from a network of its own, as the proxy says.
            env=os.environ | {"PORT": str(self.port), "PORTAL_TRUSTED_PROXIES": "127.0.0.1"},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self.wait_until_it_answers()

    def wait_until_it_answers(self) -> None:
        until = time.monotonic() + STARTS_WITHIN
        while time.monotonic() < until:
            try:
                connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
                connection.request("GET", "/healthz")
                if connection.getresponse().status == 200:
                    return
            except OSError:
                if self._process.poll() is not None:
                    raise RuntimeError("the portal did not start") from None
            finally:
                connection.close()
            time.sleep(0.1)
        raise RuntimeError("the portal did not answer")

    def kill(self, kind: str) -> None:
        if kind == "database":
            for pid in _processes_in(self.data / "postgres"):
                _kill(pid)
        elif kind == "web process":
            _kill(self._web_processes()[0])
        else:
            self._process.kill()
            self._process.wait()
            self.start()

    def stop(self) -> None:
        self._process.send_signal(signal.SIGTERM)
        self._process.wait(timeout=60)

    def stored(self) -> list[tuple[str, str]]:
        """Return tracking code and content of each message in the table."""
        import psycopg

        from portal import embedded

        with psycopg.connect(embedded.database_url(self.data)) as connection:
            return connection.execute("SELECT code, content FROM feedback_submission").fetchall()

    def _web_processes(self) -> list[int]:
        """Return the children of the portal that answer requests, which the worker is not."""
        listed = subprocess.run(
            ["pgrep", "--parent", str(self._process.pid)], capture_output=True, text=True
        )
        children = [int(pid) for pid in listed.stdout.split()]
        return [pid for pid in children if _name(pid) == "portal-web"]


def _name(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/comm").read_text().strip()
    except OSError:
        return ""


def _processes_in(folder: Path) -> list[int]:
    found = []
    for entry in Path("/proc").iterdir():
        try:
            if entry.name.isdecimal() and Path(os.readlink(entry / "cwd")) == folder:
                found.append(int(entry.name))
        except OSError:  # it ended
            continue
    return found


def _kill(pid: int) -> None:
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:  # it ended with its parent
        return


# -- people ----------------------------------------------------------------------------


class Stream:
    """People who write one message after the other; each keeps the codes it was shown."""

    def __init__(self, portal: Portal, pause: float):
        self.codes: list[str] = []
        self.reasons: collections.Counter[str] = collections.Counter()  # of refusals
        self.sent = 0
        self.longest_wait = 0.0
        self._portal, self._pause = portal, pause
        self._lock = threading.Lock()
        self._stopping = threading.Event()
        self._senders = [threading.Thread(target=self._send) for _ in range(SENDERS)]

    def __enter__(self):
        for sender in self._senders:
            sender.start()
        return self

    def __exit__(self, *error):
        self._stopping.set()
        for sender in self._senders:
            sender.join()

    def _send(self) -> None:
        while not self._stopping.wait(self._pause):
            began = time.monotonic()
            code, refusal = None, None
            try:
                code = Person(self._portal).write()
            except Refused as refused:
                refusal = str(refused)
            with self._lock:
                self.sent += 1
                if code:
                    self.codes.append(code)
                    self.longest_wait = max(self.longest_wait, time.monotonic() - began)
                elif refusal:
                    self.reasons[refusal] += 1


class Refused(Exception):
    """The portal did not take a message; the text is what it said."""


class Person:
    """Somebody at a computer of their own, who opens one form and sends it until it is taken."""

    def __init__(self, portal: Portal):
        self._portal = portal
        self._network = ".".join(["10", *(str(secrets.randbelow(254) + 1) for _ in range(3))])
        self._cookie = ""

    def write(self) -> str | None:
        """
        Return the tracking code shown at the end, or None when patience ended.

        Raises Refused with the first words of the page.
        """
        from django.utils import timezone

        from feedback import challenge

        until = time.monotonic() + PATIENCE
        form = None
        while time.monotonic() < until:
            try:
                if form is None:
                    opened = json.loads(self._ask("GET", "/gop-y/ma/"))
                    token = challenge.issue(timezone.now() - WRITING)
                    form = {
                        "csrfmiddlewaretoken": opened["csrf"],
                        "challenge": token,
                        "code": challenge.answer(token),
                        "kind": "suggestion",
                        "name": "Nguyễn Thị Hồng",
                        "title": f"Đèn đường {secrets.token_hex(4)}",
                        "content": _letter(),
                        "consent": "on",
                    }
                answer = json.loads(self._ask("POST", "/gop-y/", urllib.parse.urlencode(form)))
            except (OSError, http.client.HTTPException, ValueError):
                time.sleep(0.3)
                continue
            if not answer["ok"]:
                raise Refused(_first_sentence(answer["html"]))
            return _code_in(answer["html"])
        return None

    def _ask(self, method: str, address: str, body: str | None = None) -> str:
        connection = http.client.HTTPConnection("127.0.0.1", self._portal.port, timeout=10)
        headers = {
            "Accept": "application/json",
            "Cookie": self._cookie,
            "Sec-Fetch-Site": "same-origin",
            "X-Forwarded-For": self._network,
        }
        if body:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        try:
            connection.request(method, address, body, headers)
            answer = connection.getresponse()
            if answer.status >= 500:
                raise http.client.HTTPException(f"{answer.status}")
            if cookie := answer.getheader("Set-Cookie"):
                self._cookie = self._cookie or cookie.partition(";")[0]
            return answer.read().decode()
        finally:
            connection.close()


def _letter() -> str:
    """Return a text unlike any other."""
    return " ".join(secrets.token_hex(3) for _ in range(40))


def _code_in(html: str) -> str:
    shown = re.search(r'class="tracking-code"[^>]*>(.*?)<', html, re.DOTALL)[1]
    return "".join(shown.split())


def _first_sentence(html: str) -> str:
    words = " ".join(re.sub(r"<[^>]+>", " ", html).split())
    return re.split(r"(?<=\.) ", words)[0][:300]


if __name__ == "__main__":
    main()
