"""
A pytest plugin, loaded before Django reads its settings.

Tests have a data directory of their own and, unless DATABASE_URL names another server, an
embedded PostgreSQL of their own, without the disk writes that only matter in a crash.
"""

import contextlib
import gc
import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

os.environ.setdefault("PORTAL_DATA", "var/test")
os.environ["PORTAL_DEBUG"] = "false"

# Dozens of processes are started; where this is set, each would compile the portal again.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False

_server = contextlib.ExitStack()


def pytest_addoption(parser):
    parser.addoption(
        "--pictures", action="store_true", help="keep pictures of the pages in test-artefacts/"
    )


def pytest_configure(config):
    from portal import embedded

    gc.set_threshold(50_000)  # or a tenth of the time is spent on looking for garbage
    if not os.environ.get("DATABASE_URL"):
        data = ROOT / os.environ["PORTAL_DATA"]
        _server.enter_context(embedded.running(data, durable=False))


def pytest_collection_finish():
    """Thousands of tests stay to the end; looking through them for garbage is in vain."""
    gc.collect()
    gc.freeze()


def pytest_unconfigure(config):
    _server.close()
