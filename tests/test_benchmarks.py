"""The benchmarks measure what they say: no timing is asserted here, only what is counted."""

import asyncio
import gzip
import importlib.util
import threading
import time
from contextlib import ExitStack
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

import pytest
from django.conf import settings

from benchmarks import __main__ as bench
from benchmarks import overload, reference
from benchmarks.crowd import Crowd
from benchmarks.load import Measure, Page, ask, ask_distinct, get, in_turn
from benchmarks.slow import slow_clients
from benchmarks.tables import print_table

PAGE = Page(
    [
        ("Content-Type", "text/html; charset=utf-8"),
        ("Content-Encoding", "gzip"),
        ("Vary", "Accept-Encoding"),
        ("Cache-Control", "public, max-age=0, s-maxage=60"),
        ("Content-Security-Policy", "default-src 'none'; img-src 'self' data:"),
        ("Date", "Sun, 01 Nov 2026 00:00:00 GMT"),
    ],
    gzip.compress(b"<p>Trang</p>" * 100, mtime=0),
    b"<p>Trang</p>" * 100,
)
OF_SERVERS = {"connection", "date", "etag", "last-modified", "server", "content-length"}


class Site(BaseHTTPRequestHandler):
    """A site that answers, refuses or hangs up by its paths."""

    protocol_version = "HTTP/1.1"
    asked: list[str]

    def do_GET(self):
        self.asked.append(self.path)
        if self.path == "/cut/":
            self.close_connection = True
            return
        self.send_response({"/no/": 500, "/busy/": 503}.get(self.path, 200))
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"ok")
        if self.path == "/last/":  # without saying so
            self.close_connection = True

    def log_message(self, *_):
        pass


@pytest.fixture
def site():
    handler = type("AskedSite", (Site,), {"asked": []})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads, server.asked = True, handler.asked
    server.address = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def watch(site, *paths, **options) -> Crowd:
    with Crowd(site.address, paths, askers=1, rate=400, **options) as crowd:
        while len(site.asked) < 12:
            time.sleep(0.01)
    return crowd


def test_every_question_is_a_command_and_is_explained():
    explained = (settings.BASE_DIR / "docs/performance.md").read_text()
    for name in bench.QUESTIONS:
        assert importlib.util.find_spec(f"benchmarks.{name}"), name
        assert f"benchmarks.{name}`" in explained or f"`.{name}`" in explained, name


def test_a_crowd_counts_every_answer_that_is_not_a_page(site):
    crowd = watch(site, "/", "/no/", "/busy/")
    assert crowd.statuses[500] >= 3
    assert crowd.statuses[503] >= 3
    assert crowd.failed == crowd.statuses[500] + crowd.statuses[503]
    assert crowd.failures[0].startswith("/no/: 500")
    assert len(crowd.seconds) == crowd.asked


def test_a_connection_cut_in_the_middle_is_a_failure(site):
    crowd = watch(site, "/cut/", keep_alive=False)
    assert crowd.failed == crowd.asked > 0


def test_a_kept_connection_that_was_closed_meanwhile_is_asked_again_and_counted(site):
    crowd = watch(site, "/last/", "/")
    assert crowd.failed == 0
    assert crowd.again > 0


def test_the_medians_of_rounds_taken_in_turn_are_told():
    rates = {"portal": iter([0.0, 10.0, 30.0, 20.0]), "nginx": iter([0.0, 40.0, 40.0, 40.0])}
    order = []

    def subject(name):
        def measure(seconds):
            order.append(name)
            return Measure(next(rates[name]), 1.0, 2.0, 3.0, failed=1)

        return measure

    found = in_turn({name: subject(name) for name in rates})
    assert order == ["portal", "nginx"] * 4
    assert found["portal"] == Measure(20.0, 1.0, 2.0, 3.0, failed=3, spread=1.0)
    assert found["nginx"].spread == 0


def test_references_send_the_bytes_and_headers_of_the_page():
    with ExitStack() as stack:
        addresses = [
            stack.enter_context(reference.static_nginx(PAGE)),
            stack.enter_context(reference.bare({"/a/": PAGE})),
            stack.enter_context(reference.view({"/a/?bypass=1": PAGE})),
        ]
        answers = [get(one, "/a/?bypass=1", {"Accept-Encoding": "gzip"}) for one in addresses]
    wanted = {name.lower(): value for name, value in PAGE.headers if name != "Date"}
    for status, headers, body in answers:
        assert (status, body) == (200, PAGE.packed)
        sent = {name.lower(): value for name, value in headers}
        sent = {name: value for name, value in sent.items() if name not in OF_SERVERS}
        assert {name: sent.get(name) for name in wanted} == wanted
        extra = set(sent) - set(wanted)
        assert extra <= {"x-content-type-options", "referrer-policy", "cross-origin-opener-policy"}


def test_a_load_asks_for_its_paths_alone_and_counts_refusals(site):
    measure = ask(site.address, ["/", "/no/"], seconds=1, connections=2)
    assert set(site.asked) == {"/", "/no/"}
    assert 0 < measure.failed <= site.asked.count("/no/")
    assert measure.rate > 0


def test_distinct_addresses_are_distinct(site):
    ask_distinct(site.address, ["/*/", "/?*=1"], seconds=1)
    assert len(set(site.asked)) > 0.9 * len(site.asked)
    assert not any("*" in path for path in site.asked)


def test_an_overload_comes_at_its_own_pace(site):
    found = asyncio.run(overload._offer(urlsplit(site.address), "/busy/", 50, 1))
    assert len(found[503]) == len(site.asked) == 50


def test_slow_clients_hold_their_connections_and_let_them_go(site):
    with slow_clients(site.address, 9) as clients:
        assert all(client.fileno() > 0 for client in clients)
        assert get(site.address, "/")[0] == 200
    assert all(client.fileno() == -1 for client in clients)


def test_tables_are_those_of_the_documentation(capsys):
    print_table(["page", "a second", "ratio"], [("home", 12345.6, 0.5), ("list", 12, "yes")])
    assert capsys.readouterr().out.splitlines() == [
        "| page | a second | ratio |",
        "| --- | ---: | ---: |",
        "| home | 12,346 | 0.50 |",
        "| list | 12 | yes |",
        "",
    ]
