import re
from datetime import timedelta

import pytest
from django.contrib.contenttypes.models import ContentType
from django.urls import reverse
from django.utils import timezone

from news import schedule
from news.models import Article, Attachment, Category, Photo
from portal.groups import EDITORS, PUBLISHERS
from tests.builders import make_article, make_category, make_photo, make_staff, picture_upload

pytestmark = pytest.mark.django_db

EMPTY_INLINES = {
    f"{prefix}-{part}_FORMS": 0
    for prefix in ("photos", "attachments", "corrections")
    for part in ("TOTAL", "INITIAL")
}


def form(**changes):
    return {
        "title": "Tin mới",
        "lead": "Mở đầu.",
        "body": "<p>Nội dung</p>",
        "category": changes.pop("category", None) or make_category().pk,
        "published_at_0": "02/01/2026",
        "published_at_1": "07:30",
        **EMPTY_INLINES,
    } | changes


def save(client, article=None, **changes):
    name = "admin:news_article_change" if article else "admin:news_article_add"
    return client.post(reverse(name, args=[article.pk] if article else []), form(**changes))


def test_an_editor_writes_a_draft_with_a_vietnamese_date(client):
    client.force_login(make_staff(EDITORS))
    assert save(client).status_code == 302
    article = Article.objects.get()
    assert article.state == Article.State.DRAFT
    assert article.published_at.isoformat() == "2026-01-02T00:30:00+00:00"


def test_an_editor_cannot_publish(client):
    client.force_login(make_staff(EDITORS))
    assert save(client, _step="approve").status_code == 200
    assert not Article.objects.exists()


def test_a_state_is_not_something_to_post(client):
    article = make_article(state=Article.State.DRAFT)
    client.force_login(make_staff(PUBLISHERS))
    save(client, article, state="approved", category=article.category.pk)
    article.refresh_from_db()
    assert article.state == Article.State.DRAFT


def test_an_editor_cannot_change_what_readers_see(client):
    article = make_article()
    client.force_login(make_staff(EDITORS))
    assert save(client, article, title="Sửa trộm").status_code == 403


def test_a_publisher_publishes_and_the_public_sees_it(client):
    article = make_article(state=Article.State.DRAFT, published_at=None)
    client.force_login(make_staff(PUBLISHERS))
    answer = save(client, article, _step="approve", category=article.category.pk)
    assert answer.status_code == 302, answer.context["errors"]
    assert client.get(article.get_absolute_url()).status_code == 200


def test_a_publisher_publishes_and_withdraws_many_at_once(client):
    drafts = [make_article(state=Article.State.DRAFT) for _ in range(2)]
    client.force_login(make_staff(PUBLISHERS))
    chosen = {"_selected_action": [article.pk for article in drafts]}
    client.post(reverse("admin:news_article_changelist"), {"action": "approve", **chosen})
    assert Article.objects.published().count() == 2
    given = {"action": "withdraw", "_answered": "Gỡ bài", "reason": "Sai số liệu", **chosen}
    client.post(reverse("admin:news_article_changelist"), given)
    assert Article.objects.published().count() == 0


def test_publishing_many_passes_over_what_is_unfit_and_says_why(client):
    fit = make_article(state=Article.State.DRAFT, published_at=None)
    empty = make_article(title="Chưa viết", state=Article.State.DRAFT, lead="", body="")
    undescribed = make_article(
        title="Ảnh không lời",
        state=Article.State.SUBMITTED,
        body='<img src="/media/a.webp" alt="">',
    )
    client.force_login(make_staff(PUBLISHERS))
    said = told(client, "approve", fit, empty, undescribed)
    assert list(Article.objects.published()) == [fit]
    assert said[-1] == "Đã duyệt đăng: 1 bài."
    assert any("“Chưa viết”: Bài chưa có sapo và nội dung" in message for message in said)
    assert any("“Ảnh không lời”: Có ảnh chưa được mô tả" in message for message in said)


def test_whatever_is_wrong_with_an_article_it_can_be_withdrawn(client):
    article = make_article()
    Article.objects.filter(pk=article.pk).update(lead="", body="")
    client.force_login(make_staff(PUBLISHERS))
    said = told(client, "withdraw", article, _answered="Gỡ bài", reason="Sai số liệu")
    assert said == ["Đã gỡ bài: 1 bài."]
    assert not Article.objects.published().exists()


