"""
Uploaded files, served with headers under which they can do no harm.

For small installations; a busy one lets its proxy serve the same folder with the same
headers. Pictures and sound show in the page, everything else is downloaded.
"""

from pathlib import PurePosixPath

from django.core.exceptions import SuspiciousFileOperation
from django.core.files.storage import default_storage
from django.http import Http404
from django.views.decorators.http import require_safe

from portal.documents import CONTENT_TYPES
from portal.ranges import ranged_response
from portal.security import MEDIA_CSP, header_value

SHOWN_TYPES = {
    ".webp": "image/webp",
    ".avif": "image/avif",
    ".jpg": "image/jpeg",
    ".png": "image/png",
    ".mp3": "audio/mpeg",
}
DOWNLOADED_TYPES = {f".{extension}": kind for extension, kind in CONTENT_TYPES.items()}


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
    response = ranged_response(
        request,
        file,
        file.size,
        content_type=content_type,
        as_attachment=extension in DOWNLOADED_TYPES,
    )
    response.headers["Content-Security-Policy"] = header_value(MEDIA_CSP)
    # Names are random and files never change under their name.
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    return response
