"""Who is told by mail about a step of an article; sent by the worker, never by a request."""

from functools import partial

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django_tasks import task

from news import rights, schedule
from news.models import StateChange
from portal.letters import send_or_retry
from portal.people import name_of

# Steps worth a letter, by name: its subject. The text is templates/mail/article_<step>.txt.
SUBJECTS = {
    "submit": "Bài chờ duyệt",
    "send_back": "Bài được trả lại",
    "approve": "Bài đã được duyệt",
    "withdraw": "Bài đã được gỡ",
}


def tell(change: StateChange, step: str) -> None:
    """Have the worker tell whoever is concerned, once the step is stored."""
    if settings.MAIL_IS_SENT and step in SUBJECTS:
        # Robust: a step that is stored is not undone by what comes after it.
        transaction.on_commit(partial(announce.enqueue, change.pk, step), robust=True)


@task()
def announce(change_id: int, step: str) -> None:
    """Queue one letter for each person who is concerned by a step."""
    change = _still_true(change_id)
    if change:
        for user in _concerned(change, step):
            send.enqueue(change_id, step, user.pk)


@task()
def send(change_id: int, step: str, user_id: int, failures: int = 0) -> None:
    """Send one letter; try again later when the mail server refuses or is away."""
    change = _still_true(change_id)
    user = get_user_model().objects.filter(pk=user_id, is_active=True).exclude(email="").first()
    if change and user:
        letter = _letter(change, step, user)
        send_or_retry(letter, send, change_id, step, user_id, failures=failures)


def _still_true(change_id: int) -> StateChange | None:
    """Return a step unless the article is gone or has moved on since: no news then."""
    change = (
        StateChange.objects.filter(pk=change_id)
        .select_related("article__category", "article__created_by", "by")
        .first()
    )
    if change and change.article and change.article.state == change.to_state:
        return change
    return None


def _concerned(change: StateChange, step: str) -> list:
    """Return those who may decide, or the author; never whoever took the step."""
    if step == "submit":
        people = rights.publishers_of(change.article)
    else:
        people = get_user_model().objects.filter(pk=change.article.created_by_id, is_active=True)
    return list(people.exclude(pk=change.by_id).exclude(email=""))


def _letter(change: StateChange, step: str, user) -> EmailMessage:
    article = change.article
    address = reverse("admin:news_article_change", args=[article.pk])
    context = {
        "title": article.title,
        "category": article.category,
        "by": name_of(change.by) if change.by else "Một cán bộ",
        "reason": change.reason,
        "appearance": schedule.appearance(article),
        "address": f"{settings.BASE_URL}{address}",
        "department": settings.DEPARTMENT["name"],
    }
    subject = " ".join(f"{SUBJECTS[step]}: {article.title}".split())
    text = render_to_string(f"mail/article_{step}.txt", context)
    return EmailMessage(subject, text, to=[user.email])
