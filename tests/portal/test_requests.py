"""Requests that are refused before anything reads them."""

import pytest
from django.conf import settings
from django.core.handlers.wsgi import WSGIRequest
from django.test import RequestFactory

from portal.requests import MESSAGE_BODY, PUBLIC_BODY, STAFF_BODY, with_utf8_only

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


@pytest.mark.parametrize(
    ("path", "most"),
    [
        ("/gop-y/", MESSAGE_BODY),
        ("/gop-y/tra-cuu/", PUBLIC_BODY),
        ("/luot-xem/", PUBLIC_BODY),
        ("/danh-gia/", PUBLIC_BODY),
        ("/", PUBLIC_BODY),
    ],
)
def test_a_body_without_end_is_refused_unread(client, path, most):
    answer = client.generic("POST", path, b"", CONTENT_LENGTH=str(most + 1))
    assert answer.status_code == 413
    assert "quá lớn" in answer.content.decode()


def test_staff_are_told_what_was_too_much_and_what_to_do(admin_client):
    add = "/quan-tri/news/article/add/"
    endless = admin_client.generic("POST", add, b"", CONTENT_LENGTH=str(STAFF_BODY + 1))
    too_long = admin_client.post(add, {"body": "a" * (settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1)})
    for answer in (endless, too_long):
        page = answer.content.decode()
        assert answer.status_code == 413
        assert "tệp đính kèm không quá 25 MB, ảnh không quá 20 MB, phần chữ không quá 10 MB" in page
        assert "nút Quay lại của trình duyệt" in page


def test_a_text_that_is_too_long_comes_back_with_its_form(admin_client):
    long = f"<p>{'chữ ' * 600_000}</p>"
    page = admin_client.post("/quan-tri/news/article/add/", {"title": "Bài", "body": long})
    assert page.context["adminform"].form.errors["body"] == [
        "Nội dung dài quá 500.000 ký tự; hãy chia thành nhiều bài."
    ]
