"""Lists by month: the counts the database keeps, and the pages found by them."""

from datetime import UTC, date, datetime, timedelta
from math import ceil

import pytest
from django.db import connection, connections, transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from news.archive import PublishedArticles
from news.models import Article, Category, MonthCount, Tag
from portal.paging import page_or_404
from tests.builders import make_article, make_category

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 3, 15, 5, tzinfo=UTC)
# Around the end of a month in Vietnam, which is not the end of one in London.
MONTH_END = datetime(2026, 2, 28, 17, tzinfo=UTC)
PER_PAGE = 3

moments = st.one_of(
    st.integers(-70, 70).map(lambda hours: MONTH_END + timedelta(hours=hours)),
    st.integers(-500, 60).map(lambda days: NOW + timedelta(days=days)),
)
changes = st.lists(
    st.fixed_dictionaries(
        {
            "state": st.sampled_from([Article.State.APPROVED] * 4 + [Article.State.DRAFT]),
            "published_at": moments,
            "lifetime": st.sampled_from([None, None, 1, 24, 24 * 400]),  # hours
            "category": st.integers(0, 2),
            "topics": st.sets(st.integers(0, 1)),
        }
    ),
    max_size=25,
)


def store(wanted, categories, topics):
    rows = [
        Article(
            title="Bài",
            slug=f"bai-{number}",
            category=categories[one["category"]],
            state=one["state"],
            published_at=one["published_at"],
            expires_at=one["lifetime"] and one["published_at"] + timedelta(hours=one["lifetime"]),
        )
        for number, one in enumerate(wanted)
    ]
    for article, one in zip(Article.objects.bulk_create(rows), wanted, strict=True):
        article.tags.set(topics[number] for number in one["topics"])


def all_pages(articles):
    pages = max(ceil(len(articles) / PER_PAGE), 1)
    numbers = [str(number) for number in range(1, pages + 1)]
    return [article for number in numbers for article in page_or_404(articles, PER_PAGE, number)]


@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(first=changes, second=changes)
def test_the_pages_joined_are_the_published_articles_newest_first(first, second):
    with transaction.atomic():
        top = make_category()
        categories = [top, make_category(parent=top), make_category()]
        topics = [Tag.objects.create(name=f"Chủ đề {number}") for number in range(2)]
        store(first, categories, topics)
        Article.objects.filter(pk__in=Article.objects.values("pk")[:5]).delete()
        Article.objects.filter(state=Article.State.DRAFT).update(state=Article.State.APPROVED)
        for place, article in enumerate(Article.objects.order_by("pk")[: len(second)]):
            Article.objects.filter(pk=article.pk).update(
                state=second[place]["state"],
                published_at=second[place]["published_at"],
                expires_at=None,
                category=categories[second[place]["category"]],
            )
            article.tags.set(topics[number] for number in second[place]["topics"])
        published = Article.objects.published(NOW).newest_first()
        for asked, expected in (
            ({}, published),
            ({"category": top}, published.in_category(top)),
            ({"category": categories[2]}, published.in_category(categories[2])),
            ({"tag": topics[0]}, published.filter(tags=topics[0])),
            ({"year": 2026}, published.within(date(2026, 1, 1), date(2026, 12, 1))),
            ({"year": 2026, "month": 2}, published.within(date(2026, 2, 1), date(2026, 2, 1))),
        ):
            assert all_pages(PublishedArticles(at=NOW, **asked)) == list(expected), asked
        transaction.set_rollback(True)


def months(**asked):
    found = PublishedArticles(at=NOW, **asked).months
    return [(month.first_day.isoformat(), month.articles) for month in found]


def test_an_article_belongs_to_the_month_of_its_day_in_vietnam():
    make_article(published_at=MONTH_END - timedelta(seconds=1))
    make_article(published_at=MONTH_END)
    assert months() == [("2026-03-01", 1), ("2026-02-01", 1)]
    assert len(PublishedArticles(year=2026, month=3, at=NOW)) == 1


def test_counts_follow_whatever_changes_an_article():
    article = make_article(published_at=NOW - timedelta(days=40))
    assert months() == [("2026-02-01", 1)]
    with connection.cursor() as cursor:
        cursor.execute("UPDATE news_article SET published_at = published_at - interval '2 months'")
        assert months() == months(category=article.category) == [("2025-12-01", 1)]
        cursor.execute("UPDATE news_article SET title = title || '!'")
        assert MonthCount.objects.count() == 2  # of the category and of all
        cursor.execute("DELETE FROM news_articlephoto; DELETE FROM news_version")
        cursor.execute("DELETE FROM news_article")
    assert months() == []
    assert not MonthCount.objects.exists()


