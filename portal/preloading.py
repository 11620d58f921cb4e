"""What web processes and worker have in common, loaded once before they are forked."""

import ctypes
import gc
import importlib

from django.conf import settings
from django.db import connections
from django.template.loader import get_template
from django.urls import get_resolver

# Not portal.wsgi, which starts threads.
MODULES = ("portal.front", "portal.management.commands.work")
_M_TRIM_THRESHOLD, _M_MMAP_THRESHOLD, _M_ARENA_MAX = -1, -3, -8  # malloc.h


def preload() -> None:
    """
    Load the code and the templates of every page, so that the memory they take is shared.

    What is loaded is put where the collector never looks: looking would write to it, and what is
    written to is no longer shared.
    """
    for module in MODULES:
        importlib.import_module(module)
    _ = get_resolver().url_patterns
    folder = settings.BASE_DIR / "templates"
    for template in sorted(folder.rglob("*.html")):
        get_template(str(template.relative_to(folder)))
    connections.close_all()  # a connection cannot be shared
    _give_back_what_is_freed()
    gc.freeze()


def _give_back_what_is_freed() -> None:
    """
    Have the memory of whatever is compressed, drawn or read aloud go back when that is done.

    glibc would keep it: for each thread apart, and the more, the larger the pieces were.
    """
    allocator = ctypes.CDLL(None)
    if hasattr(allocator, "mallopt"):
        allocator.mallopt(_M_ARENA_MAX, 2)
        allocator.mallopt(_M_MMAP_THRESHOLD, 256 * 1024)
        allocator.mallopt(_M_TRIM_THRESHOLD, 128 * 1024)
