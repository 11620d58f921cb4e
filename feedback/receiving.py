"""Taking in what a citizen sent: acknowledged only after it is committed."""

from django.db import transaction
from django.utils import timezone

from feedback import attachments, codes, consent, deadlines, letters
from feedback.models import Event, Submission


@transaction.atomic
def receive(
    *, nonce, at=None, suspicions=(), is_aside=False, files=(), kept=None, **written
) -> Submission:
    """
    Save what a citizen sent and return the submission with its tracking code.

    ``nonce`` is that of the opened form: sent twice, the first submission is returned.
    ``written`` are the fields of a Submission that the sender filled in; ``suspicions`` are
    codes of feedback/suspicion.py. The files are stored with ``kept``, which removes them when
    the transaction around this fails. Whoever gave an address for mail is asked to confirm it.
    """
    at = at or timezone.now()
    submission, is_new = Submission.objects.get_or_create(
        nonce=nonce,
        defaults={
            "code": codes.new(),
            "received_at": at,
            "due_on": deadlines.deadline(at).on,
            "consent_version": consent.version(),
            "consented_at": at,
            "state": Submission.State.SPAM if is_aside else Submission.State.NEW,
            "suspicions": list(suspicions),
            **written,
        },
    )
    if is_new:
        submission.events.create(kind=Event.Kind.RECEIVED, at=at)
        (kept or attachments.Kept()).store(submission, files)
        transaction.on_commit(lambda: letters.confirm_address(submission), robust=True)
    return submission
