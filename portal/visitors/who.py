"""Who reads: networks and browsers, without storing either; what is a machine."""

import hashlib
import hmac
from collections.abc import Mapping
from functools import lru_cache
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

LONGEST_ADDRESS = 64  # characters; strangers write what proxies pass on
# In small letters, as they stand in what programs call themselves.
_MACHINES = (
    *("bot", "crawl", "spider", "slurp", "fetch", "monitor", "preview", "lighthouse"),
    *("curl", "wget", "python", "java/"),
)


def client_address(request: HttpRequest) -> str:
    """
    Return the reader's IP address.

    X-Forwarded-For is believed only as far as trusted proxies wrote it, read from the
    right; anything else in it may be forged.
    """
    return _address(request.META)


def client_network(request: HttpRequest) -> str:
    """
    Return the reader's IPv4 address, or the first address of an IPv6 customer's /64.

    Whoever has one IPv6 address has the rest of its network as well.
    """
    return network_of(request.META)


def visitor_hash(request: HttpRequest) -> bytes:
    """Return 16 bytes that stand for this browser today and say nothing about it tomorrow."""
    return browser_of(client_network(request), request.META)


def network_hash(request: HttpRequest) -> bytes:
    """Return 16 bytes that stand for this network today, whatever browsers come from it."""
    return hash_of_today(client_network(request))


def is_same_origin(request: HttpRequest) -> bool:
    return comes_from(f"{request.scheme}://{request.get_host()}", request.META)


# -- the same of what the server was told, before there is a request of Django's -------


def network_of(environ: Mapping[str, str]) -> str:
    return _network(_address(environ))


def browser_of(network: str, environ: Mapping[str, str]) -> bytes:
    return hash_of_today(f"{network} {environ.get('HTTP_USER_AGENT', '')}")


def is_reader(environ: Mapping[str, str]) -> bool:
    """Say whether a report comes from a person's browser that shows the page."""
    agent = environ.get("HTTP_USER_AGENT", "").lower()
    is_machine = not agent or any(word in agent for word in _MACHINES)
    return not is_machine and "prefetch" not in environ.get("HTTP_SEC_PURPOSE", "")


def comes_from(origin: str, environ: Mapping[str, str]) -> bool:
    """Say whether a page of ``origin``, which is ours, asks."""
    site = environ.get("HTTP_SEC_FETCH_SITE")
    if site is not None:
        return site == "same-origin"
    return environ.get("HTTP_ORIGIN") == origin


def hash_of_today(text: str) -> bytes:
    key = _key(timezone.localdate().isoformat(), settings.SECRET_KEY)
    return hmac.digest(key, text.encode("utf-8", "replace"), "sha256")[:16]


@lru_cache(maxsize=2)
def _key(day: str, secret: str) -> bytes:
    return hmac.digest(secret.encode(), f"visitor {day}".encode(), hashlib.sha256)


def _address(environ: Mapping[str, str]) -> str:
    address = environ.get("REMOTE_ADDR", "")
    if not settings.TRUSTED_PROXIES:
        return address
    forwarded = environ.get("HTTP_X_FORWARDED_FOR", "").split(",")
    while _is_trusted(address) and forwarded:
        candidate = forwarded.pop().strip()
        if not _parsed(candidate):
            break
        address = candidate
    return address


@lru_cache(maxsize=4096)
def _network(address: str) -> str:
    found = _parsed(address)
    if found is None:
        return address
    if found.version == 4:
        return str(found)
    if found.ipv4_mapped:
        return str(found.ipv4_mapped)
    return str(ip_network((found, 64), strict=False).network_address)


def _is_trusted(address: str) -> bool:
    """Say whether an address is that of a trusted proxy."""
    found = _parsed(address)
    return found is not None and any(found in network for network in settings.TRUSTED_PROXIES)


def _parsed(address: str) -> IPv4Address | IPv6Address | None:
    return _parsed_short(address) if len(address) <= LONGEST_ADDRESS else None


@lru_cache(maxsize=4096)  # an address is asked about several times on its way through a request
def _parsed_short(address: str) -> IPv4Address | IPv6Address | None:
    try:
        return ip_address(address)
    except ValueError:
        return None
