"""One library: uploaded once, described, found again, not deleted while it is shown."""

from datetime import timedelta

import pytest
from django.contrib.flatpages.models import FlatPage
from django.core import serializers
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from news import library
from news.models import Article, ArticlePhoto, Photo
from portal.groups import EDITORS, FEEDBACK_OFFICERS, PUBLISHERS
from tests.builders import make_article, make_photo, make_staff, picture_bytes, picture_upload

pytestmark = pytest.mark.django_db

UPLOAD, BROWSE = "/quan-tri/tep/tai-len/", "/quan-tri/tep/"
LIST = "/quan-tri/news/photo/"
UPLOAD_MANY, DESCRIBE = f"{LIST}tai-nhieu/", f"{LIST}mo-ta/"


def staff(group):
    return make_staff(group, password=None)  # nobody signs in with one here


@pytest.fixture
def editor(client):
    user = staff(EDITORS)
    client.force_login(user)
    return user


def undescribed(owner, name="IMG_0001.jpg"):
    return make_photo(alt_text="", original_name=name, owner=owner)


def of_text(photo):
    return f'<p><img src="{photo.image.url}" alt="Xưởng dệt"></p>'


# -- in the editor ---------------------------------------------------------------------


def test_a_picture_uploaded_in_the_editor_is_a_photo_of_the_library(client, editor):
    answer = client.post(UPLOAD, {"upload": picture_upload("xuong.png")}).json()
    photo = Photo.objects.get()
    assert answer == {"uploaded": 1, "fileName": "xuong.png", "url": photo.image.url}
    assert (photo.owner, photo.original_name, photo.is_described) == (editor, "xuong.png", False)


def test_a_refused_upload_is_answered_in_words(client, editor):
    for files in ({"upload": picture_upload(content=b"<html>")}, {}):
        answer = client.post(UPLOAD, files)
        assert answer.status_code == 400
        assert "ảnh" in answer.json()["error"]["message"]
    assert not Photo.objects.exists()


def test_nobody_uploads_more_than_the_quota_of_a_day(client, editor, monkeypatch):
    monkeypatch.setattr(library, "DAILY_QUOTA", 1)
    make_photo(owner=editor, uploaded_at=timezone.now() - timedelta(days=2))
    assert client.post(UPLOAD, {"upload": picture_upload()}).status_code == 200
    answer = client.post(UPLOAD, {"upload": picture_upload()})
    assert "đã tải lên đủ 1 ảnh" in answer.json()["error"]["message"]


def test_only_editors_upload_and_browse(client):
    assert client.get(BROWSE).status_code == 302
    client.force_login(staff(FEEDBACK_OFFICERS))
    assert client.get(BROWSE).status_code == 403
    assert client.post(UPLOAD, {"upload": picture_upload()}).status_code == 403
    assert client.get(UPLOAD_MANY).status_code == 403
    assert client.get(DESCRIBE).status_code == 403


def test_an_upload_without_a_token_is_refused():
    client = Client(enforce_csrf_checks=True)
    client.force_login(staff(EDITORS))
    assert client.post(UPLOAD, {"upload": picture_upload()}).status_code == 403
    assert not Photo.objects.exists()


def test_the_window_of_pictures_finds_them_and_hands_over_the_description(client, editor):
    make_photo(alt_text="Cảng biển lúc hoàng hôn")
    photo = make_photo(alt_text='Bà con xem "hàng Việt"')
    page = client.get(BROWSE, {"q": "hang viet", "CKEditorFuncNum": "7"}).content.decode()
    assert f'data-picture="{photo.image.url}"' in page
    assert 'data-description="Bà con xem &quot;hàng Việt&quot;"' in page
    assert 'name="CKEditorFuncNum" value="7"' in page
    assert "Cảng biển" not in page


# -- finding ---------------------------------------------------------------------------


@pytest.mark.parametrize("words", ["det", "MAY dệt", "thu tin", "lan dau", "xuong-3", ""])
def test_a_photo_is_found_by_whatever_is_written_of_it(words):
    photo = make_photo(
        alt_text="Công nhân vận hành máy dệt",
        caption="Lần đầu chạy thử",
        credit="Trung tâm Thử nghiệm, Thu Tín",
        original_name="XUONG-3.JPG",
    )
    make_photo(alt_text="Cảng biển", original_name="b.jpg")
    assert photo in Photo.objects.search(words)
    assert Photo.objects.search(words).count() == (1 if words else 2)
    assert not Photo.objects.search("100% dệt").exists()


def test_the_list_shows_what_is_not_described_not_used_and_my_own(client, editor):
    mine = undescribed(editor)
    covering, under, within, standing, unused = (make_photo() for _ in range(5))
    article = make_article(cover=covering, body=of_text(within))
    ArticlePhoto.objects.create(article=article, photo=under)
    FlatPage.objects.create(url="/gioi-thieu/a/", title="A", content=of_text(standing))

    def listed(**chosen):
        return set(client.get(LIST, chosen).context["cl"].queryset)

    assert listed(**{"chua-mo-ta": 1}) == {mine}
    assert listed(**{"chua-dung": 1}) == {mine, unused}
    assert listed(**{"cua-toi": 1}) == {mine}
    assert len(listed()) == 6


