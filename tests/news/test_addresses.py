"""Addresses of articles: none is lost, none taken twice, none in the way of a fixed page."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import get_resolver
from django.utils import timezone

from news.models import Article, FormerSlug
from news.models.articles import FIXED_ADDRESSES
from tests.builders import make_article, make_category

pytestmark = pytest.mark.django_db


def move(article, slug):
    article.slug = slug
    article.full_clean()
    article.save()


def target(client, slug):
    answer = client.get(f"/tin-tuc/{slug}/")
    assert answer.status_code == 301, answer.status_code
    return answer.url


def test_a_changed_address_leads_to_the_present_one_for_good(client):
    article = make_article(slug="cu")
    move(article, "moi")
    assert target(client, "cu") == "/tin-tuc/moi/"
    assert "max-age=0" in client.get("/tin-tuc/cu/").headers["Cache-Control"]


def test_former_addresses_lead_straight_to_the_present_one(client):
    article = make_article(slug="mot")
    for slug in ("hai", "ba", "bon"):
        move(article, slug)
    assert {target(client, slug) for slug in ("mot", "hai", "ba")} == {"/tin-tuc/bon/"}


def test_changing_back_works(client):
    article = make_article(slug="mot")
    move(article, "hai")
    move(article, "mot")
    assert client.get("/tin-tuc/mot/").status_code == 200
    assert target(client, "hai") == "/tin-tuc/mot/"
    assert [former.slug for former in FormerSlug.objects.all()] == ["hai"]


@pytest.mark.parametrize(
    "changes",
    [
        {"state": Article.State.DRAFT},
        {"state": Article.State.SUBMITTED},
        {"published_at": timezone.now() + timedelta(days=1)},
    ],
)
def test_what_nobody_could_read_leaves_no_address(changes):
    move(make_article(slug="cu", **changes), "moi")
    assert not FormerSlug.objects.exists()


def test_a_former_address_says_nothing_of_a_withdrawn_article(client):
    article = make_article(slug="cu")
    move(article, "moi")
    article.state = Article.State.WITHDRAWN
    article.save()
    assert client.get("/tin-tuc/cu/").status_code == 404
    move(article, "moi-hon")
    article.state = Article.State.APPROVED
    article.save()
    assert target(client, "cu") == target(client, "moi") == "/tin-tuc/moi-hon/"


def test_no_other_article_gets_an_address_that_leads_elsewhere():
    move(make_article(slug="hoi-cho"), "hoi-cho-2025")
    assert make_article(title="Hội chợ").slug == "hoi-cho-2"
    article = make_article()
    with pytest.raises(ValidationError, match="là địa chỉ cũ của “Bài viết số"):
        move(article, "hoi-cho")


def test_saving_part_of_an_article_leaves_no_address():
    article = make_article(slug="cu")
    article.slug = "moi"
    article.save(update_fields=["is_featured"])
    assert not FormerSlug.objects.exists()


def test_no_article_stands_in_the_way_of_a_fixed_page():
    at_once = {
        str(route.pattern).split("/")[1]
        for route in get_resolver("news.urls").url_patterns
        if str(route.pattern).startswith("tin-tuc/") and "tin-tuc/<" not in str(route.pattern)
    }
    assert at_once - {""} == set(FIXED_ADDRESSES)
    assert make_article(title="Lưu trữ").slug == "luu-tru-2"
    with pytest.raises(ValidationError, match="“doc-nhieu” là địa chỉ của một trang khác"):
        move(make_article(), "doc-nhieu")


def test_staff_are_told_in_the_form_why_an_address_cannot_be_had(admin_client):
    from django.urls import reverse

    category = make_category()
    answer = admin_client.post(
        reverse("admin:news_article_add"),
        {"title": "Tin", "slug": "luu-tru", "category": category.pk},
    )
    assert "“luu-tru” là địa chỉ của một trang khác trên cổng" in answer.content.decode()


def test_a_changed_category_is_found_under_its_former_address(client):
    category = make_category(slug="cu")
    article = make_article(category=category)
    for slug in ("moi", "moi-hon"):
        category.slug = slug
        category.full_clean()
        category.save()
    for former in ("cu", "moi"):
        answer = client.get(f"/tin-tuc/chuyen-muc/{former}/")
        assert (answer.status_code, answer.url) == (301, "/tin-tuc/chuyen-muc/moi-hon/")
        assert article.title in client.get(f"/rss/{former}/").content.decode()
    with pytest.raises(ValidationError, match="là địa chỉ cũ của"):
        make_category(name="Khác", slug="cu").full_clean()


# -- when it was changed ---------------------------------------------------------------


def test_only_a_change_after_publication_is_told(client):
    article = make_article(state=Article.State.DRAFT, published_at=None)
    article.lead = "Viết lại."
    article.save()
    article.state = Article.State.APPROVED
    article.save()
    article.is_featured = True
    article.save()
    assert article.changed_at() is None
    assert "Cập nhật lúc" not in client.get(article.get_absolute_url()).content.decode()
    article.body = "<p>Số liệu đã sửa.</p>"
    article.save()
    assert article.changed_at() is not None
    assert "Cập nhật lúc" in client.get(article.get_absolute_url()).content.decode()
