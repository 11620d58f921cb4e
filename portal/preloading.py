"""What web processes and worker have in common, loaded once before they are forked."""

import gc
import importlib

from django.conf import settings
from django.db import connections
from django.template.loader import get_template
from django.urls import get_resolver

from portal import release
from portal.allocator import be_thrifty

# Not portal.wsgi, which starts threads.
MODULES = ("portal.front", "portal.management.commands.work")


def preload() -> None:
    """
    Load the code and the templates of every page, so that the memory they take is shared.

    What is loaded is put where the collector never looks: looking would write to it, and what is
    written to is no longer shared.
    """
    release.fingerprint()
    for module in MODULES:
        importlib.import_module(module)
    _ = get_resolver().url_patterns
    folder = settings.BASE_DIR / "templates"
    for template in sorted(folder.rglob("*.html")):
        get_template(str(template.relative_to(folder)))
    connections.close_all()  # a connection cannot be shared
    be_thrifty()
    gc.freeze()
