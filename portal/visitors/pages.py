"""The pages that are counted, and what a page sends back to say that it was read."""

import re
from functools import lru_cache
from urllib.parse import quote, unquote

from django.core.signing import BadSignature, Signer

SITE = "site"  # the page name under which every reading of any page counts once more
SEARCH = "search"  # the page name of every search that found nothing

MISSED_LENGTH = 100  # characters of the words of one search
# A telephone or an identity card, however it is grouped: somebody's, not a subject. Two years
# side by side are taken for one too, which loses a count and nothing else.
_LONG_NUMBER = re.compile(r"\d(?:[ .,/]?\d){7}")

_signer = Signer(salt="page views")


def page_token(page: str) -> str:
    """
    Return what a page sends back to be counted; only our own templates can make it.

    It is ASCII, as headers are.
    """
    return _signer.sign(quote(page, safe=":"))


def page_of_token(token: str) -> str | None:
    """Return the page a token was made for, or None if it was not made here."""
    try:
        return _unsigned(token)
    except BadSignature:
        return None


@lru_cache(maxsize=4096)  # what raises is not kept: nobody fills this with tokens of their own
def _unsigned(token: str) -> str:
    return unquote(_signer.unsign(token))


def missed_search(words: list[str]) -> str:
    """Return the page name of a search for folded ``words`` that found nothing."""
    asked = " ".join(words)
    if not asked or _LONG_NUMBER.search(asked):
        return SITE  # the page was read all the same
    return f"{SEARCH}:{asked[:MISSED_LENGTH]}"
