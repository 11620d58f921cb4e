"""Letters about an article's steps: to whom, saying what, sent by the worker alone."""

from smtplib import SMTPServerDisconnected

import pytest
from django.core import mail
from django_tasks_db.models import DBTaskResult

from news import notifications, workflow
from news.models import Article
from portal import letters
from portal.groups import EDITORS, PUBLISHERS
from tests.builders import make_article, make_category, make_staff

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("mail_server")]

State = Article.State


@pytest.fixture
def step(django_capture_on_commit_callbacks):
    """Return a function that takes a step and does what the worker then does."""

    def take(article, step, by, reason=""):
        with django_capture_on_commit_callbacks(execute=True):
            workflow.move(article, step, by, reason)
        work()

    return take


def queued(task="notifications"):
    return DBTaskResult.objects.filter(task_path__contains=task).order_by("enqueued_at")


def work():
    """Do what is queued, and what that queues, as the worker does in time."""
    while waiting := list(queued()):
        for result in waiting:
            result.delete()
            result.task.call(*result.args_kwargs["args"], **result.args_kwargs["kwargs"])


def author(**changes):
    return make_staff(EDITORS, **{"email": "tacgia@example.gov.vn"} | changes)


def publisher(**changes):
    return make_staff(PUBLISHERS, **{"email": "duyet@example.gov.vn"} | changes)


def test_handing_in_tells_those_who_may_publish_there(step):
    writer, category = author(last_name="Trần", first_name="An"), make_category(name="Công nghiệp")
    publisher()
    publisher(email="")
    elsewhere = publisher(email="khac@example.gov.vn")
    elsewhere.categories.add(make_category())
    article = make_article(
        title="Xuất khẩu dệt & may", state=State.DRAFT, created_by=writer, category=category
    )
    step(article, workflow.SUBMIT, writer, "Đã thêm nguồn")
    (letter,) = mail.outbox
    assert letter.to == ["duyet@example.gov.vn"]
    assert letter.from_email == "cong@example.gov.vn"
    assert letter.subject == "Bài chờ duyệt: Xuất khẩu dệt & may"
    assert (
        "Trần An đã gửi duyệt bài “Xuất khẩu dệt & may”, chuyên mục Công nghiệp.\n\n"
        "Lời nhắn: Đã thêm nguồn\n\n"
        f"Mở bài: https://soct.example.gov.vn/quan-tri/news/article/{article.pk}/change/\n"
    ) in letter.body


@pytest.mark.parametrize(
    ("taken", "state", "said"),
    [
        (workflow.SEND_BACK, State.SUBMITTED, "Lý do: Thiếu nguồn"),
        (workflow.APPROVE, State.SUBMITTED, "Bài hiện ngay; ngày ghi trên bài là"),
        (workflow.WITHDRAW, State.APPROVED, "người đọc không còn thấy bài"),
    ],
)
def test_the_author_learns_what_became_of_an_article(step, taken, state, said):
    article = make_article(state=state, created_by=author())
    step(article, taken, publisher(), "Thiếu nguồn")
    (letter,) = mail.outbox
    assert letter.to == ["tacgia@example.gov.vn"]
    assert said in letter.body


def test_nobody_is_told_what_they_did_themselves(step):
    chief = publisher()
    article = make_article(state=State.DRAFT, created_by=chief)
    step(article, workflow.SUBMIT, chief)
    step(article, workflow.APPROVE, chief)
    assert mail.outbox == []


def test_who_has_left_is_not_written_to(step):
    article = make_article(state=State.SUBMITTED, created_by=author(is_active=False))
    step(article, workflow.APPROVE, publisher())
    assert mail.outbox == []


def test_news_that_is_no_longer_true_is_not_sent(django_capture_on_commit_callbacks):
    writer = author()
    article = make_article(state=State.DRAFT, created_by=writer)
    publisher()
    with django_capture_on_commit_callbacks(execute=True):
        workflow.move(article, workflow.SUBMIT, writer)
        workflow.move(article, workflow.RECALL, writer)
    work()
    assert mail.outbox == []


def test_without_a_mail_server_nothing_is_queued(settings, django_capture_on_commit_callbacks):
    settings.MAIL_IS_SENT = False
    publisher()
    with django_capture_on_commit_callbacks(execute=True):
        workflow.move(make_article(state=State.DRAFT), workflow.SUBMIT, author())
    assert not queued().exists()


def test_a_subject_is_one_line(step):
    article = make_article(state=State.SUBMITTED, created_by=author())
    Article.objects.filter(pk=article.pk).update(title="Một\r\nBcc: ai-do@example.com")
    article.refresh_from_db()
    change = workflow.move(article, workflow.APPROVE, publisher())
    Article.objects.filter(pk=article.pk).update(title="Một\r\nBcc: ai-do@example.com")
    notifications.send.call(change.pk, "approve", article.created_by_id)
    assert mail.outbox[0].subject == "Bài đã được duyệt: Một Bcc: ai-do@example.com"


def test_a_mail_server_that_is_away_is_tried_again_and_given_up_visibly(monkeypatch, step):
    def fail(*args, **kwargs):
        raise SMTPServerDisconnected

    monkeypatch.setattr("django.core.mail.EmailMessage.send", fail)
    article = make_article(state=State.SUBMITTED, created_by=author())
    with pytest.raises(SMTPServerDisconnected):
        step(article, workflow.APPROVE, publisher())
    assert not queued().exists()
    article.refresh_from_db()
    assert article.state == State.APPROVED


def test_each_further_try_waits_longer(monkeypatch):
    def fail(*args, **kwargs):
        raise SMTPServerDisconnected

    monkeypatch.setattr("django.core.mail.EmailMessage.send", fail)
    article = make_article(state=State.SUBMITTED, created_by=author())
    change = workflow.move(article, workflow.APPROVE, publisher())
    for failures in range(len(letters.RETRY_AFTER)):
        notifications.send.call(change.pk, "approve", article.created_by_id, failures)
    waits = list(queued().values_list("run_after", flat=True))
    assert waits == sorted(waits)
    assert len(waits) == len(letters.RETRY_AFTER)
