"""Requests that are refused before anything reads them."""

import pytest
from django.core.handlers.wsgi import WSGIRequest
from django.test import RequestFactory

from portal.requests import PUBLIC_BODY, with_utf8_only

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("charset", ["hex", "rot13", "idna", "unicode_escape", "utf-7", "x" * 99])
def test_another_charset_is_not_heard(charset):
    environ = RequestFactory().get("/?q=a").environ | {
        "CONTENT_TYPE": f"text/plain; charset={charset}; boundary=b"
    }
    with_utf8_only(lambda environ, start_response: WSGIRequest(environ))(environ, None)
    assert "charset" not in environ["CONTENT_TYPE"]
    assert "boundary" in environ["CONTENT_TYPE"]


@pytest.mark.parametrize("path", ["/gioi-thieu/%00/", "/gioi-thieu/a%00b/", "/tin-tuc/%1f/"])
def test_control_characters_in_a_path_find_nothing(client, path):
    answer = client.get(path)
    assert answer.status_code == 404
    assert "Không tìm thấy trang" in answer.content.decode()


def test_the_admin_is_spared_control_characters(admin_client):
    for query in ("state__exact=%00", "q=%00", "q=a%1Bb"):
        assert admin_client.get(f"/quan-tri/news/article/?{query}").status_code == 400


@pytest.mark.parametrize("path", ["/gop-y/", "/luot-xem/", "/danh-gia/", "/"])
def test_a_body_without_end_is_refused_unread(client, path):
    answer = client.generic("POST", path, b"", CONTENT_LENGTH=str(PUBLIC_BODY + 1))
    assert answer.status_code == 413
    assert "quá lớn" in answer.content.decode()
