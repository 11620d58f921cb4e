"""Who may take which step, and on whose articles."""

import pytest
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.urls import reverse

from news import rights, workflow
from news.models import Article, Category
from portal.groups import ADMINISTRATORS, EDITORS, FEEDBACK_OFFICERS, PUBLISHERS
from tests.builders import make_article, make_category, make_staff
from tests.news.test_admin import save, told

pytestmark = pytest.mark.django_db

State = Article.State
AUTHOR = "tác giả"
DECIDING = {PUBLISHERS, ADMINISTRATORS}
# Each step with the states it begins in and the people who may take it.
MATRIX = {
    "submit": ({State.DRAFT}, {AUTHOR, EDITORS, *DECIDING}),
    "recall": ({State.SUBMITTED}, {AUTHOR}),
    "send_back": ({State.SUBMITTED}, DECIDING),
    "approve": ({State.DRAFT, State.SUBMITTED, State.WITHDRAWN}, DECIDING),
    "withdraw": ({State.APPROVED}, DECIDING),
    "reopen": ({State.WITHDRAWN}, DECIDING),
}


def again(user):
    """Return a user as the next request meets them: rights are looked up once."""
    return get_user_model().objects.get(pk=user.pk)


def in_charge_of(*categories, group=EDITORS):
    user = make_staff(group)
    user.categories.set(categories)
    return again(user)


def can_move(pk, step, user) -> bool:
    """Try a step, and leave the article as it was."""
    with transaction.atomic():
        try:
            workflow.move(Article.objects.get(pk=pk), step, user, "Vì thế")
        except (PermissionDenied, ValidationError):
            return False
        finally:
            transaction.set_rollback(True)
    return True


def test_each_step_is_taken_by_whom_it_is_meant_for():
    people = {group: make_staff(group) for group in (EDITORS, PUBLISHERS, ADMINISTRATORS)}
    people |= {AUTHOR: make_staff(EDITORS), FEEDBACK_OFFICERS: make_staff(FEEDBACK_OFFICERS)}
    people[None] = make_staff()
    assert MATRIX.keys() == workflow.STEPS.keys()
    for state in State:
        article = make_article(state=state, created_by=people[AUTHOR])
        for name, (states, allowed) in MATRIX.items():
            step = workflow.STEPS[name]
            offered = {w for w, user in people.items() if step in workflow.steps_for(user, article)}
            assert offered == (allowed if state in states else set()), (state, name)
            if state in states:
                taken = {w for w, user in people.items() if can_move(article.pk, step, user)}
                assert taken == allowed, (state, name)


def test_whoever_is_named_at_a_category_works_on_it_and_its_children_alone():
    industry, trade = make_category(), make_category()
    child = make_category(parent=industry)
    publisher = in_charge_of(industry, group=PUBLISHERS)
    for category, within in ((industry, True), (child, True), (trade, False)):
        article = make_article(category=category)
        assert rights.may_edit(publisher, article) is within
        assert rights.may_publish(publisher, article) is within
        assert rights.may_delete(publisher, article) is within


def test_whoever_is_named_at_a_child_does_not_work_on_its_parent():
    parent = make_category()
    child = make_category(parent=parent)
    editor = in_charge_of(child)
    draft = make_article(category=parent, state=State.DRAFT)
    assert rights.may_edit(editor, draft) is False
    assert list(rights.categories(editor)) == [child]


def test_whoever_is_named_nowhere_and_the_superuser_work_on_all():
    category = make_category()
    category.staff.add(make_staff(EDITORS))
    chief = get_user_model().objects.create_superuser("chi-huy")
    category.staff.add(chief)
    elsewhere = make_article(state=State.DRAFT)
    assert rights.may_edit(make_staff(EDITORS), elsewhere)
    assert rights.may_edit(again(chief), elsewhere)


def test_those_who_may_publish_an_article_are_found_for_its_category():
    parent = make_category()
    article = make_article(category=make_category(parent=parent))
    everywhere, here = make_staff(PUBLISHERS), in_charge_of(parent, group=PUBLISHERS)
    in_charge_of(make_category(), group=PUBLISHERS)
    make_staff(EDITORS)
    make_staff(PUBLISHERS, is_active=False)
    assert set(rights.publishers_of(article)) == {everywhere, here}


def test_an_article_of_another_category_is_read_but_not_saved(client):
    draft = make_article(state=State.DRAFT)
    client.force_login(in_charge_of(make_category()))
    page = client.get(reverse("admin:news_article_change", args=[draft.pk]))
    assert 'name="_save"' not in page.content.decode()
    assert save(client, draft, category=draft.category.pk).status_code == 403
    assert save(client, draft, category=draft.category.pk, _step="submit").status_code == 403


def test_who_does_not_write_articles_reads_only_what_readers_do(client):
    shown, draft = make_article(title="Bài đã đăng"), make_article(state=State.DRAFT)
    client.force_login(make_staff(FEEDBACK_OFFICERS))
    listed = client.get(reverse("admin:news_article_changelist")).content.decode()
    assert "Bài đã đăng" in listed
    assert draft.title not in listed
    for view in ("change", "history", "preview"):
        assert client.get(reverse(f"admin:news_article_{view}", args=[shown.pk])).status_code == 200
        assert client.get(reverse(f"admin:news_article_{view}", args=[draft.pk])).status_code != 200


