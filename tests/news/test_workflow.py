"""The way of an article from draft to withdrawn, as its form and its log tell it."""

import re

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from news import workflow
from news.models import Article, StateChange
from portal.groups import EDITORS, PUBLISHERS
from tests.builders import make_article, make_photo, make_staff
from tests.news.test_admin import save

pytestmark = pytest.mark.django_db

State = Article.State


def steps_of(article):
    return list(article.state_changes.values_list("from_state", "to_state", "by", "reason"))


def sent_back(author, reason="Thiếu nguồn"):
    article = make_article(state=State.SUBMITTED, created_by=author)
    workflow.move(article, workflow.SEND_BACK, make_staff(PUBLISHERS), reason)
    return article


# -- one step ---------------------------------------------------------------------------


def test_a_step_is_saved_logged_and_kept_as_a_version():
    author, publisher = make_staff(EDITORS), make_staff(PUBLISHERS)
    article = make_article(state=State.DRAFT, created_by=author)
    workflow.move(article, workflow.SUBMIT, author)
    workflow.move(article, workflow.SEND_BACK, publisher, "  Thiếu nguồn ")
    assert steps_of(article) == [
        ("submitted", "draft", publisher.pk, "Thiếu nguồn"),
        ("draft", "submitted", author.pk, ""),
    ]
    version = article.versions.first()
    assert (version.note, version.saved_by) == ("Trả lại", publisher)
    article.refresh_from_db()
    assert article.state == State.DRAFT


@pytest.mark.parametrize("step", [workflow.SEND_BACK, workflow.WITHDRAW])
def test_whoever_sends_back_or_withdraws_says_why(step):
    (state,) = step.from_states
    article = make_article(state=state)
    with pytest.raises(ValidationError, match="Hãy ghi lý do"):
        workflow.move(article, step, make_staff(PUBLISHERS), " \u200b")
    assert not StateChange.objects.exists()


def test_a_step_that_does_not_begin_here_is_refused_in_words():
    article = make_article(state=State.DRAFT)
    with pytest.raises(ValidationError, match="Bài đang ở trạng thái “Nháp” nên không gỡ bài được"):
        workflow.move(article, workflow.WITHDRAW, make_staff(PUBLISHERS), "Sai")


def test_of_two_people_at_once_the_second_learns_of_the_first():
    article = make_article(state=State.SUBMITTED)
    seen_before = Article.objects.get(pk=article.pk)
    workflow.move(article, workflow.SEND_BACK, make_staff(PUBLISHERS), "Sai")
    with pytest.raises(ValidationError, match="trạng thái “Nháp”"):
        workflow.move(seen_before, workflow.SEND_BACK, make_staff(PUBLISHERS), "Sai")


def test_nothing_of_a_refused_step_remains():
    article = make_article(state=State.SUBMITTED, lead="", body="")
    with pytest.raises(ValidationError):
        workflow.move(article, workflow.APPROVE, make_staff(PUBLISHERS))
    with pytest.raises(PermissionDenied):
        workflow.move(article, workflow.APPROVE, make_staff(EDITORS))
    assert article.state == State.SUBMITTED
    article.refresh_from_db()
    assert (article.state, article.revision) == (State.SUBMITTED, 1)


def test_the_log_outlives_the_article():
    article = sent_back(make_staff(EDITORS))
    article.delete()
    assert StateChange.objects.get().title == article.title


# -- the form ---------------------------------------------------------------------------


def test_the_form_offers_the_steps_of_whoever_opens_it(client):
    author, publisher = make_staff(EDITORS), make_staff(PUBLISHERS)
    article = make_article(state=State.SUBMITTED, created_by=author)
    change = reverse("admin:news_article_change", args=[article.pk])

    def offered(user):
        client.force_login(user)
        return re.findall(r'name="_step" value="(\w+)"', client.get(change).content.decode())

    assert offered(author) == ["recall"]
    assert offered(make_staff(EDITORS)) == []
    assert offered(publisher) == ["approve", "send_back"]


def test_the_first_button_of_the_form_only_saves(client):
    """Enter presses the first button, which must not publish anything."""
    client.force_login(make_staff(PUBLISHERS))
    page = client.get(reverse("admin:news_article_add")).content.decode()
    form = page[page.index('id="article_form"') :]
    first = re.search(r'<(?:input|button)[^>]*type="submit"[^>]*>', form)[0]
    assert 'name="_save"' in first


def test_a_new_article_is_written_and_handed_in_at_once(client):
    author = make_staff(EDITORS)
    client.force_login(author)
    assert save(client, _step="submit").status_code == 302
    article = Article.objects.get()
    assert (article.state, article.created_by) == (State.SUBMITTED, author)
    assert steps_of(article) == [
        ("draft", "submitted", author.pk, ""),
        ("", "draft", author.pk, ""),
    ]


