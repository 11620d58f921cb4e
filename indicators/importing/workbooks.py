"""XLSX: looked over first, then read within bounds; formulas count with the value they show."""

import math
import re
import warnings
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import partial
from xml.sax import SAXException
from xml.sax.handler import ContentHandler

import openpyxl
from defusedxml import DefusedXmlException
from defusedxml.sax import parse
from django.core.files.uploadedfile import UploadedFile
from openpyxl.cell.read_only import EMPTY_CELL

from indicators.importing.sheets import (
    EMPTY,
    MOST_COLUMNS,
    MOST_ROWS,
    MOST_TEXT,
    TOO_LONG,
    Cell,
    ImportRefusal,
    Page,
    Row,
    Sheet,
)
from portal import documents
from portal.text import clean_line

MAX_XML = 40 * 1024 * 1024  # bytes in all parts, unpacked
MOST_SHEETS = 30
_MOST_BEYOND = 50_000  # elements looked at beyond what is read, for anything in them
MOST_ROWS_IN_ALL = 10_000  # on the way to the sheet with the table

BROKEN = "Tệp XLSX hỏng hoặc không phải bảng tính. Hãy mở bằng Excel rồi lưu lại thành .xlsx."
HOSTILE = "Tệp có cấu trúc không an toàn nên không được nhận."
# Parts of a format that are written as they stand, take the width of a sign or name a colour.
_LITERAL = re.compile(r'"[^"]*"|[\\_*].|\[[^\]]*\]')
_BEYOND = 10**15  # more digits than a spreadsheet keeps
_DATES = datetime | date | time | timedelta
_DATE = "đây là ngày tháng, không phải số; hãy định dạng ô là số rồi gõ lại"
_FORMULA = "công thức chưa có kết quả; hãy mở bằng Excel, lưu lại rồi chọn lại tệp"


def read(upload: UploadedFile) -> list[Page]:
    """Return the sheets of a workbook in their order, none of them read yet."""
    looks = _look_over(upload)
    with _broken_refused():
        book = openpyxl.load_workbook(upload, read_only=True, data_only=True)
        sheets = book.worksheets[:MOST_SHEETS]
    if not sheets:
        raise ImportRefusal("Tệp không có trang tính nào.")
    allowed = iter(range(MOST_ROWS_IN_ALL))
    return [_page(sheet, looks, allowed) for sheet in sheets]


@contextmanager
def _broken_refused():
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about styles and charts nobody reads here
            yield
    except ImportRefusal:
        raise
    # What openpyxl raises for parts that are missing or not what they are called.
    except (*documents.UNREADABLE, LookupError, TypeError, AttributeError, SyntaxError) as error:
        raise ImportRefusal(BROKEN) from error


class _Look(ContentHandler):
    """What openpyxl does not tell of a sheet: rows that are hidden, formulas without a value."""

    def __init__(self):
        super().__init__()
        self.hidden_rows: set[int] = set()
        self.formulas: set[str] = set()
        self.unsolved: set[str] = set()
        self.is_empty = True
        self.goes_on = False  # beyond what is read
        self._is_beyond, self._beyond = False, 0
        self._cell, self._type, self._is_formula, self._value, self._in_value = (
            "",
            "",
            False,
            "",
            False,
        )

    def startElement(self, name, attrs):
        name = name.rpartition(":")[2]
        if name == "row":
            number = attrs.get("r", "")
            self._is_beyond = number.isdecimal() and int(number[:9]) > MOST_ROWS
            if self._is_beyond:
                return
            if attrs.get("hidden") in {"1", "true"} and number.isdecimal():
                self.hidden_rows.add(int(number))
        elif name == "c":
            self._cell, self._type = attrs.get("r", ""), attrs.get("t", "")
            self._is_formula, self._value = False, ""
        elif name == "f":
            self._is_formula = True
        self._in_value = name == "v"
        is_filled = name in {"v", "is"}
        if self._is_beyond:
            self._beyond += 1
            if is_filled or self._beyond > _MOST_BEYOND:
                self.goes_on = True
                raise _EnoughError
        self.is_empty = self.is_empty and not is_filled

    def characters(self, content):
        if self._in_value:
            self._value += content[:20]

    def endElement(self, name):
        self._in_value = False
        if name.rpartition(":")[2] == "c" and self._is_formula and not self._is_beyond:
            self.formulas.add(self._cell)
            if not self._value and self._type != "str":
                self.unsolved.add(self._cell)


class _EnoughError(Exception):
    """The rest of a sheet is not read."""


