"""
The figures as a workbook: all of them, a table to print, earlier statements, notes.

Numbers are numbers. In the table to print the word before one is part of its format, so that
«trên 35.360» can be read and added up alike.
"""

import io
import json
from datetime import datetime
from decimal import Decimal
from functools import lru_cache
from itertools import groupby
from operator import itemgetter

from django.utils import timezone
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from indicators.exports.columns import COLUMNS, FIGURE_KEYS, REVISION_COLUMNS, Kind
from indicators.models import Figure
from indicators.wording import DERIVED
from portal.templatetags import portal

NOTES = [
    "TH: thực hiện; KH: kế hoạch.",
    "Suy ra: tính ngược từ tỷ lệ vượt kế hoạch hoặc tỷ lệ tăng mà nguồn công bố.",
    "Mức tăng của chỉ tiêu tính bằng % là số điểm phần trăm.",
    "Ô trống: chưa có số liệu.",
    "Trang “Các lần công bố trước” giữ những số đã công bố rồi được thay bằng số mới hơn.",
]

_BOLD = Font(bold=True)
_SHADE = PatternFill("solid", fgColor="E4EEF7")
_WRAPPED = Alignment(wrap_text=True, vertical="top")
_HEADING = Alignment(wrap_text=True, vertical="center")

# The standard table: headings and widths that fill a sheet of A4 across.
_PRINTED = {
    "Chỉ tiêu": 40,
    "Đơn vị tính": 13,
    "Kỳ": 14,
    "TH năm trước": 15,
    "KH": 18,
    "TH": 15,
    "TH/KH (%)": 10,
    "Tăng so với năm trước (%)": 13,
    "Đánh giá": 14,
}


@lru_cache(maxsize=8)  # a workbook takes longer than all else about a file
def as_xlsx(content_as_json: bytes) -> bytes:
    content = json.loads(content_as_json)
    book = Workbook(write_only=True)
    book.properties.title = content["title"]
    book.properties.creator = content["publisher"]
    _write_figures(book.create_sheet("Số liệu"), content)
    _write_table(book.create_sheet("Bảng in"), content)
    _write_revisions(book.create_sheet("Các lần công bố trước"), content)
    _write_notes(book.create_sheet("Ghi chú"), content)
    body = io.BytesIO()
    book.save(body)
    return body.getvalue()


def _write_figures(sheet, content):
    _write_records(sheet, content, COLUMNS, content["figures"])


def _write_revisions(sheet, content):
    earlier = [figure | said for figure in content["figures"] for said in figure["revisions"]]
    _write_records(sheet, content, [*FIGURE_KEYS, *REVISION_COLUMNS], earlier)


def _write_records(sheet, content, columns, records):
    last = f"{get_column_letter(len(columns))}{len(records) + 1}"
    sheet.auto_filter.ref = f"A1:{last}"
    _set_up(sheet, content, {column.heading: column.width for column in columns}, frozen="E2")
    for values in records:
        sheet.append([_cell(sheet, values[column.key], column) for column in columns])


def _write_table(sheet, content):
    _set_up(sheet, content, _PRINTED, frozen="B2")
    for _, found in groupby(content["figures"], itemgetter("territory_code")):
        figures = list(found)
        sheet.append([_styled(sheet, figures[0]["territory"], font=_BOLD)])
        for figure in figures:
            sheet.append(_printed(sheet, figure))


def _printed(sheet, figure):
    derived = {True: f" ({DERIVED})", False: ""}
    upper = figure["target_upper"]
    upto = f"–{portal.figure(Decimal(upper))}" if upper is not None else ""
    numbers = [
        ("", figure["previous_result"], derived[figure["previous_is_derived"]]),
        (figure["target_qualifier"], figure["target"], upto + derived[figure["target_is_derived"]]),
        (figure["result_qualifier"], figure["result"], ""),
        ("", figure["attainment"], ""),
        ("", figure["growth"], ""),
    ]
    return [
        _styled(sheet, figure["indicator"], alignment=_WRAPPED),
        _text(sheet, figure["unit"]),
        _styled(sheet, _period(figure), alignment=_WRAPPED),
        *(_number(sheet, number, before, after) for before, number, after in numbers),
        _text(sheet, figure["assessment"]),
    ]


def _write_notes(sheet, content):
    updated = content["updated_at"] and datetime.fromisoformat(content["updated_at"])
    lines = [
        content["title"],
        content["publisher"],
        content["page"],
        f"Cập nhật lúc {updated:%H:%M} ngày {updated:%d/%m/%Y}." if updated else "Chưa có số liệu.",
        *NOTES,
    ]
    sheet.column_dimensions["A"].width = 90
    for words in lines:
        sheet.append([_styled(sheet, words, alignment=_WRAPPED)])


def _set_up(sheet, content, widths, frozen):
    """Prepare a sheet for reading and printing, and write its headings: all before any row."""
    sheet.freeze_panes = frozen
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = Worksheet.PAPERSIZE_A4
    sheet.page_setup.fitToHeight = 0  # as many pages as the rows need
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.oddHeader.center.text = content["title"].replace("&", "&&")
    sheet.oddFooter.center.text = "Trang &P/&N"
    for position, width in enumerate(widths.values(), start=1):
        sheet.column_dimensions[get_column_letter(position)].width = width
    style = {"font": _BOLD, "fill": _SHADE, "alignment": _HEADING}
    sheet.append([_styled(sheet, heading, **style) for heading in widths])


def _cell(sheet, value, column):
    """Return what stands in a cell: a number, a moment, text, or None for nothing."""
    if value is None or value == "":
        return None
    match column.kind:
        case Kind.NUMBER:
            return _number(sheet, value)
        case Kind.MOMENT:
            local = timezone.localtime(datetime.fromisoformat(value)).replace(tzinfo=None)
            cell = WriteOnlyCell(sheet, local)
            cell.number_format = "dd/mm/yyyy hh:mm"
            return cell
        case Kind.FLAG:
            return "có" if value else "không"
        case Kind.TEXT:
            return _text(sheet, value)
    return value


def _number(sheet, value, before="", after=""):
    """Return a number with as many decimals as it has, between words that are its format."""
    if value is None:
        return None
    cell = WriteOnlyCell(sheet, Decimal(value))
    decimals = len(value.partition(".")[2])
    printed = "#,##0" + ("." + "0" * decimals if decimals else "")
    word, behind = f'"{before} "' if before else "", f'"{after}"' if after else ""
    cell.number_format = f"{word}{printed}{behind}"
    if word and value.startswith("-"):  # whose sign would stand before the word: «-trên 5»
        cell.number_format += f";{word}-{printed}{behind}"
    return cell


def _text(sheet, text):
    """Return text as itself, or as a cell where it would be taken for a formula or an error."""
    text = ILLEGAL_CHARACTERS_RE.sub("", text)
    if not text.startswith(("=", "#")):
        return text
    cell = WriteOnlyCell(sheet, text)
    cell.data_type = "s"  # "=1+1" is shown, never calculated
    return cell


def _styled(sheet, text, **style):
    cell = WriteOnlyCell(sheet, ILLEGAL_CHARACTERS_RE.sub("", text))
    cell.data_type = "s"
    for name, value in style.items():
        setattr(cell, name, value)
    return cell


def _period(figure):
    words = Figure(year=figure["year"], months=figure["months"]).period
    return words[:1].upper() + words[1:]
