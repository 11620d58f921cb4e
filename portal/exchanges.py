"""The two ways a request waits for its answer: under Granian, and under any WSGI server."""

import sys
import threading
from collections.abc import Callable, Iterable
from http import HTTPStatus
from tempfile import SpooledTemporaryFile

from portal.answers import Answer

CHUNK = 64 * 1024
IN_MEMORY = 1024 * 1024  # bytes of a body; what is longer waits on disk
SENT_AT_ONCE = 4 * 1024 * 1024  # bytes; what is longer is sent piece by piece

# What WSGI promises beside what Granian says of a request.
_PROMISED = {
    "SCRIPT_NAME": "",
    "wsgi.errors": sys.stderr,
    "wsgi.version": (1, 0),
    "wsgi.multithread": True,
    "wsgi.multiprocess": True,
    "wsgi.run_once": False,
    "wsgi.input_terminated": True,
}

Application = Callable[[dict, Callable], Iterable[bytes]]


class GranianExchange:
    """
    A request whose answer Granian takes from any thread, at any time.

    The thread that Granian calls is free again at once, or when the body is there.
    """

    __slots__ = ("_application", "_protocol", "environ")

    is_last = False  # the process is about to end: no further request on this connection

    def __init__(self, application: Application, protocol, environ: dict):
        self._application = application
        self._protocol = protocol
        self.environ = environ

    def answer(self, answer: Answer) -> None:
        self._protocol.response_bytes(
            answer.status, self._with_goodbye(answer.headers), answer.body
        )

    def read_body(self) -> None:
        """Wait for the whole body: a thread of Django's must not wait for a slow sender."""
        body = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 -- lives with the request
        left = int(self.environ["CONTENT_LENGTH"])
        while left > 0 and (piece := self.environ["wsgi.input"].read(min(left, CHUNK))):
            body.write(piece)
            left -= len(piece)
        body.seek(0)
        self.environ["wsgi.input"] = body

    def pass_on(self) -> None:
        status, headers, pieces = _called(self._application, self.environ | _PROMISED)
        headers = self._with_goodbye(headers)
        try:
            if _length_of(headers) <= SENT_AT_ONCE:
                self._protocol.response_bytes(status, headers, b"".join(pieces))
            else:
                self._protocol.response_iter(status, headers, _Pieces(pieces))
        finally:
            if hasattr(pieces, "close"):
                pieces.close()

    def _with_goodbye(self, headers: list[tuple[str, str]]) -> list[tuple[str, str]]:
        return [*headers, ("Connection", "close")] if self.is_last else headers


class WsgiExchange:
    """A request whose thread waits until another has its page, or asks Django itself."""

    def __init__(self, application: Application, environ: dict):
        self._application = application
        self.environ = environ
        self._answer: Answer | None = None
        self._is_decided = threading.Event()

    def answer(self, answer: Answer) -> None:
        self._answer = answer
        self._is_decided.set()

    def pass_on(self) -> None:
        self._is_decided.set()

    def wait(self, start_response: Callable) -> Iterable[bytes]:
        self._is_decided.wait()
        if self._answer is None:
            return self._application(self.environ, start_response)
        status, headers, body = self._answer
        start_response(f"{status} {HTTPStatus(status).phrase}", headers)
        return [] if self.environ["REQUEST_METHOD"] == "HEAD" else [body]


class _Pieces:
    """An iterator as Granian takes it."""

    def __init__(self, pieces: Iterable[bytes]):
        self.__next__ = iter(pieces).__next__

    def close(self) -> None:
        """Leave closing to whoever made the answer."""


def _called(application: Application, environ: dict) -> tuple[int, list, Iterable[bytes]]:
    said = []

    def start_response(status: str, headers: list, exc_info=None):
        said[:] = [int(status[:3]), headers]

    pieces = application(environ, start_response)
    return (*said, pieces)


def _length_of(headers: list[tuple[str, str]]) -> int:
    return next((int(value) for name, value in headers if name.lower() == "content-length"), 0)
