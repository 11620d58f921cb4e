"""Public pages go out compressed and can be asked for again cheaply."""

import gzip
import secrets

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from portal import caching
from portal.caching import MOST_REMEMBERED, compressed
from tests.builders import make_article

pytestmark = pytest.mark.django_db


def get_compressed(client, address, **headers):
    return client.get(address, headers={"accept-encoding": "gzip", **headers})


def test_a_public_page_is_compressed_for_who_can_read_that(client):
    response = get_compressed(client, "/tin-tuc/")
    assert response.headers["Content-Encoding"] == "gzip"
    assert response.headers["Vary"] == "Accept-Encoding"
    assert gzip.decompress(response.content) == client.get("/tin-tuc/").content


def test_the_same_page_keeps_its_etag_and_is_not_sent_twice(client):
    etag = get_compressed(client, "/tin-tuc/").headers["ETag"]
    again = get_compressed(client, "/tin-tuc/", **{"if-none-match": etag})
    assert (again.status_code, again.content) == (304, b"")


def test_each_encoding_of_a_page_has_an_etag_of_its_own(client):
    plain, packed = client.get("/tin-tuc/"), get_compressed(client, "/tin-tuc/")
    assert plain.headers["ETag"] != packed.headers["ETag"]
    again = get_compressed(client, "/tin-tuc/", **{"if-none-match": plain.headers["ETag"]})
    assert again.status_code == 200


def test_what_is_compressed_is_always_the_page_as_it_is_now(client):
    make_article(title="Bài một")
    before = get_compressed(client, "/tin-tuc/")
    make_article(title="Bài hai")
    after = get_compressed(client, "/tin-tuc/")
    assert before.headers["ETag"] != after.headers["ETag"]
    assert "Bài hai" in gzip.decompress(after.content).decode()


def test_long_files_are_compressed_and_not_remembered():
    body = b"so lieu;" * MOST_REMEMBERED
    view = compressed(lambda request: HttpResponse(body))
    request = RequestFactory().get("/", headers={"accept-encoding": "gzip"})
    remembered = caching._packed.cache_info().currsize
    assert gzip.decompress(view(request).content) == body
    assert caching._packed.cache_info().currsize == remembered


def test_what_compression_makes_no_shorter_goes_out_as_it_is():
    body = secrets.token_bytes(500)
    request = RequestFactory().get("/", headers={"accept-encoding": "gzip"})
    response = compressed(lambda request: HttpResponse(body))(request)
    assert response.content == body
    assert "Content-Encoding" not in response.headers
    assert response.headers["Vary"] == "Accept-Encoding"


def test_a_page_with_a_token_is_not_compressed(client):
    assert "Content-Encoding" not in get_compressed(client, "/gop-y/tra-cuu/").headers
