"""
Files that citizens send along: pictures encoded anew, PDF checked by content.

What a PDF may do when it is opened (scripts, programs to start) is not looked for: it cannot be
known for certain. Staff only ever download these files, none is shown within a page.
"""

import contextlib
import os
import re
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import OperationalError
from django.utils import timezone

from feedback.models import Attachment, Submission
from feedback.private_files import private_files
from portal import documents, images, text

MOST = 3
MAX_BYTES = 5 * 1024 * 1024
ACCEPTED = f"{images.ACCEPTED},application/pdf"  # as an upload field says it
NAME_LENGTH = 150
FOLDER = "attachments"
UNOWNED_KEPT = timedelta(hours=1)  # longer than any request takes

TOO_MANY = f"Mỗi góp ý gửi kèm tối đa {MOST} tệp. Vui lòng chọn lại."
TOO_LARGE = "lớn hơn 5 MB. Vui lòng thu nhỏ hoặc chọn tệp khác."
EMPTY = "không có nội dung. Vui lòng chọn tệp khác."
WRONG_KIND = "không phải ảnh JPEG, PNG, WebP, GIF hay tệp PDF. Vui lòng chọn tệp khác."
TOO_MANY_POINTS = "là ảnh quá lớn (trên 25 triệu điểm ảnh). Vui lòng thu nhỏ rồi chọn lại."
BROKEN_PDF = "là PDF bị hỏng hoặc chưa tải lên hết. Vui lòng mở thử trên máy rồi chọn lại."

_EXTENSIONS = {"jpg": "image/jpeg", "webp": "image/webp", "pdf": documents.CONTENT_TYPES["pdf"]}
# JPEG, PNG, GIF, WebP, PDF.
_BEGINNINGS = re.compile(rb"\xff\xd8\xff|\x89PNG\r\n\x1a\n|GIF8[79]a|RIFF....WEBP|%PDF-", re.DOTALL)


class Accepted(NamedTuple):
    """A file as it is stored."""

    file: ContentFile  # under a random name
    name: str  # as the sender calls it, for people
    content_type: str


def checked(upload: UploadedFile) -> UploadedFile:
    """
    Return a file that looks like one of those accepted; it is not opened yet.

    Raises ValidationError with a sentence that names it.
    """
    name = shown_name(upload.name)
    if not upload.size:
        raise _refused(name, EMPTY)
    if upload.size > MAX_BYTES:
        raise _refused(name, TOO_LARGE)
    if not _BEGINNINGS.match(_beginning(upload)):
        raise _refused(name, WRONG_KIND)
    return upload


def accepted(upload: UploadedFile) -> Accepted:
    """Return what is stored of a checked file. Raises ValidationError likewise."""
    name = shown_name(upload.name)
    is_pdf = _beginning(upload).startswith(b"%PDF-")
    file = _pdf(upload, name) if is_pdf else _picture(upload, name)
    extension = file.name.rpartition(".")[2]
    # Named for what it is now, so that it opens with what belongs to it.
    stem = re.sub(r"\.[^.]{1,5}$", "", name)[: NAME_LENGTH - 5]
    return Accepted(file, f"{stem}.{extension}", _EXTENSIONS[extension])


def shown_name(name: str) -> str:
    """Return a file's name as it may be shown and sent in a header."""
    cleaned = text.clean_line(re.sub(r'[\\/:*?"<>|;%]', " ", name or ""))
    return cleaned.strip(". ")[:NAME_LENGTH] or "tệp"


@contextlib.contextmanager
def kept_if_committed() -> Iterator["Kept"]:
    """
    Remove what was stored inside the block when its transaction fails.

    If the connection breaks while committing, nobody knows whether it was: what has no
    submission then is removed later (forget_unowned).
    """
    kept = Kept()
    try:
        yield kept
    except BaseException as error:
        if not (kept.is_complete and isinstance(error, OperationalError)):
            kept.remove()
        raise


class Kept:
    """The files stored for one message."""

    def __init__(self):
        self.names: list[str] = []
        self.is_complete = False  # nothing but the commit is left to do

    def store(self, submission: Submission, files: Iterable[Accepted]) -> None:
        store = private_files()
        for accepted in files:
            name = store.save(f"{FOLDER}/{accepted.file.name}", accepted.file)
            self.names.append(name)
            _write_through(store.path(name))
            Attachment.objects.create(
                submission=submission,
                file=name,
                name=accepted.name,
                content_type=accepted.content_type,
                size=accepted.file.size,
            )

    def remove(self) -> None:
        for name in self.names:
            private_files().delete(name)


def forget_unowned(at: datetime | None = None) -> int:
    """Remove files that no submission has, left by a crash; return how many."""
    store = private_files()
    if not store.exists(FOLDER):
        return 0
    before = ((at or timezone.now()) - UNOWNED_KEPT).timestamp()
    with os.scandir(store.path(FOLDER)) as entries:
        old = {f"{FOLDER}/{entry.name}" for entry in entries if entry.stat().st_mtime < before}
    unowned = old - set(Attachment.objects.filter(file__in=old).values_list("file", flat=True))
    for name in unowned:
        store.delete(name)
    return len(unowned)


def _beginning(upload: UploadedFile) -> bytes:
    upload.seek(0)
    beginning = upload.read(12)
    upload.seek(0)
    return beginning


def _pdf(upload: UploadedFile, name: str) -> ContentFile:
    content = upload.read()
    if b"%%EOF" not in content[-4096:]:
        raise _refused(name, BROKEN_PDF)
    return ContentFile(content, documents.random_name("pdf"))


def _picture(upload: UploadedFile, name: str) -> ContentFile:
    try:
        return images.reencode(upload).file
    except ValidationError as error:
        too_large = error.message == images.TOO_LARGE
        raise _refused(name, TOO_MANY_POINTS if too_large else WRONG_KIND) from error


def _refused(name: str, why: str) -> ValidationError:
    return ValidationError(f"Tệp “{name}” {why}")


def _write_through(path: str) -> None:
    """Have a file on the disk before the row that names it."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
