"""What the front door keeps, asked from outside: a portal of its own, over its own wire."""

import gzip
import http.client
import os
import re
import signal
import threading
import time
from collections import Counter
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest

from tests.portals import running_copy
from tests.processes import stopped

CANARY = "canary-7f3a"
CONNECTIONS = 12  # enough to reach every web process
AT_MOST = 120  # seconds; machines may be busy
PUBLIC = ("/", "/tin-tuc/", "/tin-tuc/?trang=2", "/chi-tieu/", "/gioi-thieu/", "/rss/", "/so-do/")


@pytest.fixture(scope="module")
def portal(finished):
    with running_copy(finished) as portal:
        yield portal


@pytest.fixture
def database(portal):
    with psycopg.connect(portal.database, autocommit=True) as connection:
        yield connection


def ask(portal, path, method="GET", body=None, **headers):
    """Return status, headers and body; headers are given as ``accept_encoding="br"``."""
    wire = http.client.HTTPConnection(urlsplit(portal.url).netloc, timeout=60)
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    wire.request(method, path, body=body, headers=named)
    answer = wire.getresponse()
    found = (
        answer.status,
        {name.lower(): value for name, value in answer.getheaders()},
        answer.read(),
    )
    wire.close()
    return found


def everywhere(portal, path, says):
    """Wait until every web process answers so; return whether they do."""
    until = time.monotonic() + AT_MOST
    while time.monotonic() < until:
        if all(says(ask(portal, path)) for _ in range(CONNECTIONS)):
            return True
    return False


def an_article(database, number=0):
    return database.execute(
        "SELECT id, '/tin-tuc/' || slug || '/' FROM news_article WHERE state = 'approved'"
        " AND published_at <= now() ORDER BY published_at DESC, id DESC LIMIT 1 OFFSET %s",
        [number],
    ).fetchone()


SPOILT = {
    "a cookie": {"cookie": f"sessionid={CANARY}; csrftoken={CANARY}"},
    "another host by a proxy's header": {"x_forwarded_host": f"{CANARY}.example"},
    "another host by the standard header": {"forwarded": f"host={CANARY}.example;proto=https"},
    "another scheme": {"x_forwarded_proto": "https", "x_forwarded_scheme": CANARY},
    "another port": {"x_forwarded_port": "6666"},
    "another prefix": {"x_forwarded_prefix": f"/{CANARY}", "x_script_name": f"/{CANARY}"},
    "another address": {"x_original_url": f"/{CANARY}", "x_rewrite_url": "/quan-tri/"},
    "another method": {"x_http_method_override": "POST", "x_method_override": "DELETE"},
    "another language": {"accept_language": f"en,{CANARY}"},
    "another type": {"accept": f"application/json, text/{CANARY}"},
    "another browser": {"user_agent": CANARY},
    "another site": {"origin": f"https://{CANARY}.example", "referer": f"https://{CANARY}/"},
    "another network": {"x_forwarded_for": CANARY, "x_real_ip": CANARY},
    "an encoding unheard of": {"accept_encoding": CANARY},
    "a name of a version": {"if_none_match": f'"{CANARY}"'},
    "a wish for news": {"cache_control": "no-cache", "pragma": "no-cache"},
    "a wish for nothing but what is kept": {"cache_control": "only-if-cached"},
    "a prefetch": {"sec_purpose": "prefetch;prerender", "purpose": "prefetch"},
    "a script's request": {"x_requested_with": "XMLHttpRequest"},
    "a piece": {"range": "bytes=0-10"},
    "credentials": {"authorization": f"Basic {CANARY}"},
    "a body": {"body": CANARY.encode()},
    "a form's body": {"body": CANARY, "content_type": "application/x-www-form-urlencoded"},
    "only the head": {"method": "HEAD"},
    "a form": {"method": "POST", "body": CANARY.encode()},
    "its options": {"method": "OPTIONS"},
    "a purge": {"method": "PURGE"},
}


@pytest.mark.parametrize("spoilt", SPOILT.values(), ids=SPOILT)
def test_no_request_leaves_a_trace_in_the_page_of_others(portal, spoilt, database):
    """Asked first in every process, and again of a page kept already."""
    path = f"/tin-tuc/?trang=2&{'utm_source=' + CANARY}"
    for _ in range(CONNECTIONS):
        ask(portal, path, **spoilt)
    clean = [ask(portal, "/tin-tuc/?trang=2") for _ in range(CONNECTIONS)]
    assert {status for status, _, _ in clean} == {200}
    assert len({body for _, _, body in clean}) == 1
    for _, headers, body in clean:
        assert CANARY not in body.decode() + str(headers)
        assert "set-cookie" not in headers
        assert headers["content-type"] == "text/html; charset=utf-8"
    database.execute("UPDATE portal_websitelink SET title = title")  # the next one comes first