def test_the_list_never_sends_whole_pictures(client, editor):
    large = make_photo(image=picture_upload(content=picture_bytes(size=(900, 600))))
    page = client.get(LIST).content.decode()
    assert large.image.url not in page
    assert "Đang tạo ảnh nhỏ" in page
    Photo.objects.update(rendered=large.image.name)
    large.refresh_from_db()
    assert "-480.jpg" in large.thumbnail_url
    assert large.thumbnail_url in client.get(LIST).content.decode()


def test_the_list_takes_a_fixed_number_of_queries(client, editor, django_assert_max_num_queries):
    for _ in range(10):
        make_photo(owner=editor)
    with django_assert_max_num_queries(11):
        client.get(LIST)


# -- describing ------------------------------------------------------------------------


@pytest.mark.parametrize(
    "alt_text",
    ["", "anh-chup.avif", "DSC_0123", "Ảnh minh họa", "z5123 4567", "Hội nghị 2024 (1)"],
)
def test_a_description_says_what_is_seen(alt_text):
    photo = Photo(alt_text=alt_text, original_name="hoi-nghi-2024-1.jpg")
    with pytest.raises(ValidationError):
        photo.clean()


def test_what_is_decorative_needs_no_words_and_has_none(client):
    photo = make_photo(alt_text="", is_decorative=True)
    photo.clean()
    page = client.get(make_article(cover=photo).get_absolute_url()).content.decode()
    assert f'<img src="{photo.image.url}" alt=""' in page
    photo.alt_text = "Hoa văn"
    assert photo.shown_alt == ""


def test_many_photos_are_uploaded_at_once_and_bad_ones_named(client, editor):
    files = [
        picture_upload("mot.png"),
        picture_upload("hai.png"),
        picture_upload("ba.svg", b"<svg/>"),
    ]
    page = client.post(UPLOAD_MANY, {"images": files}, follow=True)
    assert page.redirect_chain == [(DESCRIBE, 302)]
    (said,) = map(str, page.context["messages"])
    assert said.startswith("“ba.svg”: Tệp này")
    assert {form.instance.original_name for form in page.context["forms"]} == {"mot.png", "hai.png"}


def test_without_a_good_file_the_form_is_shown_again(client, editor):
    bad = picture_upload("trang.html", b"<html>")
    for files, said in ({}, "Hãy chọn một tệp ảnh."), ({"images": [bad]}, "“trang.html”: "):
        answer = client.post(UPLOAD_MANY, files)
        assert answer.status_code == 200
        assert said in answer.content.decode()


def test_descriptions_are_asked_for_one_under_the_other(client, editor):
    first, second, third = (undescribed(editor, f"{name}.jpg") for name in "abc")
    others = undescribed(staff(EDITORS))
    typed = {
        "photo": [first.pk, second.pk, third.pk, others.pk, "x", "9" * 30, "9" * 5000],
        f"{first.pk}-alt_text": "Phiên chợ buổi sáng",
        f"{second.pk}-alt_text": "IMG_0001",
        f"{second.pk}-caption": "Chợ phiên",
        f"{others.pk}-alt_text": "Ảnh của người khác",
    }
    page = client.post(DESCRIBE, typed)
    first.refresh_from_db()
    others.refresh_from_db()
    assert (first.alt_text, others.alt_text) == ("Phiên chợ buổi sáng", "")
    assert [form.instance for form in page.context["forms"]] == [second]
    assert 'value="Chợ phiên"' in page.content.decode()
    typed[f"{second.pk}-alt_text"] = "Người dân chọn nông sản"
    assert client.post(DESCRIBE, typed).status_code == 302
    assert list(Photo.objects.undescribed().uploaded_by(editor)) == [third]


def test_the_words_of_a_photo_that_readers_see_are_left_to_those_who_publish(client, editor):
    covering, below, in_draft = (undescribed(editor, f"{name}.jpg") for name in "abc")
    make_article(cover=covering, state=Article.State.DRAFT)
    make_article(cover=in_draft, state=Article.State.DRAFT)
    make_article(cover=covering)
    make_article().photos.create(photo=below)
    typed = {"photo": [covering.pk, below.pk, in_draft.pk]}
    typed |= {f"{photo.pk}-alt_text": "Phiên chợ" for photo in (covering, below, in_draft)}
    assert [form.instance for form in client.get(DESCRIBE).context["forms"]] == [in_draft]
    assert client.get(LIST).context["waiting"] == 1
    client.post(DESCRIBE, typed)
    waiting = Photo.objects.undescribed()
    assert set(waiting) == {covering, below}
    assert client.post(reverse("admin:news_photo_change", args=[below.pk])).status_code == 403
    waiting.update(owner=(publisher := staff(PUBLISHERS)))
    client.force_login(publisher)
    client.post(DESCRIBE, typed)
    assert not Photo.objects.undescribed().exists()


# -- one photo -------------------------------------------------------------------------


