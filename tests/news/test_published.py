from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from news.models import Article, Tag
from portal.models import PageViews
from tests.builders import LONG_AGO, make_article, make_category

pytestmark = pytest.mark.django_db
NOW = LONG_AGO + timedelta(days=1)


def hidden_articles():
    return [
        make_article(state=Article.State.DRAFT),
        make_article(state=Article.State.SUBMITTED),
        make_article(state=Article.State.WITHDRAWN),
        make_article(published_at=timezone.now() + timedelta(hours=1)),
        make_article(expires_at=LONG_AGO + timedelta(hours=1)),
    ]


def test_an_approved_article_is_public_from_its_minute_to_its_end():
    article = make_article(published_at=NOW, expires_at=NOW + timedelta(hours=2))
    for at, public in [
        (NOW - timedelta(seconds=1), False),
        (NOW, True),
        (NOW + timedelta(hours=2), False),
    ]:
        assert Article.objects.published(at=at).exists() is public
        assert article.is_published(at=at) is public


def test_an_article_without_expiry_stays():
    make_article()
    assert Article.objects.published(at=NOW + timedelta(days=9_999)).exists()


def test_what_is_not_public_is_nowhere(client):
    hidden = hidden_articles()
    shown = make_article()
    category = shown.category
    Article.objects.update(category=category)
    shown.related.set(hidden)
    Article.objects.update(alike=[article.pk for article in hidden])
    topic = Tag.objects.create(name="Khuyến công")
    for article in (shown, *hidden):
        article.tags.add(topic)
        article.corrections.create(text=f"Sửa {article.slug}.")
        PageViews.objects.create(page=article.page, day=timezone.localdate(), views=9)
    pages = [
        "/",
        "/tin-tuc/",
        category.get_absolute_url(),
        shown.get_absolute_url(),
        "/tim-kiem/?q=bai+viet",
        "/rss/",
        f"/rss/{category.slug}/",
        "/atom/",
        f"/atom/{category.slug}/",
        "/sitemap-tin-tuc.xml",
        "/sitemap-luu-tru.xml",
        topic.get_absolute_url(),
        "/tin-tuc/luu-tru/",
        "/tin-tuc/luu-tru/2024/",
        "/tin-tuc/luu-tru/2024/01/",
        "/tin-tuc/doc-nhieu/",
        "/dinh-chinh/",
        "/so-do/",
    ]
    for page in pages:
        content = client.get(page).content.decode()
        for article in hidden:
            assert article.slug not in content, page
    for article in hidden:
        assert client.get(article.get_absolute_url()).status_code == 404


def test_approving_without_a_time_publishes_now():
    article = make_article(published_at=None)
    assert article.is_published()


def test_a_category_shows_the_articles_of_its_children(client):
    parent = make_category(name="Thương mại")
    child = make_category(name="Xuất nhập khẩu", parent=parent)
    article = make_article(category=child)
    assert article.title in client.get(parent.get_absolute_url()).content.decode()


def test_a_slug_is_made_once_and_kept():
    article = make_article(title="Điện lực Đồng Nai")
    assert article.slug == "dien-luc-dong-nai"
    article.title = "Tiêu đề khác"
    article.save()
    assert article.slug == "dien-luc-dong-nai"


@pytest.mark.parametrize("number", ["0", "-1", "abc", "1.5", "9" * 30, "2", "", "١"])
def test_a_page_that_does_not_exist_is_not_found(client, number):
    make_article()
    assert client.get("/tin-tuc/", {"trang": number}).status_code == 404


def test_a_long_list_has_pages(client):
    category = make_category()
    for _ in range(13):
        make_article(category=category)
    first = client.get("/tin-tuc/").content.decode()
    assert 'href="?trang=2"' in first
    assert client.get("/tin-tuc/?trang=2").content.decode().count('class="card"') == 1


def test_pages_of_a_list_are_linked_without_what_the_list_does_not_read(client):
    for _ in range(13):
        make_article()
    assert 'href="?trang=2"' in client.get("/tin-tuc/?q=la&muc=2&bypass=1").content.decode()


@pytest.mark.parametrize(
    "name",
    """
    home news:article-list news:archive news:most-read news:most-read-month news:corrections
    feed atom sitemap site-map
    """.split(),
)
def test_an_empty_portal_answers(client, name):
    assert client.get(reverse(name)).status_code == 200


@pytest.mark.parametrize(
    "address",
    [
        "/tin-tuc/khong-co/",
        "/tin-tuc/chuyen-muc/khong-co/",
        "/tin-tuc/chu-de/khong-co/",
        "/tin-tuc/chu-de/",
        "/rss/khong-co/",
        "/atom/khong-co/",
        "/sitemap-khong-co.xml",
        "/sitemap-tin-tuc.xml?p=2",
        "/gioi-thieu/khong/",
        "/khong-co/",
        "/tin-tuc/%00/",
        "/tin-tuc/<script>/",
    ],
)
def test_unknown_addresses_answer_in_vietnamese(client, address):
    answer = client.get(address)
    assert answer.status_code == 404
    assert "Không tìm thấy trang" in answer.content.decode()
