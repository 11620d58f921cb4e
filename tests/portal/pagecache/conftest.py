import math

import pytest

from portal.pagecache.dependencies import Dependencies
from portal.pagecache.pages import Page

HTML = [("Content-Type", "text/html; charset=utf-8"), ("Cache-Control", "public, s-maxage=60")]
TEXT = b"<p>" + b"tin " * 500
NEWS = Dependencies(frozenset({"news_article"}))


def environ(path="/tin-tuc/", query="", method="GET", host="127.0.0.1:8000", **headers):
    """Return a request as a server describes it; headers as ``accept_encoding="br"``."""
    return {
        "REQUEST_METHOD": method,
        "PATH_INFO": path,
        "QUERY_STRING": query,
        "HTTP_HOST": host,
        "wsgi.url_scheme": "http",
    } | {f"HTTP_{name.upper()}": value for name, value in headers.items()}


def page(
    key="/tin-tuc/", content=b"<p>" + b"tin " * 500, headers=HTML, made_of=NEWS, holds=math.inf
):
    return Page(key, headers, content, made_of, holds_until=holds)


class Heard:
    """A listener that hears what a test tells it."""

    def __init__(self):
        self.is_current, self.is_away, self.away_since = True, False, None
        self.heard = 0
        self.changes = []
        self.known = None
        self.missed = [None]  # of what was written before, nothing is known
        self.subscribers = []

    def subscribe(self, subscriber):
        self.subscribers.append(subscriber)

    def since(self, heard):
        return self.changes[heard:]

    def changes_after(self, moment):
        return self.missed

    def tell(self, change):
        self.changes.append(change)
        self.heard += 1
        for subscriber in self.subscribers:
            subscriber(change)


class Asked:
    """A request that remembers its answer."""

    def __init__(self, **request):
        self.environ = environ(**request)
        self.got = None
        self.was_passed_on = False

    def answer(self, answer):
        assert self.got is None, "answered twice"
        self.got = answer

    def pass_on(self):
        self.was_passed_on = True


class Jobs:
    """A pool whose jobs are done when the test says so."""

    def __init__(self):
        self.jobs = []
        self.takes_more = True

    def submit(self, job):
        if self.takes_more:
            self.jobs.append(job)
        return self.takes_more

    def do_all(self):
        while self.jobs:
            self.jobs.pop(0)()


@pytest.fixture
def heard():
    return Heard()


@pytest.fixture
def jobs():
    return Jobs()
