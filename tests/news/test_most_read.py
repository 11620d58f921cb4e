from datetime import timedelta

import pytest
from django.utils import timezone

from news.models import Article, Tag
from portal.models import PageViews
from tests.builders import make_article

pytestmark = pytest.mark.django_db

WEEK, MONTH = "/tin-tuc/doc-nhieu/", "/tin-tuc/doc-nhieu/30-ngay/"


def read(article, views, days_ago=0):
    day = timezone.localdate() - timedelta(days=days_ago)
    PageViews.objects.create(page=article.page, day=day, views=views)


def test_the_most_read_of_the_days_come_first(client):
    once, often, long_ago = (make_article(title=title) for title in ("Ít", "Nhiều", "Cũ"))
    read(once, 3)
    read(often, 2000)
    read(often, 345, days_ago=6)
    read(long_ago, 9000, days_ago=7)
    page = client.get(WEEK).content.decode()
    assert page.index("Nhiều</a>") < page.index("Ít</a>")
    assert "2.345 lượt xem" in page
    assert "Cũ</a>" not in page
    page = client.get(MONTH).content.decode()
    assert page.index("Cũ</a>") < page.index("Nhiều</a>")


def test_what_is_not_published_takes_nobodys_place(client):
    withdrawn = make_article(state=Article.State.WITHDRAWN, title="Đã gỡ")
    read(withdrawn, 100)
    read(make_article(title="Còn đây"), 1)
    PageViews.objects.create(page="site", day=timezone.localdate(), views=999)
    page = client.get(WEEK).content.decode()
    assert "Còn đây" in page
    assert "Đã gỡ" not in page


def test_without_views_the_page_says_so(client, django_assert_max_num_queries):
    make_article()
    with django_assert_max_num_queries(3):
        page = client.get(WEEK).content.decode()
    assert "Chưa ghi nhận lượt xem nào trong 7 ngày qua." in page


def test_a_topic_lists_its_articles_and_exists_only_with_them(client):
    topic = Tag.objects.create(name="Khuyến công")
    hidden = make_article(state=Article.State.DRAFT)
    hidden.tags.add(topic)
    assert client.get("/tin-tuc/chu-de/khuyen-cong/").status_code == 404
    assert "Khuyến công" not in client.get("/so-do/").content.decode()
    shown = make_article()
    shown.tags.add(topic)
    page = client.get("/tin-tuc/chu-de/khuyen-cong/").content.decode()
    assert shown.title in page
    assert hidden.title not in page
    for address in (shown.get_absolute_url(), "/so-do/", "/sitemap-chu-de.xml"):
        assert "/tin-tuc/chu-de/khuyen-cong/" in client.get(address).content.decode()
