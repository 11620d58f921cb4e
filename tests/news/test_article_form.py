"""What the form of an article shows beside its boxes: what was chosen, sent, and is at stake."""

import re

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.urls import reverse

from news import workflow
from news.models import Article, Attachment
from portal.groups import ADMINISTRATORS, EDITORS, FEEDBACK_OFFICERS, PUBLISHERS
from tests.builders import make_article, make_category, make_photo, make_staff
from tests.news.test_admin import save

pytestmark = pytest.mark.django_db

State = Article.State
MESSAGE = "Cần đăng trước 17h30"


def staff(group, **changes):
    """Return somebody who signs in without a password."""
    return make_staff(group, password=None, **changes)


def address(name, article, *more):
    return reverse(f"admin:news_article_{name}", args=[article.pk, *more])


def read(client, *where) -> str:
    return client.get(address(*where)).content.decode()


# -- what was sent ----------------------------------------------------------------------


def test_a_reviewer_reads_first_who_sent_the_article_and_with_which_words(client):
    author = staff(EDITORS, last_name="Nguyễn Thị", first_name="Lan")
    article = make_article(state=State.DRAFT, created_by=author)
    client.force_login(staff(PUBLISHERS))
    assert "Bài đang chờ duyệt" not in read(client, "change", article)
    workflow.move(article, workflow.SUBMIT, author, MESSAGE)
    page = read(client, "change", article)
    top = page[page.index("Bài đang chờ duyệt") : page.index('name="title"')]
    assert "Nguyễn Thị Lan gửi" in top
    assert MESSAGE in top


# -- read only --------------------------------------------------------------------------


def test_a_form_that_only_shows_says_why_and_what_to_do(client):
    article = make_article()
    client.force_login(staff(EDITORS))
    assert "Bài ở trạng thái “Đã đăng” nên chỉ người duyệt sửa được" in read(
        client, "change", article
    )
    client.force_login(staff(FEEDBACK_OFFICERS))
    assert "không có quyền sửa bài viết" in read(client, "change", article)
    client.force_login(staff(PUBLISHERS))
    assert "sửa được" not in read(client, "change", article)


def test_somebody_of_another_category_is_told_that_it_is_not_theirs(client):
    article = make_article(category=make_category(name="Khuyến công"))
    editor = staff(EDITORS)
    editor.categories.add(make_category())
    client.force_login(editor)
    assert "không phụ trách chuyên mục “Khuyến công”" in read(client, "change", article)


def test_who_only_reads_sees_text_picture_and_documents_as_readers_do(client):
    article = make_article(body="<h2>Đề mục</h2>", cover=make_photo())
    document = Attachment(article=article, title="Giấy mời", kind="pdf", size=303, pages=2)
    document.file.save("x.pdf", ContentFile(b"%PDF-1."))
    client.force_login(staff(EDITORS))
    page = read(client, "change", article)
    assert '<div class="as-read"><h2 id="muc-1">Đề mục</h2></div>' in page
    assert reverse("admin:news_photo_thumbnail", args=[article.cover.pk]) in page
    named = re.search(rf'<a href="{document.file.url}">([^<]+)</a>', page)[1]
    assert named == "Giấy mời.pdf (303\xa0byte, 2 trang)"


# -- what was chosen --------------------------------------------------------------------


def test_the_cover_stands_beside_its_box(client):
    article = make_article(cover=make_photo())
    thumbnail = reverse("admin:news_photo_thumbnail", args=[article.cover.pk])
    client.force_login(staff(PUBLISHERS))
    assert f'src="{thumbnail}"' in read(client, "change", article)
    assert client.get(thumbnail).url == article.cover.thumbnail_url
    missing = reverse("admin:news_photo_thumbnail", args=[article.cover.pk + 1])
    assert client.get(missing).status_code == 404
    client.force_login(make_staff())
    assert client.get(thumbnail).status_code == 403


def test_a_document_is_called_what_it_was_called_by_whoever_attached_it(client):
    article = make_article()
    document = Attachment(article=article, title="Giấy mời", kind="pdf", size=303)
    document.file.save("x.pdf", ContentFile(b"%PDF-1."))
    client.force_login(staff(PUBLISHERS))
    page = read(client, "change", article)
    assert f'<a href="{document.file.url}">Giấy mời.pdf (303\xa0byte)</a>' in page


def test_a_photo_is_called_what_it_was_called_on_the_computer_it_came_from(client):
    photo = make_photo(original_name="Lễ khai mạc.jpg")
    client.force_login(staff(PUBLISHERS))
    form = client.get(reverse("admin:news_photo_change", args=[photo.pk])).content.decode()
    assert f'<a href="{photo.image.url}">Lễ khai mạc.jpg (40 × 30)</a>' in form


# -- its address ------------------------------------------------------------------------


def test_words_typed_as_address_become_one_and_it_is_told(client):
    article = make_article(slug="cu")
    client.force_login(staff(PUBLISHERS))
    answer = save(client, article, category=article.category.pk, slug="Hội nghị cuối năm")
    said = [str(message) for message in client.get(answer.url).context["messages"]]
    assert f"Địa chỉ của bài: {settings.BASE_URL}/tin-tuc/hoi-nghi-cuoi-nam/" in said
    article.refresh_from_db()
    assert article.slug == "hoi-nghi-cuoi-nam"


def test_signs_alone_are_no_address(client):
    article = make_article(slug="cu")
    client.force_login(staff(PUBLISHERS))
    answer = save(client, article, category=article.category.pk, slug="…")
    assert "Đường dẫn chỉ gồm" in str(answer.context["adminform"].form.errors["slug"])


def test_an_address_that_is_one_stays_as_it_is(client):
    article = make_article(slug="Tin_2024")
    client.force_login(staff(PUBLISHERS))
    save(client, article, category=article.category.pk, slug="Tin_2025")
    article.refresh_from_db()
    assert article.slug == "Tin_2025"


# -- what is at stake -------------------------------------------------------------------


def test_deleting_what_readers_see_says_that_it_is_final_and_what_to_do_instead(client):
    public, draft = make_article(), make_article(state=State.DRAFT)
    client.force_login(staff(ADMINISTRATORS))
    page = read(client, "delete", public)
    assert "Người đọc đang thấy bài này" in page
    assert "không khôi phục được" in page
    assert f"{address('change', public)}#buoc-tiep-theo" in page
    assert "Người đọc đang thấy" not in read(client, "delete", draft)


def test_deleting_many_names_those_that_readers_see(client):
    public = [make_article(), make_article()]
    chosen = [*public, make_article(state=State.DRAFT)]
    client.force_login(staff(ADMINISTRATORS))
    asked = {"action": "delete_selected", "_selected_action": [article.pk for article in chosen]}
    changelist = reverse("admin:news_article_changelist")
    page = client.post(changelist, asked).content.decode()
    assert "Người đọc đang thấy 2 bài trong số này" in page
    assert page.count("#buoc-tiep-theo") == 2
    client.post(changelist, asked | {"post": "yes"})
    assert not Article.objects.exists()


def test_restoring_what_readers_see_says_that_they_see_it_at_once(client):
    public, draft = make_article(), make_article(state=State.DRAFT)
    client.force_login(staff(PUBLISHERS))
    for article, is_said in ((public, True), (draft, False)):
        article.save()
        page = read(client, "version", article, 1)
        assert ("khôi phục là thay ngay bài trên cổng" in page) is is_said
