"""Submissions as a table for staff: CSV and XLSX, in which no text is ever calculated."""

import io
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from django.utils import timezone
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from feedback.models import Submission
from portal import spreadsheets
from portal.people import name_of

LONGEST = 32_000  # characters; a cell of a workbook holds no more than 32,767


class Column(NamedTuple):
    heading: str
    width: int
    value: Callable[[Submission], Any]  # text, a day, a moment or None


def _moment(value):
    return timezone.localtime(value).replace(tzinfo=None, microsecond=0) if value else None


COLUMNS = (
    Column("Mã tra cứu", 13, lambda row: row.code),
    Column("Loại", 18, lambda row: row.get_kind_display()),
    Column("Trạng thái", 20, lambda row: row.get_state_display()),
    Column("Nhận lúc", 17, lambda row: _moment(row.received_at)),
    Column("Hạn trả lời", 12, lambda row: row.due_on),
    Column("Xử lý xong lúc", 17, lambda row: _moment(row.closed_at)),
    Column("Đơn vị xử lý", 24, lambda row: row.unit and row.unit.name),
    Column("Lĩnh vực", 20, lambda row: row.topic and row.topic.name),
    Column("Họ tên", 24, lambda row: row.name),
    Column("Thư điện tử", 26, lambda row: row.email),
    Column("Điện thoại", 15, lambda row: row.phone),
    Column("Địa chỉ", 30, lambda row: row.address),
    Column("Tiêu đề", 40, lambda row: row.title),
    Column("Nội dung", 60, lambda row: row.content),
    Column("Về bài viết", 30, lambda row: row.article and row.article.title),
    Column("Trả lời", 60, lambda row: row.answer),
    Column("Trả lời lúc", 17, lambda row: _moment(row.answered_at)),
    Column("Người trả lời", 22, lambda row: row.answered_by and name_of(row.answered_by)),
    Column("Lý do", 40, lambda row: row.reason),
    Column("Chuyển đến", 30, lambda row: row.forwarded_to),
    Column("Đăng ở Hỏi đáp", 10, lambda row: "có" if row.is_public else "không"),
)


def rows_of(submissions) -> list[list[Any]]:
    found = submissions.select_related("unit", "topic", "article", "answered_by")
    # Without the texts of the articles.
    found = found.defer("article__body", "article__lead")
    return [[column.value(submission) for column in COLUMNS] for submission in found]


def as_csv(rows: Iterable[list[Any]]) -> bytes:
    """Return the rows with the byte order mark by which Excel knows UTF-8."""
    return spreadsheets.as_csv([[column.heading for column in COLUMNS], *rows], with_mark=True)


def as_xlsx(rows: Iterable[list[Any]]) -> bytes:
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Góp ý")
    sheet.freeze_panes = "B2"
    for position, column in enumerate(COLUMNS, start=1):
        sheet.column_dimensions[get_column_letter(position)].width = column.width
    sheet.append([_in_xlsx(sheet, column.heading, bold=True) for column in COLUMNS])
    for row in rows:
        sheet.append([_in_xlsx(sheet, value) for value in row])
    body = io.BytesIO()
    book.save(body)
    return body.getvalue()


def _in_xlsx(sheet, value, *, bold=False):
    if not isinstance(value, str):
        cell = WriteOnlyCell(sheet, value)
        if value is not None:
            cell.number_format = "dd/mm/yyyy hh:mm" if hasattr(value, "hour") else "dd/mm/yyyy"
        return cell
    words = ILLEGAL_CHARACTERS_RE.sub("", value)
    if len(words) > LONGEST:
        words = f"{words[:LONGEST]}… (còn nữa, xem trên cổng)"
    cell = WriteOnlyCell(sheet, words)
    cell.data_type = "s"  # "=1+1" is shown, never calculated
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    if bold:
        cell.font = Font(bold=True)
    return cell
