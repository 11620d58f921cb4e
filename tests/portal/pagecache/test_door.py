"""The front door answers from what it keeps, has a page made once, and passes the rest on."""

import math
import time

import pytest

from portal.answers import Answer
from portal.changes import Change
from portal.pagecache import door as doors
from portal.pagecache import rendering
from portal.pagecache.dependencies import Dependencies
from portal.pagecache.door import Door
from portal.pagecache.memory import Memory
from portal.pagecache.rendering import Rendered
from portal.pagecache.snapshots import Snapshots
from tests.portal.pagecache.conftest import Asked, page

CHANGE = Change("news_article", None)


class Site:
    """What would be rendered now."""

    def __init__(self):
        self.text = b"first"
        self.status = 200
        self.is_public = True
        self.renders = 0
        self.meanwhile = lambda: None  # happens while a page is made

    def render(self, handler, key):
        self.renders += 1
        made = page(key, content=self.text)
        self.meanwhile()
        if self.status != 200:
            return Rendered(Answer(self.status, [], b"no page"), None)
        return Rendered(Answer(200, [], self.text), made)


@pytest.fixture
def site(monkeypatch):
    site = Site()
    monkeypatch.setattr(rendering, "render", site.render)
    monkeypatch.setattr(rendering, "is_kept", lambda key: site.is_public)
    return site


@pytest.fixture
def snapshots(tmp_path):
    return Snapshots(tmp_path / "pages")


@pytest.fixture
def door(site, heard, jobs, snapshots):
    return Door(None, Memory(math.inf), heard, jobs, snapshots)


def ask(door, **request):
    asked = Asked(**request)
    door.take(asked)
    return asked


def text_of(asked):
    return asked.got.body


def test_a_page_is_made_once_and_then_kept(door, jobs, site):
    first = ask(door)
    jobs.do_all()
    assert text_of(first) == b"first"
    assert text_of(ask(door)) == b"first"
    assert site.renders == 1


def test_all_who_come_while_a_page_is_made_wait_for_the_same(door, jobs, site):
    waiting = [ask(door) for _ in range(50)]
    assert len(jobs.jobs) == 1
    jobs.do_all()
    assert {text_of(asked) for asked in waiting} == {b"first"}
    assert site.renders == 1


def test_after_a_change_the_page_is_made_anew_and_shown_as_it_was_for_a_moment(
    door, jobs, site, heard, monkeypatch
):
    ask(door)
    jobs.do_all()
    site.text = b"second"
    heard.tell(CHANGE)
    assert text_of(ask(door)) == b"first"  # and the page is being made
    monkeypatch.setattr(doors, "SHOWN_AS_IT_WAS", 0)
    waits = ask(door)
    assert waits.got is None
    jobs.do_all()
    assert text_of(waits) == text_of(ask(door)) == b"second"
    assert site.renders == 2


def test_a_change_of_something_else_costs_nothing(door, jobs, site, heard):
    ask(door)
    jobs.do_all()
    heard.tell(Change("feedback_optiontotal", None))
    assert text_of(ask(door)) == b"first"
    assert not jobs.jobs


def test_a_page_during_whose_making_something_changed_is_shown_and_not_kept(
    door, jobs, site, heard
):
    site.meanwhile = lambda: heard.tell(CHANGE)
    first = ask(door)
    jobs.do_all()
    assert text_of(first) == b"first"
    site.text, site.meanwhile = b"second", lambda: None
    second = ask(door)
    jobs.do_all()
    assert text_of(second) == b"second"


def test_a_page_does_not_outlast_the_moment_it_holds_until(door, jobs, site, monkeypatch):
    monkeypatch.setattr(doors, "SHOWN_AS_IT_WAS", 0)
    door.memory.put(page(content=b"old", holds=time.monotonic() - 1))
    asked = ask(door)
    jobs.do_all()
    assert text_of(asked) == b"first"


def test_what_is_no_public_page_is_passed_on_each_by_itself(door, jobs, site):
    site.is_public = False
    asked = [ask(door) for _ in range(3)]
    jobs.do_all()
    assert all(one.was_passed_on for one in asked)
    assert site.renders == 0


def test_what_has_no_key_is_passed_on(door, jobs, site):
    asked = ask(door, method="POST")
    jobs.do_all()
    assert asked.was_passed_on
    assert site.renders == 0


def test_what_is_gone_is_told_to_all_and_kept_no_longer(door, jobs, site, heard, monkeypatch):
    ask(door)
    jobs.do_all()
    monkeypatch.setattr(doors, "SHOWN_AS_IT_WAS", 0)
    site.status = 404
    heard.tell(CHANGE)
    waiting = [ask(door), ask(door)]
    jobs.do_all()
    assert [one.got.status for one in waiting] == [404, 404]
    assert len(door.memory) == 0


def test_a_fault_shows_the_page_as_it_was(door, jobs, site, heard, monkeypatch):
    ask(door)
    jobs.do_all()
    monkeypatch.setattr(doors, "SHOWN_AS_IT_WAS", 0)
    site.status = 500
    heard.tell(CHANGE)
    asked = ask(door)
    jobs.do_all()
    assert text_of(asked) == b"first"
    assert dict(asked.got.headers)["Cache-Control"] == "no-store"
    assert dict(asked.got.headers)["Warning"].startswith("110")


