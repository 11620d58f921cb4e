"""Every save is kept and brought back; by whom it may."""

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.urls import reverse
from lxml import html

from news import comparison, versions
from news.models import Article, Attachment, Tag
from portal.groups import EDITORS, FEEDBACK_OFFICERS, PUBLISHERS
from tests.builders import make_article, make_category, make_photo, make_staff

pytestmark = pytest.mark.django_db

DRAFT = Article.State.DRAFT


def staff(group=None, **changes):
    """Return somebody who signs in without a password."""
    return make_staff(group, password=None, **changes)


def attach(article, title="Biểu mẫu"):
    attachment = Attachment(article=article, title=title, kind="pdf", size=7)
    attachment.file.save("bieu-mau.pdf", ContentFile(b"%PDF-1."), save=True)
    return attachment


def address(name, article, *more):
    return reverse(f"admin:news_article_{name}", args=[article.pk, *more])


def numbers(article):
    return [version.number for version in article.versions.order_by("number")]


# -- kept ------------------------------------------------------------------------------


def test_each_save_is_kept_with_who_and_what():
    editor = staff(EDITORS)
    article = make_article(title="Trước")
    article.title = "Sau"
    article.save(by=editor, note="Sửa tiêu đề")
    latest, first = article.versions.all()
    assert (first.content["title"], latest.content["title"]) == ("Trước", "Sau")
    assert (latest.saved_by, latest.note) == (editor, "Sửa tiêu đề")


def test_a_save_of_named_fields_is_a_version_too():
    article = make_article()
    Article.objects.update_or_create(slug=article.slug, defaults={"title": "Từ lệnh nhập"})
    article.refresh_from_db()
    assert article.revision == 2
    assert article.versions.first().content["title"] == "Từ lệnh nhập"


def test_what_sql_changed_is_kept_before_it_is_overwritten():
    article = make_article(title="Một")
    Article.objects.filter(pk=article.pk).update(title="Hai")
    article.title = "Ba"
    article.save()
    titles = [(version.content["title"], version.note) for version in article.versions.all()]
    assert titles == [("Ba", ""), ("Hai", versions.OUTSIDE), ("Một", "")]


def test_two_saves_of_one_stale_object_are_two_versions():
    article = make_article(title="Một")
    stale = Article.objects.get(pk=article.pk)
    article.title = "Hai"
    article.save()
    stale.title = "Ba"
    stale.save()
    assert [version.content["title"] for version in article.versions.all()] == ["Ba", "Hai", "Một"]


# -- restored --------------------------------------------------------------------------


def test_a_restored_version_brings_text_photos_documents_and_topics_but_no_state():
    photo, tag = make_photo(), Tag.objects.create(name="khuyến công")
    article = make_article(title="Một", body="<p>Đoạn một.</p>", cover=photo)
    article.tags.add(tag)
    article.photos.create(photo=photo, caption="Xưởng", position=1)
    attach(article)
    article.save()
    kept = article.versions.first()

    article.title, article.body, article.cover = "Hai", "<p>Đoạn hai.</p>", None
    article.state, article.published_at = Article.State.WITHDRAWN, None
    article.tags.clear()
    article.photos.all().delete()
    article.attachments.all().delete()
    article.save()

    editor = staff(PUBLISHERS)
    article = Article.objects.get()
    assert versions.restore(article, kept, by=editor) == []
    article = Article.objects.get()
    assert (article.title, article.body, article.cover) == ("Một", "<p>Đoạn một.</p>", photo)
    assert (article.state, article.published_at) == (Article.State.WITHDRAWN, None)
    assert list(article.tags.all()) == [tag]
    assert [row.caption for row in article.photos.all()] == ["Xưởng"]
    assert [row.title for row in article.attachments.all()] == ["Biểu mẫu"]
    newest = article.versions.first()
    assert newest.number == article.revision
    assert (newest.saved_by, newest.note) == (editor, f"Khôi phục phiên bản {kept.number}")


def test_a_topic_that_was_renamed_is_still_the_same_topic():
    tag = Tag.objects.create(name="khuyến công")
    article = make_article(title="Một")
    article.tags.add(tag)
    article.parts_saved()
    tag.name = "Khuyến công"
    tag.save()
    article.tags.clear()
    article.title = "Hai"
    article.save()
    kept = article.versions.get(number=1)
    assert versions.restore(article, kept, by=None) == []
    assert list(article.tags.all()) == [tag]
    assert dict(comparison.lines_of(kept.content))["Chủ đề"] == ["Khuyến công"]


def test_renaming_a_topic_changes_no_article():
    tag = Tag.objects.create(name="khuyến công")
    article = make_article(title="Một")
    article.tags.add(tag)
    article.parts_saved()
    tag.name = "Khuyến công"
    tag.save()
    article.title = "Hai"
    article.save()
    latest, first = article.versions.all()
    assert versions.changed_names(first.content, latest.content) == ["title"]
    assert [p.label for p in comparison.compare(first.content, latest.content)] == ["Tiêu đề"]


def test_what_is_gone_is_named_and_the_rest_restored():
    photo, tag = make_photo(), Tag.objects.create(name="lễ hội")
    article = make_article(title="Một", cover=photo)
    article.tags.add(tag)
    article.photos.create(photo=photo, caption="Chợ phiên")
    attachment = attach(article)
    article.save()
    kept = article.versions.first()
    article.photos.all().delete()
    attachment.file.delete(save=False)
    article.attachments.all().delete()
    photo.delete()
    tag.delete()
    article = Article.objects.get()
    article.title = "Hai"
    article.save()

    missing = " ".join(versions.restore(article, kept, by=None))
    for named in ("ảnh đại diện", "“lễ hội”", "“Chợ phiên”", "“Biểu mẫu”"):
        assert named in missing
    article = Article.objects.get()
    assert article.title == "Một"
    assert not article.photos.exists()


