"""An article as readers would see it, before they do."""

import re
from datetime import timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.core.files.base import ContentFile
from django.forms.models import model_to_dict
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from lxml import html

from news import previews, workflow
from news.models import Article, Narration, PreviewLink, Tag
from portal.groups import EDITORS, FEEDBACK_OFFICERS, PUBLISHERS
from portal.moments import said_at
from tests.builders import make_article, make_category, make_photo, make_staff

pytestmark = pytest.mark.django_db

STATES = [state for state in Article.State if state != Article.State.APPROVED]


def admin_address(view, *keys):
    return reverse(f"admin:news_article_{view}", args=keys)


def make_draft(**changes):
    return make_article(**{"state": Article.State.DRAFT, "published_at": None} | changes)


def link_to(article, days=3):
    _, token = previews.make_link(article, by=None, days=days)
    return reverse("news:preview", args=[token])


def heading(page):
    return re.search(r"<h1[^>]*>(.*)</h1>", page)[1]


def assert_nobody_keeps(answer):
    kept = answer.headers["Cache-Control"]
    assert "no-store" in kept
    assert "private" in kept
    assert "public" not in kept
    assert "ETag" not in answer.headers
    assert answer.headers["X-Robots-Tag"] == "noindex, nofollow, noarchive"
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert "unsafe" not in answer.headers["Content-Security-Policy"]


# -- for staff -------------------------------------------------------------------------


@pytest.mark.parametrize("state", STATES)
def test_staff_read_an_article_of_any_state_on_its_page(client, state):
    article = make_article(state=state, published_at=None, cover=make_photo())
    client.force_login(make_staff(PUBLISHERS))
    answer = client.get(admin_address("preview", article.pk))
    page = answer.content.decode()
    assert f"Bản xem trước – {state.label}" in page
    assert heading(page) == article.title
    assert article.body in page
    assert article.cover.image.url in page
    assert_nobody_keeps(answer)


def test_a_scheduled_article_says_when_it_will_appear(client):
    soon = timezone.now() + timedelta(days=1)
    article = make_article(published_at=soon)
    client.force_login(make_staff(PUBLISHERS))
    page = client.get(admin_address("preview", article.pk)).content.decode()
    assert f"Hẹn giờ, đăng lúc {said_at(soon)}" in page


def test_a_preview_counts_nothing_sends_nothing_and_shares_nothing(client, settings):
    draft = make_draft()
    client.force_login(make_staff(EDITORS))
    page = client.get(admin_address("preview", draft.pk)).content.decode()
    assert '<body data-count="">' in page
    assert "data-feedback" not in page
    assert "feedback.js" not in page
    assert settings.BASE_URL + draft.get_absolute_url() not in page
    assert "og:title" not in page
    assert '<meta name="robots" content="noindex, nofollow, noarchive">' in page


def test_a_preview_is_listened_to_without_the_sentences_that_only_readers_get(client):
    scheduled = make_article(published_at=timezone.now() + timedelta(days=1))
    key = scheduled.narration_key()
    narration = Narration(article=scheduled, key=key, duration=3, sentences=[[0, 3, "Một câu."]])
    narration.file.save("a.mp3", ContentFile(b"ID3"))
    client.force_login(make_staff(PUBLISHERS))
    # Typed as if it were out already: what is stored decides.
    typed = model_to_dict(scheduled, ["title", "lead", "body", "category"]) | {
        "published_at_0": "01/02/2024",
        "published_at_1": "09:30",
    }
    address = admin_address("preview", scheduled.pk)
    for answer in (client.get(address), client.post(address, typed)):
        page = html.document_fromstring(answer.content.decode())
        [sound] = page.xpath("//section[@data-player]/audio")
        assert sound.get("src") == narration.address
        assert "data-sentences" not in sound.attrib
        assert page.xpath("//script[contains(@src, 'player')]")


def test_only_staff_who_may_see_an_article_preview_it(client):
    draft = make_draft()
    address = admin_address("preview", draft.pk)
    assert "login" in client.get(address).url
    client.force_login(make_staff())
    assert client.get(address).status_code == 403
    assert client.post(address, {"title": "A"}).status_code == 403
    assert client.post(admin_address("preview_new"), {"title": "A"}).status_code == 403
    assert client.get(admin_address("preview", 0)).status_code == 404


def test_what_is_typed_is_shown_and_not_saved(client):
    draft = make_draft(title="Cũ")
    tag = Tag.objects.create(name="khuyến công")
    client.force_login(make_staff(EDITORS))
    answer = client.post(
        admin_address("preview", draft.pk),
        {
            "title": "Mới",
            "lead": "Mở đầu mới.",
            "body": "<h2>Phần</h2><p>Chữ<script>alert(1)</script></p>",
            "category": make_category(name="Năng lượng").pk,
            "tags": [tag.pk],
            "state": "approved",
        },
    )
    page = answer.content.decode()
    assert "Nội dung đang sửa, chưa lưu" in page
    assert heading(page) == "Mới"
    assert "Mở đầu mới." in page
    assert "Năng lượng" in page
    assert '<h2 id="muc-1">Phần</h2><p>Chữ</p>' in page
    assert "alert" not in page
    assert_nobody_keeps(answer)
    draft.refresh_from_db()
    assert (draft.title, draft.revision) == ("Cũ", 1)
    assert not draft.tags.exists()


