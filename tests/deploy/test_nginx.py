"""The shipped deploy/nginx.conf, in Debian's nginx in front of the portal."""

import gzip
import http.client
import ssl
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import NamedTuple
from wsgiref.simple_server import WSGIRequestHandler, make_server

import pytest
from django.conf import settings as django_settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, connections

from news.models import Narration
from tests import nginx
from tests.builders import make_article
from tests.portals import free_port

HOST = "soct.example.gov.vn"
# What one server says of the moment or of itself, and what another may say in other ways.
OWN = {"date", "server", "connection", "keep-alive", "content-length", "etag", "last-modified"}
OWN |= {"accept-ranges", "transfer-encoding"}

pytestmark = pytest.mark.django_db


class Answer(NamedTuple):
    status: int
    headers: Message
    body: bytes

    def comparable(self) -> dict[str, str]:
        found = {name.lower(): value.replace('"', "") for name, value in self.headers.items()}
        return {name: value for name, value in found.items() if name not in OWN}


class Silent(WSGIRequestHandler):
    def log_message(self, *_):
        pass


class CountingPortal:
    """The portal on a port, on the test's own connection to the database; counts its requests."""

    def __init__(self):
        self.asked = Counter()
        self._database, self._portal = connections["default"], WSGIHandler()
        self._server = make_server("127.0.0.1", 0, self._count, handler_class=Silent)
        self._thread = threading.Thread(target=self._serve)

    def __enter__(self):
        for signal in (request_started, request_finished):  # as Django's test client does
            signal.disconnect(close_old_connections)
        self._database.inc_thread_sharing()
        self._thread.start()
        return self

    def __exit__(self, *_):
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()
        self._database.dec_thread_sharing()
        for signal in (request_started, request_finished):
            signal.connect(close_old_connections)

    @property
    def port(self) -> int:
        return self._server.server_port

    def _serve(self):
        connections["default"] = self._database
        self._server.serve_forever(poll_interval=0.05)

    def _count(self, environ, start_response):
        self.asked[environ["PATH_INFO"]] += 1
        if environ["PATH_INFO"] == "/co-cookie/":  # a slip that no page of ours makes
            kept = ("Cache-Control", "public, s-maxage=60")
            start_response("200 OK", [kept, ("Set-Cookie", "sessionid=1")])
            return [b"a"]
        return self._portal(environ, start_response)


class Site:
    """nginx and the portal behind it."""

    def __init__(self, portal: CountingPortal | None, plain: int, tls: int, folder: Path):
        self._portal, self._plain, self._tls = portal, plain, tls
        self._certificate = folder / "fullchain.pem"

    @property
    def asked(self) -> Counter:
        return self._portal.asked

    def get(self, path: str, method: str = "GET", **headers) -> Answer:
        trusting = ssl.create_default_context(cafile=self._certificate)
        trusting.check_hostname = False  # it is asked by its number
        nginx = http.client.HTTPSConnection("127.0.0.1", self._tls, context=trusting, timeout=20)
        return self._answer(nginx, path, method, headers)

    def get_plain(self, path: str) -> Answer:
        nginx = http.client.HTTPConnection("127.0.0.1", self._plain, timeout=20)
        return self._answer(nginx, path, "GET", {})

    def get_from_portal(self, path: str, **headers) -> Answer:
        portal = http.client.HTTPConnection("127.0.0.1", self._portal.port, timeout=20)
        return self._answer(portal, path, "GET", headers | {"X-Forwarded-Proto": "https"})

    def _answer(self, connection, path, method, headers) -> Answer:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, path, headers={"Host": HOST} | named)
        response = connection.getresponse()
        body = response.read()
        connection.close()
        return Answer(response.status, response.headers, body)


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    folder = tmp_path_factory.mktemp("certificate")
    nginx.make_certificate(folder)
    return folder


@pytest.fixture
def folder(tmp_path, certificate):
    """What the portal's data directory holds, and the certificate."""
    folder = tmp_path / "site"
    folder.mkdir()
    (folder / "static").symlink_to(django_settings.STATIC_ROOT)
    (folder / "media").symlink_to(tmp_path / "media")
    for name in ("fullchain.pem", "privkey.pem"):
        (folder / name).symlink_to(certificate / name)
    return folder


