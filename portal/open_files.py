"""Open data as answers: files that any site may read, sent again only when they changed."""

import hashlib
from collections.abc import Callable
from datetime import datetime
from functools import wraps

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import http_date, parse_http_date_safe
from django.views.decorators.http import require_http_methods

from portal.caching import public_page

# Open data: any site may read the files, unlike everything else here.
OPEN_HEADERS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "Content-Disposition, ETag, Link",
    "Cross-Origin-Resource-Policy": "cross-origin",
}
_PREFLIGHT_HEADERS = {
    "Allow": "GET, HEAD, OPTIONS",
    "Access-Control-Allow-Methods": "GET, HEAD",
    "Access-Control-Allow-Headers": "If-Modified-Since, If-None-Match",
    "Access-Control-Max-Age": "86400",
}


def open_file(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """
    Answer GET, HEAD and OPTIONS for a file that any site may read.

    304 keeps the headers of openness: without them a browser would refuse the copy it has.
    """
    answered = public_page(view)

    @require_http_methods(["GET", "HEAD", "OPTIONS"])
    @wraps(view)
    def wrapped(request, *args, **kwargs):
        if request.method == "OPTIONS":
            return HttpResponse(status=204, headers=OPEN_HEADERS | _PREFLIGHT_HEADERS)
        response = answered(request, *args, **kwargs)
        changed = parse_http_date_safe(response.headers.get("Last-Modified", ""))
        response = get_conditional_response(request, response.headers["ETag"], changed, response)
        for header, value in OPEN_HEADERS.items():
            response.headers[header] = value
        return response

    return wrapped


def shown(body: bytes, content_type: str, changed: datetime | None = None) -> HttpResponse:
    """Return a file that a browser may show rather than keep."""
    response = HttpResponse(body, content_type=content_type, headers={"ETag": etag_of(body)})
    if changed:
        response.headers["Last-Modified"] = http_date(changed.timestamp())
    return response


def kept(
    body: bytes, content_type: str, name: str, changed: datetime | None = None
) -> HttpResponse:
    """Return a file that a browser keeps under a name."""
    response = shown(body, content_type, changed)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def etag_of(content: bytes) -> str:
    """Return a weak ETag: compressed or not, the content is the same."""
    return f'W/"{hashlib.sha256(content).hexdigest()[:32]}"'


def wants_mark(request: HttpRequest) -> bool:
    """Say whether «?bom=1» asks for the byte order mark by which Excel knows UTF-8."""
    return request.GET.get("bom") == "1"
