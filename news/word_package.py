"""What is inside a Word file, looked over before anything interprets it."""

import zipfile
from collections import Counter
from xml.sax import SAXException
from xml.sax.handler import ContentHandler

from defusedxml import DefusedXmlException
from defusedxml.sax import parse
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from portal import documents

MAX_ELEMENTS = 100_000  # in all parts; a report of a hundred pages has 60,000
MAX_DEPTH = 150  # nested elements; each takes several frames of the interpreter
MAX_XML = 40 * 1024 * 1024  # bytes in all parts

NOT_DOCX = "Hãy chọn tệp Word có đuôi .docx."
OLD_WORD = "Tệp Word đời cũ (.doc): hãy mở bằng Word rồi lưu lại dưới dạng .docx."
BROKEN = "Tệp Word hỏng, không đọc được. Hãy mở bằng Word, lưu lại rồi chọn lại tệp."
HOSTILE = "Tệp Word có cấu trúc không an toàn nên không được nhận."
TOO_LONG = "Văn bản quá dài hoặc quá nhiều bảng lồng nhau: hãy tách thành nhiều tệp."

# What stands in a document and cannot become part of an article.
_OBJECTS = {
    "chart": "biểu đồ",
    "relIds": "sơ đồ SmartArt",
    "oMath": "công thức",
    "OLEObject": "đối tượng nhúng",
    "altChunk": "phần chèn từ tệp khác",
}


def examine(upload: UploadedFile) -> Counter[str]:
    """
    Return how many objects of which kind an article cannot take over.

    Raises ValidationError with a sentence when the file is not to be read at all.
    """
    name = upload.name.lower()
    if name.endswith((".doc", ".dot", ".rtf")):
        raise ValidationError(OLD_WORD)
    if name.endswith((".docm", ".dotm")):
        raise ValidationError(documents.HAS_MACROS)
    if not name.endswith(".docx"):
        raise ValidationError(NOT_DOCX)
    documents.check(upload)
    handler = _Counting()
    try:
        with zipfile.ZipFile(upload) as package:
            for entry in package.infolist():
                _read(package, entry, handler)
    except DefusedXmlException as error:
        raise ValidationError(HOSTILE) from error
    except (SAXException, *documents.UNREADABLE) as error:
        raise ValidationError(BROKEN) from error
    finally:
        upload.seek(0)
    return Counter(
        {_OBJECTS[name]: handler.found[name] for name in _OBJECTS if handler.found[name]}
    )


def _read(package: zipfile.ZipFile, entry: zipfile.ZipInfo, handler: "_Counting") -> None:
    """Parse an entry whatever it is called: any may be declared to be the document."""
    is_declared = entry.filename.endswith((".xml", ".rels"))
    if is_declared:
        handler.bytes += entry.file_size
    if handler.bytes > MAX_XML:
        raise ValidationError(TOO_LONG)
    handler.depth = 0
    with package.open(entry) as part:
        try:
            parse(part, handler, forbid_dtd=True)
        except SAXException:
            if is_declared:
                raise


class _Counting(ContentHandler):
    """Counts elements, and refuses more of them than an article can need."""

    def __init__(self):
        super().__init__()
        self.bytes = self.elements = self.depth = 0
        self.found: Counter[str] = Counter()

    def startElement(self, name, attrs):
        self.elements += 1
        self.depth += 1
        if self.elements > MAX_ELEMENTS or self.depth > MAX_DEPTH:
            raise ValidationError(TOO_LONG)
        self.found[name.rpartition(":")[2]] += 1

    def endElement(self, name):
        self.depth -= 1
