"""Finished pages on disk are whole, or they are not there."""

import pytest

from portal.pagecache.snapshots import ABOUT, HTML, Snapshots
from tests.portal.pagecache.conftest import environ, page


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
    (snapshots.folder / "a" / HTML).write_bytes(b"torn")
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
    assert left == {HTML, ABOUT, "1"}
