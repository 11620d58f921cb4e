"""How good search is, on the articles and questions of tests/portal/relevance."""

from datetime import timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.utils import timezone

from news.models import Article
from portal.search import entries
from portal.search.engine import Filters
from portal.search.queries import parse
from portal.search.results import Results
from tests.builders import make_category
from tests.portal import relevance

# Only their marks tell these from others; without them both are meant.
ONLY_MARKS_TELL = {"bạn lẻ", "diễn lực", "cộng thưởng", "thân thể"}


@pytest.fixture
def known_abbreviations(db):
    """Those every portal begins with, also after a test that emptied all tables."""
    import_module("portal.migrations.0008_abbreviations").add(apps, None)


@pytest.fixture
def search(known_abbreviations, django_capture_on_commit_callbacks):
    """Return a function that gives the slugs of the articles found, near matches last."""
    moment = timezone.now() - timedelta(days=30)
    shared = {"category": make_category(), "state": Article.State.APPROVED, "published_at": moment}
    articles = Article.objects.bulk_create(relevance.articles(**shared))
    with django_capture_on_commit_callbacks(execute=True):  # words for slips of the keyboard
        entries.keep(article.search_document() for article in articles)
    slugs = {article.pk: article.slug for article in articles}

    def search(typed):
        results = Results(parse(typed), Filters(timezone.now()))
        hits = results.found[0:10]
        return [slugs[hit.object_id] for hit in [*hits, *results.near(hits)]]

    return search


def test_the_articles_meant_are_found_with_and_without_marks(search):
    asked = relevance.questions()
    assert len(asked) >= 60
    marked = relevance.quality(asked, search)
    assert marked.recall >= 0.95
    assert marked.first >= 0.85
    plain = [question for question in asked if question.typed not in ONLY_MARKS_TELL]
    unmarked = relevance.quality(relevance.without_marks(plain), search)
    assert unmarked.recall >= marked.recall - 0.05
    assert unmarked.first >= marked.first - 0.05