def test_an_article_that_was_never_saved_is_shown(client):
    client.force_login(make_staff(EDITORS))
    typed = {"title": "Mới tinh", "body": "<p>Chữ</p>", "category": make_category().pk}
    answer = client.post(admin_address("preview_new"), typed)
    assert heading(answer.content.decode()) == "Mới tinh"
    assert_nobody_keeps(answer)
    assert not Article.objects.exists()


def test_a_sign_in_that_came_before_the_preview_leads_back_to_what_is_typed(client):
    client.force_login(make_staff(EDITORS))
    answer = client.get(admin_address("preview_new"))
    assert answer.status_code == 200
    assert "bấm “Xem trước bản đang sửa” lần nữa" in answer.content.decode()
    assert_nobody_keeps(answer)


@pytest.mark.parametrize(
    "typed",
    [
        {},
        {"title": "a" * 300, "published_at_0": "hôm nay", "category": "x", "cover": "99"},
        {"title": "\x00", "body": "<div>" * 200, "tags": ["9", "a"]},
    ],
)
@pytest.mark.parametrize("is_new", [True, False])
def test_mistakes_in_the_form_are_said_above_what_can_be_shown(client, typed, is_new):
    client.force_login(make_staff(EDITORS))
    address = admin_address("preview_new") if is_new else admin_address("preview", make_draft().pk)
    answer = client.post(address, typed)
    assert answer.status_code == 200
    assert "Phải sửa những mục dưới đây thì mới lưu được:" in answer.content.decode()


def test_the_form_offers_the_preview_after_every_other_button(client):
    draft = make_draft()
    client.force_login(make_staff(EDITORS))
    for address, target in (
        (admin_address("change", draft.pk), admin_address("preview", draft.pk)),
        (admin_address("add"), admin_address("preview_new")),
    ):
        page = client.get(address).content.decode()
        submits = re.findall(r'<(?:button|input)[^>]*type="submit"[^>]*>', page)
        assert f'formaction="{target}"' in submits[-1]


# -- by a link -------------------------------------------------------------------------


@pytest.mark.parametrize("state", STATES)
def test_whoever_has_a_link_reads_the_saved_text_without_an_account(client, state):
    article = make_article(state=state, published_at=None)
    address = link_to(article)
    Article.objects.filter(pk=article.pk).update(title="Sửa lần cuối")
    answer = client.get(address)
    page = answer.content.decode()
    assert heading(page) == "Sửa lần cuối"
    assert f"Bản xem trước – {state.label}" in page
    assert "Đường dẫn này dùng được đến" in page
    assert "/quan-tri/" not in page
    assert not answer.cookies
    assert "Cookie" not in answer.headers.get("Vary", "")
    assert_nobody_keeps(answer)


def test_a_link_is_of_no_use_once_expired_revoked_or_without_its_article(client):
    expired, revoked, deleted = make_draft(), make_draft(), make_draft()
    addresses = [link_to(article) for article in (expired, revoked, deleted)]
    expired.preview_links.update(expires_at=timezone.now())
    revoked.preview_links.all().delete()
    deleted.delete()
    pages = [client.get(a) for a in (*addresses, reverse("news:preview", args=["khong-co"]))]
    assert {page.status_code for page in pages} == {404}
    words = {re.search(r"<main.*</main>", p.content.decode(), re.DOTALL)[0] for p in pages}
    assert len(words) == 1
    assert "Đường dẫn này không có hoặc không còn dùng được." in words.pop()
    for page in pages:
        assert_nobody_keeps(page)


def test_withdrawing_an_article_revokes_its_links(client):
    article, other = make_article(), make_draft()
    before, kept = link_to(article), link_to(other)
    publisher = make_staff(PUBLISHERS)
    workflow.move(article, workflow.WITHDRAW, publisher, "Sai số liệu")
    assert client.get(before).status_code == 404
    assert client.get(kept).status_code == 200
    after = link_to(article)  # made by whoever knows that it was withdrawn
    workflow.move(article, workflow.REOPEN, publisher)
    assert client.get(after).status_code == 200


def test_a_link_leads_to_the_page_once_the_article_is_published(client):
    article = make_article()
    answer = client.get(link_to(article))
    assert (answer.status_code, answer.url) == (302, article.get_absolute_url())
    assert_nobody_keeps(answer)


def test_a_link_takes_nothing_but_reading(client):
    assert client.post(link_to(make_draft())).status_code == 405


