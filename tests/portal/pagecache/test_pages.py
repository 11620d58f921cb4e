"""A kept page is sent in the encoding a browser takes, or not at all when it has it already."""

import gzip

import brotli
import pytest

from portal.pagecache.pages import accepted
from tests.portal.pagecache.conftest import HTML, environ, page

CONTENT = b"<p>" + "Sản xuất công nghiệp tăng trưởng. ".encode() * 100


@pytest.mark.parametrize(
    ("header", "encoding"),
    [
        ("gzip, deflate, br, zstd", "br"),
        ("gzip, deflate", "gzip"),
        ("GZIP", "gzip"),
        ("br;q=0, gzip;q=0.5", "gzip"),
        ("br;q=0, *", "gzip"),
        ("*;q=0", ""),
        ("identity", ""),
        ("gzip;q=much", ""),
        ("", ""),
    ],
)
def test_the_best_encoding_a_browser_takes_is_chosen(header, encoding):
    assert accepted(header) == encoding


def test_a_page_is_the_same_in_every_encoding():
    kept = page(content=CONTENT)
    assert brotli.decompress(kept.answer(environ(accept_encoding="br")).body) == CONTENT
    assert gzip.decompress(kept.answer(environ(accept_encoding="gzip")).body) == CONTENT
    assert kept.answer(environ()).body == CONTENT


def test_each_encoding_has_a_name_of_its_own_and_says_what_it_depends_on():
    kept = page(content=CONTENT)
    names = set()
    for encoding in ("br", "gzip", ""):
        headers = dict(kept.answer(environ(accept_encoding=encoding)).headers)
        assert headers.get("Content-Encoding", "") == encoding
        assert headers["Vary"] == "Accept-Encoding"
        names.add(headers["ETag"])
    assert len(names) == 3


def test_a_page_a_browser_has_is_not_sent_again():
    kept = page(content=CONTENT)
    headers = dict(kept.answer(environ(accept_encoding="br")).headers)
    for known in (headers["ETag"], f"W/{headers['ETag']}", f'"other", {headers["ETag"]}', "*"):
        answer = kept.answer(environ(accept_encoding="br", if_none_match=known))
        assert (answer.status, answer.body) == (304, b"")
        told = dict(answer.headers)
        assert told["ETag"] == headers["ETag"]
        assert told["Cache-Control"] == headers["Cache-Control"]
        assert "Content-Encoding" not in told
        assert "Content-Type" not in told
    assert kept.answer(environ(if_none_match='"another"')).status == 200


def test_what_is_small_or_packed_already_is_sent_as_it_is():
    small = page(content=b"<p>")
    packed = page(content=b"x" * 5000, headers=[("Content-Type", "application/zip")])
    for kept in (small, packed):
        headers = dict(kept.answer(environ(accept_encoding="br, gzip")).headers)
        assert "Content-Encoding" not in headers
        assert "Vary" not in headers


def test_a_page_keeps_the_name_it_brings_when_that_says_more_than_its_bytes():
    kept = page(content=CONTENT, headers=[*HTML, ("ETag", 'W/"7"')])
    assert dict(kept.answer(environ(accept_encoding="br")).headers)["ETag"] == 'W/"7"'
    assert kept.answer(environ(if_none_match='W/"7"')).status == 304
    own = page(content=CONTENT, headers=[*HTML, ("ETag", '"7"')])
    assert dict(own.answer(environ()).headers)["ETag"] != '"7"'