@pytest.fixture
def site(folder, settings):
    settings.ALLOWED_HOSTS = [HOST]
    settings.SECURE_SSL_REDIRECT, settings.SECURE_HSTS_SECONDS = True, 31_536_000
    settings.SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    plain, tls = free_port(), free_port()
    with CountingPortal() as portal:
        inside = nginx.shipped(folder, portal=portal.port, plain=plain, tls=tls)
        with nginx.running(nginx.write(folder, inside), tls):
            yield Site(portal, plain, tls, folder)


def test_it_is_valid_and_warns_of_nothing(folder):
    inside = nginx.shipped(folder, portal=9, plain=free_port(), tls=free_port())
    assert "syntax is ok" in (said := nginx.check(nginx.write(folder, inside)))
    assert "[warn]" not in said


def test_pages_have_the_headers_the_portal_gives_them(site):
    address = make_article().get_absolute_url()
    for path in (address, "/", "/khong-co/", "/quan-tri/login/"):
        through, direct = site.get(path), site.get_from_portal(path)
        assert through.comparable().keys() == direct.comparable().keys()
        if path == address:
            assert through.comparable() == direct.comparable()
            assert through.body == direct.body
    assert "includeSubDomains" in through.headers["Strict-Transport-Security"]


def test_a_page_asked_for_twice_is_asked_of_the_portal_once(site):
    address = make_article().get_absolute_url()
    time.sleep(1 - time.time() % 1)  # a page is kept to the end of its second
    first, second = site.get(address), site.get(address, Cookie="sessionid=x; csrftoken=y")
    assert (first.status, first.body) == (second.status, second.body)
    assert site.asked[address] == 1
    head = site.get(address, method="HEAD")
    assert (head.status, head.body, site.asked[address]) == (200, b"", 1)
    again = site.get(address, If_None_Match=first.headers["ETag"])
    assert (again.status, again.body, site.asked[address]) == (304, b"", 1)


def test_nobody_waits_for_what_another_asked_for(folder):
    both = threading.Barrier(2, timeout=2)

    class PortalOfTwo(BaseHTTPRequestHandler):
        def do_GET(self):
            both.wait()  # answers the first when the second has come
            self.send_response(200)
            self.send_header("Cache-Control", "public")
            self.end_headers()

        def log_message(self, *_):
            pass

    plain, tls = free_port(), free_port()
    with ThreadingHTTPServer(("127.0.0.1", 0), PortalOfTwo) as portal:
        threading.Thread(target=portal.serve_forever, kwargs={"poll_interval": 0.05}).start()
        inside = nginx.shipped(folder, portal=portal.server_port, plain=plain, tls=tls)
        try:
            with nginx.running(nginx.write(folder, inside), tls), ThreadPoolExecutor(2) as people:
                answers = people.map(Site(None, plain, tls, folder).get, ["/", "/"])
                assert [one.status for one in answers] == [200, 200]
        finally:
            portal.shutdown()


def test_each_browser_gets_a_form_it_can_read(site):
    address = make_article(body=f"<p>{'Nội dung. ' * 100}</p>").get_absolute_url()
    answers = {
        accepted: site.get(address, Accept_Encoding=accepted)
        for accepted in ("identity", "gzip", "gzip;q=0", "gzip, deflate, br, zstd", "x-gzip")
    }
    sent = {accepted: one.headers["Content-Encoding"] for accepted, one in answers.items()}
    assert sent["gzip"] == "gzip"
    assert sent["gzip, deflate, br, zstd"] in {"br", "gzip"}
    assert sent["identity"] is sent["gzip;q=0"] is None
    assert {one.headers["Vary"] for one in answers.values()} == {"Accept-Encoding"}


def test_nothing_else_is_kept(site):
    paths = ["/quan-tri/login/", "/gop-y/", "/co-cookie/", "/khong-co/", "/?la=1", "/healthz"]
    for path in paths * 2:
        site.get(path)
    assert site.asked == dict.fromkeys((path.partition("?")[0] for path in paths), 2)


def test_nobody_gets_what_somebody_was_authorised_to_see(site):
    for _ in range(2):
        site.get("/", Authorization="Basic eDp5")
    site.get("/")
    assert site.asked["/"] == 3


def test_a_second_later_the_portal_is_asked_again(site):
    article = make_article()
    assert site.get(article.get_absolute_url()).status == 200
    article.state = article.State.WITHDRAWN
    article.save()
    time.sleep(1)
    assert site.get(article.get_absolute_url()).status == 404