def test_what_could_not_be_published_is_handed_in_only_by_choice_and_the_reviewer_sees_it(client):
    photo = make_photo(alt_text="")
    draft = make_article(state=State.DRAFT, cover=photo)
    client.force_login(make_staff(EDITORS))
    said = "Ảnh đại diện chưa được mô tả"
    values = {"category": draft.category_id, "cover": photo.pk, "_step": "submit"}
    asked = save(client, draft, **values).content.decode()
    assert said in asked
    assert 'name="_as_is"' in asked
    assert not draft.state_changes.exists()
    assert save(client, draft, **values, _as_is="1").status_code == 302
    client.force_login(make_staff(PUBLISHERS))
    page = client.get(reverse("admin:news_article_change", args=[draft.pk])).content.decode()
    assert "Còn 1 điều phải sửa thì mới duyệt đăng được" in page
    assert page.index(said) < page.index('name="title"')
    assert 'name="_as_is"' not in page


def test_what_hinders_a_step_is_named_and_what_was_typed_stays(client):
    article = make_article(state=State.DRAFT, title="Cũ")
    client.force_login(make_staff(PUBLISHERS))
    typed = {
        "title": "Đầu đề mới gõ",
        "body": '<p>Chữ mới gõ</p><img src="/media/a.webp" alt="">',
        "category": article.category.pk,
        "reason": "Lời nhắn mới gõ",
    }
    page = save(client, article, _step="approve", **typed).content.decode()
    for kept in ("Đầu đề mới gõ", "Chữ mới gõ", "Lời nhắn mới gõ"):
        assert kept in page
    assert "Trạng thái: Nháp" in page
    article.refresh_from_db()
    assert (article.title, article.state, article.revision) == ("Cũ", State.DRAFT, 1)
    assert not article.state_changes.exists()


def test_a_refused_approval_sets_no_time_of_publication(client):
    article = make_article(state=State.DRAFT, published_at=None)
    client.force_login(make_staff(PUBLISHERS))
    typed = {"published_at_0": "", "published_at_1": "", "category": article.category.pk}
    page = save(client, article, _step="approve", body='<img src="/media/a.webp" alt="">', **typed)
    assert "body" in page.context["adminform"].form.errors
    assert page.context["original"].published_at is None
    assert not any("Thời điểm đăng" in found.message for found in page.context["check"].findings)


def test_a_missing_reason_is_asked_for_beside_its_box(client):
    article = make_article()
    client.force_login(make_staff(PUBLISHERS))
    page = save(client, article, _step="withdraw", category=article.category.pk)
    assert page.context["adminform"].form.errors == {"reason": ["Hãy ghi lý do để gỡ bài."]}
    page = save(client, article, _step="withdraw", category=article.category.pk, reason="Sai số")
    assert page.status_code == 302
    assert not Article.objects.published().exists()


def test_an_author_reads_at_the_top_why_an_article_came_back(client):
    author = make_staff(EDITORS)
    article = sent_back(author, "Thiếu <nguồn> số liệu")
    client.force_login(author)
    page = client.get(reverse("admin:news_article_change", args=[article.pk])).content.decode()
    told_at = page.index("Bài được trả lại để sửa")
    assert told_at < page.index('id="id_title"')
    assert "Thiếu &lt;nguồn&gt; số liệu" in page


def test_the_log_stands_in_the_form_newest_first(client):
    author = make_staff(EDITORS, last_name="Trần", first_name="An")
    article = make_article(state=State.DRAFT, created_by=author)
    workflow.move(article, workflow.SUBMIT, author)
    workflow.move(article, workflow.APPROVE, make_staff(PUBLISHERS))
    client.force_login(author)
    page = client.get(reverse("admin:news_article_change", args=[article.pk])).content.decode()
    assert page.index("Chờ duyệt → Đã duyệt") < page.index("Nháp → Chờ duyệt")
    assert "Trần An" in page


# -- what waits ------------------------------------------------------------------------


def test_what_waits_is_what_one_may_decide_on_and_what_came_back():
    author, publisher = make_staff(EDITORS), make_staff(PUBLISHERS)
    handed_in = make_article(state=State.SUBMITTED)
    returned = sent_back(author)
    make_article(state=State.DRAFT, created_by=author)
    recalled = make_article(state=State.SUBMITTED, created_by=author)
    workflow.move(recalled, workflow.RECALL, author)
    assert list(workflow.waiting_for(publisher)) == [handed_in]
    assert list(workflow.waiting_for(author)) == [returned]
    workflow.move(returned, workflow.SUBMIT, author)
    assert not workflow.waiting_for(author).exists()
    assert set(workflow.waiting_for(publisher)) == {handed_in, returned}


def test_the_header_counts_what_waits_and_leads_to_it(client):
    publisher = make_staff(PUBLISHERS)
    client.force_login(publisher)
    assert "waiting-badge" not in client.get("/quan-tri/").content.decode()
    waiting = {make_article(state=State.SUBMITTED) for _ in range(2)}
    page = client.get(reverse("admin:news_photo_changelist")).content.decode()
    badge = re.search(r'class="waiting-badge" href="([^"]+)".*?count">(\d+)<', page)
    assert badge[2] == "2"
    assert set(client.get(badge[1]).context["cl"].queryset) == waiting


def test_nothing_waits_for_whoever_has_no_rights(client):
    make_article(state=State.SUBMITTED)
    client.force_login(make_staff())
    assert "waiting-badge" not in client.get("/quan-tri/").content.decode()
