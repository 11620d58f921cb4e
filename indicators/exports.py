"""
The pages' figures as files: CSV, XLSX, JSON, all from the same columns.

JSON is one object: ``title``, ``page`` (its address), ``updated_at`` (ISO 8601 or null),
``columns`` (key → Vietnamese heading) and ``figures``, a list of objects with these keys:

- ``territory``, ``group``, ``code``, ``indicator``, ``unit``: text
- ``year``, ``months``: integers; 12 months are the whole year
- ``previous_result``, ``target``, ``target_upper``, ``result``: in ``unit``
- ``attainment``: result as a percentage of the target
- ``growth``, ``target_growth``: change on the year before in percent, or in percentage
  points where the unit is itself a percentage
- ``previous_is_derived``, ``target_is_derived``: worked out, not published
- ``target_qualifier``, ``result_qualifier``: «ước», «trên», …; ``stage``, ``assessment``: text
- ``source``, ``source_url``, ``note``: text; ``updated_at``: ISO 8601

Decimals are strings such as "35360" or "4.44", exact to the last digit; null is missing.
"""

import csv
import io
from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from typing import NamedTuple

from django.conf import settings
from django.http import HttpResponse, JsonResponse
from django.utils import timezone
from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from indicators.models import Figure
from indicators.scoreboard import Scoreboard
from indicators.series import IndicatorHistory
from portal.documents import CONTENT_TYPES

XLSX = CONTENT_TYPES["xlsx"]

# Open data: any site may read the files, unlike everything else here.
OPEN_HEADERS = {
    "Access-Control-Allow-Origin": "*",
    "Cross-Origin-Resource-Policy": "cross-origin",
}

_NOTES = [
    "TH: thực hiện; KH: kế hoạch.",
    "Suy ra: tính ngược từ tỷ lệ vượt kế hoạch hoặc tỷ lệ tăng mà nguồn công bố.",
    "Mức tăng của chỉ tiêu tính bằng % là số điểm phần trăm.",
    "Ô trống: chưa có số liệu.",
]


class Column(NamedTuple):
    key: str
    heading: str
    width: int  # characters, in XLSX
    value: Callable[[Figure], str | int | Decimal | bool | datetime | None]


COLUMNS = [
    Column("territory", "Địa bàn", 14, lambda figure: figure.territory.name),
    Column("group", "Nhóm", 18, lambda figure: figure.indicator.group.name),
    Column("code", "Mã", 10, lambda figure: figure.indicator.code),
    Column("indicator", "Chỉ tiêu", 36, lambda figure: figure.indicator.name),
    Column("unit", "Đơn vị tính", 12, lambda figure: figure.indicator.unit),
    Column("year", "Năm", 6, lambda figure: figure.year),
    Column("months", "Số tháng", 6, lambda figure: figure.months),
    Column("previous_result", "TH năm trước", 12, lambda figure: figure.previous_result),
    Column(
        "previous_is_derived",
        "TH năm trước suy ra",
        9,
        lambda figure: figure.previous_is_derived,
    ),
    Column(
        "target_qualifier",
        "KH: từ đi trước số",
        9,
        lambda figure: _qualifier(figure.target_qualifier),
    ),
    Column("target", "KH", 12, lambda figure: figure.target),
    Column("target_upper", "KH, cận trên", 12, lambda figure: figure.target_upper),
    Column("target_is_derived", "KH suy ra", 8, lambda figure: figure.target_is_derived),
    Column(
        "target_growth",
        "KH tăng so với năm trước (%)",
        12,
        lambda figure: _rounded(figure.target_growth),
    ),
    Column(
        "result_qualifier",
        "TH: từ đi trước số",
        9,
        lambda figure: _qualifier(figure.result_qualifier),
    ),
    Column("result", "TH", 12, lambda figure: figure.result),
    Column(
        "stage",
        "Loại số liệu",
        12,
        lambda figure: figure.get_stage_display() if figure.stage else "",
    ),
    Column("attainment", "TH/KH (%)", 10, lambda figure: _rounded(figure.attainment)),
    Column("growth", "Tăng so với năm trước (%)", 12, lambda figure: _rounded(figure.growth)),
    Column("assessment", "Đánh giá", 14, lambda figure: figure.assessment.label),
    Column("source", "Nguồn", 40, lambda figure: _source(figure)),
    Column("source_url", "Địa chỉ nguồn", 40, lambda figure: _source_url(figure)),
    Column("note", "Ghi chú", 30, lambda figure: figure.note),
    Column("updated_at", "Cập nhật lúc", 18, lambda figure: figure.updated_at),
]


def csv_response(table: Scoreboard | IndicatorHistory) -> HttpResponse:
    """Return the figures as CSV: UTF-8 with BOM, decimal points, text that stays text."""
    lines = io.StringIO()
    writer = csv.writer(lines)
    writer.writerow([column.heading for column in COLUMNS])
    for figure in table.figures:
        writer.writerow([_csv_cell(column.value(figure)) for column in COLUMNS])
    body = lines.getvalue().encode("utf-8-sig")
    return _as_file(HttpResponse(body, content_type="text/csv; charset=utf-8"), table, "csv")


