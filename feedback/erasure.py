"""
What is kept of citizens no longer than needed.

A while after a submission is closed, or on request, what tells who sent it goes: name, contacts,
attachments with their files, the words of its history. Title and text go too unless everybody
may read them, which then stay as everybody reads them. The row itself stays: it is counted.
"""

import calendar
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone
from django_tasks import task

from feedback.models import Attachment, Event, Submission

State = Submission.State
GONE = "(đã xóa)"  # in the place of words that the database asks for
STOPPED = "Dữ liệu cá nhân đã được xóa nên góp ý không được xử lý tiếp."
SPAM_KEPT = timedelta(days=90)


def enqueue(before, due) -> None:
    erase_due.enqueue()


@task()
def erase_due() -> None:
    """Erase what is kept long enough; each submission for itself, so that a crash loses nothing."""
    reason = "Hết thời hạn lưu giữ."
    for submission in list(kept_too_long(timezone.now()).only("pk")):
        erase(submission, reason=reason)


def kept_too_long(at: datetime) -> QuerySet[Submission]:
    """Return the submissions whose personal data are to go by a moment."""
    closed = Q(closed_at__lt=_months_before(at, settings.FEEDBACK_KEPT)) & ~Q(state=State.SPAM)
    spam = Q(state=State.SPAM, since__lt=at - SPAM_KEPT)
    since = Coalesce("closed_at", "received_at")
    return Submission.objects.filter(erased_at=None).annotate(since=since).filter(closed | spam)


def held_of(typed: str) -> QuerySet[Submission]:
    """Return what is held of somebody, by a tracking code or an e-mail address."""
    if "@" in typed:
        found = Submission.objects.exclude(email="").filter(email__iexact=typed.strip())
    else:
        found = Submission.objects.with_code(typed)
    return found.prefetch_related("attachments", "events__by", "extensions").order_by("received_at")


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
    names = list(submission.attachments.values_list("file", flat=True))
    submission.attachments.all().delete()
    if names:
        discard.enqueue(names)
    _forget_in_log(submission)
    submission.events.create(kind=Event.Kind.ERASED, by=by, text=reason)
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
            words = GONE
        # What covers may be longer than what it covers.
        setattr(submission, name, words[: Submission._meta.get_field(name).max_length])
    submission.reason = submission.reason and GONE
    if not submission.is_public:
        submission.shown_as_is = []


def _forget_in_log(submission) -> None:
    """Take the title out of the admin's log, which repeats it."""
    logged = LogEntry.objects.filter(
        content_type=ContentType.objects.get_for_model(Submission), object_id=str(submission.pk)
    )
    logged.update(object_repr=GONE, change_message="")


def _months_before(at: datetime, months: int) -> datetime:
    local = timezone.localtime(at)
    count = local.year * 12 + local.month - 1 - months
    year, month = count // 12, count % 12 + 1
    return local.replace(
        year=year, month=month, day=min(local.day, calendar.monthrange(year, month)[1])
    )
