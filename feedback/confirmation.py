"""
Confirming the address a citizen gave, by the link of the one letter sent to it.

The link holds the submission and the address it was sent to, signed; no tracking code.
"""

from datetime import timedelta

from django.core import signing
from django.db import transaction
from django.utils import timezone

from feedback.models import Event, Submission

SALT = "feedback.confirmation"
DAYS = 7


def token_of(submission) -> str:
    return signing.dumps([submission.pk, submission.email], salt=SALT)


def submission_of(token: str) -> Submission | None:
    """Return the submission of a link; None when it is forged, too old, or the address is gone."""
    try:
        pk, email = signing.loads(token, salt=SALT, max_age=timedelta(days=DAYS))
    except signing.BadSignature:
        return None
    return Submission.objects.filter(pk=pk, email=email).exclude(email="").first()


@transaction.atomic
def confirm(submission) -> bool:
    """Note that the address is the sender's own; say whether that is news."""
    stored = Submission.objects.filter(pk=submission.pk, email_confirmed_at=None, erased_at=None)
    is_news = stored.update(email_confirmed_at=timezone.now()) == 1
    if is_news:
        submission.events.create(kind=Event.Kind.CONFIRMED)
        submission.refresh_from_db()
    return is_news