def told(client, action, *articles, **answers):
    """Return what staff are told after an action on a list."""
    chosen = {"action": action, "_selected_action": [article.pk for article in articles], **answers}
    page = client.post(reverse("admin:news_article_changelist"), chosen, follow=True)
    return [str(message) for message in page.context["messages"]]


def test_an_article_approved_without_a_time_appears_at_once(client):
    client.force_login(make_staff(PUBLISHERS))
    answer = save(client, _step="approve", published_at_0="", published_at_1="")
    assert answer.status_code == 302, answer.context["errors"]
    assert Article.objects.published().count() == 1


def test_staff_are_told_when_a_scheduled_article_will_appear(client):
    client.force_login(make_staff(PUBLISHERS))
    day = timezone.localdate() + timedelta(days=40)
    soon = {"published_at_0": f"{day:%d/%m/%Y}", "published_at_1": "07:30"}
    page = client.get(save(client, _step="approve", **soon).url).content.decode()
    said = schedule.appearance(Article.objects.get())
    assert re.fullmatch(
        rf"Bài sẽ xuất hiện lúc 07:30 .+ {day:%d/%m/%Y} \(còn (39|40) ngày\).", said
    )
    assert said in page


def test_whoever_deletes_an_article_reads_only_of_what_has_a_name(client):
    article = make_article()
    article.related.add(make_article())
    Attachment.objects.create(article=article, title="Biểu mẫu", file="a.pdf", kind="pdf", size=1)
    client.force_login(make_staff(PUBLISHERS))
    page = client.get(reverse("admin:news_article_delete", args=[article.pk])).content.decode()
    assert "Tệp đính kèm: Biểu mẫu" in page
    assert "relationship" not in page
    assert "object (" not in page


def test_mistakes_are_named_beside_the_field_and_nothing_is_lost(client):
    client.force_login(make_staff(PUBLISHERS))
    answer = save(
        client, title="", _step="approve", expires_at_0="01/01/2020", expires_at_1="00:00"
    )
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "Chưa lưu được. Vui lòng sửa các lỗi ghi dưới đây." in page
    assert "Vui lòng điền mục này." in page
    assert "&lt;p&gt;Nội dung&lt;/p&gt;" in page


def test_an_expiry_before_publication_is_refused_in_words(client):
    client.force_login(make_staff(PUBLISHERS))
    page = save(client, expires_at_0="01/01/2020", expires_at_1="00:00").content.decode()
    assert "Thời điểm hết hạn phải sau thời điểm đăng." in page


def test_the_editor_is_given_clean_text_even_if_sql_stored_worse(client):
    article = make_article()
    Article.objects.filter(pk=article.pk).update(body="<p>a</p><img src=x onerror=alert(1)>")
    client.force_login(make_staff(PUBLISHERS))
    page = client.get(reverse("admin:news_article_change", args=[article.pk])).content.decode()
    assert "onerror" not in page


def test_an_uploaded_photo_is_encoded_again(client):
    client.force_login(make_staff(EDITORS))
    client.post(
        reverse("admin:news_photo_add"), {"image": picture_upload(), "alt_text": "Xưởng dệt"}
    )
    photo = Photo.objects.get()
    assert photo.image.name.endswith(".jpg")
    assert (photo.width, photo.height) == (40, 30)


def test_a_photo_that_is_none_is_refused_beside_the_field(client):
    client.force_login(make_staff(EDITORS))
    answer = client.post(
        reverse("admin:news_photo_add"),
        {"image": picture_upload(content=b"<html>"), "alt_text": "Xưởng dệt"},
    )
    assert "không phải ảnh" in answer.content.decode()
    assert not Photo.objects.exists()


@pytest.mark.parametrize(
    "alt_text", ["anh tin bai", "Ảnh tin bài", "IMG_1234.jpg", "hình ảnh", "no image"]
)
def test_alternative_text_that_says_nothing_is_refused(client, alt_text):
    client.force_login(make_staff(EDITORS))
    answer = client.post(
        reverse("admin:news_photo_add"), {"image": picture_upload(), "alt_text": alt_text}
    )
    assert "Hãy mô tả nội dung ảnh" in answer.content.decode()


def test_an_article_without_text_is_not_published(client):
    client.force_login(make_staff(PUBLISHERS))
    page = save(client, _step="approve", lead="", body="").content.decode()
    assert "Bài chưa có sapo và nội dung" in page
    assert not Article.objects.exists()


def test_a_picture_without_description_is_not_published(client):
    client.force_login(make_staff(PUBLISHERS))
    body = '<p>Chữ</p><img src="/media/a.webp" alt="">'
    assert "Có ảnh chưa được mô tả" in save(client, _step="approve", body=body).content.decode()
    save(client, body=body)
    assert Article.objects.get().state == Article.State.DRAFT


