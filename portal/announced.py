"""
Announcements as they are written down (migration ``announced``), for whoever did not hear them.

Which are news is a question of transactions: neither a clock nor a counter says in which order
these could be seen.
"""

from datetime import timedelta
from typing import NamedTuple

from django.db import connection

KEPT = timedelta(days=2)
MOST = 200  # that are looked up; more are as good as a change of everything


class Moment(NamedTuple):
    """What could be seen of a database: of which, and after which transactions."""

    database: str
    snapshot: str


# Put back from a copy, moved to another server or taken over by its stand-in, it is another one.
NOW = """
SELECT concat_ws('/', system_identifier, left(pg_walfile_name(pg_current_wal_lsn()), 8),
    'portal_announced'::regclass::oid), pg_current_snapshot()::text
FROM pg_control_system()
"""
AFTER = f"""
SELECT DISTINCT notice FROM portal_announced
WHERE xid >= pg_snapshot_xmin(%(snapshot)s) AND NOT pg_visible_in_snapshot(xid, %(snapshot)s)
LIMIT {MOST + 1}
"""  # noqa: S608 -- a number of ours


def notices_after(moment: Moment) -> list[str]:
    """Return what was announced that could not be seen at a moment; of more than MOST, some."""
    with connection.cursor() as cursor:
        cursor.execute(AFTER, {"snapshot": moment.snapshot})
        return [notice for (notice,) in cursor.fetchall()]


def forget() -> None:
    """Forget what was written down long ago; who was away for longer doubts everything."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM portal_announced WHERE at < now() - %s", [KEPT])
