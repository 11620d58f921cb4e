import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from portal.documents import random_name

pytestmark = pytest.mark.django_db  # a finished response lets go of the connection


@pytest.fixture
def sound():
    return default_storage.save("nghe/a.mp3", ContentFile(bytes(range(100))))


@pytest.fixture
def get(client):
    """Ask for a file and read it to its end, as a browser does."""

    def read(address, **headers):
        response = client.get(address, headers=headers)
        response.sent = response.getvalue() if response.streaming else response.content
        response.close()
        return response

    return read


def test_media_cannot_run_anything(get, sound):
    response = get(f"/media/{sound}")
    assert response.headers["Content-Type"] == "audio/mpeg"
    assert response.headers["Content-Security-Policy"] == (
        "default-src 'none'; sandbox; frame-ancestors 'none'"
    )
    assert response.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    ("asked", "status", "sent"),
    [
        ("bytes=10-19", 206, bytes(range(10, 20))),
        ("bytes=90-", 206, bytes(range(90, 100))),
        ("bytes=-5", 206, bytes(range(95, 100))),
        ("bytes=50-999", 206, bytes(range(50, 100))),
        ("bytes=200-", 416, b""),
        ("bytes=9-3", 416, b""),
        ("lines=1-2", 200, bytes(range(100))),
        ("bytes=-", 200, bytes(range(100))),
    ],
)
def test_a_player_gets_the_part_it_asks_for(get, sound, asked, status, sent):
    response = get(f"/media/{sound}", Range=asked)
    assert (response.status_code, response.sent) == (status, sent)
    assert int(response.headers["Content-Length"]) == len(sent)


def test_documents_are_downloaded_not_shown(get):
    name = default_storage.save(f"tai-lieu/{random_name('pdf')}", ContentFile(b"%PDF-"))
    assert get(f"/media/{name}").headers["Content-Disposition"].startswith("attachment")


@pytest.mark.parametrize(
    "name",
    [
        "x.html",
        "x.svg",
        "khong-co.webp",
        "../secret_key",
        "..%2fsecret_key",
        "a/../../x.mp3",
        "",
        "nghe/",
        "x.webp/..",
        "%00.webp",
    ],
)
def test_nothing_else_is_served(get, name):
    assert get(f"/media/{name}").status_code in {400, 404}
