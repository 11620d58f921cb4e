"""Reply templates: which words in braces there are, and what stands in their place."""

import re

from django.core.exceptions import ValidationError
from django.utils import timezone

PLACEHOLDERS = {
    "tiêu đề": lambda submission: submission.title,
    "mã": lambda submission: submission.grouped_code,
    "ngày nhận": lambda submission: f"{timezone.localdate(submission.received_at):%d/%m/%Y}",
}
_BRACES = re.compile(r"\{([^{}\n]*)\}")
_KNOWN = ", ".join(f"{{{name}}}" for name in PLACEHOLDERS)


def check(words: str) -> None:
    """Raise ValidationError with a sentence when words hold braces that mean nothing."""
    for found in _BRACES.findall(words):
        if found not in PLACEHOLDERS:
            raise ValidationError(f"Không dùng được {{{found}}}; chỉ có: {_KNOWN}.")
    if set("{}") & set(_BRACES.sub("", words)):
        raise ValidationError("Có dấu { hoặc } đứng lẻ; hãy bỏ đi hoặc viết đủ cặp.")


def filled(words: str, submission) -> str:
    """
    Return a template's words for a submission, as plain text.

    What is put in is not looked at again: a title with braces in it stays as it was sent.
    """
    return _BRACES.sub(
        lambda match: PLACEHOLDERS[match[1]](submission) if match[1] in PLACEHOLDERS else match[0],
        words,
    )