@pytest.mark.parametrize(
    "path",
    [
        f"/tin-tuc/?{CANARY}=1",
        f"/tin-tuc/?trang=2&{CANARY}",
        "/tin-tuc/?trang=2&trang=3",
        f"/tin-tuc/?trang=2;x={CANARY}",
        f"/tin-tuc/?trang=2%00{CANARY}",
        f"//tin-tuc/?{CANARY}",
        f"/tin-tuc/%2e%2e/quan-tri/{CANARY}",
        f"/tin-tuc/{CANARY}.css",
        f"/gop-y/{CANARY}.js",
        f"/TIN-TUC/?{CANARY}",
    ],
)
def test_no_odd_address_is_taken_for_that_of_a_page(portal, path):
    for _ in range(CONNECTIONS):
        status, _, _ = ask(portal, path)
        assert status < 500
    for address in ("/tin-tuc/", "/tin-tuc/?trang=2", "/gop-y/"):
        status, _, body = ask(portal, address)
        assert status == 200
        assert CANARY not in body.decode()


def test_a_stranger_s_host_is_refused_and_reaches_no_page(portal):
    for host in (f"{CANARY}.example", f"127.0.0.1:1@{CANARY}", "", f"127.0.0.1,{CANARY}"):
        assert ask(portal, "/", host=host)[0] == 400
    assert CANARY not in ask(portal, "/")[2].decode()


def test_what_is_personal_is_never_kept(portal):
    for path in ("/gop-y/", "/danh-gia/", "/quan-tri/login/", "/gop-y/tra-cuu/"):
        headers = ask(portal, path)[1]
        assert "no-store" in headers["cache-control"]
        assert "etag" not in headers
    tokens = {re.search(rb'name="csrfmiddlewaretoken" value="(\w+)"', ask(portal, "/gop-y/")[2])[1]
              for _ in range(CONNECTIONS)}  # fmt: skip
    assert len(tokens) == CONNECTIONS


def test_kept_pages_carry_what_pages_carry_and_an_etag_per_encoding(portal):
    whole = ask(portal, "/")
    for _ in range(CONNECTIONS):
        status, headers, body = ask(portal, "/", accept_encoding="gzip")
        assert (status, gzip.decompress(body)) == (200, whole[2])
        assert headers["vary"] == "Accept-Encoding"
        assert headers["content-security-policy"].startswith("default-src 'none'")
        assert headers["x-content-type-options"] == "nosniff"
        assert ask(portal, "/", if_none_match=headers["etag"])[::2] == (304, b"")
        head = ask(portal, "/", method="HEAD")
        assert (head[0], head[2]) == (200, b"")
        assert head[1]["content-length"] == str(len(whole[2]))


def test_what_is_published_changed_or_withdrawn_is_so_in_every_process(portal, database):
    pk, address = an_article(database)
    for path in (address, "/", "/tin-tuc/", "/rss/"):
        assert everywhere(portal, path, lambda answer: answer[0] == 200)
    database.execute("UPDATE news_article SET title = %s WHERE id = %s", [f"Tin {CANARY}", pk])
    for path in (address, "/", "/tin-tuc/", "/rss/"):
        assert everywhere(portal, path, lambda answer: CANARY in answer[2].decode())
    database.execute("UPDATE news_article SET state = 'withdrawn' WHERE id = %s", [pk])
    assert everywhere(portal, address, lambda answer: answer[0] == 404)
    for path in ("/", "/tin-tuc/", "/rss/"):
        assert everywhere(portal, path, lambda answer: CANARY not in answer[2].decode())
    database.execute("UPDATE news_article SET state = 'approved' WHERE id = %s", [pk])
    assert everywhere(portal, address, lambda answer: answer[0] == 200)


def test_scheduled_and_expiring_articles_come_and_go_on_time(portal, database):
    pk, address = an_article(database, 1)
    assert everywhere(portal, "/tin-tuc/", lambda answer: address in answer[2].decode())
    database.execute(
        "UPDATE news_article SET published_at = now() + interval '3 seconds',"
        " expires_at = now() + interval '8 seconds' WHERE id = %s",
        [pk],
    )
    assert everywhere(portal, address, lambda answer: answer[0] == 404)
    assert everywhere(portal, address, lambda answer: answer[0] == 200)
    assert everywhere(portal, "/tin-tuc/", lambda answer: address not in answer[2].decode())
    assert everywhere(portal, address, lambda answer: answer[0] == 404)
    database.execute(
        "UPDATE news_article SET published_at = now() - interval '1 day', expires_at = NULL"
        " WHERE id = %s",
        [pk],
    )


def snapshots_of(portal) -> Path:
    return Path(portal.data) / "pages"


def test_a_withdrawn_article_is_gone_from_the_snapshots(portal, database):
    pk, address = an_article(database, 2)
    snapshot = snapshots_of(portal) / address.strip("/") / "page.json"
    wait_for_true(snapshot.exists)
    database.execute("UPDATE news_article SET state = 'withdrawn' WHERE id = %s", [pk])
    wait_for_true(lambda: not snapshot.exists())
    database.execute("UPDATE news_article SET state = 'approved' WHERE id = %s", [pk])
    wait_for_true(snapshot.exists)


