import pytest
from lxml import etree

from portal.sitemaps import Articles
from tests.builders import make_article, make_photo

pytestmark = pytest.mark.django_db

MAP = {
    "s": "http://www.sitemaps.org/schemas/sitemap/0.9",
    "image": "http://www.google.com/schemas/sitemap-image/1.1",
}


def places(client, address):
    root = etree.fromstring(client.get(address).content)
    return root.xpath("//s:loc/text()", namespaces=MAP)


def test_many_articles_are_split(client, monkeypatch):
    monkeypatch.setattr(Articles, "limit", 2)
    articles = [make_article() for _ in range(5)]
    parts = [part for part in places(client, "/sitemap.xml") if "sitemap-tin-tuc" in part]
    assert [part.partition(".xml")[2] for part in parts] == ["", "?p=2", "?p=3"]
    found = [place for n in (1, 2, 3) for place in places(client, f"/sitemap-tin-tuc.xml?p={n}")]
    assert [place.rsplit("/", 2)[1] for place in found] == [a.slug for a in reversed(articles)]
    assert client.get("/sitemap-tin-tuc.xml?p=4").status_code == 404
    assert client.get("/sitemap-tin-tuc.xml?p=abc").status_code == 404


def test_an_article_stands_there_with_its_day_and_picture(client, settings):
    photo = make_photo()
    make_article(cover=photo)
    content = client.get("/sitemap-tin-tuc.xml").content
    root = etree.fromstring(content)
    assert root.xpath("//s:lastmod/text()", namespaces=MAP) == ["2024-01-02T16:30:00+07:00"]
    assert root.xpath("//image:loc/text()", namespaces=MAP) == [settings.BASE_URL + photo.image.url]


def test_many_articles_take_no_more_queries(client, django_assert_max_num_queries):
    for _ in range(5):
        make_article(cover=make_photo())
    with django_assert_max_num_queries(3):
        client.get("/sitemap-tin-tuc.xml")
