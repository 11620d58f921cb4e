"""
Letters to staff: what has arrived, a quarter of an hour bundled; every working morning what waits.

They hold no word a citizen wrote: numbers, dates, and links that ask for a sign-in. Told are
those who may handle submissions, and the members of the unit something was given to.
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import NamedTuple

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.mail import EmailMessage
from django.db.models import Q, QuerySet
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django_tasks import task

from feedback import deadlines
from feedback.models import Event, Submission
from portal.letters import send_or_retry

SOON = 3  # working days
LISTED = 10  # lines of a section; the rest is a number
LATE_COMMIT = timedelta(minutes=1)  # a moment of receipt may be stored a little later


class Section(NamedTuple):
    heading: str
    count: int
    lines: list[str]

    @property
    def more(self) -> int:
        return self.count - len(self.lines)


# -- what has arrived ------------------------------------------------------------------


def announce(before: datetime | None, due: datetime) -> None:
    """Queue a letter for everybody something arrived for since the last time."""
    if not settings.MAIL_IS_SENT or before is None:
        return
    for user in _told():
        if _arrived(user, before, due).exists():
            send_arrivals.enqueue(user.pk, before.isoformat(), due.isoformat())


@task()
def send_arrivals(user_id: int, since: str, until: str, failures: int = 0) -> None:
    """Send one letter about what arrived within a time; later again when it cannot be sent."""
    user = _told().filter(pk=user_id).first()
    if user is None:
        return
    within = datetime.fromisoformat(since), datetime.fromisoformat(until)
    found = _arrived(user, *within)
    if not found.exists():  # it was handled or taken for spam meanwhile
        return
    section = _section("Mới nhận hoặc mới giao", found, timezone.localdate())
    letter = _letter(user, f"Có {section.count} góp ý cần xử lý", [section])
    send_or_retry(letter, send_arrivals, user_id, since, until, failures=failures)


def _arrived(user, since: datetime, until: datetime) -> QuerySet[Submission]:
    """Return what still waits of that which came for somebody within a time."""
    within = (since - LATE_COMMIT, until - LATE_COMMIT)
    given = Event.objects.filter(kind=Event.Kind.ASSIGNED, at__gte=within[0], at__lt=within[1])
    wanted = Q(unit__members=user, pk__in=given.exclude(by=user).values("submission"))
    if _may_handle(user):
        wanted |= Q(received_at__gte=within[0], received_at__lt=within[1])
    return Submission.objects.waiting().filter(wanted).distinct()


# -- every working morning -------------------------------------------------------------


def send_daily(before: datetime | None, due: datetime) -> None:
    """Queue the digest for everybody, on a working day and in its time."""
    today = timezone.localdate(due)
    if not settings.MAIL_IS_SENT or not deadlines.working_days().is_working(today):
        return
    if today == timezone.localdate():  # not in the night after a day without the worker
        for user in _told():
            send_digest.enqueue(user.pk, today.isoformat())


@task()
def send_digest(user_id: int, day: str, failures: int = 0) -> None:
    """Send somebody the digest of a day unless nothing waits for them."""
    user = _told().filter(pk=user_id).first()
    sections = user and sections_for(user, date.fromisoformat(day))
    if sections:
        waiting = f"Góp ý chờ xử lý, ngày {date.fromisoformat(day):%d/%m/%Y}"
        letter = _letter(user, waiting, sections)
        send_or_retry(letter, send_digest, user_id, day, failures=failures)


def sections_for(user, today: date) -> list[Section]:
    """Return what waits for somebody: everything, or what was given to their units."""
    all_of_it = Submission.objects.all()
    if not _may_handle(user):
        all_of_it = all_of_it.filter(unit__members=user).distinct()
    # What is due within the next working days, today's included.
    days = deadlines.working_days().after(today)
    soon = [next(days) for _ in range(SOON)][-1]
    waiting = all_of_it.waiting()
    found = [
        ("Quá hạn", all_of_it.overdue(today)),
        (f"Đến hạn trong {SOON} ngày làm việc", waiting.filter(due_on__range=(today, soon))),
        ("Mới, chưa ai nhận xử lý", waiting.filter(state=Submission.State.NEW)),
        ("Nghi là rác, chờ xem lại", all_of_it.quarantined()),
    ]
    sections = [_section(heading, rows, today) for heading, rows in found]
    return [section for section in sections if section.count]


# -- letters ---------------------------------------------------------------------------


def _handling() -> QuerySet:
    """Return who was given the right to handle; a superuser's, which nobody gave, is no work."""
    return get_user_model().objects.with_perm(
        "feedback.change_submission",
        backend="django.contrib.auth.backends.ModelBackend",
        include_superusers=False,
    )


def _told() -> QuerySet:
    """Return the active members of staff with an address who handle, or belong to a unit."""
    concerned = Q(pk__in=_handling().values("pk")) | Q(feedback_units__isnull=False)
    return (
        get_user_model()
        .objects.filter(concerned, is_active=True, is_staff=True)
        .exclude(email="")
        .order_by("pk")
        .distinct()
    )


def _may_handle(user) -> bool:
    return _handling().filter(pk=user.pk).exists()


def _section(heading: str, rows: QuerySet[Submission], today: date) -> Section:
    calendar = deadlines.working_days()
    first: Iterable[Submission] = rows.select_related("unit").by_due_date()[:LISTED]
    return Section(heading, rows.count(), [_line(row, today, calendar) for row in first])


def _line(submission, today: date, calendar) -> str:
    address = reverse("admin:feedback_submission_change", args=[submission.pk])
    received = timezone.localdate(submission.received_at)
    said = [f"{submission.get_kind_display()} nhận ngày {received:%d/%m/%Y}"]
    if submission.due_on and submission.is_waiting:
        words = deadlines.overdue_in_words(submission.due_on, today, calendar)
        said.append(f"hạn {submission.due_on:%d/%m/%Y} ({words})")
    if submission.unit:
        said.append(submission.unit.name)
    return f"{', '.join(said)}: {settings.BASE_URL}{address}"


def _letter(user, subject: str, sections: list[Section]) -> EmailMessage:
    context = {
        "sections": sections,
        "list_url": f"{settings.BASE_URL}{reverse('admin:feedback_submission_changelist')}",
        "department": settings.DEPARTMENT["name"],
    }
    body = render_to_string("mail/feedback_digest.txt", context)
    return EmailMessage(" ".join(subject.split()), body, to=[user.email])
