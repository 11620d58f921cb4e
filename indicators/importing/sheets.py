"""Sheets as they were read: cells with what they hold, and with why they hold no number."""

from collections.abc import Callable
from decimal import Decimal
from typing import NamedTuple

from openpyxl.utils import get_column_letter

MOST_ROWS = 2_000  # a province has a few hundred indicators
MOST_COLUMNS = 60
MOST_TEXT = 301  # characters in a cell; a note may have one less, and is refused, not cut short

TOO_LONG = "Bảng tính quá lớn. Hãy chép riêng bảng số liệu sang tệp mới rồi chọn lại."


class ImportRefusal(ValueError):
    """Why a whole file cannot be imported, in words."""


class Cell(NamedTuple):
    """A cell: text as written, or a number where the sheet holds a real one."""

    text: str = ""
    number: Decimal | None = None
    is_percent: bool = False  # shown as 12,06% while the sheet holds 0.1206
    fault: str = ""  # why it is no number, as the end of a sentence: «đây là ngày tháng…»
    indent: int = 0  # how far the spreadsheet moves it in, below what it is a part of

    @property
    def is_empty(self) -> bool:
        return self.number is None and not self.text and not self.fault

    @property
    def as_json(self) -> str | list:
        if self.number is None and not self.fault and not self.indent:
            return self.text
        return [self.text, str(self.number or "0") if self.number is not None else "",
                self.is_percent, self.fault, self.indent]  # fmt: skip

    @classmethod
    def from_json(cls, kept: str | list) -> "Cell":
        if isinstance(kept, str):
            return cls(kept)
        text, number, *more = kept
        return cls(text, Decimal(number) if number else None, *more)


EMPTY = Cell()


class Row(NamedTuple):
    number: int  # as the sheet counts
    cells: list[Cell]

    def cell(self, column: int) -> Cell:
        return self.cells[column] if column < len(self.cells) else EMPTY

    def only(self, columns: set[int]) -> "Row":
        """Return the row with some of its cells, each in its place."""
        cells = [cell if at in columns else EMPTY for at, cell in enumerate(self.cells)]
        return Row(self.number, cells)

    @property
    def is_empty(self) -> bool:
        return all(cell.is_empty for cell in self.cells)


class Sheet(NamedTuple):
    name: str
    rows: list[Row]  # without the empty ones
    remarks: list[str]  # what was passed over

    @property
    def as_json(self) -> list:
        rows = [[row.number, [cell.as_json for cell in row.cells]] for row in self.rows]
        return [self.name, rows, self.remarks]

    @classmethod
    def from_json(cls, kept: list) -> "Sheet":
        name, rows, remarks = kept
        read = [Row(number, [Cell.from_json(cell) for cell in cells]) for number, cells in rows]
        return cls(name, read, remarks)


class Page(NamedTuple):
    """A sheet of a file, read when it is asked for."""

    name: str
    is_hidden: bool
    is_empty: bool
    read: Callable[[], Sheet]


def place(column: int, row: int) -> str:
    """Return how a spreadsheet calls a cell: «C7»."""
    return f"{get_column_letter(column + 1)}{row}"