def test_the_snapshot_of_an_article_comes_and_goes_at_its_time(portal, database):
    pk, address = an_article(database, 3)
    snapshot = snapshots_of(portal) / address.strip("/") / "page.json"
    wait_for_true(snapshot.exists)
    database.execute(
        "UPDATE news_article SET published_at = now() + interval '3 seconds' WHERE id = %s", [pk]
    )
    wait_for_true(lambda: not snapshot.exists())
    wait_for_true(snapshot.exists)
    database.execute(
        "UPDATE news_article SET expires_at = now() + interval '3 seconds' WHERE id = %s", [pk]
    )
    wait_for_true(lambda: not snapshot.exists())
    database.execute("UPDATE news_article SET expires_at = NULL WHERE id = %s", [pk])
    wait_for_true(snapshot.exists)


def wait_for_true(holds):
    until = time.monotonic() + AT_MOST
    while not holds():
        assert time.monotonic() < until
        time.sleep(0.05)


def test_readers_do_not_notice_a_database_that_hangs(portal, database):
    articles = [an_article(database, number)[1] for number in range(5)]
    for path in (*PUBLIC, *articles):
        key = path.replace("?", "/@").strip("/")
        wait_for_true((snapshots_of(portal) / key / "page.json").exists)
    with stopped(portal.data):
        for _ in range(3):
            for path in (*PUBLIC, *articles):
                status, headers, body = ask(portal, path)
                assert status == 200, path
                assert len(body) > 100
        assert headers["warning"].startswith("110")
        assert headers["cache-control"] == "no-store"
        for path in ("/tim-kiem/?q=cong", "/tin-tuc/?khong-ro=1"):
            status, headers, body = ask(portal, path)
            assert status == 503
            assert headers["retry-after"]
            assert "tạm gián đoạn" in body.decode()
        assert ask(portal, "/healthz")[0] == 503
    for path in ("/healthz", "/tin-tuc/?khong-ro=1", "/tim-kiem/?q=cong"):
        assert everywhere(portal, path, lambda answer: answer[0] == 200)
    assert everywhere(portal, "/", lambda answer: "warning" not in answer[1])


def test_processes_that_begin_while_the_database_hangs_show_what_was_written_down(portal):
    """One in the place of one that was killed, then all of them: none has a page in memory."""
    wait_for_true(lambda: set(PUBLIC) <= set(keys_of_snapshots(portal)))
    written = list(keys_of_snapshots(portal))
    with stopped(portal.data):
        wait_for_true(lambda: ask(portal, "/healthz")[0] == 503)
        before = web_processes(portal)
        os.kill(min(before), signal.SIGKILL)
        wait_for_true(lambda: len(web_processes(portal) - {min(before)}) == len(before))
        assert {ask(portal, "/")[0] for _ in range(CONNECTIONS)} == {200}
        before = web_processes(portal)
        os.kill(portal.pid, signal.SIGHUP)
        wait_for_true(lambda: not before & web_processes(portal))
        assert {key: status for key in written if (status := ask(portal, key)[0]) != 200} == {}
    assert everywhere(portal, "/tin-tuc/?khong-ro=1", lambda answer: answer[0] == 200)


def keys_of_snapshots(portal):
    for about in snapshots_of(portal).rglob("page.json"):
        path, _, query = about.parent.relative_to(snapshots_of(portal)).as_posix().partition("@")
        path = path.strip("./")
        is_folder = path and "." not in path.rpartition("/")[2]
        yield f"/{path}{'/' * bool(is_folder)}{'?' * bool(query)}{query}"


class Reader(threading.Thread):
    """Reads again and again, on one connection as long as the portal lets it."""

    def __init__(self, portal, is_patient):
        super().__init__()
        self.portal = portal
        self.is_patient = is_patient
        self.found = Counter()
        self.ends = threading.Event()

    def run(self):
        wire = http.client.HTTPConnection(urlsplit(self.portal.url).netloc)
        while not self.ends.wait(0.05):
            try:
                wire.request("GET", "/", headers={} if self.is_patient else {"Connection": "close"})
                answer = wire.getresponse()
                answer.read()
                self.found[answer.status] += 1
            except OSError as error:
                self.found[repr(error)] += 1
                wire.close()
        wire.close()


def test_no_request_fails_while_the_web_processes_are_replaced(portal):
    readers = [Reader(portal, number % 2) for number in range(8)]
    for reader in readers:
        reader.start()
    before = web_processes(portal)
    os.kill(portal.pid, signal.SIGHUP)
    wait_for_true(lambda: not before & web_processes(portal))
    for reader in readers:
        reader.ends.set()
        reader.join()
    found = sum((reader.found for reader in readers), Counter())
    assert set(found) == {200}, found


def web_processes(portal) -> set[int]:
    """Return the ids of the processes that answer requests."""
    children = Path(f"/proc/{portal.pid}/task/{portal.pid}/children").read_text().split()
    return {
        int(child)
        for child in children
        if Path(f"/proc/{child}/comm").read_text() == "portal-web\n"
    }
