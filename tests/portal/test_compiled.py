"""Compiled questions answer as the querysets they were made from."""

import pytest
from django.db import connection
from django.db.models import Prefetch
from django.db.models.functions import Upper

from news.models import Article, Category, Photo
from portal.compiled import Compiled
from tests.builders import make_article, make_category

pytestmark = pytest.mark.django_db


def test_it_answers_to_the_values_of_each_run():
    of_category = Compiled(lambda category: Article.objects.filter(category=category))
    first, second = make_article(), make_article()
    assert of_category(category=first.category_id) == [first]
    assert of_category(category=second.category_id) == [second]
    assert of_category(category=0) == []


def test_rows_come_with_what_was_joined_annotated_and_prefetched(django_assert_num_queries):
    made = make_article(title="Tin", category=make_category(name="Điện"))
    tag = made.tags.create(name="Khuyến công")
    question = Compiled(
        lambda slug: (
            Article.objects.select_related("category", "cover")
            .annotate(loud=Upper("title"))
            .prefetch_related("tags")
            .filter(slug=slug)
        )
    )
    for _ in range(2):
        with django_assert_num_queries(2):
            [article] = question(slug=made.slug)
            assert (article.category.name, article.cover, article.loud) == ("Điện", None, "TIN")
            assert list(article.tags.all()) == [tag]


def test_a_value_is_never_part_of_the_question():
    named = Compiled(lambda name: Category.objects.filter(name=name))
    category = make_category(name="'; DROP TABLE news_category; --%s")
    assert named(name=category.name) == [category]


def test_a_question_without_values_is_one_too():
    article = make_article()
    assert Compiled(lambda: Article.objects.newest_first()[:1])() == [article]


def test_what_would_keep_what_it_found_is_refused():
    question = Compiled(
        lambda: Article.objects.prefetch_related(Prefetch("photos", Photo.objects.all()))
    )
    with pytest.raises(TypeError):
        question()


def test_the_server_plans_it_once_for_a_connection():
    question = Compiled(lambda slug: Article.objects.filter(slug=slug).only("title"))
    for _ in range(3):
        question(slug="khong-co")
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT calls FROM (SELECT generic_plans + custom_plans AS calls, statement"
            " FROM pg_prepared_statements) AS one WHERE statement LIKE %s",
            ['%"news_article"."slug" = ($1)%'],
        )
        assert 3 in {calls for (calls,) in cursor.fetchall()}


@pytest.mark.django_db(transaction=True)
def test_a_connection_ended_by_the_server_is_replaced_without_asking_it():
    Category.objects.first()
    assert connection.is_usable()
    other = connection.copy()
    with other.cursor() as cursor:
        pid = connection.connection.info.backend_pid
        cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [pid])
    other.close()
    assert not connection.is_usable()
    connection.close_if_unusable_or_obsolete()
    assert not Category.objects.exists()
