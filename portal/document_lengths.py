"""How long an uploaded document is: pages of a text, sheets of a workbook, slides."""

import subprocess
import sys
import zipfile
from pathlib import Path

from defusedxml import ElementTree
from defusedxml.common import DefusedXmlException
from django.core.files.uploadedfile import UploadedFile

from portal.documents import UNREADABLE

UNITS = {"pdf": "trang", "docx": "trang", "xlsx": "trang tính", "pptx": "trang chiếu"}
MOST = 100_000  # what states more states nothing
MOST_XML = 5 * 1024 * 1024  # bytes unpacked
PATIENCE = 10  # seconds, for a program that ends after 3 of work

_COUNT_PDF = Path(__file__).with_name("pdf_pages.py")
_WORD = "{http://schemas.openxmlformats.org/officeDocument/2006/extended-properties}"
_SHEETS = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_SLIDES = "{http://schemas.openxmlformats.org/presentationml/2006/main}"


def length(upload: UploadedFile, kind: str) -> int | None:
    """
    Return the number of pages, sheets or slides of a document that ``documents.check`` let in.

    None where the file does not say or cannot be read in a short time; never an error.
    """
    upload.seek(0)
    found = _pdf_pages(upload) if kind == "pdf" else _stated_inside(upload, kind)
    upload.seek(0)
    return found if found and found <= MOST else None


def _pdf_pages(upload: UploadedFile) -> int | None:
    try:
        counted = subprocess.run(
            [sys.executable, "-I", _COUNT_PDF],
            input=upload.read(),
            capture_output=True,
            timeout=PATIENCE,
            check=False,
        )
    except (subprocess.TimeoutExpired, OSError):
        return None
    answer = counted.stdout.strip()
    return int(answer) if counted.returncode == 0 and answer.isdigit() else None


def _stated_inside(upload: UploadedFile, kind: str) -> int | None:
    part, count = {
        "docx": ("docProps/app.xml", _word_pages),
        "xlsx": ("xl/workbook.xml", _visible_sheets),
        "pptx": ("ppt/presentation.xml", _slides),
    }[kind]
    try:
        with zipfile.ZipFile(upload) as package, package.open(part) as file:
            return count(ElementTree.fromstring(file.read(MOST_XML)))
    except (*UNREADABLE, KeyError, ElementTree.ParseError, DefusedXmlException):
        return None


def _word_pages(properties) -> int:
    """Return what Word counted when it saved the text."""
    return int(properties.findtext(f"{_WORD}Pages", "0"))


def _visible_sheets(workbook) -> int:
    sheets = workbook.iter(f"{_SHEETS}sheet")
    return sum(sheet.get("state", "visible") == "visible" for sheet in sheets)


def _slides(presentation) -> int:
    return sum(1 for _ in presentation.iter(f"{_SLIDES}sldId"))
