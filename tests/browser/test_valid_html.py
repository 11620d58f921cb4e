"""What the server sends, as it is read before any script runs: valid, each with its own title."""

import re
from collections import Counter

import pytest

from tests.browser.page_types import PUBLIC
from tests.tools import nu


def documents_alone(route):
    """Nobody looks at the pages here."""
    route.continue_() if route.request.is_navigation_request() else route.abort()


@pytest.fixture(scope="module")
def sources(browser, portal, tmp_path_factory):
    """Every type of page as sent to a browser without JavaScript: name -> file."""
    folder = tmp_path_factory.mktemp("sources")
    files = {}
    for page_type in PUBLIC:
        context = browser.new_context(base_url=portal.url, java_script_enabled=False)
        context.route("**/*", documents_alone)
        page, documents = context.new_page(), []
        page.on(
            "response",
            lambda response, documents=documents: (
                response.request.is_navigation_request() and documents.append(response)
            ),
        )
        page.goto(page_type.path)
        page_type.act(page)
        files[page_type.name] = folder / f"{page_type.name}.html"
        files[page_type.name].write_bytes(documents[-1].body())
        context.close()
    return files


def test_every_page_is_valid_html(sources):
    found = nu.messages(sources.values())
    assert not found, "\n".join(found)


def test_titles_tell_the_pages_apart(sources):
    titles = {
        name: re.search("<title>(.+?)</title>", file.read_text(), re.DOTALL)[1]
        for name, file in sources.items()
    }
    shared = {page_type.name: page_type.title_of for page_type in PUBLIC if page_type.title_of}
    for name, other in shared.items():
        assert titles.pop(name) == titles[other]
    assert [title for title, times in Counter(titles.values()).items() if times > 1] == []