def json_response(table: Scoreboard | IndicatorHistory) -> JsonResponse:
    """Return the figures as JSON; the module's docstring says what each key means."""
    content = {
        "title": table.title,
        "page": settings.BASE_URL + table.get_absolute_url(),
        "updated_at": _json_value(table.updated_at),
        "columns": {column.key: column.heading for column in COLUMNS},
        "figures": [
            {column.key: _json_value(column.value(figure)) for column in COLUMNS}
            for figure in table.figures
        ],
    }
    response = JsonResponse(content, json_dumps_params={"ensure_ascii": False, "indent": 1})
    return _as_file(response, table, "json")


def xlsx_response(table: Scoreboard | IndicatorHistory) -> HttpResponse:
    """Return the figures as a workbook ready to print, with a sheet of notes."""
    book = Workbook()
    book.properties.title = table.title
    book.properties.creator = settings.DEPARTMENT["name"]
    _write_figures(book.active, table)
    _write_notes(book.create_sheet("Ghi chú"), table)
    body = io.BytesIO()
    book.save(body)
    return _as_file(HttpResponse(body.getvalue(), content_type=XLSX), table, "xlsx")


def _as_file(response, table, extension):
    name = f"{table.file_stem}.{extension}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    for header, value in OPEN_HEADERS.items():
        response.headers[header] = value
    return response


def _write_figures(sheet, table):
    sheet.title = "Số liệu"
    for position, column in enumerate(COLUMNS, start=1):
        cell = sheet.cell(1, position)
        cell.value = column.heading
        cell.font = Font(bold=True)
        cell.fill = PatternFill("solid", fgColor="E4EEF7")
        cell.alignment = Alignment(wrap_text=True, vertical="center")
        sheet.column_dimensions[get_column_letter(position)].width = column.width
    for line, figure in enumerate(table.figures, start=2):
        for position, column in enumerate(COLUMNS, start=1):
            _fill_cell(sheet.cell(line, position), column.value(figure))
    sheet.freeze_panes = "E2"
    sheet.auto_filter.ref = sheet.dimensions
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToHeight = 0  # as many pages as the rows need
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.oddHeader.center.text = table.title.replace("&", "&&")
    sheet.oddFooter.center.text = "Trang &P/&N"


def _write_notes(sheet, table):
    updated = timezone.localtime(table.updated_at) if table.updated_at else None
    lines = [
        table.title,
        settings.DEPARTMENT["name"],
        settings.BASE_URL + table.get_absolute_url(),
        f"Cập nhật lúc {updated:%H:%M} ngày {updated:%d/%m/%Y}." if updated else "Chưa có số liệu.",
        *_NOTES,
    ]
    sheet.column_dimensions["A"].width = 90
    for line, words in enumerate(lines, start=1):
        _fill_cell(sheet.cell(line, 1), words)


def _fill_cell(cell, value):
    if isinstance(value, datetime):
        cell.value = timezone.localtime(value).replace(tzinfo=None, microsecond=0)
        cell.number_format = "dd/mm/yyyy hh:mm"
    elif isinstance(value, Decimal):
        cell.value = value
        cell.number_format = "#,##0" if value == value.to_integral_value() else "#,##0.00##"
    elif isinstance(value, int) and not isinstance(value, bool):
        cell.value = value
    elif value not in {None, ""}:
        cell.value = ILLEGAL_CHARACTERS_RE.sub("", _plain(value))
        cell.data_type = "s"  # "=1+1" is shown, never calculated
        cell.alignment = Alignment(wrap_text=True, vertical="top")


def _csv_cell(value):
    printed = _plain(value)
    # Spreadsheets calculate text that begins like a formula; numbers may keep their minus.
    is_risky = isinstance(value, str) and printed.startswith(("=", "+", "-", "@", "\t", "\r"))
    return f"'{printed}" if is_risky else printed


def _plain(value) -> str:
    """Return a value as text for a file: 4.44, «có», 2023-12-31T08:00:00+07:00, or nothing."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "có" if value else "không"
    if isinstance(value, Decimal):
        return _digits(value)
    if isinstance(value, datetime):
        return timezone.localtime(value).isoformat(timespec="seconds")
    return str(value)


def _json_value(value):
    if isinstance(value, Decimal):
        return _digits(value)
    return _plain(value) if isinstance(value, datetime) else value


def _digits(value: Decimal) -> str:
    """Return a number without grouping, exponent or idle zeros: 35360, −4.81 as -4.81."""
    printed = f"{value:f}"
    return printed.rstrip("0").rstrip(".") if "." in printed else printed


def _qualifier(value):
    return Figure.Qualifier(value).label if value else ""


def _rounded(value):
    return None if value is None else round(value, 2)


def _source(figure):
    return "; ".join(filter(None, [figure.article.title if figure.article else "", figure.source]))


def _source_url(figure):
    return settings.BASE_URL + figure.article.get_absolute_url() if figure.article else ""
