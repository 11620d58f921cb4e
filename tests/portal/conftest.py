"""What several tests of search ask."""

from html import unescape

import pytest
from django.utils.html import strip_tags

from portal import visitors


def plain(marked):
    return unescape(strip_tags(marked))


@pytest.fixture
def titles(client):
    """Return a function that searches and gives the titles shown, near matches last."""

    def search(query, **narrowed):
        page = client.get("/tim-kiem/", {"q": query} | narrowed).context
        return [plain(row.title) for row in [*page["rows"], *page["near"]]]

    return search


@pytest.fixture
def fresh_counter(monkeypatch):
    """A counter and numbers of the test's own, written only when the test says so."""
    counter, numbers = visitors.ViewCounter(), visitors.Numbers()
    monkeypatch.setattr(visitors.ViewCounter, "_wake", lambda counter: None)
    for module in (visitors, visitors.answering):
        monkeypatch.setattr(module, "counter", counter)
        monkeypatch.setattr(module, "numbers", numbers)
    return counter
