"""How long a page may be kept on its way to a reader."""

from functools import partial

from django.middleware.gzip import GZipMiddleware
from django.utils.decorators import decorator_from_middleware
from django.views.decorators.cache import cache_control

from portal.documents import CONTENT_TYPES
from portal.kept import of_kept_parts


class PublicGZip(GZipMiddleware):
    """Compression without random padding: there is no secret in a public page to guess."""

    max_random_bytes = 0  # and equal pages stay equal, so that their ETag does

    def process_response(self, request, response):
        # A sheet is a ZIP: compressing it again costs time and saves nothing.
        if response.headers.get("Content-Type") == CONTENT_TYPES["xlsx"]:
            return response
        return super().process_response(request, response)


compressed = decorator_from_middleware(PublicGZip)


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
