"""Text in files that spreadsheets open."""

import re

# What spreadsheets take for the beginning of a formula, full-width forms among them, also
# behind white space and signs nobody sees; behind apostrophes too, so that one of them can be
# taken away again.
_FORMULA = re.compile(r"'*(?:[\t\r\n]|[\s\u200b-\u200f\u2060\ufeff]*[=+\-@＝＋－＠])")


def neutralised(text: str) -> str:
    """Return text that no spreadsheet calculates: an apostrophe stands before a formula."""
    return f"'{text}" if _FORMULA.match(text) else text


def restored(text: str) -> str:
    """Return what was ``neutralised``."""
    return text[1:] if text.startswith("'") and _FORMULA.match(text) else text
