"""Answers given without Django: to kept pages, to reports of readers, to those who are too many."""

from functools import cache
from typing import NamedTuple

from django.conf import settings

from portal.security import HEADERS, SECURE_CSP, header_value

Headers = list[tuple[str, str]]


class Answer(NamedTuple):
    status: int
    headers: Headers
    body: bytes


@cache
def personal_headers(content_type: str) -> Headers:
    """Return the headers that Django's middleware gives an answer nobody may keep."""
    headers = {
        "Content-Type": content_type,
        "Cache-Control": "private, no-store",
        "Content-Security-Policy": header_value(SECURE_CSP),
        **HEADERS,
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": settings.SECURE_REFERRER_POLICY,
        "Cross-Origin-Opener-Policy": settings.SECURE_CROSS_ORIGIN_OPENER_POLICY,
        "X-Frame-Options": settings.X_FRAME_OPTIONS,
    }
    if settings.SECURE_SSL_REDIRECT:
        subdomains = "; includeSubDomains" if settings.SECURE_HSTS_INCLUDE_SUBDOMAINS else ""
        headers["Strict-Transport-Security"] = f"max-age={settings.SECURE_HSTS_SECONDS}{subdomains}"
    return list(headers.items())