def test_pictures_go_out_from_disk_with_the_portals_headers(site):
    for name, kind in {
        "a.webp": "image/webp",
        "b.avif": "image/avif",
        "c.jpg": "image/jpeg",
    }.items():
        path = f"/media/{default_storage.save(f'anh/{name}', ContentFile(b'RIFF'))}"
        through = site.get(path)
        assert site.asked[path] == 0
        assert through.body == b"RIFF"
        assert through.headers["Content-Type"] == kind
        assert through.comparable() == site.get_from_portal(path).comparable()


def test_documents_and_sound_are_left_to_the_portal(site):
    narration = Narration(article=make_article())
    narration.file.save("a.mp3", ContentFile(bytes(range(100))))
    article, path = narration.article, f"/media/{narration.file.name}"
    part = site.get(path, Range="bytes=10-19")
    assert (part.status, part.body) == (206, bytes(range(10, 20)))
    assert site.asked[path] == 1
    article.state = article.State.WITHDRAWN
    article.save()
    assert site.get(path).status == 404


def test_static_files_go_out_from_disk_compressed_with_the_portals_headers(site):
    for name in ("css/site.css", "js/site.js"):
        path = staticfiles_storage.url(name)
        through = site.get(path, Accept_Encoding="gzip, br")
        assert site.asked[path] == 0
        assert through.headers["Content-Encoding"] == "gzip"
        direct = site.get_from_portal(path, Accept_Encoding="gzip")
        assert through.comparable() == direct.comparable()


def test_no_other_file_is_sent(site, folder):
    (folder / "media").resolve().mkdir(exist_ok=True)
    (folder / "media/a.html").write_text("<script>")
    (folder / "media/.an").mkdir()
    for name in (".an/a.webp", ".a.webp"):
        (folder / "media" / name).write_bytes(b"RIFF")
    (folder / "secret_key").write_text("bí mật")
    for path in (
        "/static/.sources",
        "/static/../secret_key",
        "/static/",
        "/media/",
        "/media/../privkey.pem",
        "/media/%2e%2e/privkey.pem",
        "/media/a.html",
        "/media/.an/a.webp",
        "/media/.a.webp",
        "/.git/config",
        "/media/khong-co.webp",
        "/secret_key",
        "/postgres/PG_VERSION",
        "/pages/index.html.gz",
    ):
        assert site.get(path).status in {400, 404}, path


def test_without_the_portal_it_shows_what_the_portal_wrote_down(folder):
    (folder / "pages/tin-tuc/@trang=2").mkdir(parents=True)
    for name in ("", "tin-tuc/", "tin-tuc/@trang=2/"):
        (folder / f"pages/{name}index.html.gz").write_bytes(gzip.compress(f"Trang {name}".encode()))
    plain, tls = free_port(), free_port()
    inside = nginx.shipped(folder, portal=free_port(), plain=plain, tls=tls)
    with nginx.running(nginx.write(folder, inside), tls):
        site = Site(None, plain, tls, folder)
        shown = {path: site.get(path) for path in ("/", "/tin-tuc/", "/tin-tuc/?trang=2")}
        assert [one.body.decode() for one in shown.values()] == [
            "Trang ",
            "Trang tin-tuc/",
            "Trang tin-tuc/@trang=2/",
        ]
        packed = site.get("/tin-tuc/", Accept_Encoding="gzip")
        assert gzip.decompress(packed.body) == b"Trang tin-tuc/"
        assert packed.headers["Content-Type"] == "text/html; charset=utf-8"
        assert "frame-ancestors 'none'" in packed.headers["Content-Security-Policy"]
        never_written = ("/tin-tuc/da-go/", "/tin-tuc/?trang=9", "/?la=1", "/pages/index.html.gz")
        for path in (*never_written, "/gop-y/", "/quan-tri/", "/media/a.pdf", "/static/a.css"):
            missing = site.get(path)
            assert (missing.status, missing.headers["Retry-After"]) == (503, "10")
            assert "thử lại" in missing.body.decode()
        assert site.get("/tin-tuc/", method="POST").status == 503


def test_plain_http_leads_to_https(site):
    answer = site.get_plain("/tin-tuc/?trang=2")
    assert (answer.status, answer.headers["Location"]) == (301, f"https://{HOST}/tin-tuc/?trang=2")


def test_bodies_too_large_for_anything_are_refused_at_the_door(site):
    refused = site.get("/", method="POST", Content_Length=str(3 * 1024 * 1024))
    assert refused.status == 413
    assert site.asked["/"] == 0