def test_nobody_moves_an_article_into_a_category_that_is_not_theirs(client):
    own, foreign = make_category(), make_category()
    draft = make_article(state=State.DRAFT, category=own)
    client.force_login(in_charge_of(own))
    page = save(client, draft, category=foreign.pk).content.decode()
    assert "Tài khoản này không phụ trách chuyên mục đã chọn." in page
    draft.refresh_from_db()
    assert draft.category == own
    assert save(client, draft, category=own.pk).status_code == 302


def test_the_box_of_categories_offers_only_ones_own(client):
    own, foreign = make_category(name="Công nghiệp"), make_category(name="Công thương")
    client.force_login(in_charge_of(own))
    asked = {"app_label": "news", "model_name": "article", "field_name": "category", "term": "cong"}
    found = client.get(reverse("admin:autocomplete"), asked).json()["results"]
    assert [row["text"] for row in found] == [own.name]
    assert foreign.name not in str(found)


def test_many_at_once_leave_the_articles_of_others_alone(client):
    own = make_category()
    mine = make_article(state=State.SUBMITTED, category=own)
    foreign = make_article(state=State.SUBMITTED)
    client.force_login(in_charge_of(own, group=PUBLISHERS))
    said = told(client, "approve", mine, foreign)
    assert set(Article.objects.published()) == {mine}
    assert any("Tài khoản này không có quyền làm việc này" in message for message in said)
    answers = {"_answered": "Đổi chuyên mục", "category": own.pk}
    told(client, "change_category", foreign, **answers)
    foreign.refresh_from_db()
    assert foreign.category != own
    client.post(
        reverse("admin:news_article_changelist"),
        {"action": "delete_selected", "_selected_action": [foreign.pk], "post": "yes"},
    )
    assert Article.objects.filter(pk=foreign.pk).exists()


def test_nobody_widens_their_own_rights(client):
    own, foreign = make_category(), make_category()
    limited = in_charge_of(own, group=PUBLISHERS)
    client.force_login(limited)
    change = reverse("admin:news_category_change", args=[foreign.pk])
    assert client.post(change, {"name": "A", "position": 0, "staff": limited.pk}).status_code == 403
    client.force_login(make_staff(PUBLISHERS))
    change = reverse("admin:news_category_change", args=[own.pk])
    assert client.post(change, {"name": "A", "position": 0}).status_code == 302
    assert limited in own.staff.all()
    client.force_login(make_staff(ADMINISTRATORS))
    assert client.post(change, {"name": "A", "position": 0}).status_code == 302
    assert not own.staff.exists()


def test_no_category_is_deleted_while_it_alone_names_somebody(client):
    only, one, another = make_category(), make_category(), make_category()
    limited, elsewhere_too = in_charge_of(only), in_charge_of(one, another)
    client.force_login(make_staff(ADMINISTRATORS))

    def delete(*categories):
        chosen = [category.pk for category in categories]
        answers = {"action": "delete_selected", "_selected_action": chosen, "post": "yes"}
        client.post(reverse("admin:news_category_changelist"), answers)

    page = client.post(reverse("admin:news_category_delete", args=[only.pk]), {"post": "yes"})
    assert f"{limited.username}, người phụ trách: " in page.content.decode()
    delete(only)
    delete(one, another)
    assert Category.objects.count() == 3
    delete(one)
    only.staff.clear()
    delete(only)
    assert list(Category.objects.all()) == [another]
    assert rights.is_limited(again(elsewhere_too))


def test_whoever_takes_out_a_name_hears_that_nothing_limits_that_person_any_more(client):
    first, second = make_category(), make_category()
    limited = in_charge_of(first, second)
    client.force_login(make_staff(ADMINISTRATORS))

    def told_without(category):
        change = reverse("admin:news_category_change", args=[category.pk])
        page = client.post(change, {"name": category.name, "position": 0}, follow=True)
        return " ".join(str(message) for message in page.context["messages"])

    said = f"{limited.username} không còn tên ở chuyên mục nào"
    assert said not in told_without(first)
    assert said in told_without(second)


def test_an_author_may_delete_a_draft_that_was_never_approved():
    author = make_staff(EDITORS)
    draft = make_article(state=State.DRAFT, created_by=author)
    assert rights.may_delete(author, draft)
    assert not rights.may_delete(make_staff(EDITORS), draft)
    workflow.move(draft, workflow.SUBMIT, author)
    assert not rights.may_delete(author, draft)
    workflow.move(draft, workflow.RECALL, author)
    assert rights.may_delete(author, draft)
    for step in (workflow.APPROVE, workflow.WITHDRAW, workflow.REOPEN):
        workflow.move(draft, step, make_staff(PUBLISHERS), "Sai số")
    assert draft.state == State.DRAFT
    assert not rights.may_delete(author, draft)


def test_an_author_finds_the_button_that_deletes_the_draft(client):
    author = make_staff(EDITORS)
    draft = make_article(state=State.DRAFT, created_by=author)
    delete = reverse("admin:news_article_delete", args=[draft.pk])
    client.force_login(author)
    assert (
        delete in client.get(reverse("admin:news_article_change", args=[draft.pk])).content.decode()
    )
    client.post(delete, {"post": "yes"})
    assert not Article.objects.exists()