def test_while_the_database_is_away_pages_are_shown_as_they_were(door, jobs, site, heard):
    ask(door)
    jobs.do_all()
    heard.is_current, heard.is_away, heard.away_since = False, True, time.time()
    asked = ask(door)
    assert text_of(asked) == b"first"
    assert dict(asked.got.headers)["Cache-Control"] == "no-store"
    assert site.renders == 1


def test_what_is_not_in_memory_then_comes_from_its_snapshot(door, jobs, heard, snapshots):
    snapshots.write(page("/rss/", content=b"<rss>"))
    heard.is_current, heard.is_away, heard.away_since = False, True, time.time()
    assert text_of(ask(door, path="/rss/")) == b"<rss>"
    assert text_of(ask(door, path="/rss/")) == b"<rss>"
    unknown = ask(door, path="/atom/")
    jobs.do_all()
    assert unknown.was_passed_on


def test_what_is_written_down_and_current_is_not_made_anew(door, jobs, site, heard, snapshots):
    snapshots.write(page("/rss/", content=b"<rss>"))
    heard.missed = []
    for _ in range(2):
        asked = ask(door, path="/rss/")
        jobs.do_all()
        assert text_of(asked) == b"<rss>"
    assert "Warning" not in dict(asked.got.headers)
    assert site.renders == 0
    heard.tell(None)
    heard.missed = [None]
    asked = ask(door, path="/rss/")
    jobs.do_all()
    assert site.renders == 1


def test_what_changes_while_it_is_read_is_not_kept(door, jobs, site, heard, snapshots, monkeypatch):
    snapshots.write(page("/rss/", content=b"<rss>"))

    def changes_after(moment):
        heard.tell(Change("news_article", None))
        return []

    monkeypatch.setattr(heard, "changes_after", changes_after)
    ask(door, path="/rss/")
    jobs.do_all()
    monkeypatch.undo()
    asked = ask(door, path="/rss/")
    assert asked.got is None
    assert len(jobs.jobs) == 1


def test_a_day_later_nothing_is_shown_as_it_was_any_more(door, jobs, heard, snapshots):
    snapshots.write(page("/rss/", content=b"<rss>"))
    heard.is_current, heard.is_away = False, True
    heard.away_since = time.time() - 25 * 60 * 60
    asked = ask(door, path="/rss/")
    jobs.do_all()
    assert asked.was_passed_on


def test_when_the_database_is_back_everything_is_made_anew(door, jobs, site, heard, monkeypatch):
    monkeypatch.setattr(doors, "SHOWN_AS_IT_WAS", 0)
    ask(door)
    jobs.do_all()
    heard.is_current, heard.is_away, heard.away_since = False, True, time.time()
    ask(door)
    heard.is_current, heard.is_away = True, False
    heard.tell(None)
    site.text = b"second"
    asked = ask(door)
    jobs.do_all()
    assert text_of(asked) == b"second"


def test_before_anything_is_heard_pages_are_made_and_not_kept(door, jobs, site, heard):
    heard.is_current = False
    for _ in range(2):
        asked = ask(door)
        jobs.do_all()
        assert text_of(asked) == b"first"
    assert site.renders == 2


def test_those_who_are_too_many_are_told_so_at_once(door, jobs, monkeypatch):
    monkeypatch.setattr(doors, "MOST_WAITING", 2)
    waiting = [ask(door) for _ in range(3)]
    assert [one.got and one.got.status for one in waiting] == [None, None, 503]
    jobs.takes_more = False
    for request in ({"path": "/rss/"}, {"method": "POST"}):
        refused = ask(door, **request)
        assert refused.got.status == 503
        headers = dict(refused.got.headers)
        assert headers["Retry-After"]
        assert "no-store" in headers["Cache-Control"]
        assert "quá tải" in refused.got.body.decode()


def test_when_no_thread_is_free_a_page_is_shown_as_it_was_for_its_moment(door, jobs, heard):
    ask(door)
    jobs.do_all()
    jobs.takes_more = False
    heard.tell(CHANGE)
    assert text_of(ask(door)) == b"first"


def test_a_fault_while_making_a_page_leaves_nobody_waiting(door, jobs, site):
    def fail():
        raise ValueError("a bug")

    site.meanwhile = fail
    asked = ask(door)
    with pytest.raises(ValueError, match="a bug"):
        jobs.jobs.pop(0)()
    jobs.do_all()
    assert asked.was_passed_on


def test_an_article_s_page_is_touched_by_the_articles_it_shows_alone(door, heard):
    made_of = Dependencies(frozenset({"news_article"}), frozenset({1, 2}))
    door.memory.put(page("/tin-tuc/a/", made_of=made_of))
    heard.tell(Change("news_article", frozenset({3})))
    assert door.memory.get("/tin-tuc/a/").holds()
    heard.tell(Change("news_article", frozenset({2, 7})))
    assert not door.memory.get("/tin-tuc/a/").holds()
