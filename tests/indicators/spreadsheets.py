"""Files of figures for tests, as somebody would upload them."""

import io

from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook

HEADINGS = ["STT", "Chỉ tiêu", "ĐVT", "TH năm 2022", "KH năm 2023", "Ước TH năm 2023", "TH/KH (%)",
            "TH 2023/TH 2022 (%)", "Đánh giá"]  # fmt: skip


def xlsx(*rows, name="bieu.xlsx", change=None) -> SimpleUploadedFile:
    """Return a workbook of one sheet; ``change`` may do more to it."""
    book = Workbook()
    for row in rows:
        book.active.append(row)
    if change:
        change(book)
    body = io.BytesIO()
    book.save(body)
    return SimpleUploadedFile(name, body.getvalue())


def csv(text, encoding="utf-8", name="bieu.csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, text.encode(encoding))
