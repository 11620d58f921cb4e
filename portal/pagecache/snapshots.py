"""
Finished pages as files: for the time the database is away, and to be taken instead of rendered.

The worker writes them (``portal.warming``); every process reads them. The folder is
laid out as the addresses are, so that nginx can show it when the portal itself is away:
``<path>/index.html.gz``, the same as ``.br``, and ``<path>/page.json`` with its headers, what it
was made of, and the checksums by which torn files are known.
"""

import contextlib
import gzip
import hashlib
import itertools
import json
import math
import os
import time
from collections.abc import Iterable
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection

from portal import release
from portal.announced import Moment
from portal.changes import Listener
from portal.pagecache.dependencies import Dependencies
from portal.pagecache.pages import Page

HTML, OTHER, ABOUT = "index.html", "index", "page.json"
SUFFIXES = {"gzip": ".gz", "br": ".br"}
NOTED = {"file", "sha256", "headers", "release", "until", "tables", "articles", "known"}
ARTICLES = "@articles"  # a file per article that names its page's key


class Snapshots:
    def __init__(self, folder: Path | None = None):
        """Keep them in ``folder``, the portal's own unless given."""
        self.folder = folder or settings.SNAPSHOTS
        self.release = release.fingerprint()

    def read(self, key: str) -> Page | None:
        """Return the page of a key as it was last written, not to be trusted; None without one."""
        if (about := self._about(key)) is None:
            return None
        return self._page(key, about, -math.inf)

    def read_current(self, key: str, listener: Listener) -> Page | None:
        """Return the page of a key if it would look the same now: this release made it of this."""
        about = self._about(key)
        if about is None or about["release"] != self.release:
            return None
        lasts = about["until"] - time.time()
        if lasts <= 0 or _has_changed(_dependencies(about), listener):
            return None
        return self._page(key, about, time.monotonic() + lasts)

    def write(self, page: Page, article: int | None = None) -> None:
        """Keep a page; ``article`` is the one it is the page of."""
        place = self._place(page.key)
        place.mkdir(parents=True, exist_ok=True)
        name = HTML if page.content_type.startswith("text/html") else OTHER
        files = page.packed or {"gzip": gzip.compress(page.content, mtime=0)}
        for encoding, content in files.items():
            _replace(place / (name + SUFFIXES[encoding]), content)
        tables, articles, known = page.dependencies
        about = {
            "file": name,
            "sha256": {one: hashlib.sha256(content).hexdigest() for one, content in files.items()},
            "headers": page.plain_headers,
            "release": self.release,
            "until": time.time() + page.holds_until - time.monotonic(),
            "tables": sorted(tables),
            "articles": None if articles is None else sorted(articles),
            "known": known,
        }
        _replace(place / ABOUT, json.dumps(about).encode())
        if article is not None:
            (self.folder / ARTICLES).mkdir(exist_ok=True)
            _replace(self.folder / ARTICLES / str(article), page.key.encode())

    def forget(self, key: str) -> None:
        """Remove the page of a key; it is gone when this returns."""
        _empty(self._place(key))

    def forget_article(self, article: int) -> None:
        """Remove the page of an article, whatever its address was."""
        named = self.folder / ARTICLES / str(article)
        with contextlib.suppress(FileNotFoundError):
            self.forget(named.read_text())
            named.unlink()

    def forget_all_but(self, keys: Iterable[str]) -> None:
        """Remove every page but those of ``keys`` and of articles."""
        of_articles = filter(None, map(self.key_of_article, self.articles()))
        kept = set(map(self._place, itertools.chain(keys, of_articles)))
        for place, _, files in os.walk(self.folder):
            if ABOUT in files and Path(place) not in kept:
                _empty(Path(place))

    def articles(self) -> set[int]:
        """Return the articles that have a page here."""
        return {int(one.name) for one in self.folder.glob(f"{ARTICLES}/*") if one.name.isdigit()}

    def key_of_article(self, article: int) -> str | None:
        try:
            return (self.folder / ARTICLES / str(article)).read_text()
        except FileNotFoundError:
            return None

    def _about(self, key: str) -> dict | None:
        """Return what was noted of a page; None without it, or from a release that noted less."""
        try:
            about = json.loads((self._place(key) / ABOUT).read_bytes())
        except (FileNotFoundError, NotADirectoryError, ValueError):
            return None
        return about if about.keys() == NOTED else None

    def _page(self, key: str, about: dict, holds_until: float) -> Page | None:
        """Return a page as its files have it; None unless all are whole."""
        packed = {}
        for encoding, checksum in about["sha256"].items():
            file = self._place(key) / (about["file"] + SUFFIXES[encoding])
            try:
                packed[encoding] = file.read_bytes()
            except FileNotFoundError:
                return None
            if hashlib.sha256(packed[encoding]).hexdigest() != checksum:
                return None
        headers = [(name, value) for name, value in about["headers"]]
        content = gzip.decompress(packed["gzip"])
        sent = packed if len(packed) > 1 else None  # else compressed for the file alone
        return Page(key, headers, content, _dependencies(about), holds_until, sent)

    def _place(self, key: str) -> Path:
        path, _, query = key.partition("?")
        parts = [part for part in path.split("/") if part]
        if query:
            parts.append(f"@{query}")
        return self.folder.joinpath(*parts)


def _empty(place: Path) -> None:
    """Remove what makes up a page, and leave those below it."""
    files = (name + suffix for name in (HTML, OTHER) for suffix in SUFFIXES.values())
    for name in (ABOUT, *files):
        with contextlib.suppress(FileNotFoundError, NotADirectoryError):
            (place / name).unlink()


def _dependencies(about: dict) -> Dependencies:
    articles, known = about["articles"], about["known"]
    return Dependencies(
        frozenset(about["tables"]),
        None if articles is None else frozenset(articles),
        known and Moment(*known),
    )


def _has_changed(dependencies: Dependencies, listener: Listener) -> bool:
    """Say whether what a page was made of may have changed since, or the database cannot say."""
    try:
        changes = listener.changes_after(dependencies.known)
    except DatabaseError:
        connection.close()
        return True
    return any(map(dependencies.are_touched_by, changes))


def _replace(file: Path, content: bytes) -> None:
    """Write a file whole or not at all; only one process writes here."""
    made = file.with_name(f"{file.name}.new")
    made.write_bytes(content)
    made.replace(file)
