"""What web processes and worker have in common, loaded once before they are forked."""

import gc
import importlib

from django.conf import settings
from django.db import connections
from django.template.loader import get_template
from django.urls import get_resolver
from django.utils.module_loading import import_string

from portal import release
from portal.allocator import be_thrifty

MODULES = (
    "portal.front",  # not portal.wsgi, which starts threads
    "portal.management.commands.work",
    # Asked for one it does not know yet, Pillow would load every format there is.
    *(f"PIL.{one}ImagePlugin" for one in ("Avif", "Gif", "Jpeg", "Png", "WebP")),
)


def preload() -> None:
    """
    Load the code and the templates of every page, so that the memory they take is shared.

    What is loaded is put where the collector never looks: looking would write to it, and what is
    written to is no longer shared.
    """
    release.fingerprint()
    for module in MODULES:
        importlib.import_module(module)
    for middleware in settings.MIDDLEWARE:
        import_string(middleware)
    _ = get_resolver().url_patterns
    folder = settings.BASE_DIR / "templates"
    for template in sorted(folder.rglob("*.html")):
        get_template(str(template.relative_to(folder)))
    connections.close_all()  # a connection cannot be shared
    be_thrifty()
    gc.freeze()
