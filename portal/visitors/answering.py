"""
The answer to a page's report, as the server's own thread can give it without Django.

The report is a header: nobody waits for a body that comes slowly, other sites' pages may not send
it, and no server's log keeps it. The answer comes from memory; where the database has to be asked
first, a thread of Django's does that.
"""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.http.request import split_domain_port, validate_host

from portal.answers import Answer, personal_headers
from portal.visitors.counting import counter
from portal.visitors.pages import SEARCH, SITE, page_of_token
from portal.visitors.totals import numbers
from portal.visitors.who import browser_of, comes_from, is_reader, network_of

PATH = "/luot-xem/"
LONGEST_HOST = 261  # characters, the port included, of a name as DNS has them


def beacon(environ: Mapping[str, Any]) -> Answer | None:
    """
    Return the answer to a report, or None where a thread of Django's has to give it.

    That is where the database has to be asked, and where something is not as our pages send it:
    Django says what. Nothing is read of the body.
    """
    origin = _own_origin(environ)
    is_report = environ["REQUEST_METHOD"] == "POST" and environ["PATH_INFO"] == PATH
    return answer(environ, origin) if is_report and origin else None


def answer(environ: Mapping[str, Any], origin: str, *, may_ask: bool = False) -> Answer | None:
    """Note that a page was read; answer with the counters it shows, 204 where none are known."""
    page = page_of_token(environ.get("HTTP_X_PAGE", ""))
    if page is None or not comes_from(origin, environ):
        return Answer(403, personal_headers("text/plain"), b"")
    counted_as = SITE if page.startswith(f"{SEARCH}:") else page
    if numbers.must_ask(counted_as):
        if not may_ask:
            return None
        numbers.ask(counted_as)
    if is_reader(environ):
        network = network_of(environ)
        counter.record(page, browser_of(network, environ), network)
    known = numbers.known(counted_as)
    if known is None:
        return Answer(204, personal_headers("text/plain"), b"")
    online = max(known.online, 1)  # who asks is here, though not yet written
    body = b'{"views": %d, "site_views": %d, "online": %d}' % (
        known.views,
        known.site_views,
        online,
    )
    return Answer(200, personal_headers("application/json"), body)


def _own_origin(environ: Mapping[str, Any]) -> str | None:
    """Return under which address the portal was asked, if that is one of its own."""
    scheme = environ["wsgi.url_scheme"]
    if settings.SECURE_PROXY_SSL_HEADER:
        header, _ = settings.SECURE_PROXY_SSL_HEADER
        scheme = environ.get(header, scheme)
    host = environ.get("HTTP_HOST", "")
    return _origin(scheme, host) if len(host) <= LONGEST_HOST else None


@lru_cache(maxsize=64)
def _origin(scheme: str, host: str) -> str | None:
    domain, _ = split_domain_port(host)
    is_ours = domain and validate_host(domain, settings.ALLOWED_HOSTS)
    schemes = {"https"} if settings.SECURE_SSL_REDIRECT else {"http", "https"}
    return f"{scheme}://{host}" if is_ours and scheme in schemes else None
