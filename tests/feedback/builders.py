"""Citizens' messages, forms and polls for tests; the defaults pass validation."""

import secrets
import uuid
from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from feedback import challenge, codes
from feedback.models import Option, Poll, Submission, Vote
from news.models import Article, Category

MESSAGE = {
    "name": "Nguyễn Thị Hồng",
    "title": "Đèn đường không sáng",
    "content": "Đèn đường trước chợ tắt đã hai tuần, xin kiểm tra giúp.",
}


def make_article(**changes):
    category, _ = Category.objects.get_or_create(name="Tin hoạt động")
    values = {
        "title": "Hội nghị tổng kết năm",
        "body": "<p>Nội dung.</p>",
        "category": category,
        "state": Article.State.APPROVED,
        "published_at": timezone.now() - timedelta(days=1),
    }
    return Article.objects.create(**(values | changes))


def make_submission(**changes):
    values = MESSAGE | {"code": codes.new(), "nonce": secrets.token_hex(8)}
    return Submission.objects.create(**(values | changes))


def make_poll(*texts, **changes):
    values = {
        "question": "Ông/bà đánh giá cổng thông tin thế nào?",
        "opens_at": timezone.now() - timedelta(days=1),
    }
    poll = Poll.objects.create(**(values | changes))
    for position, text in enumerate(texts or ("Tốt", "Khá", "Chưa tốt")):
        Option.objects.create(poll=poll, text=text, position=position)
    return poll


def cast(option, **changes):
    """Count a new browser's ballot for an option; named by ``changes`` it is suspect."""
    Vote.objects.create(poll=option.poll, option=option, **({"ballot": uuid.uuid4()} | changes))


def old_token(seconds=60):
    """Return a challenge that a person has had before them for a while."""
    return challenge.issue(timezone.now() - timedelta(seconds=seconds))


def filled_form(**changes):
    """Return what a person's browser posts, the right code included."""
    token = changes.get("challenge") or old_token()
    values = MESSAGE | {"challenge": token, "code": challenge.answer(token), "website": ""}
    values |= {"kind": "suggestion", "consent": "on"}
    return values | changes


def send(client, **changes):
    return client.post(reverse("feedback:send"), filled_form(**changes))


def wrong_answer(token):
    right = int(challenge.answer(token))
    return f"{(right + 1) % 100_000:05}"


def shown_token(response):
    """Return the challenge in the form that a response shows."""
    return response.context["challenge"]["token"]
