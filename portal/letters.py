"""Sending a letter from the worker: tried again while the mail server is away."""

import logging
from datetime import timedelta

from django.core.mail import EmailMessage
from django.utils import timezone

logger = logging.getLogger(__name__)

# A mail server that is away for a night is waited for; after the last the task has failed,
# which the start page of the admin shows.
RETRY_AFTER = [timedelta(minutes=1), timedelta(minutes=10), timedelta(hours=1), timedelta(hours=8)]


def send_or_retry(letter: EmailMessage, task, *args, failures: int) -> None:
    """
    Send one letter; have ``task`` try again later when the mail server refuses or is away.

    The task is queued with ``args`` and how often it has failed by then.
    """
    try:
        letter.send()
    except OSError:  # smtplib's errors are of this kind
        if failures == len(RETRY_AFTER):
            raise
        logger.warning("A letter of %s was not sent; later again.", task.module_path)
        later = task.using(run_after=timezone.now() + RETRY_AFTER[failures])
        later.enqueue(*args, failures + 1)
