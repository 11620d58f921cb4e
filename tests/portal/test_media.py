import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from news.models import Narration
from tests.builders import make_article

pytestmark = pytest.mark.django_db  # a finished response lets go of the connection


@pytest.fixture
def sound():
    narration = Narration(article=make_article())
    narration.file.save("a.mp3", ContentFile(bytes(range(100))))
    return narration.file.name


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


def test_pictures_are_kept_for_good(get):
    name = default_storage.save("anh/a.webp", ContentFile(b"RIFF"))
    kept = get(f"/media/{name}").headers["Cache-Control"]
    assert kept == "public, max-age=31536000, immutable"


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


@pytest.mark.parametrize("name", [".a.webp", ".an/a.webp"])
def test_a_hidden_file_is_not_served_where_it_is(get, name, tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path
    file = tmp_path / name
    file.parent.mkdir(exist_ok=True)
    file.write_bytes(b"RIFF")
    assert get(f"/media/{name}").status_code == 404
