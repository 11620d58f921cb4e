"""A finished page as bytes, ready to be sent in any encoding a browser takes."""

import gzip
import hashlib
import re
import time
from base64 import urlsafe_b64encode
from collections.abc import Iterable
from functools import lru_cache

import brotli

from portal.answers import Answer, Headers
from portal.pagecache.dependencies import Dependencies

OVERHEAD = 3_000  # bytes a page takes besides its bodies
LEAST_COMPRESSED = 500  # bytes; below that nothing is gained
LONGEST_WISH = 200  # characters of Accept-Encoding that are read
GZIP_LEVEL = 6
BROTLI_QUALITY = 5  # as small as gzip's best and three times as fast

# What is compressed already, a spreadsheet or a picture, does not get smaller.
_COMPRESSIBLE = re.compile(r"text/|application/(?:[a-z.]+\+)?(?:xml|json)\b|image/svg\+xml")
# Told anew for each way the page is sent.
_OF_ENCODING = {"content-encoding", "content-length", "etag", "vary"}
_OF_CONTENT = {"content-type", "content-language", "content-disposition", "content-encoding"}


class Page:
    """
    A page as it was rendered, and what it was rendered from.

    Compressed where that helps: it is unpacked for the few who take nothing else.
    """

    __slots__ = (
        "_answers",
        "_etags",
        "_unchanged",
        "dependencies",
        "holds_until",
        "key",
        "size",
        "was_used",
    )

    def __init__(
        self,
        key: str,
        headers: Headers,
        content: bytes,
        dependencies: Dependencies,
        holds_until: float,
        packed: dict[str, bytes] | None = None,
    ):
        """Compress the content, unless it is given ``packed`` as well, by encoding."""
        self.key = key
        self.dependencies = dependencies
        self.holds_until = holds_until  # time.monotonic(); moved up when something changes
        self.was_used = True
        bodies = {"": b"", **packed} if packed else dict(_encoded(content, headers))
        names = _etags(headers, content, bodies)
        common = [_shared(*one) for one in headers if one[0].lower() not in _OF_ENCODING]
        if len(bodies) > 1:
            common.append(("Vary", "Accept-Encoding"))
        self._answers = {
            encoding: Answer(200, [*common, ("ETag", names[encoding]), *_said(encoding)], body)
            for encoding, body in bodies.items()
        }
        self._etags = frozenset(names.values())
        self._unchanged = {
            encoding: Answer(304, _without_content(answer.headers), b"")
            for encoding, answer in self._answers.items()
        }
        self.size = sum(map(len, bodies.values())) + OVERHEAD

    def holds(self) -> bool:
        """Say whether the page looks as it would if it were rendered now."""
        return time.monotonic() < self.holds_until

    def answer(self, environ: dict) -> Answer:
        """Return what a request for this page gets: the page, or that it is as it was."""
        encoding = accepted(environ.get("HTTP_ACCEPT_ENCODING", "")[:LONGEST_WISH])
        if encoding not in self._answers:
            encoding = ""
        known = environ.get("HTTP_IF_NONE_MATCH")
        if known and self._is_known(known):
            return self._unchanged[encoding]
        return self._answers[encoding] if encoding else self.plain

    @property
    def plain(self) -> Answer:
        """Return the page as it is sent to those who take nothing compressed."""
        return self._answers[""]._replace(body=self.content)

    @property
    def content(self) -> bytes:
        packed = self._answers.get("gzip")
        return gzip.decompress(packed.body) if packed else self._answers[""].body

    @property
    def packed(self) -> dict[str, bytes]:
        """Return its compressed bodies by encoding; none of what does not get smaller."""
        return {name: answer.body for name, answer in self._answers.items() if name}

    @property
    def plain_headers(self) -> Headers:
        """Return the headers that say nothing of the way the page is sent."""
        headers = self._answers[""].headers
        return [one for one in headers if one[0].lower() not in _OF_ENCODING]

    @property
    def content_type(self) -> str:
        return dict(self._answers[""].headers).get("Content-Type", "")

    def _is_known(self, etags: str) -> bool:
        return etags.strip() == "*" or any(
            one.strip() in self._etags or one.strip().removeprefix("W/") in self._etags
            for one in etags.split(",")
        )


@lru_cache(maxsize=256)
def accepted(accept_encoding: str) -> str:
    """Return the encoding to send: br, gzip, or none (empty)."""
    offered = {}
    for part in accept_encoding.lower().split(","):
        name, _, quality = part.replace(" ", "").partition(";q=")
        try:
            offered[name] = float(quality or 1)
        except ValueError:
            offered[name] = 0
    anything = offered.get("*", 0)
    for encoding in ("br", "gzip"):
        if offered.get(encoding, anything) > 0:
            return encoding
    return ""


def _encoded(content: bytes, headers: Headers) -> Iterable[tuple[str, bytes]]:
    """Return the bodies by encoding; the plain one empty where it can be unpacked."""
    content_type = next((value for name, value in headers if name == "Content-Type"), "")
    if len(content) < LEAST_COMPRESSED or not _COMPRESSIBLE.match(content_type):
        yield "", content
        return
    yield "", b""
    yield "gzip", gzip.compress(content, GZIP_LEVEL, mtime=0)
    yield "br", brotli.compress(content, quality=BROTLI_QUALITY)


def _etags(headers: Headers, content: bytes, encodings: Iterable[str]) -> dict[str, str]:
    """
    Return the name of the page in each encoding.

    A weak one that the page brings itself says more than its bytes, and holds for all.
    """
    own = next((value for name, value in headers if name == "ETag"), "")
    if own.startswith("W/"):
        return dict.fromkeys(encodings, own)
    tag = urlsafe_b64encode(hashlib.sha256(content).digest()[:12]).decode()
    return {one: f'"{tag}-{one}"' if one else f'"{tag}"' for one in encodings}


@lru_cache(maxsize=256)
def _shared(name: str, value: str) -> tuple[str, str]:
    """Return the one object for a header that most pages have alike: less to hold and to fetch."""
    return name, value


def _said(encoding: str) -> Headers:
    return [("Content-Encoding", encoding)] if encoding else []


def _without_content(headers: Headers) -> Headers:
    return [one for one in headers if one[0].lower() not in _OF_CONTENT]
