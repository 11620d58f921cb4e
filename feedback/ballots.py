"""
One ballot per browser: a random number in a signed cookie, given only to who votes.

The voting form brings a fresh number along, so that a double click before the first cookie
is still one ballot. The number says nothing about the person.
"""

import uuid
from datetime import timedelta

from django.conf import settings
from django.core.signing import BadSignature, Signer

KEPT = timedelta(days=365)

_signer = Signer(salt="feedback.ballot")


def cookie_name() -> str:
    # Sibling departments under gov.vn are the same site; the prefix keeps their cookies out.
    return "__Host-ballot" if settings.HTTPS else "ballot"


def new_token() -> str:
    """Return a signed number for a browser that has none yet."""
    return _signer.sign(uuid.uuid4().hex)


def of_browser(request) -> uuid.UUID | None:
    """Return the number in the browser's cookie; None before its first vote."""
    return _opened(request.COOKIES.get(cookie_name(), ""))


def of_form(request) -> uuid.UUID:
    """Return the number that the voting form brought along, or a new one."""
    return _opened(request.POST.get("ballot", "")) or uuid.uuid4()


def remember(response, ballot: uuid.UUID) -> None:
    response.set_cookie(
        cookie_name(),
        _signer.sign(ballot.hex),
        max_age=KEPT,
        path="/",
        secure=settings.HTTPS,
        httponly=True,
        samesite="Lax",
    )


def _opened(token: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(hex=_signer.unsign(token))
    except BadSignature:
        return None
