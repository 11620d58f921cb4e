"""
What spares requests waiting for a database that is known to be away.

Whoever knows (``portal.changes``) opens it: no new connection is tried. Where the database is
there and does not answer, it is tripped: whoever waits for an answer fails at once.
"""

import contextlib
import os
import socket
import threading
from weakref import WeakSet

from psycopg import AsyncConnection, Connection, OperationalError

_is_away = threading.Event()
_connections: WeakSet[Connection | AsyncConnection] = WeakSet()


def open_circuit() -> None:
    """Have nobody try to reach the database."""
    _is_away.set()


def close_circuit() -> None:
    """Have the database asked again."""
    _is_away.clear()


def check() -> None:
    """Raise OperationalError while the database is known to be away."""
    if _is_away.is_set():
        raise OperationalError("the database is away")


def watch(connection: Connection | AsyncConnection) -> None:
    """Remember a connection as one that may have to be hung up."""
    _connections.add(connection)


def trip() -> None:
    """Open it, and end every connection, also under a thread that waits for its answer."""
    open_circuit()
    for connection in list(_connections):
        with contextlib.suppress(OSError, OperationalError):  # it ended meanwhile
            _shut_down(connection.fileno())


def _shut_down(number: int) -> None:
    with socket.socket(fileno=os.dup(number)) as line:
        line.shutdown(socket.SHUT_RDWR)
