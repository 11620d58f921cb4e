"""
Django's PostgreSQL, except that nobody waits for a server known to be away.

A connection is looked at before a request uses it without asking the server, and questions that
come again and again are planned once for each connection (portal/compiled.py).
"""

import select

from django.db.backends.postgresql import base, operations
from psycopg.pq import TransactionStatus

from portal.postgresql import breaker

# A broken transaction, or no connection any more.
_LOST = {TransactionStatus.INERROR, TransactionStatus.UNKNOWN}


class DatabaseOperations(operations.DatabaseOperations):
    def last_executed_query(self, cursor, sql, params):
        """Return a query for the log, with its values also where the server puts them in."""
        return super().last_executed_query(cursor, sql, params) or self.compose_sql(sql, params)


class DatabaseWrapper(base.DatabaseWrapper):
    ops_class = DatabaseOperations

    def get_new_connection(self, conn_params):
        breaker.check()
        connection = super().get_new_connection(conn_params)
        breaker.watch(connection)
        return connection

    def is_usable(self):
        """
        Say whether the connection is there, by its socket alone.

        An idle one has nothing to say unless the server ended it. That a server does not answer
        any more is not for every request to find out (``portal.changes``).
        """
        if self.connection is None or self.connection.info.transaction_status in _LOST:
            return False
        socket = select.poll()
        socket.register(self.connection.fileno(), select.POLLIN)
        return not socket.poll(0)

    def prepared_cursor(self):
        """Return a cursor whose statements the server plans once, for all their values."""
        self.close_if_health_check_failed()
        self.ensure_connection()
        with self.wrap_database_errors:
            return self._prepare_cursor(base.ServerBindingCursor(self.connection))
