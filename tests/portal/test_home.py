import pytest

from news.front_page import FrontPage
from portal.models import WebsiteLink
from tests.builders import make_article, make_category

pytestmark = pytest.mark.django_db


def test_the_featured_article_leads(client):
    make_article(title="Tin thường")
    make_article(title="Tin nổi bật", is_featured=True)
    page = client.get("/").content.decode()
    assert page.index("Tin nổi bật") < page.index("Tin thường")


def test_categories_show_their_newest_articles_and_their_childrens():
    parent = make_category(name="Thương mại")
    child = make_category(parent=parent)
    make_category(name="Trống")
    articles = [make_article(category=child if number % 2 else parent) for number in range(5)]
    (shown,) = FrontPage().categories
    assert shown == parent
    assert shown.latest == articles[:1:-1]


def test_website_links_are_in_the_order_staff_gave(client):
    WebsiteLink.objects.create(title="Hai", url="https://hai.example/", position=2)
    WebsiteLink.objects.create(title="Một", url="https://mot.example/", position=1)
    page = client.get("/").content.decode()
    assert page.index("Một") < page.index("Hai")
