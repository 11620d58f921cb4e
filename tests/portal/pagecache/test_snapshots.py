"""Finished pages on disk are whole, or they are not there; and they say what they are made of."""

import json
import time

import pytest
from django.db import DatabaseError

from portal.announced import Moment
from portal.changes import Change
from portal.pagecache.dependencies import Dependencies
from portal.pagecache.snapshots import ABOUT, HTML, Snapshots
from tests.portal.pagecache.conftest import environ, page

GZIP = f"{HTML}.gz"


@pytest.fixture
def snapshots(tmp_path):
    return Snapshots(tmp_path / "pages")


@pytest.mark.parametrize("key", ["/", "/tin-tuc/a/", "/tin-tuc/?trang=2", "/sitemap.xml", "/rss/"])
def test_a_page_is_read_as_it_was_written(snapshots, key):
    written = page(key)
    snapshots.write(written)
    read = snapshots.read(key)
    assert read.content == written.content
    assert read.plain_headers == written.plain_headers
    assert read.answer(environ()).headers == written.answer(environ()).headers
    assert not read.holds()


def test_pages_of_addresses_inside_each_other_are_apart(snapshots):
    for key in ("/tin-tuc/", "/tin-tuc/a/", "/tin-tuc/?trang=2"):
        snapshots.write(page(key, content=key.encode()))
    snapshots.forget("/tin-tuc/")
    assert snapshots.read("/tin-tuc/") is None
    assert snapshots.read("/tin-tuc/a/").content == b"/tin-tuc/a/"
    assert snapshots.read("/tin-tuc/?trang=2").content == b"/tin-tuc/?trang=2"


def test_what_was_torn_or_spoilt_is_not_shown(snapshots):
    snapshots.write(page("/a/"))
    (snapshots.folder / "a" / GZIP).write_bytes(b"torn")
    assert snapshots.read("/a/") is None
    snapshots.write(page("/a/"))
    (snapshots.folder / "a" / f"{HTML}.br").unlink()
    assert snapshots.read("/a/") is None
    snapshots.write(page("/a/"))
    (snapshots.folder / "a" / ABOUT).write_bytes(b"{")
    assert snapshots.read("/a/") is None
    assert snapshots.read("/never/written/") is None


def test_an_article_is_forgotten_whatever_its_address_was(snapshots):
    snapshots.write(page("/tin-tuc/cu/"), article=7)
    assert snapshots.key_of_article(7) == "/tin-tuc/cu/"
    snapshots.forget_article(7)
    assert snapshots.read("/tin-tuc/cu/") is None
    assert snapshots.key_of_article(7) is None
    snapshots.forget_article(7)  # as often as anybody likes


def test_nothing_half_written_stays_behind(snapshots):
    snapshots.write(page("/a/"), article=1)
    snapshots.write(page("/a/"), article=1)
    left = {file.name for file in snapshots.folder.rglob("*") if file.is_file()}
    assert left == {GZIP, f"{HTML}.br", ABOUT, "1"}


def test_what_is_sent_compressed_is_read_so_and_not_compressed_again(snapshots):
    written = page("/a/")
    snapshots.write(written)
    assert snapshots.read("/a/").packed == written.packed
    short = page("/b/", content=b"ngan")
    snapshots.write(short)
    assert snapshots.read("/b/").packed == short.packed == {}


def test_what_a_release_wrote_that_noted_less_is_not_there(snapshots):
    snapshots.write(page("/a/"))
    about = snapshots.folder / "a" / ABOUT
    noted = json.loads(about.read_text())
    del noted["release"]
    about.write_text(json.dumps(noted))
    assert snapshots.read("/a/") is None


MADE_OF = Dependencies(frozenset({"news_article"}), frozenset({7}), Moment("here", "10:10:"))


@pytest.fixture
def written(snapshots, heard):
    """A page that would look the same now: nothing changed since."""
    snapshots.write(page("/a/", made_of=MADE_OF, holds=time.monotonic() + 60))
    heard.missed = []
    return snapshots


def test_a_page_made_of_what_there_is_now_can_be_taken(written, heard):
    taken = written.read_current("/a/", heard)
    assert taken.holds()
    assert taken.dependencies == MADE_OF
    assert taken.content == page("/a/").content


def test_a_change_that_concerns_a_page_is_the_end_of_it(written, heard):
    heard.missed = [Change("news_article", frozenset({8})), Change("portal_notice", None)]
    assert written.read_current("/a/", heard)
    heard.missed = [Change("news_article", frozenset({7, 8}))]
    assert written.read_current("/a/", heard) is None
    heard.missed = [None]
    assert written.read_current("/a/", heard) is None


def test_while_the_database_cannot_say_no_page_is_taken_for_current(written, heard, monkeypatch):
    def fail(moment):
        raise DatabaseError

    monkeypatch.setattr(heard, "changes_after", fail)
    assert written.read_current("/a/", heard) is None
    assert written.read("/a/")


def test_another_release_makes_its_pages_itself(written, heard):
    written.release = "another"
    assert written.read_current("/a/", heard) is None
    assert written.read("/a/")


def test_a_page_ends_on_disk_when_it_ends_in_memory(snapshots, heard):
    heard.missed = []
    snapshots.write(page("/a/", made_of=MADE_OF, holds=time.monotonic() - 1))
    assert snapshots.read_current("/a/", heard) is None
