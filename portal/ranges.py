"""Answering with part of a file: a player asks for one to move to a later sentence."""

import re
from collections.abc import Iterator
from typing import BinaryIO

from django.http import FileResponse

CHUNK = 64 * 1024  # bytes


def ranged_response(request, file: BinaryIO, size: int, **options) -> FileResponse:
    """
    Answer with ``file`` (``size`` bytes), or with the one range of bytes asked for.

    A range that begins after the end is answered 416; what is not a single range of bytes
    is ignored, as RFC 9110 allows. ``options`` go to FileResponse.
    """
    response = FileResponse(file, **options)
    response.headers["Accept-Ranges"] = "bytes"
    asked = re.fullmatch(r"bytes=(\d{0,15})-(\d{0,15})", request.headers.get("Range", ""))
    if not asked or asked.groups() == ("", ""):
        response.headers["Content-Length"] = str(size)
        return response
    first, last = asked.groups()
    start = int(first) if first else max(size - int(last), 0)
    end = min(int(last), size - 1) if first and last else size - 1
    length = max(end - start + 1, 0)
    response.status_code = 206 if length else 416
    response.streaming_content = _part(file, start, length)
    response.headers["Content-Range"] = (
        f"bytes {start}-{end}/{size}" if length else f"bytes */{size}"
    )
    response.headers["Content-Length"] = str(length)
    return response


def _part(file: BinaryIO, start: int, length: int) -> Iterator[bytes]:
    file.seek(start)
    while length > 0 and (chunk := file.read(min(CHUNK, length))):
        length -= len(chunk)
        yield chunk
