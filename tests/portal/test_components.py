"""The page of all components: for staff, complete, and at rest."""

import re
from urllib.parse import urljoin, urlsplit

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.test import Client
from lxml import html

from tests.tools import nu

pytestmark = pytest.mark.django_db

ADDRESS = "/quan-tri/thanh-phan/"
STYLES = settings.BASE_DIR / "static/css"
SHEETS = ("frame", "components", "news", "listening", "indicators", "charts", "feedback")
# The frames of single pages: what they hold is shown, they are seen where they belong.
FRAMES = {
    "about-indicator",
    "article",
    "article__address",
    "article__byline",
    "article__footer",
    "article__header",
    "article__lead",
    "article__main",
    "article__meta",
    "article__opening",
    "article__side",
    "sheet",
    "sheet__head",
    "site-map",
}


@pytest.fixture(scope="module")
def source(demo, django_db_blocker):
    client = Client()
    with django_db_blocker.unblock():
        client.force_login(get_user_model().objects.create_superuser("nguoi-xem"))
        return client.get(ADDRESS).content


@pytest.fixture
def page(source):
    return html.document_fromstring(source.decode())


def classes_of(sheet):
    rules = re.sub(r"/\*.*?\*/", "", (STYLES / f"{sheet}.css").read_text(), flags=re.DOTALL)
    return set(re.findall(r"\.([a-z][\w-]*)", rules))


def test_it_is_for_staff(client, django_user_model):
    assert client.get(ADDRESS).status_code == 302
    client.force_login(django_user_model.objects.create_user("citizen"))
    assert client.get(ADDRESS).status_code == 302


def test_it_stores_nothing_and_is_kept_by_nobody(admin_client, django_assert_max_num_queries):
    with django_assert_max_num_queries(6) as captured:
        response = admin_client.get(ADDRESS)
    assert all(query["sql"].startswith("SELECT") for query in captured.captured_queries)
    assert response.headers["Cache-Control"] == "private, no-store"


def test_it_shows_every_colour_of_the_tokens(page):
    colours = set(re.findall(r"--([a-z-]+): #", (STYLES / "tokens.css").read_text()))
    # Seen on every page around the sample, or the ground of one drawing.
    colours -= {"on-accent", "on-band", "on-band-soft", "national-star", "challenge-paper"}
    colours -= {"shadow"}
    swatches = page.xpath("//*[starts-with(@class, 'swatch--')]/@class")
    assert {swatch.removeprefix("swatch--") for swatch in swatches} == colours


def test_it_shows_every_class_of_the_components(page):
    shown = {name for classes in page.xpath("//@class") for name in classes.split()}
    assert set().union(*map(classes_of, SHEETS)) - shown == FRAMES


def test_it_is_valid_html(source, tmp_path):
    file = tmp_path / "components.html"
    file.write_bytes(source)
    found = nu.messages([file])
    assert not found, "\n".join(found)


def test_what_its_parts_refer_to_stands_in_it_once(page):
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    named = " ".join(page.xpath("//@for | //@aria-labelledby | //@aria-describedby")).split()
    named += [link[1:] for link in page.xpath("//@href") if link.startswith("#")]
    assert set(named) - set(ids) == set()


def test_its_links_lead_somewhere(page, admin_client, demo, settings):
    settings.MEDIA_ROOT = demo
    links = {urljoin(ADDRESS, link) for link in page.xpath("//main//a/@href")}
    links = {link for link in links if not urlsplit(link).scheme}  # shared elsewhere
    links |= set(page.xpath("//main//audio/@src | //main//img[not(ancestor::template)]/@src"))
    answers = {link: admin_client.get(link.partition("#")[0]) for link in links}
    for answer in answers.values():
        answer.close()
    assert {link: a.status_code for link, a in answers.items() if a.status_code != 200} == {}


def test_nothing_in_it_takes_the_focus_by_itself(page):
    assert page.xpath("//*[@autofocus]") == []
