"""
Letters to citizens: sent by the worker, never by a request, and only with our own words.

Before an address is confirmed it gets one kind of letter, which asks for that; it may be
somebody else's. Without a mail server nothing is queued.
"""

from datetime import datetime, time
from functools import partial

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import connection, transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django_tasks import task

from feedback import confirmation
from feedback.models import Event, Submission
from portal.letters import send_or_retry

State = Submission.State
CONFIRM = "confirm"
# Letters by name: subject, and the state in which they are still true.
NEWS = {
    "answered": ("Góp ý đã được trả lời", {State.ANSWERED}),
    "extended": ("Góp ý đã được gia hạn trả lời", {State.NEW, State.IN_PROGRESS}),
    "forwarded": ("Góp ý đã chuyển cơ quan khác", {State.FORWARDED}),
    "declined": ("Góp ý không được tiếp nhận", {State.DECLINED}),
}
A_DAY_TO_ONE_ADDRESS = 3  # letters that ask for confirmation


def confirm_address(submission) -> bool:
    """
    Ask for confirmation of the address given; say whether the letter is on its way.

    What is taken for spam gets none, nor an address asked often enough today: somebody else's
    may have been typed.
    """
    if not settings.MAIL_IS_SENT or not submission.email or submission.email_confirmed_at:
        return False
    if submission.state == State.SPAM:
        return False
    with transaction.atomic():
        # One at a time for an address, so that the count holds.
        _hold(_mailbox(submission.email))
        if _asked_today(submission.email) >= A_DAY_TO_ONE_ADDRESS:
            return False
        _queue(submission, CONFIRM)
    return True


def answered(submission) -> None:
    _tell(submission, "answered")


def extended(submission) -> None:
    _tell(submission, "extended")


def forwarded(submission) -> None:
    _tell(submission, "forwarded")


def declined(submission) -> None:
    _tell(submission, "declined")


def tell_outcome(submission) -> None:
    """Tell what has become of a submission whose address was confirmed only afterwards."""
    for name, (_, states) in NEWS.items():
        if submission.state in states and name != "extended":
            _tell(submission, name)


@task()
def send(submission_id: int, name: str, failures: int = 0) -> None:
    """Send one letter unless it is no longer true; later again when the mail server is away."""
    submission = Submission.objects.filter(pk=submission_id).exclude(email="").first()
    if submission and _is_true(submission, name):
        send_or_retry(_letter(submission, name), send, submission_id, name, failures=failures)


def _tell(submission, name: str) -> None:
    if settings.MAIL_IS_SENT and submission.email and submission.email_confirmed_at:
        with transaction.atomic():
            _queue(submission, name)


def _queue(submission, name: str) -> None:
    """Have the worker send a letter, once the event that says so is stored."""
    submission.events.create(kind=Event.Kind.MAILED, after=_subject(name))
    transaction.on_commit(partial(send.enqueue, submission.pk, name), robust=True)


def _is_true(submission, name: str) -> bool:
    if name == CONFIRM:
        return submission.email_confirmed_at is None and submission.state != State.SPAM
    return submission.email_confirmed_at is not None and submission.state in NEWS[name][1]


def _letter(submission, name: str) -> EmailMessage:
    context = {
        "code": submission.grouped_code,
        "received_at": submission.received_at,
        "due_on": submission.due_on,
        "track_url": f"{settings.BASE_URL}{reverse('feedback:track')}?ma={submission.code}",
        "department": settings.DEPARTMENT["name"],
    }
    if name == CONFIRM:
        path = reverse("feedback:confirm", args=[confirmation.token_of(submission)])
        context = {
            "confirm_url": f"{settings.BASE_URL}{path}",
            "days": confirmation.DAYS,
            "department": settings.DEPARTMENT["name"],
        }
    subject = " ".join(f"{_subject(name)} – {settings.DEPARTMENT['name']}".split())
    body = render_to_string(f"mail/feedback_{name}.txt", context)
    return EmailMessage(subject, body, to=[submission.email])


def _subject(name: str) -> str:
    return "Xác nhận địa chỉ thư điện tử" if name == CONFIRM else NEWS[name][0]


def _asked_today(email: str) -> int:
    """Return how many letters asked one mailbox for confirmation since midnight."""
    midnight = timezone.make_aware(datetime.combine(timezone.localdate(), time()))
    asked = Event.objects.filter(
        kind=Event.Kind.MAILED, after=_subject(CONFIRM), at__gte=midnight
    ).values_list("submission__email", flat=True)
    return sum(_mailbox(address) == _mailbox(email) for address in asked)


def _mailbox(email: str) -> str:
    """Return where a letter arrives: letter case and what follows a plus sign do not matter."""
    name, _, domain = email.lower().rpartition("@")
    return f"{name.partition('+')[0]}@{domain}"


def _hold(mailbox: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [mailbox])
