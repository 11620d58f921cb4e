"""What readers say of articles, added up for staff: by article, category, month, or by two."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from feedback.models import Opinion
from portal import spreadsheets
from portal.numbers import half_up


class Row(NamedTuple):
    key: int | date  # of the article or category; the first day of the month
    name: str
    yes: int
    no: int
    remarks: int
    awaiting: int  # not decided on, in none of the other counts

    @property
    def total(self) -> int:
        return self.yes + self.no

    @property
    def share(self) -> Decimal | None:
        """Return the percentage of yes; None when nothing is counted."""
        return half_up(Decimal(self.yes) / self.total * 100, 1) if self.total else None

    @property
    def bar_width(self) -> str:
        """Return the share as an SVG length out of 100."""
        return f"{self.share or 0:f}"


class Grouping(NamedTuple):
    title: str
    heading: str  # of the column of names
    tallied: str  # method of Opinion's querysets


GROUPINGS = {
    "bai": Grouping("Theo bài viết", "Bài viết", "by_article"),
    "chuyen-muc": Grouping("Theo chuyên mục", "Chuyên mục", "by_category"),
    "thang": Grouping("Theo tháng", "Tháng", "by_month"),
}
CROSSED = "chuyen-muc-thang"  # category by month, a table of its own
TITLES = {name: grouping.title for name, grouping in GROUPINGS.items()} | {
    CROSSED: "Chuyên mục qua các tháng"
}
MONTHS_SHOWN = 12  # the newest; the file holds all


class Order(NamedTuple):
    heading: str
    value: object  # of a row
    is_descending: bool


# By what rows are put in order, with the direction in which one looks first.
ORDERS = {
    "ten": Order("", lambda row: row.key if isinstance(row.key, date) else row.name, False),
    "y-kien": Order("Ý kiến", lambda row: row.total, True),
    "co": Order("Có", lambda row: row.yes, True),
    "khong": Order("Không", lambda row: row.no, True),
    "ty-le": Order("Hữu ích", lambda row: row.share if row.total else 101, False),
    "y-kien-them": Order("Ý kiến thêm", lambda row: row.remarks, True),
    "cho": Order("Chờ kiểm tra", lambda row: row.awaiting, True),
}
HEADINGS = ["Ý kiến", "Có", "Không", "Hữu ích (%)", "Ý kiến thêm", "Chờ kiểm tra"]


def rows(grouping: Grouping, order: Order, opinions=None) -> list[Row]:
    """Return the rows of a grouping in an order."""
    opinions = Opinion.objects.all() if opinions is None else opinions
    found = [_row(tally) for tally in getattr(opinions, grouping.tallied)()]
    return sorted(found, key=order.value, reverse=order.is_descending)


class Line(NamedTuple):
    """A category over the months."""

    name: str
    cells: list[Row | None]  # of each month; None: nobody said anything


class Crossed(NamedTuple):
    months: list[date]  # their first days, the newest first
    lines: list[Line]  # by name

    def newest(self) -> "Crossed":
        """Return of it what the page has room for."""
        lines = [Line(name, cells[:MONTHS_SHOWN]) for name, cells in self.lines]
        return Crossed(self.months[:MONTHS_SHOWN], lines)


def crossed(opinions=None) -> Crossed:
    """Return the rows of each category and month as a table of categories by months."""
    opinions = Opinion.objects.all() if opinions is None else opinions
    found = {
        ((tally["name"], tally["key"]), tally["month"]): _row(tally)
        for tally in opinions.by_category_and_month()
    }
    months = sorted({month for _, month in found}, reverse=True)
    categories = sorted({category for category, _ in found})
    return Crossed(
        months,
        [
            Line(category[0], [found.get((category, month)) for month in months])
            for category in categories
        ],
    )


def crossed_csv(table: Crossed) -> bytes:
    """Return one line for each category and month, the way tables are turned into others."""
    lines = [
        [name, f"{month:%m/%Y}", *_counts(cell)]
        for name, cells in table.lines
        for month, cell in zip(table.months, cells, strict=True)
        if cell
    ]
    return spreadsheets.as_csv([["Chuyên mục", "Tháng", *HEADINGS], *lines], with_mark=True)


def as_csv(grouping: Grouping, found: Iterable[Row]) -> bytes:
    """Return the rows as Excel opens them."""
    lines = [[row.name, *_counts(row)] for row in found]
    return spreadsheets.as_csv([[grouping.heading, *HEADINGS], *lines], with_mark=True)


def _counts(row: Row) -> list:
    return [row.total, row.yes, row.no, row.share, row.remarks, row.awaiting]


def _row(tally: dict) -> Row:
    key = tally["key"]
    return Row(
        key,
        f"{key:%m/%Y}" if isinstance(key, date) else tally["name"],
        tally["yes"],
        tally["no"],
        tally["remarks"],
        tally["awaiting"],
    )
