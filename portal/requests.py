"""
Requests that are refused before anything reads them.

A charset other than UTF-8 makes Django's own parsing fail, a NUL makes the database's; a
body without limit fills the disk with the upload before any token is checked.
"""

import re
from email.message import Message

from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import Http404, HttpResponse
from django.template.loader import render_to_string

from portal import documents, images

ADMIN = "/quan-tri/"
MEGABYTE = 1024 * 1024
PUBLIC_BODY = 2 * MEGABYTE  # bytes; a letter ten times too long still gets its answer
# A citizen's message with the files that may go with it (feedback/attachments.py).
MESSAGE, MESSAGE_BODY = "/gop-y/", 17 * MEGABYTE
STAFF_BODY = 30 * MEGABYTE  # bytes; the largest document with its form

_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_CONTROL_IN_QUERY = re.compile(r"%0[0-8bBcCeEfF]|%1[0-9a-fA-F]|%7[fF]|[\x00-\x1f\x7f]")


def with_utf8_only(application):
    """Wrap a WSGI application so that no request names another charset than UTF-8."""

    def wrapped(environ, start_response):
        if content_type := environ.get("CONTENT_TYPE"):
            environ["CONTENT_TYPE"] = _in_utf8(content_type)
        return application(environ, start_response)

    return wrapped


def _in_utf8(content_type: str) -> str:
    """Return a content type as it is, or without the charset when that is another."""
    declared = Message()
    declared["Content-Type"] = content_type
    charset = declared.get_param("charset")
    if charset is None or str(charset).lower() in {"utf-8", "utf8"}:
        return content_type
    declared.del_param("charset")
    return declared["Content-Type"]


class RefusalMiddleware:
    """
    Answers 413 to endless bodies, 404 to control characters in a path.

    In a query our own pages put up with them; the admin's do not and are spared them.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request) -> HttpResponse:
        if _CONTROL.search(request.path):
            raise Http404
        is_admin = request.path.startswith(ADMIN)
        if is_admin and _CONTROL_IN_QUERY.search(request.META.get("QUERY_STRING", "")):
            raise BadRequest("control characters in the query")
        length = request.META.get("CONTENT_LENGTH") or "0"
        if not length.isdecimal() or int(length) > most_bytes(request.path):
            return too_large(request)
        return self.get_response(request)


def most_bytes(path: str) -> int:
    """Return how large the body of a request may be."""
    if path.startswith(ADMIN):
        return STAFF_BODY
    return MESSAGE_BODY if path == MESSAGE else PUBLIC_BODY


def too_large(request) -> HttpResponse:
    """Say what was too much and what to do; asks nothing, for it may be asked by a flood."""
    context = {
        "is_admin": request.path.startswith(ADMIN),
        "is_message": request.path == MESSAGE,
        "document_mb": documents.MAX_BYTES // MEGABYTE,
        "picture_mb": images.MAX_BYTES // MEGABYTE,
        "text_mb": settings.DATA_UPLOAD_MAX_MEMORY_SIZE // MEGABYTE,
    }
    return HttpResponse(render_to_string("413.html", context), status=413)
