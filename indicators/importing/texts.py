"""CSV, in any usual encoding and with any usual delimiter."""

import csv
import io
import tempfile
from pathlib import Path

from django.core.files.uploadedfile import UploadedFile

from indicators.importing.headings import recognised
from indicators.importing.sheets import (
    MOST_COLUMNS,
    MOST_ROWS,
    MOST_TEXT,
    Cell,
    ImportRefusal,
    Row,
    Sheet,
)
from news.importers import encodings
from news.importers.items import ImportFileError
from portal.spreadsheets import restored
from portal.text import clean, clean_line

_DELIMITERS = ",;\t"
_HEAD = 20  # lines among which the heading is looked for

NOT_A_TABLE = "Không đọc được tệp như một bảng. Hãy mở bằng Excel rồi lưu lại thành .xlsx."


def read(upload: UploadedFile) -> Sheet:
    """Return a CSV file as a sheet."""
    content = _decoded(upload)
    if not content.strip():
        raise ImportRefusal("Tệp không có dòng nào.")
    # The delimiter is the one that lets the headings be recognised: numbers may hold commas.
    delimiter = max(_DELIMITERS, key=lambda candidate: _known_headings(content, candidate))
    remarks, rows = [], []
    for number, cells in _rows(content, delimiter):
        if len(rows) == MOST_ROWS:
            remarks.append(f"Chỉ đọc đến dòng {number - 1}.")
            break
        row = Row(number, [_cell(words) for words in cells[:MOST_COLUMNS]])
        if not row.is_empty:
            rows.append(row)
    return Sheet("", rows, remarks)


def _decoded(upload: UploadedFile) -> str:
    upload.seek(0)
    content = upload.read()
    with tempfile.NamedTemporaryFile() as file:
        file.write(content)
        file.flush()
        try:
            codec = encodings.of_file(Path(file.name))
            return clean(content.decode(codec))
        except ImportFileError as refusal:
            raise ImportRefusal(str(refusal)) from refusal
        except UnicodeError as refusal:
            raise ImportRefusal(encodings.UNKNOWN) from refusal


def _rows(content: str, delimiter: str):
    rows = csv.reader(io.StringIO(content), delimiter=delimiter)
    while True:
        number = rows.line_num + 1
        try:
            yield number, next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            raise ImportRefusal(NOT_A_TABLE) from error


def _known_headings(content: str, delimiter: str) -> int:
    head = "\n".join(content.splitlines()[:_HEAD])
    return max(
        (sum(recognised(words) for words in cells) for _, cells in _rows(head, delimiter)),
        default=0,
    )


def _cell(words: str) -> Cell:
    return Cell(clean_line(restored(words.lstrip()))[:MOST_TEXT])
