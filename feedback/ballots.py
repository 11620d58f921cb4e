"""
One ballot per browser: a random number in a signed cookie, given only to who votes.

The voting form brings a fresh number along, so that a double click before the first cookie
is still one ballot. The number says nothing about the person.

A browser that is known votes again as it likes: its ballot moves. New ballots are counted by
kind of browser and by network; beyond the usual they are kept apart as suspects, and whatever
the same ballot says later with them. Only a flood is refused, in words.
"""

import uuid
from datetime import timedelta
from typing import NamedTuple

from django.conf import settings
from django.core.signing import BadSignature, Signer

from feedback import limits
from feedback.models import Opinion, Vote
from portal import visitors

KEPT = timedelta(days=365)

# Of new ballots within an hour. An office behind one address votes within these; the phones
# behind one address of a mobile carrier may not, and staff accept them.
USUAL_OF_BROWSER = limits.Limit("new ballots of a kind of browser", 10)
USUAL_OF_NETWORK = limits.Limit("new ballots", 60)
MOST_OF_NETWORK = limits.Limit("suspected ballots", 3000)

# A form's number must not pass for a cookie: the form is given to anybody, uncounted.
_cookie_signer = Signer(salt="feedback.ballot.cookie")
_form_signer = Signer(salt="feedback.ballot.form")


class TooManyBallotsError(Exception):
    """More new ballots came from a network than are even looked at."""


class Ballot(NamedTuple):
    number: uuid.UUID
    is_suspect: bool = False
    voter: bytes | None = None  # of a suspect: the hash, good for today, of where it came from


def of_request(request) -> Ballot:
    """
    Return the ballot with which a request votes, counted when it is a new one.

    Raises TooManyBallotsError when it is one too many.
    """
    number = of_browser(request)
    if number is None:
        return _new(request)
    is_suspect = any(
        model.objects.of_ballot(number).filter(is_suspect=True).exists()
        for model in (Vote, Opinion)
    )
    return Ballot(number, is_suspect, visitors.visitor_hash(request) if is_suspect else None)


def _new(request) -> Ballot:
    number = of_form(request)
    network, browser = visitors.client_network(request), visitors.visitor_hash(request)
    is_usual_of_network = limits.take(USUAL_OF_NETWORK, network)
    if is_usual_of_network and limits.take(USUAL_OF_BROWSER, browser.hex()):
        return Ballot(number)
    if not limits.take(MOST_OF_NETWORK, network):
        raise TooManyBallotsError
    # A machine invents browsers: what came from its network is looked at together.
    voter = browser if is_usual_of_network else visitors.network_hash(request)
    return Ballot(number, True, voter)


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


def remember(response, ballot: Ballot) -> None:
    response.set_cookie(
        cookie_name(),
        _cookie_signer.sign(ballot.number.hex),
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


def forget_voters() -> None:
    """Take out the hashes of suspects' sources that are no longer kept."""
    for model in (Vote, Opinion):
        model.objects.forget_voters()
