"""Which release this is: pages that another one made may look different."""

import hashlib
import sys
from functools import cache
from pathlib import Path

from django.conf import settings

FOLDERS = ("portal", "news", "indicators", "feedback", "templates")
KINDS = {".py", ".html", ".txt", ".json", ".svg", ".po"}


@cache
def fingerprint() -> str:
    """
    Return a name of all that pages are made with: code, templates, settings, packages, styles.

    As it is when first asked; who keeps pages asks when it starts.
    """
    found = hashlib.sha256(f"{sys.version} {settings.ENVIRONMENT} {settings.SECRET_KEY}".encode())
    for file in _files():
        about = file.stat()
        found.update(f"{file} {about.st_size} {about.st_mtime_ns}\n".encode())
    return found.hexdigest()


def _files() -> list[Path]:
    root = settings.BASE_DIR
    own = (file for name in FOLDERS for file in (root / name).rglob("*") if file.suffix in KINDS)
    others = [*root.glob("requirements/*"), Path(settings.STATIC_ROOT, "staticfiles.json")]
    return sorted([*own, *filter(Path.is_file, others)])
