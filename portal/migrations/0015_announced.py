"""
Announcements are written down as well, for whoever did not hear them (portal/announced.py).
"""

from importlib import import_module

from django.db import migrations

TABLE = """
CREATE TABLE portal_announced (
    xid xid8 NOT NULL DEFAULT pg_current_xact_id(),
    notice text NOT NULL,
    at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX portal_announced_xid ON portal_announced (xid);
CREATE INDEX portal_announced_at ON portal_announced (at);
"""
BEFORE = import_module("portal.migrations.0012_announce").FUNCTION.replace(
    "CREATE FUNCTION", "CREATE OR REPLACE FUNCTION"
)
TOLD = "    PERFORM pg_notify('portal_changes', notice);\n"
WRITTEN = "    INSERT INTO portal_announced (notice) VALUES (notice);\n"


class Migration(migrations.Migration):
    dependencies = [("portal", "0014_fold_sooner")]
    operations = [
        migrations.RunSQL(TABLE, "DROP TABLE portal_announced"),
        migrations.RunSQL(BEFORE.replace(TOLD, TOLD + WRITTEN), BEFORE),
    ]
