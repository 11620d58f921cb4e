import pytest
from lxml import etree

from tests.builders import make_article, make_category, make_photo

pytestmark = pytest.mark.django_db

ATOM = {"a": "http://www.w3.org/2005/Atom"}


def feed(client, address):
    return etree.fromstring(client.get(address).content)


@pytest.mark.parametrize("address", ["/rss/{}/", "/atom/{}/"])
def test_a_category_has_feeds_of_itself_and_its_children(client, address):
    parent = make_category(name="Thương mại")
    child = make_article(title="Tin mục con", category=make_category(parent=parent))
    make_article(title="Tin mục khác")
    content = client.get(address.format(parent.slug)).content.decode()
    assert child.title in content
    assert "Tin mục khác" not in content


def test_atom_names_itself_and_its_articles_with_absolute_addresses(client, settings):
    article = make_article(title="Tin mới", lead="Mở đầu.", byline="Nguyên Chương")
    root = feed(client, "/atom/")
    assert root.xpath("a:link[@rel='self']/@href", namespaces=ATOM) == [
        f"{settings.BASE_URL}/atom/"
    ]
    [entry] = root.xpath("a:entry", namespaces=ATOM)
    assert entry.xpath("a:link/@href", namespaces=ATOM) == [
        settings.BASE_URL + article.get_absolute_url()
    ]
    assert entry.findtext("a:author/a:name", namespaces=ATOM) == "Nguyên Chương"
    assert entry.findtext("a:updated", namespaces=ATOM).startswith("2024-01-02T")


def test_an_article_stays_the_same_entry_when_its_address_changes(client):
    article = make_article()
    [before] = feed(client, "/rss/").xpath("//item/guid/text()")
    article.slug = "dia-chi-moi"
    article.save()
    assert feed(client, "/rss/").xpath("//item/guid/text()") == [before]


def test_pages_tell_readers_programs_of_the_feeds(client):
    category = make_category()
    page = client.get(category.get_absolute_url()).content.decode()
    for address in ("/rss/", "/atom/", f"/rss/{category.slug}/", f"/atom/{category.slug}/"):
        assert f'href="{address}">' in page


def test_feeds_are_the_same_for_everybody_and_cost_little(client, django_assert_max_num_queries):
    category = make_category()
    for _ in range(5):
        make_article(category=category, cover=make_photo())
    with django_assert_max_num_queries(4):
        answer = client.get(f"/atom/{category.slug}/")
    assert not answer.cookies
    assert "s-maxage=60" in answer.headers["Cache-Control"]
