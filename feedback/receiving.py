"""Taking in what a citizen sent: acknowledged only after it is committed."""

from django.db import transaction

from feedback import codes
from feedback.models import Submission


@transaction.atomic
def receive(*, nonce, name, title, content, article=None, is_spam=False) -> Submission:
    """
    Save what a citizen sent and return the submission with its tracking code.

    ``nonce`` is that of the opened form: sent twice, the first submission is returned.
    """
    submission, _ = Submission.objects.get_or_create(
        nonce=nonce,
        defaults={
            "code": codes.new(),
            "name": name,
            "title": title,
            "content": content,
            "article": article,
            "state": Submission.State.SPAM if is_spam else Submission.State.NEW,
        },
    )
    return submission
