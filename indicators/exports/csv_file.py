"""The figures as CSV: commas, decimal points, UTF-8, one line a figure."""

import codecs
import csv
import io

from indicators.exports.columns import COLUMNS, Kind
from portal.spreadsheets import neutralised


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
