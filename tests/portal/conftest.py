"""What several tests of search ask."""

from html import unescape

import pytest
from django.utils.html import strip_tags


def plain(marked):
    return unescape(strip_tags(marked))


@pytest.fixture
def titles(client):
    """Return a function that searches and gives the titles shown, near matches last."""

    def search(query, **narrowed):
        page = client.get("/tim-kiem/", {"q": query} | narrowed).context
        return [plain(row.title) for row in [*page["rows"], *page["near"]]]

    return search
