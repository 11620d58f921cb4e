"""Only what is plainly the address of a public page is answered by the front door."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.pagecache.keys import key_of, parameters_of
from tests.portal.pagecache.conftest import environ


@pytest.mark.parametrize(
    ("path", "query", "key"),
    [
        ("/", "", "/"),
        ("/tin-tuc/chuyen-muc/cong-nghiep/", "", "/tin-tuc/chuyen-muc/cong-nghiep/"),
        ("/tin-tuc/", "trang=2", "/tin-tuc/?trang=2"),
        ("/chi-tieu/so-sanh/", "tu=2021&den=2024", "/chi-tieu/so-sanh/?den=2024&tu=2021"),
        ("/sitemap.xml", "", "/sitemap.xml"),
        ("/tin-tuc/a/", "fbclid=IwAR0_x%20y", "/tin-tuc/a/"),
        ("/tin-tuc/", "utm_source=zalo&trang=3&utm_medium=%E1", "/tin-tuc/?trang=3"),
    ],
)
def test_a_public_address_has_a_key(path, query, key):
    assert key_of(environ(path, query)) == key


@pytest.mark.parametrize(
    "request_",
    [
        environ(method="POST"),
        environ(method="PURGE"),
        environ(authorization="Basic x"),
        environ(range="bytes=0-1"),
        environ(transfer_encoding="chunked"),
        environ() | {"CONTENT_LENGTH": "5"},
        environ(host=""),
        environ(host="evil.example"),
        environ(host="127.0.0.1:8000@evil.example"),
        environ(host="127.0.0.1:8000, evil.example"),
        environ("/quan-tri/"),
        environ("/quan-tri/news/article/"),
        environ("/media/a.jpg"),
        environ("/static/css/site.css"),
        environ("/healthz"),
        environ("/luot-xem/"),
        environ("//tin-tuc/"),
        environ("/tin-tuc//a/"),
        environ("/tin-tuc/../quan-tri/"),
        environ("/tin-tuc/./"),
        environ("/.git/config"),
        environ("/Tin-Tuc/"),
        environ("/tin-tuc/a;x=1/"),
        environ("/tin-tuc/\u00e1/"),
        environ("/tin-tuc/a\\b/"),
        environ("/tin-tuc/\x00/"),
        environ("/" + "a" * 300),
        environ(host="127.0.0.1" + "0" * 9000),
        environ("/tin-tuc/", "trang=2&trang=3"),
        environ("/tin-tuc/", "trang=%32"),
        environ("/tin-tuc/", "trang"),
        environ("/tin-tuc/", "&&&"),
        environ("/tin-tuc/", "a=1&b=2&c=3&d=4&e=5"),
        environ("/tin-tuc/", "trang=2;x=1"),
        environ("/tin-tuc/", "q=công"),
    ],
)
def test_what_is_not_plainly_a_public_address_has_none(request_):
    assert key_of(request_) is None


def test_a_page_is_kept_only_for_those_who_come_by_https_where_that_is_asked(settings):
    settings.HTTPS = True
    assert key_of(environ()) is None
    assert key_of(environ(x_forwarded_proto="http")) is None
    assert key_of(environ(x_forwarded_proto="https")) == "/tin-tuc/"


@pytest.mark.parametrize(
    "header", ["cookie", "x_forwarded_host", "accept_language", "user_agent", "x_original_url"]
)
def test_no_other_header_is_part_of_a_key(header):
    assert key_of(environ(**{header: "anything"})) == key_of(environ())


def test_the_parameters_of_a_key_are_those_of_the_address():
    assert parameters_of("/chi-tieu/so-sanh/?den=2024&tu=2021") == {"den": "2024", "tu": "2021"}
    assert parameters_of("/tin-tuc/") == {}


@given(st.text(), st.text())
def test_whatever_is_asked_a_key_holds_nothing_but_plain_characters(path, query):
    key = key_of(environ(path, query))
    assert key is None or (key.isascii() and ".." not in key.split("/") and "%" not in key)