def _look_over(upload: UploadedFile) -> dict[str, _Look]:
    """Return what is to be known of each sheet by its part, before anything interprets them."""
    looks = {}
    upload.seek(0)
    try:
        with zipfile.ZipFile(upload) as package:
            parts = [
                part for part in package.infolist() if part.filename.endswith((".xml", ".rels"))
            ]
            if sum(part.file_size for part in parts) > MAX_XML:
                raise ImportRefusal(TOO_LONG)
            for part in parts:
                look = looks[part.filename] = _Look()
                with package.open(part) as content:
                    try:
                        parse(content, look, forbid_dtd=True)
                    except _EnoughError:
                        continue
    except DefusedXmlException as error:
        raise ImportRefusal(HOSTILE) from error
    except (SAXException, *documents.UNREADABLE) as error:
        if isinstance(error, ImportRefusal):
            raise
        raise ImportRefusal(BROKEN) from error
    upload.seek(0)
    return looks


def _page(sheet, looks, allowed: Iterator[int]) -> Page:
    # openpyxl has no public word for the part a sheet was read from.
    look = looks.get(sheet._worksheet_path.lstrip("/"), _Look())
    is_hidden = sheet.sheet_state != "visible"
    return Page(sheet.title, is_hidden, look.is_empty, partial(_sheet, sheet, look, allowed))


def _sheet(sheet, look: _Look, allowed: Iterator[int]) -> Sheet:
    sheet.reset_dimensions()  # some programs write wrong ones
    with _broken_refused():
        rows = [row for row in _rows(sheet, look, allowed) if not row.is_empty]
    return Sheet(sheet.title, [row for row in rows if row.number not in look.hidden_rows],
                 _remarks(rows, look))  # fmt: skip


def _rows(sheet, look: _Look, allowed: Iterator[int]) -> Iterator[Row]:
    rows = sheet.iter_rows(max_row=MOST_ROWS, max_col=MOST_COLUMNS)
    for number, cells in enumerate(rows, 1):
        if next(allowed, None) is None:
            raise ImportRefusal(TOO_LONG)
        read = [EMPTY if cell is EMPTY_CELL else _cell(cell, look) for cell in cells]
        while read and read[-1].is_empty:
            read.pop()
        yield Row(number, read)


def _remarks(rows: list[Row], look: _Look) -> list[str]:
    remarks = []
    hidden = [str(row.number) for row in rows if row.number in look.hidden_rows]
    if hidden:
        more = "…" if len(hidden) > 10 else ""
        remarks.append(f"Không đọc {len(hidden)} dòng đang ẩn: {', '.join(hidden[:10])}{more}.")
    if solved := len(look.formulas) - len(look.unsolved):
        remarks.append(f"{solved} ô là công thức: dùng kết quả đã lưu trong tệp.")
    if look.goes_on:
        remarks.append(f"Chỉ đọc đến dòng {MOST_ROWS:,}.".replace(",", "."))
    return remarks


def _cell(cell, look: _Look) -> Cell:
    value = cell.value
    if look.unsolved and cell.coordinate in look.unsolved:
        return Cell(fault=_FORMULA)
    if value is None:
        return EMPTY
    if isinstance(value, bool):
        return Cell("TRUE" if value else "FALSE", fault="đây là giá trị đúng/sai, không phải số")
    if isinstance(value, _DATES):
        return Cell(str(value), fault=_DATE)
    if cell.data_type == "e":
        return Cell(str(value), fault=f"ô báo lỗi {value}; hãy sửa trong Excel rồi chọn lại tệp")
    if isinstance(value, int | float):
        return _number(value, _shows_percent(cell.number_format or "", value))
    line = clean_line(str(value))
    return Cell(line[:MOST_TEXT], indent=_indent(cell))


def _indent(cell) -> int:
    alignment = cell.alignment if cell.has_style else None
    return int(alignment.indent) if alignment else 0


def _shows_percent(number_format: str, value: float) -> bool:
    """Say whether a format multiplies by a hundred: 0.00% does, 0.00"%" only writes the sign."""
    sections = _LITERAL.sub("", number_format).split(";")
    return "%" in sections[1 if value < 0 and len(sections) > 1 else 0]


def _number(value: float, is_percent: bool) -> Cell:
    """Return a number with the fifteen digits a spreadsheet keeps: 104.43999999999998 is 104.44."""
    if isinstance(value, float) and math.isnan(value):
        return Cell(fault="đây không phải là một con số")
    if abs(value) >= _BEYOND:
        return Cell(fault="số quá lớn; hãy xem lại dấu chấm, dấu phẩy và đơn vị tính")
    return Cell("", Decimal(f"{value:.15g}"), is_percent)
