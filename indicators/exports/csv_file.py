"""The figures as CSV: commas, decimal points, UTF-8, one line a figure."""

from indicators.exports.columns import COLUMNS, Kind
from portal import spreadsheets
from portal.spreadsheets import neutralised


def as_csv(content: dict, *, with_mark: bool) -> bytes:
    """Return the figures of ``content``; ``with_mark`` as Excel recognises them."""
    rows = [[column.heading for column in COLUMNS]]
    for figure in content["figures"]:
        rows.append([cell(figure[column.key], column.kind) for column in COLUMNS])
    # As they are: numbers are text already, and may be below zero.
    return spreadsheets.as_csv(rows, with_mark=with_mark, cell=str)


def cell(value: str | int | bool | None, kind: Kind) -> str:
    """Return what stands in a cell: «có», 4.44, or text that no spreadsheet calculates."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "có" if value else "không"
    return neutralised(str(value)) if kind == Kind.TEXT else str(value)
