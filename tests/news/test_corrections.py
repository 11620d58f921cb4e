from datetime import timedelta

import pytest
from django.utils import timezone

from news.models import Article
from tests.builders import LONG_AGO, make_article

pytestmark = pytest.mark.django_db

TEXT = "Số hộ được hỗ trợ là 85, không phải 58 như đã đăng."
MADE = LONG_AGO + timedelta(days=3)


def corrected(text=TEXT, made_at=MADE, **changes):
    article = make_article(**changes)
    article.corrections.create(text=text, made_at=made_at)
    return article


def page_of(client, address):
    return client.get(address).content.decode()


def test_a_correction_stands_in_the_article_with_its_date(client):
    page = page_of(client, corrected().get_absolute_url())
    assert TEXT in page
    assert "16:30 ngày 05/01/2024" in page


def test_a_correction_is_an_update_of_the_article(client):
    article = corrected()
    assert "Cập nhật lúc" in page_of(client, article.get_absolute_url())
    assert "Bài có đính chính ngày 05/01/2024." in page_of(client, "/rss/")
    assert "<updated>2024-01-05T" in page_of(client, "/atom/")
    assert "<lastmod>2024-01-05T" in page_of(client, "/sitemap-tin-tuc.xml")


def test_the_list_has_the_corrections_of_published_articles_latest_first(client):
    first = corrected("Sửa lần một.")
    first.corrections.create(text="Sửa lần hai.", made_at=MADE + timedelta(days=1))
    corrected("Sửa bài nháp.", state=Article.State.DRAFT)
    corrected("Sửa bài đã hết hạn.", expires_at=MADE)
    corrected("Sửa ngày mai.", made_at=timezone.now() + timedelta(days=1))
    page = page_of(client, "/dinh-chinh/")
    assert page.index("Sửa lần hai.") < page.index("Sửa lần một.")
    assert first.get_absolute_url() in page
    for hidden in ("Sửa bài nháp.", "Sửa bài đã hết hạn.", "Sửa ngày mai."):
        assert hidden not in page


def test_a_correction_whose_time_has_not_come_is_not_told(client):
    article = corrected(made_at=timezone.now() + timedelta(days=1))
    assert TEXT not in page_of(client, article.get_absolute_url())
    assert "Cập nhật lúc" not in page_of(client, article.get_absolute_url())


def test_markup_in_a_correction_is_shown_as_text(client):
    article = corrected(text="<b>canary</b>")
    for address in (article.get_absolute_url(), "/dinh-chinh/"):
        assert "<b>canary" not in page_of(client, address)
