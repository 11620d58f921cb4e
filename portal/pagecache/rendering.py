"""
A page made for nobody in particular.

The request it is made from holds the address and nothing else: no cookie, no header of whoever
asked first can reach the page everybody gets.
"""

import io
import sys
import time
from typing import NamedTuple
from urllib.parse import urlsplit

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler, WSGIRequest
from django.core.signals import request_started
from django.urls import Resolver404, resolve, set_script_prefix
from django.utils import timezone

from portal.announced import Moment
from portal.answers import Answer
from portal.pagecache.dependencies import Dependencies
from portal.pagecache.keys import parameters_of
from portal.pagecache.pages import Page

_BASE = urlsplit(settings.BASE_URL)


class Rendered(NamedTuple):
    plain: Answer
    page: Page | None  # where it may be kept

    def answer(self, environ: dict) -> Answer:
        """Return what a request that waited for it gets."""
        return self.page.answer(environ) if self.page else self.plain


def is_kept(key: str) -> bool:
    """Say whether the address is that of a public page that reads all of its parameters."""
    try:
        view = resolve(key.partition("?")[0]).func
    except Resolver404:
        return False
    reads = getattr(view, "reads", None)
    return reads is not None and parameters_of(key).keys() <= set(reads)


def render(handler: WSGIHandler, key: str, known: Moment | None = None) -> Rendered:
    """
    Make the page of a key; what may not be kept of it is there as an answer alone.

    ``known`` is a moment of which everything has been heard.
    """
    environ = _of_nobody(key)
    set_script_prefix("/")
    request_started.send(sender=WSGIHandler, environ=environ)
    response = handler.get_response(WSGIRequest(environ))
    try:
        headers = list(response.items())  # without cookies: made for nobody, they are nobody's
        body = b"".join(response) if response.streaming else response.content
    finally:
        response.close()
    answer = Answer(response.status_code, headers, body)
    if not _may_be_kept(response):
        return Rendered(answer, None)
    made_of = response.made_of
    dependencies = Dependencies(made_of.tables, getattr(response, "shows_articles", None), known)
    lasts = (made_of.until - timezone.now()).total_seconds()
    page = Page(key, headers, body, dependencies, time.monotonic() + lasts)
    return Rendered(answer, page)


def _may_be_kept(response) -> bool:
    """Say whether an answer is the same for everybody, by all that it says of itself."""
    control = response.headers.get("Cache-Control", "")
    vary = {name.strip().lower() for name in response.headers.get("Vary", "").split(",")}
    return (
        response.status_code == 200
        and hasattr(response, "made_of")
        and not response.cookies
        and "public" in control
        and "s-maxage" in control
        and "no-store" not in control
        and vary <= {"", "accept-encoding"}
        and not response.headers.get("Content-Encoding")
    )


def _of_nobody(key: str) -> dict:
    path, _, query = key.partition("?")
    environ = {
        "REQUEST_METHOD": "GET",
        "SCRIPT_NAME": "",
        "PATH_INFO": path,
        "QUERY_STRING": query,
        "SERVER_NAME": _BASE.hostname,
        "SERVER_PORT": str(_BASE.port or (443 if settings.HTTPS else 80)),
        "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_HOST": _BASE.netloc,
        "REMOTE_ADDR": "127.0.0.1",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": _BASE.scheme,
        "wsgi.input": io.BytesIO(),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
    if settings.HTTPS:
        environ["HTTP_X_FORWARDED_PROTO"] = "https"
    return environ
