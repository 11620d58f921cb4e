"""Uploaded documents: which kinds are taken, checked by content, and how they are named."""

import secrets
import struct
import zipfile
import zlib
from pathlib import PurePath

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

MAX_BYTES = 25 * 1024 * 1024
MAX_UNPACKED = 200 * 1024 * 1024
MAX_ENTRIES = 1_000
MAX_RATIO = 100  # unpacked to packed
MODEST = 4 * 1024 * 1024  # bytes; up to here any ratio is taken, a table of equal numbers has it

# The folder inside the package tells one Office format from another.
_OFFICE_FOLDERS = {"docx": "word/", "xlsx": "xl/", "pptx": "ppt/"}
CONTENT_TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
}

# What zipfile raises for files made to confuse it; an unknown version is «not implemented».
UNREADABLE = (
    zipfile.BadZipFile,
    zlib.error,
    NotImplementedError,
    RuntimeError,
    OSError,
    ValueError,
    EOFError,
    OverflowError,
    struct.error,
)

WRONG_KIND = "Chỉ nhận tệp PDF, DOCX, XLSX hoặc PPTX."
NOT_WHAT_IT_CLAIMS = "Nội dung tệp không đúng với phần mở rộng .{extension}. Hãy chọn lại tệp."
TOO_LARGE = "Tệp quá lớn: tối đa 25 MB."
TOO_MANY_PARTS = "Tệp có quá nhiều phần bên trong (trên 1.000). Hãy chia thành nhiều tệp."
TOO_LARGE_UNPACKED = "Tệp quá lớn khi giải nén (trên 200 MB). Hãy chia thành nhiều tệp."
STRANGELY_PACKED = (
    "Tệp nén bất thường: rất nhỏ nhưng giải nén ra rất lớn, nên không được nhận. "
    "Hãy chép nội dung sang tệp mới rồi lưu lại."
)
HAS_MACROS = "Không nhận tệp có macro. Hãy lưu lại dưới dạng không có macro."


def check(upload: UploadedFile) -> str:
    """
    Return the extension of an acceptable document, in lower case.

    Raises ValidationError with a sentence for the person who uploads.
    """
    extension = PurePath(upload.name).suffix.lower().lstrip(".")
    if extension not in CONTENT_TYPES:
        raise ValidationError(WRONG_KIND)
    if upload.size > MAX_BYTES:
        raise ValidationError(TOO_LARGE)
    upload.seek(0)
    is_right = _is_pdf(upload) if extension == "pdf" else _is_office(upload, extension)
    upload.seek(0)
    if not is_right:
        raise ValidationError(NOT_WHAT_IT_CLAIMS.format(extension=extension))
    return extension


def random_name(extension: str) -> str:
    return f"{secrets.token_hex(16)}.{extension}"


def _is_pdf(upload: UploadedFile) -> bool:
    return upload.read(5) == b"%PDF-"


def _is_office(upload: UploadedFile, extension: str) -> bool:
    try:
        with zipfile.ZipFile(upload) as package:
            entries = package.infolist()
    except UNREADABLE:
        return False
    unpacked = sum(entry.file_size for entry in entries)
    if len(entries) > MAX_ENTRIES:
        raise ValidationError(TOO_MANY_PARTS)
    if unpacked > MAX_UNPACKED:
        raise ValidationError(TOO_LARGE_UNPACKED)
    if unpacked > max(MODEST, MAX_RATIO * upload.size):
        raise ValidationError(STRANGELY_PACKED)
    names = {entry.filename for entry in entries}
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise ValidationError(HAS_MACROS)
    folder = _OFFICE_FOLDERS[extension]
    return "[Content_Types].xml" in names and any(name.startswith(folder) for name in names)
