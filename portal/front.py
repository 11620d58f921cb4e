"""What a web process is made of: Django, the front door, and what keeps both informed."""

import threading

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler

from portal import visitors
from portal.changes import listener
from portal.exchanges import GranianExchange, WsgiExchange
from portal.pagecache.door import Door
from portal.pagecache.memory import Memory
from portal.pagecache.snapshots import Snapshots
from portal.pool import Pool
from portal.requests import most_bytes, with_utf8_only
from portal.visitors.answering import PATH as REPORTS

MOST_WAITING = 64  # requests that wait for a thread of Django's; more would wait for seconds
UPLOADS = 12  # bodies on their way at a time, of the threads of portal.server
MEGABYTE = 1024 * 1024


class Front:
    """Takes every request of a process."""

    def __init__(self, handler: WSGIHandler):
        listener.start()
        self.django = with_utf8_only(handler)
        self.uploads = threading.BoundedSemaphore(UPLOADS)
        self.door = Door(
            handler,
            Memory(settings.ENVIRONMENT["PORTAL_KEPT_MB"] * MEGABYTE),
            listener,
            Pool(settings.ENVIRONMENT["PORTAL_THREADS"], MOST_WAITING),
            Snapshots(),
        )

    def __call__(self, environ, start_response):
        """Answer as a WSGI application."""
        exchange = WsgiExchange(self.django, environ)
        self.door.take(exchange)
        return exchange.wait(start_response)

    def take_from_granian(self, protocol, environ: dict) -> None:
        """Take a request in a thread of Granian's, which waits for nothing but a body."""
        exchange = GranianExchange(self.django, protocol, environ)
        if environ["PATH_INFO"] == REPORTS and (counted := visitors.beacon(environ)):
            exchange.answer(counted)
            return
        if "CONTENT_LENGTH" in environ and _is_to_be_read(environ):
            self._take_with_body(exchange)
        else:
            self.door.take(exchange)

    def _take_with_body(self, exchange: GranianExchange) -> None:
        """Wait for the whole body; slow senders may not take all threads."""
        if not self.uploads.acquire(blocking=False):
            exchange.answer(self.door.busy)
            return
        try:
            exchange.read_body()
        finally:
            self.uploads.release()
        self.door.take(exchange)

    def say_goodbye(self) -> None:
        """Close every connection with the next answer on it: another process takes over."""
        GranianExchange.is_last = True


def _is_to_be_read(environ: dict) -> bool:
    """Say whether a body is read before Django sees it; one that is too long never is."""
    length = environ["CONTENT_LENGTH"]
    return length.isdecimal() and 0 < int(length) <= most_bytes(environ["PATH_INFO"])
