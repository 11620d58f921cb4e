"""
What is kept of citizens no longer than needed.

A while after a submission is closed, or on request, what tells who sent it goes: name, contacts,
attachments with their files, the words of its history, the reasons of its extensions. Title and
text go too unless everybody may read them, which then stay as everybody reads them. The row itself
stays: it is counted. What staff write with or after the erasure is stored as the shield leaves it,
for nothing will take that out any more.

What readers wrote beside a yes or no about an article goes as long after they wrote it.
"""

import calendar
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import NamedTuple

from django.conf import settings
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Func, Q, QuerySet, Value
from django.db.models.functions import Coalesce
from django.utils import timezone
from django_tasks import task

from feedback import shield
from feedback.models import Attachment, Event, Opinion, Submission
from feedback.models.opinions import TAKEN_OUT

State = Submission.State
STOPPED = "Dữ liệu cá nhân đã được xóa nên góp ý không được xử lý tiếp."
SPAM_KEPT = timedelta(days=90)
LEAST_DIGITS = 9  # of a telephone that is looked for in remarks


def enqueue(before, due) -> None:
    erase_due.enqueue()
    take_out_old_remarks.enqueue()


@task()
def erase_due() -> None:
    """Erase what is kept long enough; each submission for itself, so that a crash loses nothing."""
    reason = "Hết thời hạn lưu giữ."
    for submission in list(kept_too_long(timezone.now()).only("pk")):
        erase(submission, reason=reason)


@task()
def take_out_old_remarks() -> None:
    """Take out what readers wrote about articles long enough ago."""
    before = _months_before(timezone.now(), settings.FEEDBACK_KEPT)
    Opinion.objects.filter(at__lt=before).take_out_remarks()


def kept_too_long(at: datetime) -> QuerySet[Submission]:
    """Return the submissions whose personal data are to go by a moment."""
    closed = Q(closed_at__lt=_months_before(at, settings.FEEDBACK_KEPT)) & ~Q(state=State.SPAM)
    spam = Q(state=State.SPAM, since__lt=at - SPAM_KEPT)
    since = Coalesce("closed_at", "received_at")
    return Submission.objects.filter(erased_at=None).annotate(since=since).filter(closed | spam)


class Held(NamedTuple):
    """What is held of one person."""

    submissions: list[Submission]
    remarks: list[Opinion]  # words about articles

    def __bool__(self):
        return bool(self.submissions or self.remarks)

    @property
    def left(self) -> list[Submission]:
        """Return the submissions of which something is left to erase."""
        return [submission for submission in self.submissions if not submission.erased_at]

    @property
    def said(self) -> str:
        """Return how much it is: «2 góp ý, 1 ý kiến về bài viết»."""
        remarks = [f"{len(self.remarks)} ý kiến về bài viết"] if self.remarks else []
        return ", ".join([f"{len(self.submissions)} góp ý", *remarks])

    def only(self, submissions: Iterable[str], remarks: Iterable[str]) -> "Held":
        """Return of it what has these numbers."""
        submissions, remarks = set(submissions), set(remarks)
        return Held(
            [each for each in self.left if str(each.pk) in submissions],
            [each for each in self.remarks if str(each.pk) in remarks],
        )


def held_of(typed: str) -> Held:
    """Return what is held of somebody, by a tracking code or an e-mail address."""
    if "@" in typed:
        found = Submission.objects.exclude(email="").filter(email__iexact=typed.strip())
    else:
        found = Submission.objects.with_code(typed)
    shown = found.prefetch_related("attachments", "events__by", "extensions")
    submissions = list(shown.order_by("received_at"))
    return Held(submissions, list(_remarks_of(typed, submissions)))


def _remarks_of(typed: str, found: list[Submission]) -> QuerySet[Opinion]:
    """
    Return the remarks in which somebody's address or telephone stands.

    Nothing else ties a remark to a person; telephones are those of what was ``found`` of them.
    """
    addresses = {each.email for each in found} | ({typed.strip()} if "@" in typed else set())
    phones = {_digits_of(each.phone) for each in found}
    condition = Q(pk__in=[])
    for address in addresses - {""}:
        condition |= Q(remark__icontains=address)
    for phone in phones:
        if len(phone) >= LEAST_DIGITS:
            condition |= Q(digits__contains=phone)
    digits = Func("remark", Value(r"\D"), Value(""), Value("g"), function="regexp_replace")
    remarks = Opinion.objects.with_remark().annotate(digits=digits).filter(condition)
    return remarks.select_related("article").order_by("at")


def take_out(remarks: list[Opinion]) -> None:
    Opinion.objects.filter(pk__in=[each.pk for each in remarks]).take_out_remarks()


@transaction.atomic
def erase(submission, *, by=None, reason: str) -> bool:
    """Take out what tells who sent a submission; say whether there was anything left to do."""
    submission = Submission.objects.select_for_update().get(pk=submission.pk)
    if submission.erased_at:
        return False
    is_waiting = submission.is_waiting
    if is_waiting:
        _stop(submission, by)
    take_out_words(submission)
    if is_waiting:
        submission.reason = STOPPED
    submission.name = submission.email = submission.phone = submission.address = ""
    submission.email_confirmed_at = submission.likeness = None
    submission.may_show_name = submission.shows_name = False
    submission.erased_at = timezone.now()
    submission.save()
    submission.events.exclude(text="").update(text="")
    submission.extensions.update(reason=TAKEN_OUT)
    names = list(submission.attachments.values_list("file", flat=True))
    submission.attachments.all().delete()
    if names:
        discard.enqueue(names)
    _forget_in_log(submission)
    submission.events.create(kind=Event.Kind.ERASED, by=by, text=shield.masked(reason))
    return True


@task()
def discard(names: list[str]) -> None:
    """Delete the files of attachments that are no more."""
    storage = Attachment._meta.get_field("file").storage
    for name in names:
        if not Attachment.objects.filter(file=name).exists():
            storage.delete(name)


def _stop(submission, by) -> None:
    """Close what still waits: nobody can answer it any more, and it would be overdue for ever."""
    before, submission.state = submission.get_state_display(), State.DECLINED
    submission.closed_at = timezone.now()
    submission.events.create(
        kind=Event.Kind.STATE, by=by, before=before, after=submission.get_state_display()
    )


def take_out_words(submission) -> None:
    """Leave of title, text and answer what everybody may read, and nothing where nobody may."""
    for name in ("title", "content", "answer"):
        words = getattr(submission, name)
        if submission.is_public:
            words = submission.covered(words, submission.shown_as_is)
        elif words:
            words = TAKEN_OUT
        # What covers may be longer than what it covers.
        setattr(submission, name, words[: Submission._meta.get_field(name).max_length])
    submission.reason = submission.reason and TAKEN_OUT
    if not submission.is_public:
        submission.shown_as_is = []


def _forget_in_log(submission) -> None:
    """Take the title out of the admin's log, which repeats it."""
    logged = LogEntry.objects.filter(
        content_type=ContentType.objects.get_for_model(Submission), object_id=str(submission.pk)
    )
    logged.update(object_repr=TAKEN_OUT, change_message="")


def _digits_of(phone: str) -> str:
    return "".join(filter(str.isdecimal, phone))


def _months_before(at: datetime, months: int) -> datetime:
    local = timezone.localtime(at)
    count = local.year * 12 + local.month - 1 - months
    year, month = count // 12, count % 12 + 1
    return local.replace(
        year=year, month=month, day=min(local.day, calendar.monthrange(year, month)[1])
    )
