"""Photos are sent in the size a screen needs."""

import io

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django_tasks_db.models import DBTaskResult
from PIL import Image

from news.models import Photo
from news.tasks import discard, render
from portal import renditions, richtext
from tests.builders import make_article, make_photo, picture_upload

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


def stored(name):
    """Return a stored picture, read to its end."""
    with default_storage.open(name) as file, Image.open(file) as picture:
        picture.load()
        return picture


def is_stored(*names):
    return [default_storage.exists(name) for name in names]


def test_a_page_offers_them_once_they_are_made(client):
    photo = photo_of(1600)
    article = make_article(cover=photo)
    assert "srcset" not in client.get(article.get_absolute_url()).content.decode()
    rendered(photo)
    page = client.get(article.get_absolute_url()).content.decode()
    assert page.index('type="image/avif"') < page.index(f"-{renditions.WIDTHS[0]}.jpg")
    for width in renditions.WIDTHS:
        assert f"-{width}.avif {width}w" in page
        assert f"-{width}.jpg {width}w" in page
    assert 'width="1600" height="450"' in page
    assert photo.image.name not in page


def test_browsers_without_avif_get_jpeg_of_the_same_shape():
    photo = rendered(photo_of(1000, 500, mode="RGBA"))
    narrow, *_ = renditions.of(photo.image.name, photo.width, "jpg")
    picture = stored(narrow.name)
    assert (picture.format, picture.mode, picture.size) == ("JPEG", "RGB", (480, 240))
    assert min(picture.getpixel((5, 5))) > 250  # nothing shines through but white


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


# -- previews of links, and what cuts leave --------------------------------------------


