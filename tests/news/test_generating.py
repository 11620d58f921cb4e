"""Invented articles to measure with: the same for a seed, and in nothing unlike saved ones."""

import re
from collections import Counter
from datetime import UTC, datetime

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from news.archive import PublishedArticles
from news.generating import drafting, storing
from news.models import Article, ArticleWord, Category, Photo
from portal import richtext, text
from portal.search.models import SearchEntry
from tests.builders import make_article

COUNT = 500  # of which one is scheduled
UNTIL = datetime(2026, 11, 1, tzinfo=UTC)

pytestmark = pytest.mark.django_db


def generate(count=20, **options):
    call_command("generate_articles", count, until=UNTIL, verbosity=0, **options)


@pytest.fixture(scope="module")
def generated(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        generate(COUNT)
        yield list(Article.objects.order_by("pk"))
        transaction.set_rollback(True)


def told(articles):
    return [(one.title, one.slug, one.lead, one.body, one.published_at) for one in articles]


def test_a_seed_gives_the_same_articles_every_time():
    texts = []
    for seed in (1, 1, 2):
        generate(seed=seed)
        texts.append(told(Article.objects.order_by("pk")))
        Article.objects.all().delete()
    assert texts[0] == texts[1] != texts[2]


def test_several_processes_write_what_one_writes():
    plan = drafting.plan(20, 1, UNTIL, storing._shelf())
    one, *_ = drafting.portions(plan, in_many_processes=False)
    several, *_ = drafting.portions(plan, in_many_processes=True)
    assert one == several


def test_they_are_not_mixed_with_real_articles_by_mistake():
    make_article(title="Bài thật")
    with pytest.raises(CommandError, match="--add"):
        generate()
    generate(add=True)
    assert Article.objects.count() == 21


def test_indexes_left_out_for_many_are_there_again_afterwards(monkeypatch):
    monkeypatch.setattr(storing, "MANY", 10)
    before = definitions()
    generate()
    assert definitions() == before
    assert ArticleWord.objects.count() == 20 * 24


def definitions():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT indexdef FROM pg_indexes WHERE tablename LIKE 'news_article%' UNION ALL"
            " SELECT conname || pg_get_constraintdef(oid) FROM pg_constraint"
            " WHERE conrelid::regclass::text LIKE 'news_article%' ORDER BY 1"
        )
        return cursor.fetchall()


def test_search_finds_them_at_once_where_that_is_asked_for():
    generate(3)
    assert not SearchEntry.objects.filter(kind="article").exists()
    generate(3, add=True, seed=2, search=True)
    assert SearchEntry.objects.filter(kind="article").count() == 3


def test_they_are_what_the_editor_would_have_stored(generated):
    for article in generated[::50]:
        article.full_clean()
        assert richtext.clean_html(article.body) == article.body
    words = {len(richtext.plain_text(one.body).split()) for one in generated}
    assert min(words) < 200 < 400 < max(words)


def test_each_has_the_address_that_its_title_gives_and_nobody_elses(generated):
    assert len({one.slug for one in generated}) == COUNT
    for article in generated:
        base = text.slug(article.title, max_length=110)
        assert re.fullmatch(rf"{base}(-[1-9]\d*)?", article.slug)


def test_they_are_spread_over_twelve_years_and_end_with_the_day_given(generated):
    years = Counter(one.published_at.year for one in generated)
    assert set(range(2015, 2027)) <= set(years)
    assert sum(one.published_at > UNTIL for one in generated) == 1
    assert any(one.expires_at for one in generated)


def test_the_counts_of_lists_are_right(generated):
    published = Article.objects.published(UNTIL)
    for category in Category.objects.all():
        truth = published.in_category(category).count()
        assert len(PublishedArticles(category=category, at=UNTIL)) == truth > 0
    assert len(PublishedArticles(at=UNTIL)) == published.count()


def test_each_has_words_that_tell_it_from_others_and_knows_its_like(generated):
    words = Counter(ArticleWord.objects.values_list("article_id", flat=True))
    assert {words[one.pk] for one in generated} == {24}
    last = generated[-1]
    assert all(other < last.pk for other in last.alike)
    assert sum(bool(one.alike) for one in generated) > COUNT / 3


def test_their_pages_answer(generated, client):
    shown = Article.objects.published().order_by("pk")[: COUNT - 10 : 100]
    addresses = [one.get_absolute_url() for one in shown]
    addresses += ["/", "/tin-tuc/", "/tin-tuc/?trang=10", "/rss/", "/sitemap.xml"]
    addresses += [category.get_absolute_url() for category in Category.objects.all()]
    assert {client.get(address).status_code for address in addresses} == {200}


def test_a_few_shared_photos_are_shown_with_them(generated):
    assert Photo.objects.count() < 20
    assert COUNT / 2 < sum(one.cover_id is not None for one in generated) < COUNT


def test_the_next_article_saved_gets_the_next_key(generated):
    with connection.cursor() as cursor:
        cursor.execute("SELECT max(id) FROM news_article")
        (last,) = cursor.fetchone()
    assert make_article().pk > last
