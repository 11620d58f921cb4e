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

# A form's number must not pass for a cookie: the form is given to anybody, uncounted.
_cookie_signer = Signer(salt="feedback.ballot.cookie")
_form_signer = Signer(salt="feedback.ballot.form")


def cookie_name() -> str:
    # Sibling departments under gov.vn are the same site; the prefix keeps their cookies out.
    return "__Host-ballot" if settings.HTTPS else "ballot"


def new_token() -> str:
    """Return a signed number for a browser that has none yet."""
    return _form_signer.sign(uuid.uuid4().hex)


def of_browser(request) -> uuid.UUID | None:
    """Return the number in the browser's cookie; None before its first vote."""
    return _opened(_cookie_signer, request.COOKIES.get(cookie_name(), ""))


def of_form(request) -> uuid.UUID:
    """Return the number that the voting form brought along, or a new one."""
    return _opened(_form_signer, request.POST.get("ballot", "")) or uuid.uuid4()


def remember(response, ballot: uuid.UUID) -> None:
    response.set_cookie(
        cookie_name(),
        _cookie_signer.sign(ballot.hex),
        max_age=KEPT,
        path="/",
        secure=settings.HTTPS,
        httponly=True,
        samesite="Lax",
    )


def _opened(signer: Signer, token: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(hex=signer.unsign(token))
    except BadSignature:
        return None
