"""
Which requests may be answered with a kept page, and under which key.

Everything that is not plainly allowed is passed on to Django: a header, a method, a character in
the address. What is left of a request is its key, so nothing else of it can reach a page.
"""

import re
from functools import lru_cache

from django.conf import settings

LONGEST = 250  # characters of a path with its query
MOST_PARAMETERS = 4

# As the portal writes its own addresses: no escapes, no empty or hidden parts, no capitals.
_PATH = re.compile(r"/(?:[a-z0-9][a-z0-9-]*/)*(?:[a-z0-9][a-z0-9.-]*)?", re.ASCII)
_PARAMETER = re.compile(r"([a-z][a-z0-9_-]*)=([A-Za-z0-9_.~-]*)", re.ASCII)
# What Facebook, Zalo, Google and mailers add to a shared address; no page reads them.
_OF_SHARING = re.compile(r"(?:fbclid|gclid|zarsrc|mibextid|utm_[a-z]+)=[^&#]*", re.ASCII)

# Nothing below these is a kept page.
_NEVER = ("/quan-tri/", "/static/", "/media/", "/luot-xem/", "/healthz")


def key_of(environ: dict) -> str | None:
    """Return the key of the page a request asks for; None when it is to be passed on."""
    if (
        environ["REQUEST_METHOD"] not in {"GET", "HEAD"}
        or "HTTP_AUTHORIZATION" in environ
        or "HTTP_RANGE" in environ
        or "HTTP_TRANSFER_ENCODING" in environ
        or environ.get("CONTENT_LENGTH", "0") not in {"", "0"}
        or not _is_ours(environ.get("HTTP_HOST", "")[:LONGEST])
        or not _is_secure_enough(environ)
    ):
        return None
    path, query = environ["PATH_INFO"], environ["QUERY_STRING"]
    # Looked at before anything is remembered: what strangers make up must not fill the memory.
    return _key(path, query) if len(path) + len(query) <= LONGEST else None


@lru_cache(maxsize=10_000)
def _key(path: str, query: str) -> str | None:
    if path.startswith(_NEVER) or not _PATH.fullmatch(path):
        return None
    return _with_plain_query(path, query) if query else path


@lru_cache(maxsize=100)
def _is_ours(host: str) -> bool:
    name = re.fullmatch(r"([a-z0-9.-]+|\[[0-9a-f:]+\])(:\d{1,5})?", host, re.ASCII)
    return name is not None and name[1] in settings.ALLOWED_HOSTS


def _is_secure_enough(environ: dict) -> bool:
    """Say whether a request need not be led to HTTPS first."""
    return not settings.HTTPS or environ.get("HTTP_X_FORWARDED_PROTO") == "https"


def parameters_of(key: str) -> dict[str, str]:
    """Return the parameters in a key."""
    return dict(_PARAMETER.findall(key.partition("?")[2]))


def _with_plain_query(path: str, query: str) -> str | None:
    """Return the key of a path with parameters in one order; None where they are not plain."""
    parts = [part for part in query.split("&") if not _OF_SHARING.fullmatch(part)]
    names = {part.partition("=")[0] for part in parts}
    if len(names) < len(parts) or len(parts) > MOST_PARAMETERS:
        return None
    if not all(map(_PARAMETER.fullmatch, parts)):
        return None
    return f"{path}?{'&'.join(sorted(parts))}" if parts else path