def test_a_topic_counts_its_articles_when_it_is_given_and_when_they_are_approved():
    topic = Tag.objects.create(name="Khuyến công")
    article = make_article(state=Article.State.DRAFT, published_at=NOW - timedelta(days=1))
    article.tags.add(topic)
    assert months(tag=topic) == []
    article.state = Article.State.APPROVED
    article.save()
    assert months(tag=topic) == [("2026-03-01", 1)]
    article.tags.clear()
    assert months(tag=topic) == []
    article.tags.add(topic)
    article.delete()
    assert not MonthCount.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_nobody_waits_for_another_to_count():
    """Two transactions publish in one category, in opposite order; neither blocks the other."""
    one, two = make_category(), make_category()
    articles = [make_article(state="draft", published_at=NOW, category=c) for c in (one, two) * 2]
    publish = "UPDATE news_article SET state = 'approved' WHERE id = %s"
    other = connections.create_connection("default")
    try:
        with transaction.atomic(), connection.cursor() as here, other.cursor() as there:
            there.execute("BEGIN")
            there.execute("SET LOCAL lock_timeout = '1s'")
            here.execute("SET LOCAL lock_timeout = '1s'")
            here.execute(publish, [articles[0].pk])
            there.execute(publish, [articles[1].pk])
            here.execute(publish, [articles[3].pk])
            there.execute(publish, [articles[2].pk])
            there.execute("COMMIT")
    finally:
        other.close()
    assert months() == [("2026-03-01", 4)]
    assert months(category=one) == months(category=two) == [("2026-03-01", 2)]
    make_article(published_at=NOW)
    assert MonthCount.objects.filter(category=one).count() == 1


def test_counts_are_joined_to_one_row_for_each_list_and_month():
    category = make_category()
    for _ in range(5):
        make_article(category=category, published_at=NOW)
    assert [row.articles for row in MonthCount.objects.all()] == [5, 5]


# -- the pages -------------------------------------------------------------------------


def test_the_archive_leads_to_years_and_months(client):
    for day in (datetime(2025, 11, 5, tzinfo=UTC), datetime(2025, 3, 5, tzinfo=UTC)):
        make_article(published_at=day, title=f"Tin tháng {day.month}")
    page = client.get("/tin-tuc/luu-tru/").content.decode()
    for address in ("/tin-tuc/luu-tru/2025/", "/tin-tuc/luu-tru/2025/03/"):
        assert f'href="{address}"' in page
    year = client.get("/tin-tuc/luu-tru/2025/").content.decode()
    assert year.index("Tin tháng 11") < year.index("Tin tháng 3")
    month = client.get("/tin-tuc/luu-tru/2025/03/").content.decode()
    assert "Tin tháng 3" in month
    assert "Tin tháng 11" not in month


@pytest.mark.parametrize(
    "period", ["2024/", "2025/04/", "2025/4/", "2025/13/", "2025/00/", "0000/", "9999/", "abc/"]
)
def test_a_period_without_articles_is_not_found(client, period):
    make_article(published_at=datetime(2025, 3, 5, tzinfo=UTC))
    make_article(state=Article.State.DRAFT, published_at=datetime(2025, 4, 5, tzinfo=UTC))
    make_article(published_at=timezone.now() + timedelta(days=700))
    assert client.get(f"/tin-tuc/luu-tru/{period}").status_code == 404


def test_a_deep_page_takes_as_few_queries_as_the_first(client, django_assert_max_num_queries):
    category = make_category()
    topic = Tag.objects.create(name="Khuyến công")
    days = [NOW - timedelta(days=days) for days in range(0, 150, 3)]
    store(
        [
            {
                "state": "approved",
                "published_at": day,
                "lifetime": None,
                "category": 0,
                "topics": {0},
            }
            for day in days
        ],
        [category],
        [topic],
    )
    for address in ("/tin-tuc/", category.get_absolute_url(), topic.get_absolute_url()):
        for number in (2, 5):
            with django_assert_max_num_queries(5):
                page = client.get(address, {"trang": number}).content.decode()
            assert page.count('class="card"') == (2 if number == 5 else 12)


def test_an_empty_portal_has_an_empty_archive(client):
    assert not Category.objects.exists()
    assert "Chưa có bài viết nào ở đây." in client.get("/tin-tuc/luu-tru/").content.decode()