def test_a_published_photo_is_changed_by_publishers_alone(client):
    photo = make_photo()
    change = reverse("admin:news_photo_change", args=[photo.pk])
    client.force_login(make_staff(EDITORS))
    focus = {"focal_x": 50, "focal_y": 50}
    assert client.post(change, {"alt_text": "Xưởng may"} | focus).status_code == 302
    make_article(cover=photo)
    assert client.post(change, {"alt_text": "Sửa trộm"}).status_code == 403
    client.force_login(make_staff(PUBLISHERS))
    assert client.post(change, {"alt_text": "Xưởng dệt"} | focus).status_code == 302


def test_an_editor_reads_a_withdrawn_article_but_does_not_revive_it(client):
    article = make_article(state=Article.State.WITHDRAWN, body="<p>Đã <b>gỡ</b></p>")
    client.force_login(make_staff(EDITORS))
    page = client.get(reverse("admin:news_article_change", args=[article.pk])).content.decode()
    assert "<p>Đã <b>gỡ</b></p>" in page
    assert save(client, article, _step="reopen").status_code == 403


def test_lists_are_searched_without_marks(client):
    article = make_article(title="Đẩy mạnh xúc tiến thương mại")
    client.force_login(make_staff(EDITORS))
    found = client.get(reverse("admin:news_article_changelist"), {"q": "day manh"})
    assert list(found.context["cl"].queryset) == [article]


def test_two_categories_of_one_level_have_two_names(client):
    make_category(name="Công nghiệp")
    client.force_login(make_staff(PUBLISHERS))
    page = client.post(
        reverse("admin:news_category_add"), {"name": "Công nghiệp", "position": 0}
    ).content.decode()
    assert "Đã có chuyên mục cùng tên" in page


def test_an_address_that_asks_for_odd_values_opens_an_empty_form(client):
    client.force_login(make_staff(PUBLISHERS))
    odd = dict.fromkeys(["published_at", "expires_at", "tags", "category", "related"], "zzz")
    assert client.get(reverse("admin:news_article_add"), odd).status_code == 200


def test_odd_choices_are_refused_in_words(client):
    client.force_login(make_staff(PUBLISHERS))
    rows = {"photos-TOTAL_FORMS": 1, "photos-0-photo": "zz", "photos-0-position": 0}
    page = save(client, category="zz", cover="zz", tags=["zz"], related=["zz"], **rows)
    assert set(page.context["adminform"].form.errors) == {"category", "cover", "tags", "related"}
    assert not Article.objects.exists()


def public_page_of(article, pk=None):
    content_type = ContentType.objects.get_for_model(article)
    return reverse("admin:view_on_site", args=[content_type.pk, pk or article.pk])


def test_no_address_is_told_to_whoever_may_not_see_the_article(client):
    draft = make_article(state=Article.State.DRAFT, title="Bí mật")
    client.force_login(make_staff())
    assert client.get(public_page_of(draft)).status_code == 403


@pytest.mark.parametrize("pk", ["abc", "0", "9" * 5000])
def test_what_is_no_article_has_no_public_page(client, pk):
    client.force_login(make_staff(PUBLISHERS))
    assert client.get(public_page_of(make_article(), pk)).status_code == 404


def test_view_on_site_leads_to_the_public_page(client):
    article = make_article()
    client.force_login(make_staff(PUBLISHERS))
    page = client.get(reverse("admin:news_article_change", args=[article.pk])).content.decode()
    # The address itself: whoever copies it sends it to people who do not sign in.
    assert f'href="{article.get_absolute_url()}" class="viewsitelink"' in page
    content_type = ContentType.objects.get_for_model(Article)
    shortcut = reverse("admin:view_on_site", args=[content_type.pk, article.pk])
    assert client.get(shortcut).headers["Location"] == article.get_absolute_url()


def test_control_characters_reach_no_feed(client):
    make_article(byline="A\x01B", issuing_unit="\u200bPhòng", category=make_category(name="T\x01"))
    assert client.get("/rss/").status_code == 200


def test_categories_have_two_levels(client):
    child = make_category(parent=make_category())
    client.force_login(make_staff(PUBLISHERS))
    page = client.post(
        reverse("admin:news_category_add"), {"name": "Ba", "parent": child.pk, "position": 0}
    )
    assert page.status_code == 200
    assert not Category.objects.filter(name="Ba").exists()
