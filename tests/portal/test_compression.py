"""Public pages go out compressed and can be asked for again cheaply."""

import gzip

import pytest

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


def test_a_page_with_a_token_is_not_compressed(client):
    assert "Content-Encoding" not in get_compressed(client, "/gop-y/tra-cuu/").headers
