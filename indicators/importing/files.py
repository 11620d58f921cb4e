"""Which files are read at all, and by which reader."""

from pathlib import PurePath

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from indicators.importing import texts, workbooks
from indicators.importing.sheets import ImportRefusal, Page
from portal import documents

MAX_BYTES = 10 * 1024 * 1024
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")

OLD_EXCEL = "Tệp Excel đời cũ (.xls): hãy mở bằng Excel rồi lưu lại thành .xlsx."
WITH_MACROS = "Không nhận tệp có macro. Hãy mở bằng Excel rồi lưu lại thành .xlsx, không kèm macro."
ANOTHER_KIND = "Chỉ nhận tệp .xlsx hoặc .csv. Hãy lưu bảng dưới một trong hai dạng ấy."
OTHER_SHEETS = "Tệp bảng tính khác Excel: hãy lưu lại thành .xlsx hoặc .csv."
TOO_LARGE = "Tệp quá lớn: tối đa 10 MB. Hãy tách riêng trang có bảng số liệu rồi chọn lại."
NOTHING_IN_IT = "Tệp rỗng, không có gì để đọc."
LOCKED = "Tệp được đặt mật khẩu: hãy mở bằng Excel, bỏ mật khẩu, lưu lại rồi chọn lại tệp."
_BY_EXTENSION = {
    **dict.fromkeys(("xls", "xlt", "et"), OLD_EXCEL),
    **dict.fromkeys(("xlsm", "xlsb", "xltm", "xlam"), WITH_MACROS),
    **dict.fromkeys(("ods", "fods", "numbers"), OTHER_SHEETS),
}


def read(upload: UploadedFile) -> list[Page]:
    """Return the sheets of an uploaded file; raises ImportRefusal with a sentence."""
    extension = PurePath(upload.name).suffix.lower().lstrip(".")
    if refusal := _BY_EXTENSION.get(extension):
        raise ImportRefusal(refusal)
    if extension not in {"xlsx", "csv", "tsv", "txt"}:
        raise ImportRefusal(ANOTHER_KIND)
    if upload.size > MAX_BYTES:
        raise ImportRefusal(TOO_LARGE)
    if not upload.size:
        raise ImportRefusal(NOTHING_IN_IT)
    if extension != "xlsx":
        sheet = texts.read(upload)
        return [Page(sheet.name, is_hidden=False, is_empty=False, read=lambda: sheet)]
    _check_package(upload)
    return workbooks.read(upload)


def _check_package(upload: UploadedFile) -> None:
    upload.seek(0)
    content = upload.read(len(_OLE))
    if content == _OLE:
        upload.seek(0)
        raise ImportRefusal(LOCKED if _ENCRYPTED in upload.read() else OLD_EXCEL)
    try:
        documents.check(upload)
    except ValidationError as refusal:
        is_macro = documents.HAS_MACROS in refusal.messages
        raise ImportRefusal(WITH_MACROS if is_macro else refusal.messages[0]) from refusal
