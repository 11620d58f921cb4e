"""People who do the same thing at the same moment."""

import threading
from concurrent.futures import ThreadPoolExecutor

from django.db import connection


def at_once(do, times: int) -> list:
    """
    Do something in so many threads that begin together; return what each returned.

    Each has a connection of its own, so that the test's data have to be committed
    (``django_db(transaction=True)``).
    """
    together = threading.Barrier(times)

    def begin(_):
        together.wait()
        try:
            return do()
        finally:
            connection.close()

    with ThreadPoolExecutor(times) as threads:
        return list(threads.map(begin, range(times)))
