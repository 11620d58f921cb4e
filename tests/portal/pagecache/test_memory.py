"""A process holds as many pages as it has room for, and lets go of the least used."""

import math

from portal.changes import Change
from portal.pagecache.dependencies import Dependencies
from portal.pagecache.memory import MOST_NEW_PER_MINUTE, Memory
from tests.portal.pagecache.conftest import page

ROOM_FOR_THREE = 3 * page().size


def test_what_is_used_least_goes_first():
    memory = Memory(ROOM_FOR_THREE)
    for key in ("/a/", "/b/", "/c/"):
        memory.put(page(key))
    memory.put(page("/d/"))  # all were used once when they came: the oldest goes
    assert memory.get("/a/") is None
    assert memory.get("/b/") is not None
    memory.put(page("/e/"))
    assert memory.get("/b/") is not None
    assert len(memory) == 3


def test_memory_never_exceeds_its_bytes_whatever_is_put_into_it():
    memory = Memory(ROOM_FOR_THREE)
    for number in range(200):
        memory.put(page(f"/{number % 40}/", content=bytes(range(256)) * (number % 30)))
        assert memory.bytes <= ROOM_FOR_THREE
        held = [memory.get(f"/{n}/") for n in range(40)]
        assert memory.bytes == sum(one.size for one in held if one)


def test_a_page_larger_than_all_room_is_not_kept():
    memory = Memory(100)
    memory.put(page())
    assert (len(memory), memory.bytes) == (0, 0)


def test_a_page_made_anew_takes_the_place_of_the_former():
    memory = Memory(ROOM_FOR_THREE)
    memory.put(page("/a/"))
    memory.put(page("/a/", content=b"<p>" + b"moi " * 500))
    assert len(memory) == 1
    assert b"moi" in memory.get("/a/").content


def test_whoever_counts_up_parameters_fills_no_memory():
    memory = Memory(math.inf)
    memory.put(page("/a/"))
    for number in range(MOST_NEW_PER_MINUTE + 50):
        memory.put(page(f"/tin-tuc/?trang={number}", content=b""))
    memory.put(page("/b/"))  # pages without parameters are as many as there are
    assert len(memory) == MOST_NEW_PER_MINUTE + 2


def test_a_change_touches_the_pages_made_of_it():
    memory = Memory(math.inf)
    of = {
        "/tin-tuc/": Dependencies(frozenset({"news_article"})),
        "/tin-tuc/a/": Dependencies(frozenset({"news_article"}), frozenset({1, 2})),
        "/gioi-thieu/": Dependencies(frozenset({"django_flatpage"})),
    }
    for key, made_of in of.items():
        memory.put(page(key, made_of=made_of))

    def touched(change):
        return {one.key for one in memory.touched_by(change)}

    assert touched(Change("news_article", frozenset({2}))) == {"/tin-tuc/", "/tin-tuc/a/"}
    assert touched(Change("news_article", frozenset({9}))) == {"/tin-tuc/"}
    assert touched(Change("news_article", None)) == {"/tin-tuc/", "/tin-tuc/a/"}
    assert touched(Change("portal_notice", None)) == set()
    assert touched(None) == of.keys()
