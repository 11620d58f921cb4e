"""What readers say of articles, added up for staff: by article, by category, by month."""

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


def as_csv(grouping: Grouping, found: Iterable[Row]) -> bytes:
    """Return the rows as Excel opens them."""
    lines = [
        [row.name, row.total, row.yes, row.no, row.share, row.remarks, row.awaiting]
        for row in found
    ]
    return spreadsheets.as_csv([[grouping.heading, *HEADINGS], *lines], with_mark=True)


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
