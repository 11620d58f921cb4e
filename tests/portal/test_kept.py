"""Pages are made of kept parts, and never of old ones."""

import re
from collections import Counter
from datetime import datetime, timedelta

import pytest
from django.contrib.sessions.models import Session
from django.db import DatabaseError, connection
from django.http import HttpResponse
from django.template import engines
from django.template.response import SimpleTemplateResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from news.models import Article, Category
from portal import changes, kept
from portal.models import Notice, PageViews, WebsiteLink
from tests.browser.page_types import LEAD_STORY, PUBLIC
from tests.builders import make_article, make_category

pytestmark = pytest.mark.django_db


class Heard:
    """Stands for what a web process hears of changes."""

    def __init__(self):
        self.numbers = Counter()

    def generation(self, *tables):
        return max((self.numbers[table] for table in tables), default=0)

    def of(self, model):
        """Hear that the table of a model changed."""
        self.numbers[model._meta.db_table] = max(self.numbers.values(), default=0) + 1


@pytest.fixture
def heard(monkeypatch):
    """The process hears of changes, when the test says so."""
    numbers = Heard()
    tables = frozenset(connection.introspection.django_table_names())
    monkeypatch.setattr(changes, "generation", numbers.generation)
    monkeypatch.setattr(changes.listener, "announced", tables)
    kept.parts.clear()
    yield numbers
    kept.parts.clear()


def page(path="/"):
    return Client().get(path).content.decode()


def queries_of(path):
    with CaptureQueriesContext(connection) as made:
        assert Client().get(path).status_code == 200
    return [query["sql"] for query in made]


def made_of(view):
    """Return what a public page was made from."""
    return kept.of_kept_parts(lambda: HttpResponse(view()))().made_of


def sql(words, *values):
    with connection.cursor() as cursor:
        cursor.execute(words, values)


# -- what is shown is never old --------------------------------------------------------


def test_a_page_shows_a_change_made_by_sql_once_it_is_heard_of(heard):
    article = make_article(title="Tin cũ", category=make_category(name="Điện"))
    address = article.get_absolute_url()
    pages = ("/", "/tin-tuc/", address)
    assert all("Tin cũ" in page(path) for path in pages)
    sql("UPDATE news_article SET title = 'Tin mới' WHERE id = %s", article.pk)
    heard.of(Article)
    for path in pages:
        assert "Tin mới" in page(path)
        assert "Tin cũ" not in page(path)
    sql("UPDATE news_category SET name = 'Năng lượng' WHERE id = %s", article.category_id)
    heard.of(Category)
    assert all("Năng lượng" in page(path) for path in pages)
    sql("UPDATE news_article SET state = 'withdrawn' WHERE id = %s", article.pk)
    heard.of(Article)
    assert Client().get(address).status_code == 404
    assert not any("Tin mới" in page(path) for path in ("/", "/tin-tuc/"))


def test_what_the_page_depends_on_in_passing_is_heard_of_too(heard):
    page()
    WebsiteLink.objects.create(title="Bộ Công Thương", url="https://moit.gov.vn/")
    heard.of(WebsiteLink)
    assert "Bộ Công Thương" in page()
    now = timezone.now()
    Notice.objects.create(text="Bảo trì.", starts_at=now, ends_at=now + timedelta(hours=1))
    heard.of(Notice)
    assert "Bảo trì." in page()


def test_a_change_while_a_part_is_made_leaves_it_unkept(heard):
    def make():
        found = list(Notice.objects.all())
        heard.of(Notice)  # committed by another process, perhaps after it was read here
        return found

    for _ in range(2):
        made_of(lambda: kept.part("unsure", make))
    assert kept.parts.get("unsure") is None


def test_what_the_database_failed_to_say_is_not_kept(heard):
    def make():
        with pytest.raises(DatabaseError), connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM portal_notice WHERE 1 / 0 = 1")
        return "nothing"

    with pytest.raises(DatabaseError):  # the test's own transaction is broken by it
        made_of(lambda: kept.part("failed", make) and list(Notice.objects.all()))
    assert kept.parts.get("failed") is None


def test_where_nobody_hears_of_changes_nothing_is_kept():
    kept.parts.clear()
    make_article(title="Tin cũ")
    page()
    assert len(kept.parts) == 0
    Article.objects.update(title="Tin mới")
    assert "Tin cũ" not in page()


def test_outside_public_pages_nothing_is_kept(heard):
    template = engines["django"].from_string("{% keep %}{{ word }}{% endkeep %}")
    assert [template.render({"word": word}) for word in ("một", "hai")] == ["một", "hai"]
    assert len(kept.parts) == 0


def test_what_a_page_shows_that_is_rendered_later_is_noted_as_well(heard):
    template = engines["django"].from_string("{% for link in links %}{% endfor %}")
    links = WebsiteLink.objects.all()  # asked when shown
    view = kept.of_kept_parts(lambda: SimpleTemplateResponse(template, {"links": links}))
    response = view()
    assert response.is_rendered
    assert WebsiteLink._meta.db_table in response.made_of.tables


# -- how long it holds -----------------------------------------------------------------


