"""Which kind of file is to be imported, told by its content."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import NamedTuple

from news.importers import feeds, sheets, streams, wxr
from news.importers.items import ImportFileError, Items

_FEEDS = {"rss", "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}RDF", f"{feeds.ATOM}feed"}


class Source(NamedTuple):
    kind: str  # for people
    read: Callable[[], Items]  # from the start, any number of times


def recognise(path: Path) -> Source:
    """Return how a file is read. Raises ImportFileError with a sentence."""
    if not path.is_file():
        raise ImportFileError("Tệp không có hoặc không mở được.")
    with path.open("rb") as file:
        start = file.read(4096)
    if not start.strip():
        raise ImportFileError("Tệp rỗng.")
    if start.startswith(b"PK"):
        return Source("bảng XLSX", partial(sheets.read_xlsx, path))
    if start.startswith(b"\xd0\xcf\x11\xe0"):
        raise ImportFileError("Tệp Excel đời cũ (.xls). Hãy lưu lại dưới dạng .xlsx.")
    if path.suffix.lower() in {".csv", ".tsv", ".txt"}:
        return Source("bảng CSV", partial(sheets.read_csv, path))
    if start.replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \r\n\t").startswith(b"<"):
        return _xml(path)
    raise ImportFileError("Chỉ nhận tệp CSV, XLSX, RSS, Atom hoặc tệp xuất của WordPress (WXR).")


def _xml(path: Path) -> Source:
    root, namespaces = streams.root_of(path)
    if root not in _FEEDS:
        raise ImportFileError(f"Tệp XML này không phải RSS, Atom hay WXR (gốc là {root[:60]}).")
    if namespaces.intersection(wxr.EXPORTS):
        return Source("tệp xuất WordPress", wxr.Export(path).read)
    return Source("RSS/Atom", partial(feeds.read, path))
