"""Articles out of a table, CSV or XLSX; its columns are listed in docs/nhap-du-lieu.md."""

import csv
import re
import warnings
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path, PurePosixPath
from urllib.parse import urlsplit

import openpyxl
from django.utils.html import escape

from news.importers import encodings, items
from news.importers.items import BrokenItem, ImportFileError, Item, Items, Picture, Remark
from portal import documents, text
from portal.richtext import MAX_LENGTH, plain_text

# The names a column may have, as text.slug writes them.
COLUMNS = {
    "title": ("tieu-de", "ten-bai", "title"),
    "lead": ("sapo", "tom-tat", "trich-yeu", "mo-ta", "lead", "excerpt", "summary"),
    "body": ("noi-dung", "body", "content"),
    "category": ("chuyen-muc", "danh-muc", "category"),
    "parent": ("chuyen-muc-cha", "danh-muc-cha", "parent-category"),
    "published": ("ngay-dang", "thoi-diem-dang", "ngay-xuat-ban", "published-at", "date"),
    "byline": ("tac-gia", "author", "byline"),
    "source": ("nguon", "source"),
    "address": ("duong-dan", "dia-chi", "url", "link", "slug"),
    "views": ("luot-xem", "views"),
    "cover": ("anh-dai-dien", "anh", "cover", "image"),
    "tags": ("chu-de", "the", "tu-khoa", "tags"),
    "status": ("trang-thai", "status"),
    "key": ("ma-cu", "ma", "id"),
}
_COLUMN_OF = {name: column for column, names in COLUMNS.items() for name in names}
_DELIMITERS = ",;\t"
_LIST = re.compile(r"[;,|]")
_HAS_MARKUP = re.compile(r"</?[a-zA-Z][^>]*>")
_BROKEN_SHEET = "Tệp XLSX hỏng hoặc không phải bảng tính. Hãy mở rồi lưu lại dưới dạng .xlsx."


def read_csv(path: Path) -> Items:
    """Yield the articles of a CSV file of any usual encoding and delimiter."""
    codec = encodings.of_file(path)
    csv.field_size_limit(4 * MAX_LENGTH)
    with path.open(encoding=codec, newline="", errors="replace") as file:
        header = file.readline()
        delimiter = max(_DELIMITERS, key=header.count)
        file.seek(0)
        rows = csv.reader(file, delimiter=delimiter)
        yield from _items(_numbered(rows))


def _numbered(rows) -> Iterator[tuple[int, list | Exception]]:
    """Yield rows with the lines they begin at; what is no row as the error it raised."""
    while True:
        line = rows.line_num + 1
        try:
            row = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            yield line, error
        else:
            yield line, row


def read_xlsx(path: Path) -> Items:
    """Yield the articles of the first sheet of a workbook."""
    yield from _items(enumerate(_rows_of_workbook(path), 1))


def _check_package(path: Path) -> None:
    with zipfile.ZipFile(path) as package:
        entries = package.infolist()
    unpacked = sum(entry.file_size for entry in entries)
    if unpacked > documents.MAX_UNPACKED or len(entries) > documents.MAX_ENTRIES:
        raise ImportFileError("Tệp XLSX quá lớn (trên 200 MB sau khi giải nén): hãy chia nhỏ.")


def _rows_of_workbook(path: Path) -> Iterator[tuple]:
    try:
        _check_package(path)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about styles and charts it does not read
            book = openpyxl.load_workbook(path, read_only=True, data_only=True)
            sheet = book.worksheets[0]
            sheet.reset_dimensions()  # some programs write wrong ones
            rows = sheet.iter_rows(values_only=True)
            while (row := next(rows, None)) is not None:
                yield row
            book.close()
    except ImportFileError:
        raise
    except Exception as error:  # a broken workbook is read wrong in many ways
        raise ImportFileError(_BROKEN_SHEET) from error


def _items(rows) -> Items:
    columns = None
    for number, row in rows:
        place = f"dòng {number}"
        if isinstance(row, Exception):
            yield BrokenItem(place, "Dòng hỏng: thiếu dấu nháy đóng hoặc có ô quá dài.")
            continue
        cells = [_words(cell) for cell in row]
        if not any(cells):
            continue
        if columns is None:
            columns = _columns(cells)
            if unknown := [name for name in cells if name and text.slug(name) not in _COLUMN_OF]:
                words = f"Không nhận ra các cột này nên bỏ qua: {', '.join(unknown)}."
                yield Remark(place, words)
            continue
        try:
            yield _item(place, dict(zip(columns, cells, strict=False)))
        except ValueError as error:
            yield BrokenItem(place, str(error))
    if columns is None:
        raise ImportFileError("Tệp không có dòng nào.")


def _columns(header: list[str]) -> list[str]:
    """Return what each column holds, unknown ones under a name nobody asks for."""
    columns = [_COLUMN_OF.get(text.slug(name), "") for name in header]
    if "title" not in columns:
        known = ", ".join(names[0] for names in COLUMNS.values())
        raise ImportFileError(f"Dòng đầu không có cột “tiêu đề”. Các cột nhận được: {known}.")
    if repeated := {name for name in columns if name and columns.count(name) > 1}:
        raise ImportFileError(f"Có hai cột cùng nghĩa: {', '.join(sorted(repeated))}.")
    return columns


def _item(place: str, row: dict[str, str]) -> Item:
    title = text.clean_line(row.get("title", ""))
    if not title:
        raise ValueError("Không có tiêu đề.")
    address = row.get("address", "")
    status = row.get("status", "")
    return Item(
        place=place,
        key=row.get("key") or address or f"{title} {row.get('published', '')}",
        title=title,
        lead=plain_text(lead) if _HAS_MARKUP.search(lead := row.get("lead", "")) else lead,
        body=_markup(row.get("body", "")),
        slug=_slug_in(address),
        address=address,
        category=tuple(name for name in (row.get("parent"), row.get("category")) if name),
        tags=tuple(tag.strip() for tag in _LIST.split(row.get("tags", "")) if tag.strip()),
        byline=row.get("byline", ""),
        source=row.get("source", ""),
        published_at=_read(items.moment, row.get("published", ""), "ngày đăng"),
        is_public=items.is_public(status),
        views=_read(items.count, row.get("views", ""), "lượt xem"),
        cover=Picture(cover, alt="") if (cover := row.get("cover")) else None,
    )


def _read(read, written: str, column: str):
    try:
        return read(written)
    except (ValueError, TypeError, OverflowError):
        raise ValueError(f"Không đọc được {column}: “{written[:40]}”.") from None


def _words(cell) -> str:
    """Return a cell as text; nothing in it is a formula."""
    if cell is None:
        return ""
    if isinstance(cell, datetime | date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return text.clean(str(cell))


def _markup(body: str) -> str:
    if _HAS_MARKUP.search(body):
        return body
    return "".join(f"<p>{escape(line)}</p>" for line in body.splitlines() if line.strip())


def _slug_in(address: str) -> str:
    """Return the part of an old address that names the article; empty when none does."""
    parts = urlsplit(address)
    name = PurePosixPath(parts.path).stem
    return "" if parts.query or name.isdigit() else text.slug(name)
