"""Pictures that came with pasted text as data: in the library, or left out with a sentence."""

from base64 import b64encode

import pytest
from django.urls import reverse

from news import pasted
from news.models import Article, Photo
from tests.builders import make_category, make_staff, picture_bytes
from tests.news.test_admin import form

pytestmark = pytest.mark.django_db


def data_picture(content: bytes, alt="") -> str:
    return f'<img alt="{alt}" src="data:image/png;base64,{b64encode(content).decode()}">'


def test_a_pasted_picture_becomes_a_photo_once():
    html = f"<p>{data_picture(picture_bytes(), alt='Máy dệt')}{data_picture(picture_bytes())}</p>"
    taken = pasted.take_in(html, owner=make_staff())
    photo = Photo.objects.get()
    assert taken.html.count(f'src="{photo.image.url}"') == taken.stored == 2
    assert photo.alt_text == "Máy dệt"


def test_a_description_is_kept_as_words_not_as_markup():
    taken = pasted.take_in(data_picture(picture_bytes(), alt="Dầu &amp; khí"), owner=None)
    assert Photo.objects.get().alt_text == "Dầu & khí"
    assert 'alt="Dầu &amp; khí"' in taken.html


def test_a_picture_begun_many_times_over_is_read_in_one_pass():
    broken = "<img" + ' src="data:x' * 100_000  # by steps that double it would take minutes
    assert pasted.take_in(broken, owner=None).html == broken


@pytest.mark.parametrize(
    "picture",
    [
        data_picture(b"<svg onload=alert(1)>"),
        '<img src="data:image/png;base64,@@@">',
        '<img src="data:image/svg+xml;utf8,%3Csvg%3E">',
    ],
)
def test_what_is_no_picture_is_left_out_with_a_sentence(picture):
    taken = pasted.take_in(f"<p>a{picture}b</p>", owner=None)
    assert "data:image" not in taken.html
    assert not Photo.objects.exists()
    assert taken.refused


def test_whoever_saves_is_told_what_became_of_the_pictures(client):
    editor = make_staff("Biên tập")
    client.force_login(editor)
    body = f"<p>Chữ {data_picture(picture_bytes())}{data_picture(b'x')}</p>"
    response = client.post(
        reverse("admin:news_article_add"),
        form(category=make_category().pk, body=body),
        follow=True,
    )
    photo = Photo.objects.get()
    assert f'src="{photo.image.url}"' in Article.objects.get().body
    assert "Đã đưa 1 ảnh dán vào thư viện ảnh" in response.text
    assert "Không nhận một ảnh dán vào bài" in response.text
    assert photo.owner == editor