def test_the_form_says_where_a_photo_is_shown(client):
    photo = make_photo()
    article = make_article(title="Hội nghị tổng kết", cover=photo, body=of_text(photo))
    client.force_login(staff(PUBLISHERS))
    page = client.get(reverse("admin:news_photo_change", args=[photo.pk])).content.decode()
    address = reverse("admin:news_article_change", args=[article.pk])
    assert f'<a href="{address}">Hội nghị tổng kết</a> (ảnh đại diện)' in page
    assert f'<a href="{address}">Hội nghị tổng kết</a> (trong nội dung)' in page


@pytest.mark.parametrize("kind", ["cover", "body", "page"])
def test_a_photo_that_is_shown_is_not_deleted(client, kind):
    photo = make_photo()
    if kind == "page":
        FlatPage.objects.create(url="/gioi-thieu/a/", title="A", content=of_text(photo))
    else:
        make_article(
            state=Article.State.DRAFT, **{kind: photo if kind == "cover" else of_text(photo)}
        )
    client.force_login(staff(PUBLISHERS))
    delete = reverse("admin:news_photo_delete", args=[photo.pk])
    assert client.post(delete, {"post": "yes"}).status_code in {200, 403}
    chosen = {"action": "delete_selected", "_selected_action": [photo.pk], "post": "yes"}
    client.post(LIST, chosen)
    assert Photo.objects.filter(pk=photo.pk).exists()


def test_of_many_photos_each_place_is_found_in_one_reading_of_the_texts(
    django_assert_num_queries,
):
    covering, below, within, standing, unused = photos = [make_photo() for _ in range(5)]
    article = make_article(cover=covering, body=of_text(within) + of_text(standing))
    article.photos.create(photo=below)
    page = FlatPage.objects.create(url="/gioi-thieu/a/", title="A", content=of_text(standing))
    make_article(body=of_text(make_photo()))
    with django_assert_num_queries(4):
        uses = library.uses_of(photos)
    hows = ["ảnh đại diện", "dưới bài", "trong nội dung"]
    assert [(use.shown_in, use.how) for use in uses] == [
        *((article, how) for how in hows),
        (page, "trang giới thiệu"),
    ]
    assert library.uses_of([unused]) == []


def test_two_photos_at_one_position_are_two_after_a_dump():
    article = make_article()
    for photo in (make_photo(), make_photo(), None):
        article.photos.create(photo=photo)
    rows = ArticlePhoto.objects.order_by("pk")
    kept = list(rows.values_list("photo", flat=True))
    natural = {"use_natural_foreign_keys": True, "use_natural_primary_keys": True}
    dumped = serializers.serialize("json", rows, **natural)
    for load in ("into nothing", "over what is there"):
        if load == "into nothing":
            rows.delete()
        for row in serializers.deserialize("json", dumped):
            row.save()
        assert list(rows.values_list("photo", flat=True)) == kept, load


def test_a_photo_shown_nowhere_is_deleted(client):
    photo = make_photo()
    client.force_login(staff(PUBLISHERS))
    client.post(reverse("admin:news_photo_delete", args=[photo.pk]), {"post": "yes"})
    assert not Photo.objects.exists()


def test_a_new_photo_keeps_who_brought_it_and_its_name(client, editor):
    values = {"image": picture_upload("cho-phien.png"), "alt_text": "Phiên chợ nông sản"}
    client.post(reverse("admin:news_photo_add"), values)
    photo = Photo.objects.get()
    assert (photo.owner, photo.original_name) == (editor, "cho-phien.png")


def test_a_picture_that_came_with_a_refused_form_is_named_to_be_chosen_again(client, editor):
    values = {"image": picture_upload("cho-phien.png"), "alt_text": "IMG_1234.jpg"}
    answer = client.post(reverse("admin:news_photo_add"), values)
    assert "Hãy chọn lại tệp “cho-phien.png”" in answer.content.decode()


def test_whoever_replaces_a_picture_hears_which_texts_keep_the_former(client, editor):
    photo = make_photo()
    make_article(title="Hội chợ", state=Article.State.DRAFT, body=of_text(photo))
    values = {"image": picture_upload(), "alt_text": "Phiên chợ", "focal_x": 50, "focal_y": 50}
    change = reverse("admin:news_photo_change", args=[photo.pk])
    page = client.post(change, values, follow=True)
    said = [str(message) for message in page.context["messages"]]
    assert any("“Hội chợ”; hãy chèn lại ảnh ở đó." in message for message in said)


def test_another_picture_begins_with_its_focus_in_the_middle(client, editor):
    photo = make_photo(focal_x=10, focal_y=90)
    values = {"alt_text": "Phiên chợ", "focal_x": 10, "focal_y": 90}
    change = reverse("admin:news_photo_change", args=[photo.pk])
    client.post(change, values)
    photo.refresh_from_db()
    assert photo.focus == (10, 90)
    client.post(change, values | {"image": picture_upload("khac.png")})
    photo.refresh_from_db()
    assert photo.focus == (50, 50)
    assert "100" in client.post(change, values | {"focal_x": 101}).content.decode()
