"""A table in a sheet: where its headings stand, what each column holds, what its title says."""

import re
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from indicators.importing import headings
from indicators.importing.headings import Heading
from indicators.importing.sheets import MOST_COLUMNS, TOO_LONG, ImportRefusal, Page, Row, Sheet

_WITHIN = 15  # rows with something in them, among which the headings are looked for
_STOREYS = 3
MOST_KEPT = 2_000_000  # characters that travel in the form of the preview
_UNUSED = {"", "other", "ignored"}  # kinds of columns; their headings are told, no more
_UNIT_LINE = re.compile(r"(?:đơn vị|đơn vị tính|đvt)\s*:\s*(.+)", re.IGNORECASE)
_DATE = re.compile(
    r"\d{1,2}[/.-]\d{1,2}[/.-]\d{4}|ngày \d{1,2} tháng \d{1,2} năm \d{4}", re.IGNORECASE
)
_COLUMN_NUMBER = re.compile(r"\(?([A-Z]|\d{1,2})\)?(\s*=.*)?", re.ASCII | re.IGNORECASE)

NO_HEADINGS = (
    "Không tìm thấy dòng tiêu đề của bảng. Cần có cột “Chỉ tiêu” (hoặc “Mã”) và ít nhất một cột "
    "như “KH năm 2024”, “TH năm 2024”. Có thể tải mẫu ở trang này rồi chép số liệu vào."
)


class Table:
    """The recognised table of a sheet."""

    def __init__(self, sheet: Sheet):
        self.sheet = sheet
        self.columns, self._first, self._after = _found(sheet.rows)

    @classmethod
    def of_file(cls, pages: list[Page]) -> tuple["Table", list[str]]:
        """
        Return the first table of a file, with what was passed over on the way to it.

        What follows it is named and not read.
        """
        remarks, table = [], None
        for page in pages:
            if page.is_hidden:
                remarks.append(f"Trang “{page.name}” đang ẩn nên không đọc.")
            elif table is not None:
                words = f"Không đọc trang “{page.name}”: chỉ nhập bảng đầu tiên."
                remarks.extend([] if page.is_empty else [words])
            elif (found := cls(page.read())).columns:
                table = found
            elif found.sheet.rows and len(pages) > 1:
                remarks.append(f"Trang “{page.name}” không có bảng số liệu.")
            else:
                remarks.extend(found.sheet.remarks)
        if table is None:
            raise ImportRefusal(" ".join([NO_HEADINGS, *remarks]))
        return table, remarks + table.sheet.remarks

    @property
    def is_export(self) -> bool:
        """Say whether this is the portal's own file, whose CSV writes numbers for programs."""
        return {column.kind for column in self.columns} >= headings.OF_EXPORT

    @cached_property
    def rows(self) -> list[Row]:
        rows = self.sheet.rows[self._after :]
        return rows[1:] if rows and _numbers_columns(rows[0]) else rows

    @property
    def kept(self) -> Sheet:
        """
        Return the sheet with nothing in its rows but what stands in columns that are known.

        Raises ImportRefusal where that is more than a form should carry.
        """
        known = {at for at, column in enumerate(self.columns) if column.kind not in _UNUSED}
        known |= {at for at in (self.counted_in,) if at is not None}
        known |= set(range(self._width, MOST_COLUMNS))
        above = self.sheet.rows[: len(self.sheet.rows) - len(self.rows)]
        rows = above + [row.only(known) for row in self.rows]
        if sum(len(cell.text) for row in rows for cell in row.cells) > MOST_KEPT:
            raise ImportRefusal(TOO_LONG)
        return self.sheet._replace(rows=rows)

    @property
    def counted_in(self) -> int | None:
        """Return the column that counts the rows: «I», «1», «1.1», «-»."""
        places = [at for at, column in enumerate(self.columns) if headings.counts(column)]
        return places[0] if places else None

    def beyond(self, row: Row) -> int | None:
        """
        Return the first column with something in it that no heading stands over, after the last.

        In CSV «40000,5» without quotation marks is two cells, and all that follow are shifted.
        """
        filled = (at for at in range(self._width, len(row.cells)) if not row.cells[at].is_empty)
        return next(filled, None)

    @cached_property
    def _width(self) -> int:
        return max((at + 1 for at, column in enumerate(self.columns) if column.said), default=0)

    @property
    def titles(self) -> list[str]:
        above = self.sheet.rows[: self._first]
        return [cell.text for row in above for cell in row.cells if cell.text]

    @property
    def unit(self) -> str:
        """Return the unit named above the table, for rows without one of their own."""
        for line in self.titles:
            if found := _UNIT_LINE.search(line):
                return found[1].strip(" .()")
        return ""

    @property
    def year(self) -> int | None:
        """
        Return the year the table is likely about, to be confirmed by whoever imports it.

        None where a title names two: «KẾT QUẢ NĂM 2022, KẾ HOẠCH NĂM 2023».
        """
        by_title = [headings.years_in(_DATE.sub(" ", line)) for line in self.titles]
        if any(len(set(years)) > 1 for years in by_title):
            return None
        in_titles = [year for years in by_title for year in years]
        of_columns = self._years("result") or self._years("target") or in_titles
        in_both = [year for year in in_titles if year in of_columns]
        return max(in_both or of_columns, default=None)

    @property
    def months(self) -> int:
        in_titles = [months for line in self.titles if (months := headings.months_in(line))]
        if in_titles:
            return in_titles[0]
        of_results = {column.months for column in self.columns if column.kind == "result"}
        return 12 if of_results & {None, 12} else max(of_results, default=12)

    @property
    def is_estimated(self) -> bool:
        return any(
            column.kind == "result" and headings.is_estimated(column.said)
            for column in self.columns
        )

    def _years(self, kind: str) -> list[int]:
        return [column.year for column in self.columns if column.kind == kind and column.year]

    @property
    def _has_periods(self) -> bool:
        """Say whether the rows tell their months themselves, their plans with them."""
        return any(column.kind == "months" for column in self.columns)

    def _is_plan_of_year(self, column: Heading) -> bool:
        """Say whether «KH năm 2024» stands beside results of some months."""
        return column.months in {None, 12} and not self._has_periods

    def for_period(self, year: int | None, months: int) -> "Columns":
        """Return which column holds what of one period, and which say nothing of it."""
        held: dict[str, int] = {}
        passed_over = []
        for position, column in enumerate(self.columns):
            kind = _kind_in(column, year, months)
            if months < 12 and kind in headings.PLANS and self._is_plan_of_year(column):
                kind = "year_target" if kind == "target" else ""
            is_computed = self.is_export and kind in headings.RATIOS | {"outcome", "previous"}
            if kind == "ignored" or not column.said or is_computed:
                continue
            if not kind:
                passed_over.append(column.said)
            elif kind in held:
                first = self.columns[held[kind]].said
                raise ImportRefusal(
                    f"Hai cột “{first}” và “{column.said}” cùng nghĩa; hãy bỏ bớt một cột."
                )
            else:
                held[kind] = position
        of_year = months < 12 and "target" not in held and not self._has_periods
        named = {kind: self.columns[at] for kind, at in held.items()}
        return Columns(held, passed_over, named, of_year)


