"""Addresses of articles: none is lost, none taken twice, none in the way of a fixed page."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import get_resolver
from django.utils import timezone

from news import workflow
from news.models import Article, FormerSlug
from news.models.articles import FIXED_ADDRESSES
from news.models.categories import FIXED_FEEDS
from portal.groups import PUBLISHERS
from tests.builders import make_article, make_category, make_staff
from tests.concurrency import at_once

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


def reworked(article, **changes):
    """Withdraw an article, put something else into it as a draft, and approve it again."""
    publisher = make_staff(PUBLISHERS)
    workflow.move(article, workflow.WITHDRAW, publisher, "Sai số liệu")
    workflow.move(article, workflow.REOPEN, publisher)
    for name, value in changes.items():
        setattr(article, name, value)
    article.save()
    workflow.move(Article.objects.get(pk=article.pk), workflow.APPROVE, publisher)


def test_an_article_reworked_after_withdrawal_is_found_under_its_former_address(client):
    reworked(make_article(slug="cu"), slug="moi")
    assert target(client, "cu") == "/tin-tuc/moi/"


def test_an_article_put_off_and_then_moved_is_found_under_its_former_address(client):
    article = make_article(slug="cu")
    shown_at = article.published_at
    article.published_at = timezone.now() + timedelta(days=1)
    article.save()
    move(article, "moi")
    article.published_at = shown_at
    article.save()
    assert target(client, "cu") == "/tin-tuc/moi/"


def test_an_article_that_the_clock_published_is_found_under_its_former_address(client):
    article = make_article(slug="cu", published_at=timezone.now() + timedelta(days=1))
    Article.objects.update(published_at=timezone.now())  # its time has come
    article.state = Article.State.WITHDRAWN
    article.save(update_fields=["state"])
    article = Article.objects.get()
    article.state = Article.State.APPROVED
    move(article, "moi")
    assert target(client, "cu") == "/tin-tuc/moi/"


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


def words_at(place):
    """Return the words that stand at a place where slugs do, by the tables of addresses."""
    tables = get_resolver("portal.urls").url_patterns + get_resolver("news.urls").url_patterns
    routes = [str(route.pattern) for route in tables]
    after = {route.removeprefix(place).split("/")[0] for route in routes if route.startswith(place)}
    assert "<slug:slug>" in after
    return after - {"", "<slug:slug>"}


def test_no_article_stands_in_the_way_of_a_fixed_page():
    assert words_at("tin-tuc/") == set(FIXED_ADDRESSES)
    assert make_article(title="Lưu trữ").slug == "luu-tru-2"
    with pytest.raises(ValidationError, match="“doc-nhieu” là địa chỉ của một trang khác"):
        move(make_article(), "doc-nhieu")


def test_no_category_or_topic_stands_in_the_way_of_a_fixed_page():
    assert words_at("rss/") == set(FIXED_FEEDS)
    for place in ("atom/", "tin-tuc/chuyen-muc/", "tin-tuc/chu-de/"):
        assert not words_at(place)


def test_a_category_does_not_lose_its_feed_to_the_podcast(client):
    category = make_category(name="Nghề")
    article = make_article(category=category)
    assert category.slug == "nghe-2"
    assert article.title in client.get(f"/rss/{category.slug}/").text
    category.slug = "nghe"
    with pytest.raises(ValidationError, match="“nghe” là địa chỉ của một trang khác trên cổng"):
        category.full_clean()


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


@pytest.mark.django_db(transaction=True)
def test_articles_of_one_title_at_the_same_instant_each_get_an_address():
    category = make_category()

    def make():
        return make_article(title="Hội chợ", category=category).slug

    assert sorted(at_once(make, 3)) == ["hoi-cho", "hoi-cho-2", "hoi-cho-3"]


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


def test_a_text_rewritten_after_withdrawal_is_told_to_have_changed():
    rewritten, as_it_was = make_article(), make_article()
    reworked(rewritten, title="Viết lại")
    reworked(as_it_was)
    for article, is_changed in ((rewritten, True), (as_it_was, False)):
        article.refresh_from_db()
        assert (article.changed_at() is not None) is is_changed
