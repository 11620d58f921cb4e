"""Photos are sent in the size a screen needs."""

import io

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django_tasks_db.models import DBTaskResult
from PIL import Image

from news.models import Photo
from news.tasks import render
from portal import renditions
from tests.builders import make_article, make_photo

pytestmark = pytest.mark.django_db


def photo_of(width, height=450, mode="RGB"):
    output = io.BytesIO()
    Image.new(mode, (width, height)).save(output, "WEBP")
    photo = make_photo(image=ContentFile(output.getvalue(), "anh.webp"))
    return Photo.objects.get(pk=photo.pk)


def rendered(photo):
    render.call(photo.pk)
    photo.refresh_from_db()
    return photo


@pytest.mark.parametrize(
    ("width", "sizes"),
    [
        (480, []),
        (481, [480, 481]),
        (1000, [480, 800, 1000]),
        (1200, [480, 800, 1200]),
        (1600, [480, 800, 1200]),
    ],
)
def test_the_widest_size_is_not_below_what_a_page_shows(width, sizes):
    assert [size.width for size in renditions.of("anh/a.webp", width)] == sizes


def test_the_sizes_keep_the_shape_of_the_photo():
    photo = rendered(photo_of(1000, 500))
    sizes = renditions.of(photo.image.name, photo.width)
    with default_storage.open(sizes[1].name) as file, Image.open(file) as picture:
        assert (picture.format, picture.size) == ("AVIF", (800, 400))


def test_a_page_offers_them_once_they_are_made(client):
    photo = photo_of(1600)
    article = make_article(cover=photo)
    assert "srcset" not in client.get(article.get_absolute_url()).content.decode()
    rendered(photo)
    page = client.get(article.get_absolute_url()).content.decode()
    assert 'type="image/avif"' in page
    for width in renditions.WIDTHS:
        assert f"-{width}.avif {width}w" in page


def test_what_a_stopped_worker_left_half_written_is_made_anew():
    photo = photo_of(900)
    size, *_ = renditions.of(photo.image.name, photo.width)
    default_storage.save(size.name, ContentFile(b"half"))
    rendered(photo)
    with default_storage.open(size.name) as file, Image.open(file) as picture:
        assert picture.size == (480, 240)


def test_a_small_photo_needs_no_smaller_ones():
    assert rendered(photo_of(300)).srcset() == ""


def test_a_transparent_photo_stays_transparent():
    photo = rendered(photo_of(900, mode="RGBA"))
    size, *_ = renditions.of(photo.image.name, photo.width)
    with default_storage.open(size.name) as file, Image.open(file) as picture:
        assert picture.has_transparency_data


def test_a_replaced_photo_does_not_show_the_former_one():
    photo = rendered(photo_of(900))
    photo.image.name = "anh/khac.webp"
    assert photo.srcset() == ""


def test_saving_a_photo_asks_the_worker_once(django_capture_on_commit_callbacks):
    asked = DBTaskResult.objects.filter(task_path="news.tasks.render")
    with django_capture_on_commit_callbacks(execute=True):
        photo = photo_of(900)
    assert asked.count() == 1
    rendered(photo)
    with django_capture_on_commit_callbacks(execute=True):
        photo.save()
    assert asked.count() == 1


def test_a_photo_deleted_meanwhile_is_no_error():
    render.call(0)


def test_the_sizes_are_served(client):
    photo = rendered(photo_of(900))
    response = client.get(renditions.of(photo.image.name, 900)[0].url)
    assert response.headers["Content-Type"] == "image/avif"
    response.close()