def test_nothing_outlives_the_next_article_to_appear_or_to_go(heard):
    now = timezone.now()
    make_article()
    soon, sooner = now + timedelta(seconds=40), now + timedelta(seconds=20)
    make_article(published_at=soon)
    assert made_of(lambda: Article.objects.first()).until == soon
    make_article(expires_at=sooner)
    heard.of(Article)
    assert made_of(lambda: Article.objects.first()).until == sooner
    assert made_of(lambda: WebsiteLink.objects.first()).until > soon


def test_nothing_outlives_an_hour(heard):
    made_of(lambda: kept.part("one", lambda: "value"))
    known = kept.parts.get("one")
    assert known.until <= timezone.now() + kept.LONGEST
    assert not known.holds(timezone.now() + kept.LONGEST)


def test_what_nobody_announces_is_shown_for_a_quarter_of_an_hour(heard, monkeypatch):
    monkeypatch.setattr(changes.listener, "announced", frozenset({"news_article"}))
    now = timezone.now()
    assert made_of(lambda: Article.objects.count()).until > now + kept.LONGEST_UNANNOUNCED
    counted = made_of(lambda: (Article.objects.count(), PageViews.objects.count()))
    assert counted.until <= timezone.now() + kept.LONGEST_UNANNOUNCED


def test_nothing_outlives_the_day(heard, monkeypatch):
    here = timezone.get_current_timezone()
    evening = datetime(2026, 11, 20, 23, 50, tzinfo=here)
    midnight = datetime(2026, 11, 21, tzinfo=here)
    monkeypatch.setattr(timezone, "now", lambda: evening)
    assert made_of(lambda: "today").until == midnight


def test_a_page_of_kept_parts_names_all_that_they_are_made_of(heard):
    def view():
        return kept.part("links", lambda: str(WebsiteLink.objects.count()), apart=True)

    first, again = made_of(view), made_of(view)
    assert first.tables == again.tables == {"portal_websitelink"}
    assert again.until <= first.until


def test_a_part_apart_is_not_made_anew_for_what_the_view_read(heard):
    def view():
        Article.objects.first()
        kept.part("beside", lambda: "x")
        return kept.part("apart", lambda: "y", apart=True)

    made_of(view)
    assert kept.parts.get("beside").tables == {"news_article"}
    assert kept.parts.get("apart").tables == frozenset()


# -- what it costs ---------------------------------------------------------------------


def test_a_page_made_again_asks_the_database_nothing(heard):
    article = make_article(title="Tin", body="<h2>Một</h2><p>Hai</p>")
    for path in ("/", "/tin-tuc/", "/chi-tieu/", article.get_absolute_url()):
        page(path)
        assert queries_of(path) == []


@pytest.mark.usefixtures("demo")
@pytest.mark.parametrize(
    ("path", "most"),
    [("/", 9), ("/tin-tuc/", 5), ("/chi-tieu/", 6), (f"/tin-tuc/{LEAD_STORY}/", 7)],
)
def test_a_page_made_first_asks_few_questions(path, most):
    assert len(queries_of(path)) <= most


def test_parts_are_bounded_in_number_and_bytes():
    parts = kept.Parts(most=3, most_bytes=1000)
    until = timezone.now() + kept.LONGEST
    for number in range(5):
        parts.put(number, kept.Part("x", frozenset(), 0, until))
    assert [number for number in range(5) if parts.get(number)] == [2, 3, 4]
    parts.put("long", kept.Part("x" * 900, frozenset(), 0, until))
    parts.put("long", kept.Part("x" * 800, frozenset(), 0, until))
    assert parts.bytes <= 1000
    assert parts.get("long")
    parts.put("too long", kept.Part("x" * 2000, frozenset(), 0, until))
    assert (len(parts), parts.bytes) == (0, 0)


# -- the same page for everybody -------------------------------------------------------


@pytest.mark.usefixtures("demo")
def test_pages_of_kept_parts_are_those_made_anew(heard):
    paths = {kind.path for kind in PUBLIC if kind.path.startswith(("/tin-tuc/", "/chi-tieu/"))}
    paths = sorted(paths | {"/", "/tin-tuc/?trang=2", "/so-do/", "/gioi-thieu/", "/dinh-chinh/"})
    kept_pages = [[page(path) for path in paths] for _ in range(2)]
    anew = []
    for path in paths:
        kept.parts.clear()
        anew.append(page(path))
    assert kept_pages[0] == kept_pages[1] == anew


def test_the_menu_marks_the_section_of_each_page(heard):
    make_article()
    for path in ("/tin-tuc/", "/chi-tieu/", "/tin-tuc/", "/so-do/"):
        current = re.findall(r'<a href="([^"]+)" aria-current="page">', page(path))
        assert current == ([path] if path != "/so-do/" else [])


def test_public_pages_have_no_user_and_no_session(client, django_user_model):
    make_article()
    client.force_login(django_user_model.objects.create_superuser("quantri"))
    with CaptureQueriesContext(connection) as made:
        request = client.get("/tin-tuc/").wsgi_request
    assert not hasattr(request, "user")
    assert not hasattr(request, "session")
    assert not any(Session._meta.db_table in query["sql"] for query in made)
    assert client.get("/quan-tri/").wsgi_request.user.is_superuser
