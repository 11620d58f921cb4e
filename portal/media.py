"""
Uploaded files, served with headers under which they can do no harm.

For small installations; a busy one lets nginx serve the same folder with the same headers
(deploy/ has the block). Pictures and sound show in the page, everything else is downloaded.
"""

import re
from pathlib import PurePosixPath

from django.core.exceptions import SuspiciousFileOperation
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpResponse
from django.views.decorators.http import require_safe

from portal.documents import CONTENT_TYPES
from portal.security import MEDIA_CSP, header_value

SHOWN_TYPES = {
    ".webp": "image/webp",
    ".jpg": "image/jpeg",
    ".png": "image/png",
    ".mp3": "audio/mpeg",
}
DOWNLOADED_TYPES = {f".{extension}": kind for extension, kind in CONTENT_TYPES.items()}
CHUNK = 64 * 1024  # bytes


@require_safe
def serve(request, name):
    extension = PurePosixPath(name).suffix
    content_type = SHOWN_TYPES.get(extension) or DOWNLOADED_TYPES.get(extension)
    if content_type is None:
        raise Http404
    try:
        file = default_storage.open(name)
    except (OSError, SuspiciousFileOperation, ValueError):
        raise Http404 from None
    response = FileResponse(
        file, content_type=content_type, as_attachment=extension in DOWNLOADED_TYPES
    )
    _narrow_to_range(request, response, file)
    response.headers["Content-Security-Policy"] = header_value(MEDIA_CSP)
    # Names are random and files never change under their name.
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    return response


def _narrow_to_range(request, response: HttpResponse, file) -> None:
    """Send only the asked bytes: a player needs that to move to a later sentence."""
    response.headers["Accept-Ranges"] = "bytes"
    asked = re.fullmatch(r"bytes=(\d*)-(\d*)", request.headers.get("Range", ""))
    if not asked or asked.groups() == ("", ""):
        return
    first, last = asked.groups()
    start = int(first) if first else max(file.size - int(last), 0)
    end = min(int(last), file.size - 1) if first and last else file.size - 1
    if start > end:
        response.status_code = 416
        response.streaming_content = []
        response.headers["Content-Range"] = f"bytes */{file.size}"
        response.headers["Content-Length"] = "0"
        return
    response.status_code = 206
    response.streaming_content = _bytes_of(file, start, end - start + 1)
    response.headers["Content-Range"] = f"bytes {start}-{end}/{file.size}"
    response.headers["Content-Length"] = str(end - start + 1)


def _bytes_of(file, start, length):
    file.seek(start)
    while length > 0 and (chunk := file.read(min(CHUNK, length))):
        length -= len(chunk)
        yield chunk
