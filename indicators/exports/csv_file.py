"""The figures as CSV: commas, decimal points, UTF-8, one line a figure."""

import codecs
import csv
import io
import re

from indicators.exports.columns import COLUMNS, Kind

# What spreadsheets take for the beginning of a formula, full-width forms among them, also
# behind white space and signs nobody sees; behind apostrophes too, so that one of them can be
# taken away again.
_FORMULA = re.compile(r"'*(?:[\t\r\n]|[\s\u200b-\u200f\u2060\ufeff]*[=+\-@＝＋－＠])")


def as_csv(content: dict, *, with_mark: bool) -> bytes:
    """
    Return the figures of ``content``; ``with_mark`` puts the byte order mark Excel looks for.

    Programs trip over the mark, which they read as part of the first heading.
    """
    lines = io.StringIO()
    writer = csv.writer(lines)
    writer.writerow([column.heading for column in COLUMNS])
    for figure in content["figures"]:
        writer.writerow([cell(figure[column.key], column.kind) for column in COLUMNS])
    return (codecs.BOM_UTF8 if with_mark else b"") + lines.getvalue().encode()


def cell(value: str | int | bool | None, kind: Kind) -> str:
    """Return what stands in a cell: «có», 4.44, or text that no spreadsheet calculates."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "có" if value else "không"
    return neutralised(str(value)) if kind == Kind.TEXT else str(value)


def neutralised(text: str) -> str:
    """Return text that no spreadsheet calculates: an apostrophe stands before a formula."""
    return f"'{text}" if _FORMULA.match(text) else text


def restored(text: str) -> str:
    """Return what was ``neutralised``."""
    return text[1:] if text.startswith("'") and _FORMULA.match(text) else text
