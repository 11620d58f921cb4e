"""What is asked of a portal as `make run` shows it first: the demonstration content."""

import re

import pytest
from django.core.management import call_command
from django.urls import reverse
from lxml import etree

from indicators.models import Figure
from news.models import Article, ArticlePhoto
from portal import richtext
from portal.groups import PUBLISHERS
from portal.sitemaps import SITEMAPS
from tests.builders import make_staff

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo")]

CURRENT = re.compile(r'<a href="([^"]+)" aria-current="(page|true)">')


def test_it_is_clean_and_complete(demo):
    articles = Article.objects.all()
    assert articles.count() >= 12
    for article in articles:
        article.full_clean()
        assert richtext.clean_html(article.body) == article.body, article
        for picture in re.findall(r'src="/media/([^"]+)"', article.body):
            assert (demo / picture).exists(), picture
    for figure in Figure.objects.all():
        figure.full_clean()


def test_loading_it_twice_doubles_nothing():
    before = Article.objects.count(), ArticlePhoto.objects.count()
    call_command("load_demo", verbosity=0)
    assert (Article.objects.count(), ArticlePhoto.objects.count()) == before


def test_its_home_page_takes_few_queries(client, django_assert_max_num_queries):
    with django_assert_max_num_queries(10):
        assert client.get("/").status_code == 200


@pytest.mark.parametrize(
    ("address", "marked"),
    [
        ("/", []),
        ("/so-do/", []),
        ("/tin-tuc/", [("/tin-tuc/", "page")]),
        ("/chi-tieu/nam/2023/", [("/chi-tieu/", "true")]),
        ("/gop-y/", [("/gop-y/", "page")]),
        ("/gop-y/tra-cuu/", [("/gop-y/", "true")]),
        ("/gop-y/hoi-dap/", [("/gop-y/hoi-dap/", "page")]),
    ],
)
def test_the_menu_marks_the_section_that_is_being_read(client, address, marked):
    html = client.get(address).content.decode()
    menu = html[html.index('class="main-menu"') : html.index("</nav>")]
    assert CURRENT.findall(menu) == marked


def test_the_site_map_names_parts_that_are_there(client, settings):
    def places(address):
        return etree.fromstring(client.get(address).content).xpath("//*[local-name()='loc']/text()")

    parts = places("/sitemap.xml")
    assert len(parts) == len(SITEMAPS)
    for part in parts:
        assert part.startswith(settings.BASE_URL)
        found = places(part.removeprefix(settings.BASE_URL))
        assert all(place.startswith(f"{settings.BASE_URL}/") for place in found)
        assert found, part


def test_what_it_brought_is_kept_before_it_is_overwritten():
    article = Article.objects.first()
    before = article.title
    assert not article.versions.exists()
    article.title = "Viết lại"
    article.save()
    assert [version.content["title"] for version in article.versions.all()] == ["Viết lại", before]


def test_an_article_never_saved_here_has_its_content_as_first_version(client):
    article = Article.objects.first()
    client.force_login(make_staff(PUBLISHERS))
    page = client.get(reverse("admin:news_article_history", args=[article.pk]))
    assert [line.version.content["title"] for line in page.context["lines"]] == [article.title]
