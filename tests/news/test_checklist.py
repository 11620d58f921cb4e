"""What is put right before an article is published."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.urls import reverse
from django.utils import timezone

from news import checklist, links, workflow
from news.checklist import body, fields
from news.checklist.finding import Checked, Level
from news.models import Article, ArticlePhoto, Attachment, Category, FormerSlug, Tag
from portal.groups import EDITORS, PUBLISHERS
from tests.builders import make_article, make_category, make_photo, make_staff
from tests.news.test_admin import save

pytestmark = pytest.mark.django_db

SYLLABLES = " ".join(["chữ"] * 900)


@pytest.fixture
def category():
    return make_category()


def article(**changes):
    """Return an article with nothing to put right, in memory."""
    return Article(
        **{
            "title": "Tập huấn thương mại điện tử",
            "lead": "Mở đầu.",
            "body": "<h2>Nội dung</h2><p>Chi tiết.</p>",
            "byline": "Minh Anh",
            "category": Category(pk=1, name="Tin"),
        }
        | changes
    )


def told(**changes) -> list[str]:
    """Return what the rules find that judge an article by itself and its pictures."""
    checked = Checked(article(**changes))
    return [finding.message for rule in PURE for finding in rule(checked)]


ASKING = {
    fields.topics_are_missing,
    fields.photos_are_undescribed,
    fields.photos_are_awaited,
    body.links_lead_nowhere,
    body.pictures_are_lost,
}
PURE = [rule for rule in checklist.RULES if rule not in ASKING]


@pytest.mark.parametrize(
    ("changes", "beginning"),
    [
        ({"title": "Tập huấn " * 14}, "Tiêu đề dài 126 ký tự"),
        ({"title": "TẬP HUẤN THƯƠNG MẠI ĐIỆN TỬ"}, "Tiêu đề viết toàn chữ in hoa"),
        ({"lead": "", "body": ""}, "Bài chưa có sapo và nội dung"),
        ({"lead": " "}, "Chưa có sapo"),
        ({"lead": "chữ " * 81}, "Sapo dài 81 từ"),
        ({"body": '<p><img src="/media/a.webp" alt=""></p>'}, "Có ảnh chưa được mô tả (ảnh thứ 1"),
        ({"body": '<p><img src="/media/a.webp" alt=" – "></p>'}, "Có ảnh chưa được mô tả"),
        ({"body": '<p><img src="/media/a.webp" alt="IMG_12.jpg"></p>'}, "Mô tả “IMG_12.jpg” của"),
        ({"body": "<h3>Một</h3><p>Chữ</p>"}, "Đề mục “Một” đang ở cấp 3; ở chỗ này phải là cấp 2"),
        ({"body": "<h2>Một</h2><h4>Hai</h4>"}, "Đề mục “Hai” đang ở cấp 4; ở chỗ này phải là"),
        ({"body": "<h2> </h2><p>Chữ</p>"}, "Có đề mục không có chữ"),
        ({"body": f"<p>{SYLLABLES}</p>"}, "Nội dung dài 900 từ mà không có đề mục"),
        ({"body": "<p>KẾ HOẠCH NĂM HAI NGHÌN</p>"}, "Đoạn “KẾ HOẠCH NĂM HAI NGHÌN” viết toàn"),
        ({"body": "<table><tr><td>Xã</td></tr></table>"}, "Bảng bắt đầu bằng “Xã” không có ô"),
        ({"body": '<p><a href="/tin-tuc/"> </a></p>'}, "Có liên kết không có chữ"),
        ({"body": '<p>Xem <a href="/">tại đây</a>.</p>'}, "Chữ của liên kết “tại đây” không cho"),
        ({"body": '<p><a href="/">https://a.vn/x</a></p>'}, "Liên kết “https://a.vn/x” hiện địa"),
        ({"body": '<p><a href="#muc-2">Hai</a></p>'}, "Liên kết “Hai” dẫn tới chỗ không có"),
        ({"category": None}, "Chưa chọn chuyên mục"),
        ({"byline": ""}, "Chưa ghi tác giả, đơn vị phát hành hay nguồn"),
        ({"published_at": timezone.now() - timedelta(days=1)}, "Thời điểm đăng"),
        ({"expires_at": timezone.now() - timedelta(days=1)}, "Thời điểm hết hạn đã qua"),
    ],
)
def test_each_fault_is_named_in_a_sentence(changes, beginning):
    found = told(**changes)
    assert len(found) == 1
    assert found[0].startswith(beginning)


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"title": "KCN HÒA XÁ"},
        {"byline": "", "source": "Báo Công Thương"},
        {"body": "<h2>Một</h2><h3>Hai</h3><h2>Ba</h2><p>Chữ</p>"},
        {"body": '<h2>Một</h2><p><a href="#muc-1">Về phần một</a></p>'},
        {"body": '<p><a href="/"><img src="/media/a.webp" alt="Bìa sách"></a></p>'},
        {"body": "<table><tr><th>Xã</th></tr><tr><td>An Bình</td></tr></table>"},
        {"published_at": timezone.now() + timedelta(days=1)},
    ],
)
def test_what_is_right_is_passed_over(changes):
    assert told(**changes) == []


def test_faults_of_pictures_beside_the_text_are_named():
    shown = make_article(cover=make_photo())
    type(shown.cover).objects.update(alt_text="ảnh tin bài")
    ArticlePhoto.objects.create(article=shown, caption="Lễ khai mạc")
    ArticlePhoto.objects.create(article=shown, photo=shown.cover, position=1)
    found = {f.message: f.place.anchor for f in checklist.findings(Article.objects.get())}
    how = "hãy mở ảnh trong thư viện ảnh rồi mô tả, hoặc đánh dấu “Ảnh trang trí”."
    said = "Mô tả “ảnh tin bài” của ảnh đại diện không nói ảnh có gì"
    assert found[f"{said}: {how}"] == "id_cover"
    awaited = "Chú thích “Lễ khai mạc” chưa có ảnh: hãy chọn ảnh hoặc xóa dòng này."
    assert found[awaited] == "photos-0"
    said = "Mô tả “ảnh tin bài” của ảnh kèm bài thứ 2 không nói ảnh có gì"
    assert found[f"{said}: {how}"] == "photos-1"


def test_what_must_be_put_right_is_what_approval_refuses():
    body = '<p><img src="/media/a.webp" alt=""></p>'
    refused = article(body=body, state=Article.State.APPROVED)
    must = [f for f in checklist.findings(make_article(body=body)) if f.level == Level.MUST]
    with pytest.raises(ValidationError) as refusal:
        refused.clean()
    assert refusal.value.message_dict == {"body": [f.message for f in must]}
    article(body=body).clean()  # a draft may wait


@pytest.mark.parametrize("alt_text", ["", "IMG_1234.jpg", "ảnh tin bài"])
@pytest.mark.parametrize("where", ["body", "cover", "photos"])
def test_an_article_with_a_picture_that_nobody_put_into_words_is_not_approved(where, alt_text):
    photo = make_photo(alt_text=alt_text)
    draft = make_article(state=Article.State.DRAFT, cover=photo if where == "cover" else None)
    if where == "body":
        draft.body = f'<p>Chữ</p><img src="{photo.image.url}" alt="{alt_text}">'
    if where == "photos":
        draft.photos.create(photo=photo)
    with pytest.raises(ValidationError, match="đánh dấu “Ảnh trang trí”"):
        workflow.move(draft, workflow.APPROVE, make_staff(PUBLISHERS))


def test_pictures_that_the_library_calls_decorative_need_no_words(django_assert_num_queries):
    photos = [make_photo(alt_text="", is_decorative=True) for _ in range(3)]
    pictures = "".join(f'<img src="{photo.image.url}" alt="">' for photo in photos)
    checked = Checked(article(body=f"<p>Chữ</p>{pictures}"))
    with django_assert_num_queries(1):
        assert not list(body.pictures_are_undescribed(checked))
    draft = make_article(state=Article.State.DRAFT, body=checked.article.body, cover=photos[0])
    draft.photos.create(photo=photos[0])
    workflow.move(draft, workflow.APPROVE, make_staff(PUBLISHERS))


def test_photos_below_a_text_are_judged_as_the_form_has_them(client):
    draft = make_article(state=Article.State.DRAFT)
    good, bad = make_photo(), make_photo(alt_text="")
    row = draft.photos.create(photo=good)
    client.force_login(make_staff(PUBLISHERS))
    sent = {
        "category": draft.category.pk,
        "photos-TOTAL_FORMS": 2,
        "photos-INITIAL_FORMS": 1,
        "photos-0-id": row.pk,
        "photos-0-article": draft.pk,
        "photos-0-photo": good.pk,
        "photos-0-position": 0,
        "photos-1-article": draft.pk,
        "photos-1-photo": bad.pk,
        "photos-1-position": 1,
        "_step": "approve",
    }
    page = save(client, draft, **sent)
    (refused,) = page.context["adminform"].form.non_field_errors()
    assert refused.startswith("Ảnh kèm bài thứ 2 chưa được mô tả: ")
    row.photo = bad
    row.save()
    changed = {"photos-0-photo": bad.pk, "photos-0-DELETE": "on", "photos-1-photo": good.pk}
    assert save(client, draft, **sent | changed).status_code == 302
    draft.refresh_from_db()
    assert draft.state == Article.State.APPROVED
    assert [shown.photo for shown in draft.photos.all()] == [good]


def test_many_faults_of_one_kind_are_counted_instead_of_listed():
    found = checklist.findings(make_article(body="<h2></h2>" * 30, byline="A"))
    empty = [f for f in found if f.place.part.startswith("h2")]
    assert len(empty) == checklist.SAME_KIND + 1
    assert empty[-1].message == "Còn 25 chỗ tương tự."
    assert empty[-1].place.number == 5


# -- where links lead ------------------------------------------------------------------


def test_links_to_what_readers_can_open_are_passed_over(settings, monkeypatch):
    shown, moved = make_article(), make_article()
    FormerSlug.objects.create(slug="dia-chi-cu", article=moved)
    file = ContentFile(b"%PDF-", "a.pdf")
    document = Attachment.objects.create(article=shown, kind="pdf", size=5, file=file)
    right = [
        "/",
        shown.get_absolute_url(),
        settings.BASE_URL + shown.get_absolute_url() + "#muc-1",
        shown.get_absolute_url().rstrip("/"),
        "/tin-tuc/dia-chi-cu/",
        shown.category.get_absolute_url(),
        "/tin-tuc/?trang=1",
        "/rss/",
        "/chi-tieu/",
        "/gop-y/",
        "/sitemap.xml",
        document.address,
        "/static/img/icon.svg",
        "https://moit.gov.vn/van-ban",
        "mailto:a@b.vn",
        "#muc-1",
    ]
    monkeypatch.setattr(links, "SECONDS", 60)
    assert links.faults(right) == {}


def test_links_that_lead_nowhere_are_told_apart(settings, monkeypatch):
    monkeypatch.setattr(links, "SECONDS", 60)
    draft = make_article(state=Article.State.DRAFT)
    hidden = make_article(published_at=timezone.now() + timedelta(days=1))
    wrong = {
        "/khong-co/": links.NO_PAGE,
        "/tin-tuc/khong-co/": links.NO_PAGE,
        "/tin-tuc/chuyen-muc/khong-co/": links.NO_PAGE,
        f"{settings.BASE_URL}/tin-tuc/?trang=99": links.NO_PAGE,
        draft.get_absolute_url(): links.UNPUBLISHED,
        hidden.get_absolute_url(): links.UNPUBLISHED,
        "/media/anh/mat.webp": links.NO_FILE,
        f"/media/{default_storage.save('tai-lieu/b.pdf', ContentFile(b'%PDF-'))}": links.NO_FILE,
        "/media/../settings.py": links.NO_FILE,
        "/quan-tri/news/article/": links.STAFF_ONLY,
        "/xem-truoc/abc/": links.PREVIEW,
        "www.moit.gov.vn": links.RELATIVE,
        "http://moit.gov.vn": links.UNENCRYPTED,
        "http://10.0.0.5/vb": links.INSIDE,
        "https://may-chu/vb": links.INSIDE,
        "https://[moit": links.MALFORMED,
    }
    assert links.faults(wrong) == wrong


def test_a_page_that_fails_is_a_fault_and_not_a_failure(monkeypatch):
    def fail(*args):
        raise RuntimeError

    monkeypatch.setattr(links, "_resolved", lambda parts: links.ResolverMatch(fail, (), {}))
    assert links.faults(["/chi-tieu/?trang=1"]) == {"/chi-tieu/?trang=1": links.NO_PAGE}


def test_many_links_to_articles_cost_as_many_queries_as_one(django_assert_max_num_queries):
    articles = [make_article() for _ in range(12)]
    body = "".join(f'<p><a href="{a.get_absolute_url()}">{a.title}</a></p>' for a in articles)
    checked = make_article(body=body, byline="A")
    with django_assert_max_num_queries(4):
        found = checklist.findings(checked)
    assert [f.message for f in found] == ["Chưa gắn chủ đề nào."]


def test_the_number_of_pages_asked_is_bounded():
    addresses = [f"/tin-tuc/?trang={n}" for n in range(2, 60)]
    found = links.faults(addresses)
    assert len(found) == 58
    assert list(found.values()).count(links.NOT_ASKED) >= 58 - links.MOST_PAGES


# -- in the form -----------------------------------------------------------------------


def form_of(client, checked):
    return client.get(reverse("admin:news_article_change", args=[checked.pk])).content.decode()


def test_the_form_lists_what_to_put_right_with_links_to_the_places(client):
    draft = make_article(state=Article.State.DRAFT, body="<h3>Một</h3>", published_at=None)
    client.force_login(make_staff(EDITORS))
    page = form_of(client, draft)
    assert "Kiểm tra theo bản lưu lúc" in page
    assert 'href="#id_byline"' in page
    assert 'data-place="body" data-part="h2, h3, h4" data-number="0"' in page


def test_the_form_of_a_finished_article_says_so_in_one_line(client):
    draft = make_article(state=Article.State.DRAFT, published_at=None, byline="Minh Anh")
    draft.tags.add(Tag.objects.create(name="khuyến công"))
    client.force_login(make_staff(EDITORS))
    page = form_of(client, draft)
    assert "Không có gì phải sửa trước khi đăng." in page
    assert "data-place=" not in page


def test_what_is_typed_is_checked_without_saving(client, category):
    draft = make_article(state=Article.State.DRAFT, published_at=None)
    tag = Tag.objects.create(name="khuyến công")
    client.force_login(make_staff(EDITORS))
    typed = {"title": "Mới", "lead": "", "body": "<p>Chữ</p>", "category": category.pk}
    answer = client.post(
        reverse("admin:news_article_check", args=[draft.pk]),
        typed | {"tags": [tag.pk], "source": "Báo"},
    )
    page = answer.content.decode()
    assert "Chưa có sapo" in page
    assert "Chưa gắn chủ đề" not in page
    assert "Chưa ghi tác giả" not in page
    assert "Kiểm tra theo nội dung đang sửa, chưa lưu." in page
    assert "no-store" in answer.headers["Cache-Control"]
    draft.refresh_from_db()
    assert draft.title != "Mới"
    assert not draft.tags.exists()


def test_a_form_that_comes_back_is_checked_with_the_topics_chosen_in_it(client, category):
    draft = make_article(state=Article.State.DRAFT, published_at=None)
    tag = Tag.objects.create(name="khuyến công")
    client.force_login(make_staff(EDITORS))
    page = save(client, draft, title="", category=category.pk, tags=[tag.pk])
    assert page.status_code == 200
    assert "Chưa gắn chủ đề nào." not in [f.message for f in page.context["check"].findings]


def test_a_new_article_is_checked_before_it_is_first_saved(client):
    client.force_login(make_staff(EDITORS))
    page = client.post(reverse("admin:news_article_check_new"), {"body": "<h4>A</h4>"})
    assert "đang ở cấp 4" in page.content.decode()
    assert "Chưa chọn chuyên mục." in page.content.decode()
    assert not Article.objects.exists()


def test_who_may_not_change_an_article_gets_no_checklist(client):
    shown = make_article()
    client.force_login(make_staff(EDITORS))  # what is published is the publishers'
    assert "data-checklist" not in form_of(client, shown)
    assert client.post(reverse("admin:news_article_check", args=[shown.pk])).status_code == 403
    client.force_login(make_staff(PUBLISHERS))
    assert "data-checklist" in form_of(client, shown)