class Columns(NamedTuple):
    """The columns of a table for one period: where each kind stands."""

    held: dict[str, int]
    passed_over: list[str]  # their headings
    headings: dict[str, Heading]
    is_against_year: bool = False  # «TH/KH» sets some months against the plan of the year

    def __contains__(self, kind: str) -> bool:
        return kind in self.held


def _kind_in(column: Heading, year: int | None, months: int) -> str:
    """Return what a column means for one period; «TH 2023» is the year before for 2024."""
    is_of_year = column.kind in headings.PLANS and column.months == 12
    if (
        column.months not in {None, months}
        and not is_of_year
        and column.kind not in {"", "ignored"}
    ):
        return ""
    if column.kind in headings.RATIOS:
        return column.kind if column.year in {None, year} else ""
    if column.kind not in headings.VALUES or column.year in {None, year}:
        return "" if column.kind == "other" else _unless_of_now(column, year)
    if column.kind in {"result", "previous"} and year is not None and column.year == year - 1:
        return "previous"
    return ""


def _unless_of_now(column: Heading, year: int | None) -> str:
    return "" if column.kind == "previous" and column.year == year and year else column.kind


def _found(rows: list[Row]) -> tuple[list[Heading], int, int]:
    """Return the columns, and between which rows their headings stand; nothing without any."""
    best: tuple[int, list[Heading], int, int] = (0, [], 0, 0)
    for first in range(min(_WITHIN, len(rows))):
        for storeys in range(1, _STOREYS + 1):
            columns = [headings.heading(words) for words in _joined(rows[first : first + storeys])]
            score = _score(columns)
            if score > best[0]:
                best = score, columns, first, first + storeys
    return best[1:]


def _score(columns: list[Heading]) -> int:
    kinds = [column.kind for column in columns]
    has_name = "indicator" in kinds or "code" in kinds
    has_numbers = any(kind in headings.VALUES | headings.RATIOS for kind in kinds)
    return len([kind for kind in kinds if kind]) if has_name and has_numbers else 0


def _joined(rows: list[Row]) -> list[str]:
    """
    Return each column's heading, storey after storey: «Năm 2023» over «KH» is «Năm 2023 KH».

    A merged cell is told by its first column alone; it covers the empty ones after it that
    have something below.
    """
    width = max((len(row.cells) for row in rows), default=0)
    storeys = [[_words(row, column) for column in range(width)] for row in rows]
    for upper, lower in pairwise(storeys):
        for column in range(1, width):
            if not upper[column] and lower[column] and lower[column - 1]:
                upper[column] = upper[column - 1]
    return [" ".join(filter(None, parts)) for parts in zip(*storeys, strict=True)]


def _words(row: Row, column: int) -> str:
    cell = row.cell(column)
    return str(cell.number) if cell.number is not None else cell.text


def _numbers_columns(row: Row) -> bool:
    """Say whether a row only numbers its columns: A, B, (1), (2), 3=2/1."""
    words = [_words(row, column) for column in range(len(row.cells)) if _words(row, column)]
    found = [_COLUMN_NUMBER.fullmatch(word) for word in words]
    if len(words) < 3 or not all(found):
        return False
    numbers = [int(match[1]) for match in found if match[1].isdecimal()]
    return numbers == list(range(numbers[0], numbers[0] + len(numbers))) if numbers else False
