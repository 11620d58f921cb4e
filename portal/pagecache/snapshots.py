"""
Finished pages as files, for the time the database is away.

The worker writes them (``portal.warming``); every process reads them. The folder is
laid out as the addresses are, so that nginx can show it when the portal itself is away:
``<path>/index.html.gz`` beside ``<path>/page.json``, its headers and the checksum by which a
torn pair is known.
"""

import contextlib
import gzip
import hashlib
import json
import math
import shutil
from pathlib import Path

from django.conf import settings

from portal.pagecache.dependencies import Dependencies
from portal.pagecache.pages import Page

HTML, OTHER, ABOUT = "index.html.gz", "index.gz", "page.json"
ARTICLES = "@articles"  # a file per article that names its page's key


class Snapshots:
    def __init__(self, folder: Path | None = None):
        """Keep them in ``folder``, the portal's own unless given."""
        self.folder = folder or settings.SNAPSHOTS

    def read(self, key: str) -> Page | None:
        """Return the page of a key as it was last written; None without a whole one."""
        place = self._place(key)
        try:
            about = json.loads((place / ABOUT).read_bytes())
            packed = (place / about["file"]).read_bytes()
        except (FileNotFoundError, NotADirectoryError, ValueError):
            return None
        if hashlib.sha256(packed).hexdigest() != about["sha256"]:
            return None
        headers = [(name, value) for name, value in about["headers"]]
        nothing = Dependencies(frozenset())
        return Page(key, headers, gzip.decompress(packed), nothing, holds_until=-math.inf)

    def write(self, page: Page, article: int | None = None) -> None:
        """Keep a page; ``article`` is the one it is the page of."""
        place = self._place(page.key)
        place.mkdir(parents=True, exist_ok=True)
        name = HTML if page.content_type.startswith("text/html") else OTHER
        packed = gzip.compress(page.content, mtime=0)
        about = {
            "file": name,
            "sha256": hashlib.sha256(packed).hexdigest(),
            "headers": page.plain_headers,
        }
        _replace(place / name, packed)
        _replace(place / ABOUT, json.dumps(about).encode())
        if article is not None:
            (self.folder / ARTICLES).mkdir(exist_ok=True)
            _replace(self.folder / ARTICLES / str(article), page.key.encode())

    def forget(self, key: str) -> None:
        """Remove the page of a key; it is gone when this returns."""
        place = self._place(key)
        for name in (ABOUT, HTML, OTHER):
            with contextlib.suppress(FileNotFoundError, NotADirectoryError):
                (place / name).unlink()

    def forget_article(self, article: int) -> None:
        """Remove the page of an article, whatever its address was."""
        named = self.folder / ARTICLES / str(article)
        with contextlib.suppress(FileNotFoundError):
            self.forget(named.read_text())
            named.unlink()

    def key_of_article(self, article: int) -> str | None:
        try:
            return (self.folder / ARTICLES / str(article)).read_text()
        except FileNotFoundError:
            return None

    def clear(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)

    def _place(self, key: str) -> Path:
        path, _, query = key.partition("?")
        parts = [part for part in path.split("/") if part]
        if query:
            parts.append(f"@{query}")
        return self.folder.joinpath(*parts)


def _replace(file: Path, content: bytes) -> None:
    """Write a file whole or not at all; only one process writes here."""
    made = file.with_name(f"{file.name}.new")
    made.write_bytes(content)
    made.replace(file)