def test_restoring_is_a_save_of_its_own_and_is_logged(client):
    article = make_article(state=DRAFT, title="Một")
    article.title = "Hai"
    article.save()
    client.force_login(staff(EDITORS))
    page = client.post(address("restore", article, 1), {"_revision": "2"}, follow=True)
    assert "Đã khôi phục nội dung của phiên bản 1." in page.content.decode()
    assert Article.objects.get().title == "Một"
    assert numbers(article) == [1, 2, 3]
    assert "Khôi phục phiên bản 1." in client.get(address("history", article)).content.decode()


def test_nothing_is_restored_over_what_was_saved_meanwhile(client):
    article = make_article(state=DRAFT, title="Một")
    article.title = "Hai"
    article.save()
    client.force_login(staff(EDITORS))
    page = client.post(address("restore", article, 1), {"_revision": "1"}, follow=True)
    assert "chưa khôi phục" in page.content.decode()
    assert Article.objects.get().title == "Hai"


def test_an_approved_article_is_not_emptied_by_restoring(client):
    article = make_article(state=DRAFT, lead="", body="")
    article.lead, article.state = "Mở đầu.", Article.State.APPROVED
    article.save()
    client.force_login(staff(PUBLISHERS))
    page = client.post(address("restore", article, 1), {"_revision": "2"}, follow=True)
    assert "Chưa khôi phục được" in page.content.decode()
    assert Article.objects.get().lead == "Mở đầu."
    assert numbers(article) == [1, 2]


# -- by whom ---------------------------------------------------------------------------


def test_history_is_for_those_who_may_see_the_article_and_restoring_for_those_who_may_change_it(
    client,
):
    article = make_article()
    article.save()
    pages = [
        address("history", article),
        address("version", article, 1),
        f"{address('compare', article)}?truoc=1&sau=2",
    ]
    restore = address("restore", article, 1)

    def statuses():
        asked = [client.get(page).status_code for page in pages]
        return [*asked, client.post(restore, {"_revision": "2"}).status_code]

    assert statuses() == [302] * 4  # to sign in
    client.force_login(staff())
    assert statuses() == [403] * 4
    for group in (FEEDBACK_OFFICERS, EDITORS):  # who do not change what readers see
        client.force_login(staff(group))
        assert statuses() == [200, 200, 200, 403]
        assert "Khôi phục phiên bản" not in client.get(pages[1]).content.decode()
    client.force_login(staff(PUBLISHERS))
    assert statuses() == [200, 200, 200, 302]
    assert client.get(restore).status_code == 405


def test_restoring_leaves_the_category_that_is_ones_own(client):
    own, foreign = make_category(), make_category()
    article = make_article(state=DRAFT, title="Một", category=foreign)
    article.title, article.category = "Hai", own
    article.save()
    limited = staff(EDITORS)
    limited.categories.set([own])
    client.force_login(limited)
    page = client.post(address("restore", article, 1), {"_revision": "2"}, follow=True)
    said = "Không khôi phục được: chuyên mục (tài khoản này không phụ trách)."
    assert said in page.content.decode()
    article.refresh_from_db()
    assert (article.title, article.category) == ("Một", own)


def test_restoring_is_judged_by_the_photos_of_the_version_not_by_those_it_replaces():
    good, bad = make_photo(), make_photo()
    article = make_article()
    article.photos.create(photo=good)
    article.save()
    article.photos.update(photo=bad)
    article.save()
    with_good, with_bad = (article.versions.get(number=number) for number in (2, 4))
    type(bad).objects.filter(pk=bad.pk).update(alt_text="")
    assert versions.restore(article, with_good, by=None) == []
    assert [shown.photo for shown in article.photos.all()] == [good]
    with pytest.raises(ValidationError, match="Ảnh kèm bài thứ 1 chưa được mô tả"):
        versions.restore(article, with_bad, by=None)


def test_a_version_is_found_only_under_its_own_article(client):
    article, other = make_article(), make_article()
    other.save()
    client.force_login(staff(PUBLISHERS))
    assert client.get(address("version", article, 2)).status_code == 404
    for sau in ("2", "y", 10**12, "9" * 5000):
        assert client.get(address("compare", article) + f"?truoc=1&sau={sau}").status_code == 404
    for query in ("", "?truoc=x&sau=y"):
        assert client.get(address("compare", article) + query).status_code == 404, query


def test_the_list_of_versions_takes_a_fixed_number_of_queries(
    client, django_assert_max_num_queries
):
    article = make_article()
    for number in range(21):
        article.title = f"Lần {number}"
        article.save()
    client.force_login(staff(PUBLISHERS))
    client.get(address("history", article))
    with django_assert_max_num_queries(14):
        page = client.get(address("history", article))
    assert len(page.context["lines"]) == 20
    assert page.context["lines"][-1].changed == ["Tiêu đề"]
    assert client.get(f"{address('history', article)}?trang=2").context["lines"][-1].former is None


def test_whoever_deletes_an_article_is_not_read_its_versions_one_by_one(client):
    article = make_article(title="Bài cũ")
    article.tags.add(Tag.objects.create(name="khuyến công"))
    client.force_login(staff(PUBLISHERS))
    client.get(address("change", article))
    page = html.document_fromstring(client.get(address("delete", article)).content.decode())
    listed = [" ".join(line.split()) for line in page.xpath("//div[@id='content']//li/text()")]
    assert sorted(filter(None, listed)) == ["Bài viết:", "Bài viết: 1", "Phiên bản: 1"]
