"""How long a page may be kept on its way to a reader."""

import hashlib
from functools import lru_cache, partial, wraps

from django.middleware.gzip import re_accepts_gzip
from django.utils.cache import patch_vary_headers
from django.utils.http import quote_etag
from django.utils.text import compress_string
from django.views.decorators.cache import cache_control

from portal.documents import CONTENT_TYPES
from portal.kept import of_kept_parts

LEAST_COMPRESSED = 200  # bytes
MOST_REMEMBERED = 100_000  # bytes of a page; files may be much longer


def compressed(view):
    """Have what a view answers sent compressed to those who can read that."""

    @wraps(view)
    def wrapped(request, *args, **kwargs):
        response = view(request, *args, **kwargs)
        # A sheet is a ZIP: compressing it again costs time and saves nothing.
        is_sheet = response.headers.get("Content-Type") == CONTENT_TYPES["xlsx"]
        if is_sheet or len(response.content) < LEAST_COMPRESSED:
            return response
        patch_vary_headers(response, ["Accept-Encoding"])
        if re_accepts_gzip.search(request.META.get("HTTP_ACCEPT_ENCODING", "")):
            _compress(response)
        return response

    return wrapped


def _compress(response):
    """
    Send a response in gzip if that makes it shorter.

    Without random padding: there is no secret in a public page to guess.
    """
    content = response.content
    pack = _packed if len(content) <= MOST_REMEMBERED else _packed.__wrapped__
    packed, etag = pack(content)
    if len(packed) < len(content):
        response.content = packed
        response.headers["Content-Encoding"] = "gzip"
        response.headers.setdefault("ETag", etag)


@lru_cache(maxsize=32)
def _packed(content: bytes) -> tuple[bytes, str]:
    """Return bytes in gzip and their ETag; a page made again of kept parts is as it was before."""
    packed = compress_string(content)
    return packed, quote_etag(hashlib.sha256(packed).hexdigest()[:32])


def public_page(view=None, *, reads: tuple[str, ...] = ()):
    """
    Mark what a view answers as the same for everybody: no cookie, no token.

    Shared caches keep it a minute, show it stale while a new copy is fetched, and for a day
    while the portal cannot answer. The front door keeps it until something it is made of changes
    (``portal.pagecache``), for each value of the query's parameters it ``reads``; with any other
    parameter it is made anew.
    """
    if view is None:
        return partial(public_page, reads=reads)
    kept = cache_control(
        public=True, max_age=0, s_maxage=60, stale_while_revalidate=60, stale_if_error=86_400
    )
    answered = compressed(kept(of_kept_parts(view)))
    answered.reads = reads
    return answered


# Kept, but shown only after asking whether it may still be shown.
revalidated = cache_control(public=True, no_cache=True)

# Holds something personal: a token, a code, somebody's message.
personal_page = cache_control(private=True, no_store=True)