def two_halves(width, height):
    """Return a photo whose left half is red and whose right half is blue."""
    picture = Image.new("RGB", (width, height), "blue")
    picture.paste("red", (0, 0, width // 2, height))
    output = io.BytesIO()
    picture.save(output, "PNG")
    return make_photo(image=ContentFile(output.getvalue(), "anh.png"))


def test_previews_of_links_show_the_part_in_focus():
    photo = two_halves(1300, 315)
    assert photo.share_image == ""
    for focus, (red, blue) in {10: (255, 0), 90: (0, 255)}.items():
        Photo.objects.update(focal_x=focus)
        photo = rendered(photo)
        share = stored(photo.share_picture)
        assert photo.share_image.endswith(f"-chia-se-{focus}-50.jpg")
        assert (share.format, share.size) == ("JPEG", renditions.SHARE_SIZE)
        seen = share.getpixel((600, 300))
        assert (abs(seen[0] - red) < 20, abs(seen[2] - blue) < 20) == (True, True)


def test_a_new_focus_asks_the_worker_and_leaves_the_sizes(django_capture_on_commit_callbacks):
    photo = rendered(photo_of(900))
    photo.focal_y = 20
    with django_capture_on_commit_callbacks(execute=True):
        photo.save()
    assert DBTaskResult.objects.filter(task_path="news.tasks.render").count() == 1
    assert photo.share_image == ""
    assert photo.srcset() != ""


def test_what_is_too_small_for_a_preview_has_none_and_asks_once():
    photo = rendered(photo_of(500))
    assert photo.share_image == ""
    photo.request_renditions()
    assert not DBTaskResult.objects.exists()


@pytest.mark.parametrize(
    ("focus", "classes"),
    [
        ((50, 50), ""),
        ((50, 30), "focus-y-0"),
        ((0, 100), "focus-x-0 focus-y-100"),
        ((65, 40), "focus-x-75 focus-y-25"),
    ],
)
def test_cuts_in_lists_keep_the_focus_in_sight(client, focus, classes):
    photo = make_photo(focal_x=focus[0], focal_y=focus[1])
    assert photo.focus_classes == classes
    make_article(cover=photo)
    page = client.get("/tin-tuc/").content.decode()
    assert (f'class="{classes}"' in page) is bool(classes)


# -- pictures inside texts -------------------------------------------------------------


def with_files(photo):
    """Return a photo whose sizes are there, by their names alone."""
    for size in renditions.of(photo.image.name, photo.width):
        default_storage.save(size.name, ContentFile(b""))
    return photo


def test_a_picture_in_a_text_has_its_sizes_and_its_shape():
    photo = rendered(photo_of(1600, 900))
    shown = richtext.show(f'<p><img src="{photo.image.url}" alt="Chợ"></p>')
    assert 'width="1600" height="900"' in shown
    assert 'loading="lazy"' in shown
    assert shown.count("<picture>") == shown.count("</picture>") == 1
    for size in photo.sizes() + photo.sizes("jpg"):
        assert f"{size.url} {size.width}w" in shown
    assert f'src="{photo.widest_url}"' in shown


@pytest.mark.parametrize(
    ("given", "width", "height"),
    [
        ('width="400"', 400, 225),
        ('height="90"', 160, 90),
        ('width="300" height="200"', 300, 200),
        ('width="0"', 1600, 900),
    ],
)
def test_the_shape_an_editor_gave_is_kept_and_completed(given, width, height):
    photo = with_files(photo_of(1600, 900))
    shown = richtext.show(f'<p><img src="{photo.image.url}" alt="" {given}></p>')
    assert f'width="{width}"' in shown
    assert f'height="{height}"' in shown
    if width < 672:
        assert f'sizes="(min-width: {width}px) {width}px, 100vw"' in shown


def test_without_sizes_a_picture_in_a_text_is_shown_whole():
    photo = photo_of(1600, 900)
    shown = richtext.show(f'<p><img alt="Chợ &quot;phiên&quot; src=" src="{photo.image.url}"></p>')
    assert "srcset" not in shown
    assert f'src="{photo.image.url}"' in shown
    assert 'alt="Chợ &quot;phiên&quot; src="' in shown
    assert 'width="1600" height="900"' in shown
    gone = '<img src="/media/anh/khong-co.jpg" alt="Chợ" width="5">'
    assert richtext.show(gone) == gone.replace(">", ' loading="lazy">')


def test_pictures_of_a_text_are_looked_up_once(monkeypatch, django_assert_num_queries):
    photo = with_files(photo_of(1600, 900))
    text = f'<p><img src="{photo.image.url}" alt="Chợ"></p>'
    first = richtext.show(text)
    monkeypatch.setattr(renditions.Image, "open", None)
    monkeypatch.setattr(renditions.Path, "is_file", None)
    with django_assert_num_queries(0):
        assert richtext.show(text) == first


# -- files nobody needs ----------------------------------------------------------------


def test_the_files_of_a_deleted_photo_are_deleted(django_capture_on_commit_callbacks):
    photo = rendered(photo_of(900))
    other = default_storage.save("anh/khac.webp", ContentFile(b""))
    made = [photo.image.name, photo.share_picture, *(size.name for size in photo.sizes("jpg"))]
    assert all(is_stored(*made))
    with django_capture_on_commit_callbacks(execute=True):
        photo.delete()
    asked = DBTaskResult.objects.get(task_path="news.tasks.discard")
    discard.call(*asked.args_kwargs["args"])
    assert not any(is_stored(*made))
    assert is_stored(other) == [True]


def test_a_replaced_picture_stays_while_a_text_shows_it(django_capture_on_commit_callbacks):
    photo = photo_of(900)
    former, text = photo.image.name, f'<p><img src="{photo.image.url}" alt="Chợ phiên"></p>'
    article = make_article(body=text)
    photo.image = picture_upload("moi.png")
    with django_capture_on_commit_callbacks(execute=True):
        photo.save()
    assert DBTaskResult.objects.filter(task_path="news.tasks.discard").count() == 1
    discard.call(former)
    assert is_stored(former) == [True]
    article.body = "<p>Không còn ảnh.</p>"
    article.save()
    discard.call(former)  # a former version still shows it
    assert is_stored(former) == [True]
    article.versions.all().delete()
    discard.call(former)
    assert is_stored(former, photo.image.name) == [False, True]
