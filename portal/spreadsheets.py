"""Text in files that spreadsheets open."""

import codecs
import csv
import io
import re
from collections.abc import Callable, Iterable
from datetime import date, datetime
from typing import Any

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


def written(value: Any) -> str:
    """Return what stands in a cell of a CSV: nothing for None, days as 2026-11-22, safe text."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.isoformat(" ")
    return value.isoformat() if isinstance(value, date) else neutralised(str(value))


def as_csv(
    rows: Iterable[Iterable], *, with_mark: bool, cell: Callable[[Any], str] = written
) -> bytes:
    """
    Return rows as CSV in UTF-8; ``with_mark`` puts the byte order mark Excel looks for.

    Programs trip over the mark, which they read as part of the first heading.
    """
    lines = io.StringIO()
    csv.writer(lines).writerows([cell(value) for value in row] for row in rows)
    return (codecs.BOM_UTF8 if with_mark else b"") + lines.getvalue().encode()