def test_the_token_is_long_and_not_kept():
    _, token = previews.make_link(make_draft(), by=None, days=1)
    assert len(token) >= 43  # 32 bytes
    assert token not in str(PreviewLink.objects.values().get())


def test_a_draft_with_a_link_is_found_nowhere(client):
    draft = make_draft(title="Chưa công bố")
    address = link_to(draft)
    parts = re.findall(r"<loc>([^<]+\.xml)</loc>", client.get("/sitemap.xml").content.decode())
    lists = ["/", "/tin-tuc/", "/rss/", "/so-do/", "/tim-kiem/?q=cong+bo", "/robots.txt"]
    for page in [*lists, *parts]:
        answer = client.get(page).content.decode()
        assert "Chưa công bố" not in answer
        assert draft.slug not in answer
        assert "xem-truoc" not in answer
    assert client.get(draft.get_absolute_url()).status_code == 404
    assert client.get(address).status_code == 200


# -- making and revoking links ---------------------------------------------------------


def test_an_editor_makes_a_link_and_sees_it_once(client):
    draft = make_draft()
    client.force_login(make_staff(EDITORS, first_name="Minh", last_name="Anh"))
    answer = client.post(admin_address("preview_links", draft.pk), {"days": 1})
    address = re.search(r'value="(http[^"]*/xem-truoc/[^"]+/)"', answer.content.decode())[1]
    assert client.get(address).status_code == 200
    link = PreviewLink.objects.get()
    assert link.expires_at - link.made_at == timedelta(days=1)
    page = client.get(admin_address("preview_links", draft.pk)).content.decode()
    assert "/xem-truoc/" not in page.replace(admin_address("preview", draft.pk), "")
    assert said_at(link.expires_at) in page
    assert "Anh Minh" in page
    assert "Tạo đường dẫn xem trước" in LogEntry.objects.get().change_message
    assert "no-store" in answer.headers["Cache-Control"]


def test_browsers_say_where_the_forms_of_the_links_come_from():
    """Without a referrer a browser sends «Origin: null», and the token is refused."""
    client = Client(enforce_csrf_checks=True)
    draft = make_draft()
    client.force_login(make_staff(EDITORS))
    address = admin_address("preview_links", draft.pk)
    page = client.get(address)
    assert page.headers["Referrer-Policy"] == "same-origin"
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page.content.decode())[1]
    sent = {"days": 3, "csrfmiddlewaretoken": token}
    assert client.post(address, {"days": 3}).status_code == 403
    assert client.post(address, sent).status_code == 200
    assert draft.preview_links.exists()


def test_three_days_are_offered_first(client):
    client.force_login(make_staff(EDITORS))
    page = client.get(admin_address("preview_links", make_draft().pk)).content.decode()
    assert re.search(r'value="3"[^>]* checked', page)


def test_a_lifetime_that_is_not_offered_is_refused_in_words(client):
    client.force_login(make_staff(EDITORS))
    for days in ("", "365", "mãi"):
        answer = client.post(admin_address("preview_links", make_draft().pk), {"days": days})
        assert "Hãy chọn" in answer.content.decode()
    assert not PreviewLink.objects.exists()


def test_an_editor_revokes_a_link(client):
    draft, other = make_draft(), make_draft()
    address, kept = link_to(draft), link_to(other)
    link = draft.preview_links.get()
    client.force_login(make_staff(EDITORS))
    revoke = admin_address("revoke_preview_link", draft.pk, link.pk)
    assert client.get(revoke).status_code == 405
    wrong = admin_address("revoke_preview_link", draft.pk, other.preview_links.get().pk)
    client.post(wrong)
    assert client.get(kept).status_code == 200
    page = client.post(revoke, follow=True).content.decode()
    assert "Đường dẫn xem trước không còn dùng được nữa." in page
    assert client.get(address).status_code == 404
    assert LogEntry.objects.get().change_message == "Thu hồi đường dẫn xem trước."


def test_only_who_may_edit_an_article_makes_and_revokes_links(client):
    shown = make_article()
    link_to(shown)
    link = shown.preview_links.get()
    for group in (EDITORS, FEEDBACK_OFFICERS):
        client.force_login(make_staff(group))
        page = client.get(admin_address("change", shown.pk)).content.decode()
        assert admin_address("preview", shown.pk) in page
        assert admin_address("preview_links", shown.pk) not in page
        assert client.post(admin_address("preview_links", shown.pk), {"days": 3}).status_code == 403
        revoke = admin_address("revoke_preview_link", shown.pk, link.pk)
        assert client.post(revoke).status_code == 403
    assert PreviewLink.objects.count() == 1


def test_links_that_expired_are_forgotten_when_one_is_made():
    old = make_draft()
    link_to(old)
    PreviewLink.objects.update(expires_at=timezone.now() - timedelta(days=1))
    link_to(make_draft())
    assert not old.preview_links.exists()
