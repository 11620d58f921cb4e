"""
What pages cost the database when there are a hundred thousand articles: rows read, not time.

PostgreSQL tells how it carried out the very statements of each page. What it reads may not grow
with the articles: nothing is read from one end to the other, and a page takes few rows.
"""

import pytest
from django.db import connection, transaction

from feedback.models import Submission
from news.models import Article, Category, MonthCount, Tag
from portal import kept
from portal.models import HourViews, PageTotal, PageViews, SearchEntry
from tests.builders import make_article, make_category
from tests.feedback.builders import make_submission
from tests.plans import plans_of

MANY = 100_000  # articles, entries of search
FEWER = 30_000  # of what else grows
OF_EACH = 10  # categories, topics
# Twelve years; the newest are still to come, one of two hundred ends.
MOMENT = f"now() + interval '7 days' - number * interval '12 years' / {MANY}"

MOST_ROWS = 2_000  # of a page, all statements together
GROWING = {
    model._meta.db_table
    for model in (
        *(Article, Article.tags.through, MonthCount, SearchEntry),
        *(PageViews, PageTotal, HourViews, Submission),
    )
}

MAKE_INDEXES = """
CREATE INDEX entry_title ON portal_searchentry USING gin (title_document);
CREATE INDEX entry_document ON portal_searchentry USING gin (document)
"""
# A transaction cannot vacuum; to the planner it shall look as if autovacuum had been there.
AS_VACUUMED = "UPDATE pg_class SET relallvisible = relpages WHERE relname = ANY(%s)"

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def many(django_db_setup, django_db_blocker):
    """A portal in its twelfth year."""
    with django_db_blocker.unblock(), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DROP INDEX article_words")  # staff's
        cursor.execute("DROP INDEX entry_title, entry_document")  # to keep them takes longest
        multiply_articles(cursor)
        multiply_readings()
        multiply(FEWER, make_submission(), code="'ma-' || number", nonce="'so-' || number")
        cursor.execute(MAKE_INDEXES)
        connection.check_constraints()  # here once, or at the end of every test again
        for table in GROWING:
            cursor.execute(f"ANALYZE {table}")
        cursor.execute(AS_VACUUMED, [list(GROWING)])
        yield
        transaction.set_rollback(True)
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        # The rows are gone but still in the way of every test that follows.
        cursor.execute(f"VACUUM ANALYZE {', '.join(GROWING)}")


def multiply_articles(cursor):
    article = make_article(title="Sản xuất công nghiệp")
    category, *_ = [make_category().pk for _ in range(OF_EACH)]
    topic, *_ = [Tag.objects.create(name=f"Chủ đề {number}").pk for number in range(OF_EACH)]
    Tag.objects.create(name="Chủ đề chưa có bài")
    ends = f"CASE mod(number, 200) WHEN 0 THEN {MOMENT} + interval '1 year' END"
    where = f"{category} + mod(number, {OF_EACH})"
    multiply(
        MANY,
        article,
        slug="'bai-' || number",
        title="'Sản xuất công nghiệp ' || number",
        category_id=where,
        published_at=MOMENT,
        expires_at=ends,
    )
    multiply(
        MANY,
        SearchEntry.objects.get(kind="article", object_id=article.pk),
        object_id=f"{article.pk} + number",
        category_id=where,
        shown_from=MOMENT,
        shown_until=ends,
    )
    # Triggers may have been planned when the tables were empty, by tests before on this connection.
    cursor.execute("ANALYZE news_article")
    cursor.execute(
        "INSERT INTO news_article_tags (article_id, tag_id)"
        " SELECT id, %s + id / 5 %% %s FROM news_article WHERE id %% 5 = 0",
        [topic, OF_EACH],
    )


def multiply_readings():
    """Two hundred articles are read every day, and in a few hours of it."""
    multiply(FEWER, PageTotal(page="", views=5), page="'article:' || -number")
    page = "'article:' || mod(number, 200)"
    multiply(
        FEWER,
        PageViews(page="", day="2026-01-01", views=3),
        page=page,
        day="current_date - number / 200",
    )
    multiply(
        FEWER,
        HourViews(page="", hour="2026-01-01", views=1),
        page=page,
        hour="date_trunc('hour', now()) - number / 200 * interval '5 hours'",
    )


def multiply(count, row, **values):
    """Write so many rows like one, with SQL of their ``number`` where they differ."""
    like = {
        field.column: field.get_db_prep_save(getattr(row, field.attname), connection)
        for field in row._meta.concrete_fields
        if field.column not in values and not field.primary_key
    }
    with connection.cursor() as cursor:
        columns, selected = [*values, *like], [*values.values(), *["%s"] * len(like)]
        cursor.execute(
            f"INSERT INTO {row._meta.db_table} ({', '.join(columns)})"  # noqa: S608 -- our own
            f" SELECT {', '.join(selected)} FROM generate_series(1, %s) AS number",
            [*like.values(), count],
        )


PUBLIC = {
    "home": "/",
    "list": "/tin-tuc/",
    "middle of the list": f"/tin-tuc/?trang={MANY // 24}",
    "end of the list": f"/tin-tuc/?trang={MANY // 12 - 60}",
    "category": "{category}",
    "end of a category": f"{{category}}?trang={MANY // OF_EACH // 12 - 60}",
    "archive": "/tin-tuc/luu-tru/",
    "year": "/tin-tuc/luu-tru/2020/",
    "end of a year": "/tin-tuc/luu-tru/2020/?trang=600",
    "month": "/tin-tuc/luu-tru/2020/05/",
    "article": f"/tin-tuc/bai-{MANY // 2 + 1}/",
    "no article": "/tin-tuc/bai-khong-co/",
    "most read": "/tin-tuc/doc-nhieu/",
    "corrections": "/dinh-chinh/",
    "feed": "/rss/",
    "search page": "/tim-kiem/",
    "site map": "/so-do/",
    "index of the site map": "/sitemap.xml",
}


@pytest.mark.parametrize("name", PUBLIC)
def test_a_public_page_reads_no_more_however_many_articles_there_are(many, client, name):
    category = Category.objects.get(articles__slug="bai-10").get_absolute_url()
    plans = plans_of_page(
        client, PUBLIC[name].format(category=category), 404 if name == "no article" else 200
    )
    assert not [str(plan) for plan in plans if plan.sequential & GROWING]
    assert sum(plan.rows for plan in plans) < MOST_ROWS, "\n".join(map(str, plans))


def test_a_search_for_what_every_article_has_reads_the_newest_alone(many, client):
    plans = plans_of_page(client, "/tim-kiem/?q=san+xuat+cong+nghiep")
    assert not [str(plan) for plan in plans if plan.sequential & GROWING]
    assert sum(plan.rows for plan in plans) < MOST_ROWS, "\n".join(map(str, plans))
    page = client.get("/tim-kiem/?q=san+xuat+cong+nghiep").content.decode()
    assert "Tìm thấy hơn 100 kết quả" in page


def plans_of_page(client, address, status=200):
    answers = []
    kept.parts.clear()
    plans = plans_of(lambda: answers.append(client.get(address)))
    assert [answer.status_code for answer in answers] == [status]
    return plans
