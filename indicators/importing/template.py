"""The standard table of a territory as a workbook to fill in and import again."""

import io
from itertools import groupby

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill

from indicators import stated
from indicators.entry import Grid, Row
from indicators.period import Period
from indicators.stated import Stated

_WIDTHS = {"A": 6, "B": 14, "C": 46, "D": 14, "E": 16, "F": 16, "G": 16, "H": 12, "I": 14, "J": 16}
_HINTS = """
Số viết như 35.360,5; có thể kèm từ đi trước số: ước, trên, gần, khoảng, tối thiểu, không quá.
Kế hoạch có thể là một khoảng: 7,5–8,0.
Ô để trống không xóa số đã lưu. Cột Mã giúp nhận ra chỉ tiêu; vui lòng giữ nguyên.
""".strip().splitlines()


def workbook(period: Period) -> bytes:
    """Return the table as XLSX, with what is stored of the period and the year before."""
    book = Workbook()
    sheet = book.active
    sheet.title = "Bảng số liệu"
    sheet.append([f"BIỂU TỔNG HỢP CHỈ TIÊU {str(period).upper()}"])
    for hint in _HINTS:
        sheet.append([hint])
    sheet.append(_headings(period))
    heading_row = sheet.max_row
    rows = Grid(period, most=None).rows
    for group, members in groupby(rows, lambda row: row.indicator.group):
        sheet.append([None, None, group.name])
        sheet.cell(sheet.max_row, 3).font = Font(bold=True)
        for number, row in enumerate(members, 1):
            _write(sheet, [number, *_cells(row)])
    _dress(sheet, heading_row)
    body = io.BytesIO()
    book.save(body)
    return body.getvalue()


def _headings(period: Period) -> list[str]:
    year, before = period.year, period.year - 1
    # «KH năm» beside results of nine months would be the plan of the year.
    some = "" if period.months == 12 else f"{period.months} tháng "
    return [
        "STT", "Mã", "Chỉ tiêu", "ĐVT", f"TH {some}năm {before}", f"KH {some}năm {year}",
        f"TH {some}năm {year}",
        "TH/KH (%)", f"TH {year}/TH {before} (%)", "Đánh giá",
    ]  # fmt: skip


def _cells(row: Row) -> list:
    indicator, figure, before = row.indicator, row.figure, row.before
    known = [indicator.code, indicator.name, indicator.unit]
    previous = before and _cell(Stated(before.result, None, before.result_qualifier))
    if figure is None:
        return [*known, previous]
    target = Stated(figure.target, figure.target_upper, figure.target_qualifier)
    result = Stated(figure.result, None, figure.result_qualifier)
    # A plan that was only worked out is for nobody to hand in.
    return [*known, previous, None if figure.target_is_derived else _cell(target), _cell(result)]


def _cell(told: Stated):
    is_plain = told.upper is None and not told.qualifier
    return told.value if is_plain else stated.written(told)


def _write(sheet, values: list) -> None:
    sheet.append(values)
    for cell in sheet[sheet.max_row]:
        if isinstance(cell.value, str):
            cell.data_type = "s"  # a name like «=1+1» is shown, never calculated
        elif cell.column > 1:
            cell.number_format = "#,##0.####"


def _dress(sheet, heading_row: int) -> None:
    sheet["A1"].font = Font(bold=True, size=14)
    for cell in sheet[heading_row]:
        cell.font = Font(bold=True)
        cell.fill = PatternFill("solid", fgColor="E4EEF7")
        cell.alignment = Alignment(wrap_text=True, vertical="center", horizontal="center")
    for column, width in _WIDTHS.items():
        sheet.column_dimensions[column].width = width
    sheet.freeze_panes = sheet.cell(heading_row + 1, 4)
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToHeight = 0  # as many pages as the rows need
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
