"""
Uploaded files, sent with headers under which they can do no harm.

Pictures are everybody's; for small installations they are sent from here, a busy one lets its
proxy serve them with the same headers. Who gets documents and sound is for the article they
belong to (news/downloads.py). Pictures and sound show in the page, documents are downloaded.
"""

import hashlib
from pathlib import PurePosixPath

from django.core.exceptions import SuspiciousFileOperation
from django.core.files.storage import default_storage
from django.http import Http404, HttpResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import etag, require_safe

from portal.documents import CONTENT_TYPES
from portal.ranges import ranged_response
from portal.security import MEDIA_CSP, csp_override

PICTURES = {
    ".webp": "image/webp",
    ".avif": "image/avif",
    ".jpg": "image/jpeg",
    ".png": "image/png",
}
DOCUMENTS = {f".{extension}": kind for extension, kind in CONTENT_TYPES.items()}
KINDS = PICTURES | DOCUMENTS | {".mp3": "audio/mpeg"}


@require_safe
@cache_control(public=True, max_age=31_536_000, immutable=True)
def picture(request, name):
    """Send a picture; its name is random, and what stands under a name never changes."""
    path = PurePosixPath(name)
    is_hidden = any(part.startswith(".") for part in path.parts)
    if is_hidden or path.suffix not in PICTURES:
        raise Http404
    return sent(request, name)


def _tag(request, name) -> str:
    return f'"{hashlib.sha256(name.encode()).hexdigest()[:32]}"'


@csp_override(MEDIA_CSP)
@etag(_tag)
def sent(request, name) -> HttpResponse:
    """Answer with a file of the store, or the part of it that is asked for."""
    extension = PurePosixPath(name).suffix
    try:
        file = default_storage.open(name)
    except (OSError, SuspiciousFileOperation, ValueError):
        raise Http404 from None
    return ranged_response(
        request,
        file,
        file.size,
        content_type=KINDS[extension],
        as_attachment=extension in DOCUMENTS,
    )
