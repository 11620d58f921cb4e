"""The worker keeps a snapshot of every public page, current."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from django.utils import timezone

from news.models import Article, Category
from portal import warming
from portal.announced import Moment
from portal.answers import Answer
from portal.changes import Change
from portal.pagecache import rendering
from portal.pagecache.snapshots import Snapshots
from portal.warming import Warming, all_articles, seen_first
from tests.builders import make_article, make_category
from tests.portal.pagecache.conftest import Heard


@pytest.fixture(autouse=True)
def one_connection(monkeypatch):
    """Nothing closes the connection the test's data are in, as with Django's client."""
    monkeypatch.setattr(warming.connection, "close", lambda: None)
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def snapshots():
    return Snapshots(settings.SNAPSHOTS)


@pytest.fixture
def heard():
    return Heard()


@pytest.fixture
def warming_up(heard, snapshots):
    return Warming(heard, get_wsgi_application(), snapshots)


@pytest.fixture
def two_lists(monkeypatch):
    """Two of the pages seen first instead of a hundred: enough to see in which order they come."""
    monkeypatch.setattr(warming, "seen_first", lambda: ["/", "/tin-tuc/"])


@pytest.fixture
def rendered(monkeypatch):
    """The keys of the pages rendered since, in order."""
    keys, render = [], rendering.render

    def note(handler, key, known):
        keys.append(key)
        return render(handler, key, known)

    monkeypatch.setattr(rendering, "render", note)
    return keys


def watched(monkeypatch, snapshots, address) -> list:
    """Return a list that is told at each rendering what is written down of an address."""
    there, render = [], rendering.render

    def look(*asked):
        there.append(snapshots.read(address))
        return render(*asked)

    monkeypatch.setattr(rendering, "render", look)
    return there


@pytest.mark.django_db
def test_after_a_start_every_public_page_has_a_snapshot(demo, heard, warming_up, snapshots):
    heard.tell(None)
    warming_up.render_changed()
    articles = list(all_articles())
    warming_up.render_articles(articles)
    keys = [*seen_first(), *(key for _, key in articles)]
    missing = [key for key in keys if rendering.is_kept(key) and snapshots.read(key) is None]
    assert missing == []
    lists = ("/tin-tuc/", "/tin-tuc/?trang=2", "/rss/", "/rss/nghe/", "/nghe/")
    for key in ("/", *lists, "/sitemap.xml", "/chi-tieu/"):
        assert snapshots.read(key) is not None, key
    assert len(articles) == Article.objects.published().count()


@pytest.mark.django_db
def test_what_is_personal_has_none(demo, heard, warming_up, snapshots):
    heard.tell(None)
    warming_up.render_changed()
    assert snapshots.read("/gop-y/") is None


@pytest.mark.usefixtures("two_lists")
@pytest.mark.django_db
def test_an_article_withdrawn_is_gone_before_anything_is_rendered(
    heard, warming_up, snapshots, monkeypatch
):
    article = make_article()
    address = article.get_absolute_url()
    heard.tell(Change("news_article", frozenset({article.pk})))
    warming_up.render_changed()
    assert article.title in snapshots.read(address).content.decode()
    Article.objects.filter(pk=article.pk).update(state=Article.State.WITHDRAWN)
    heard.tell(Change("news_article", frozenset({article.pk})))
    there_when_rendering = watched(monkeypatch, snapshots, address)
    warming_up.render_changed()
    assert there_when_rendering
    assert not any(there_when_rendering)
    assert article.title not in snapshots.read("/tin-tuc/").content.decode()


@pytest.mark.usefixtures("two_lists")
@pytest.mark.django_db
def test_an_article_withdrawn_is_gone_before_the_next_page_is_rendered(
    heard, warming_up, snapshots, rendered, monkeypatch
):
    article = make_article()
    address = article.get_absolute_url()
    heard.tell(Change("news_article", frozenset({article.pk})))
    warming_up.render_changed()
    write, rendered_then = snapshots.write, []

    def withdraw(page, pk=None):
        if not rendered_then and page.key != address:
            Article.objects.filter(pk=article.pk).update(state=Article.State.WITHDRAWN)
            heard.tell(Change("news_article", frozenset({article.pk})))
            rendered_then.extend(rendered)
        write(page, pk)

    def forget_article(pk, forget=snapshots.forget_article):
        forget(pk)
        gone_after.append(len(rendered) - len(rendered_then))

    gone_after = []
    monkeypatch.setattr(snapshots, "write", withdraw)
    heard.tell(None)
    rendered.clear()
    monkeypatch.setattr(snapshots, "forget_article", forget_article)
    warming_up.render_changed()
    assert gone_after == [0]
    assert len(rendered) > len(rendered_then)
    assert snapshots.read(address) is None
    warming_up.render_changed()
    assert article.title not in snapshots.read("/tin-tuc/").content.decode()


@pytest.mark.usefixtures("two_lists")
@pytest.mark.django_db
def test_an_article_withdrawn_while_nobody_listened_is_gone_before_anything_is_rendered(
    heard, warming_up, snapshots, monkeypatch
):
    withdrawn, published = make_article(), make_article()
    articles = frozenset({withdrawn.pk, published.pk})
    heard.tell(Change("news_article", articles))
    warming_up.render_changed()
    Article.objects.filter(pk=withdrawn.pk).update(state=Article.State.WITHDRAWN)
    again = Warming(heard, get_wsgi_application(), snapshots)
    heard.tell(None)
    there_when_rendering = watched(monkeypatch, snapshots, withdrawn.get_absolute_url())
    again.render_changed()
    assert there_when_rendering
    assert not any(there_when_rendering)
    assert snapshots.read(published.get_absolute_url()) is not None


@pytest.mark.parametrize("heard_of", [Change("news_category", None), None])
@pytest.mark.django_db
def test_the_page_of_a_category_that_was_deleted_is_gone(
    heard, warming_up, snapshots, monkeypatch, heard_of
):
    category = make_category()
    monkeypatch.setattr(warming, "seen_first", lambda: addresses(Category.objects.all()))
    heard.tell(None)
    warming_up.render_changed()
    address = category.get_absolute_url()
    assert snapshots.read(address) is not None
    category.delete()
    again = warming_up if heard_of else Warming(heard, get_wsgi_application(), snapshots)
    heard.tell(heard_of)
    again.render_changed()
    assert snapshots.read(address) is None


def addresses(rows):
    return [row.get_absolute_url() for row in rows]


@pytest.mark.usefixtures("two_lists")
@pytest.mark.django_db
def test_articles_come_and_go_at_their_time(heard, warming_up, snapshots, monkeypatch):
    now = timezone.now()
    coming = make_article(published_at=now + timedelta(hours=1))
    going = make_article(published_at=now, expires_at=now + timedelta(hours=2))
    heard.tell(Change("news_article", frozenset({coming.pk, going.pk})))
    warming_up.render_changed()
    assert shown(snapshots, coming, going) == [False, True]
    for hours, expected in ((1.5, [True, True]), (2.5, [True, False])):
        monkeypatch.setattr(timezone, "now", lambda hours=hours: now + timedelta(hours=hours))
        warming_up.render_changed()
        assert shown(snapshots, coming, going) == expected


def shown(snapshots, *articles) -> list[bool]:
    """Return for each article whether its page is there, and its title in the list."""
    listed = snapshots.read("/tin-tuc/").content.decode()
    there = [snapshots.read(one.get_absolute_url()) is not None for one in articles]
    assert there == [one.title in listed for one in articles]
    return there


@pytest.mark.usefixtures("two_lists")
@pytest.mark.django_db
def test_withdrawing_removes_the_snapshot_before_staff_are_told(
    heard, warming_up, snapshots, django_capture_on_commit_callbacks
):
    article = make_article()
    heard.tell(Change("news_article", frozenset({article.pk})))
    warming_up.render_changed()
    with django_capture_on_commit_callbacks(execute=True):
        article.state = Article.State.WITHDRAWN
        article.save()
    assert snapshots.read(article.get_absolute_url()) is None


@pytest.mark.usefixtures("two_lists")
@pytest.mark.django_db
def test_an_article_with_a_new_address_leaves_none_at_the_former(heard, warming_up, snapshots):
    article = make_article()
    former = article.get_absolute_url()
    heard.tell(Change("news_article", frozenset({article.pk})))
    warming_up.render_changed()
    Article.objects.filter(pk=article.pk).update(slug="dia-chi-moi")
    heard.tell(Change("news_article", frozenset({article.pk})))
    warming_up.render_changed()
    assert snapshots.read(former) is None
    assert snapshots.read("/tin-tuc/dia-chi-moi/") is not None


@pytest.mark.django_db
def test_after_a_restart_only_what_would_look_otherwise_is_rendered(
    demo, heard, warming_up, snapshots, rendered
):
    heard.known = Moment("here", "10:10:")
    heard.tell(None)
    warming_up.render_changed()
    rendered.clear()
    heard.missed = [Change("feedback_optiontotal", None)]
    again = Warming(heard, get_wsgi_application(), snapshots)
    heard.tell(None)
    again.render_changed()
    assert rendered == ["/danh-gia/ket-qua/"]


@pytest.mark.usefixtures("two_lists")
@pytest.mark.django_db
def test_a_worker_that_wrote_many_pages_begins_anew_once_it_is_at_rest(
    heard, snapshots, monkeypatch
):
    monkeypatch.setattr(warming, "MANY", 3)
    begun = []
    warming_up = Warming(heard, get_wsgi_application(), snapshots, lambda: begun.append("anew"))
    heard.tell(None)
    warming_up.render_changed()
    warming_up.rest()
    assert begun == []
    make_article()
    heard.tell(None)
    warming_up.render_changed()
    assert begun == []
    warming_up.rest()
    warming_up.rest()
    assert begun == ["anew"]


@pytest.mark.usefixtures("two_lists")
@pytest.mark.django_db
def test_a_worker_that_needed_long_stays_lest_the_next_begin_with_all_of_it(
    heard, snapshots, monkeypatch
):
    monkeypatch.setattr(warming, "MANY", 1)
    begun = []
    warming_up = Warming(heard, get_wsgi_application(), snapshots, lambda: begun.append("anew"))
    heard.tell(None)
    warming_up.render_changed()
    monkeypatch.setattr(warming, "SOON", 0)
    warming_up.rest()
    assert begun == []


@pytest.mark.usefixtures("two_lists")
@pytest.mark.django_db
def test_what_failed_is_rendered_when_it_works_again(heard, warming_up, snapshots, monkeypatch):
    article = make_article()
    address, render = article.get_absolute_url(), rendering.render
    fails = rendering.Rendered(Answer(503, [], b""), None)
    monkeypatch.setattr(rendering, "render", lambda handler, key, known: fails)
    heard.tell(Change("news_article", frozenset({article.pk})))
    warming_up.render_changed()
    warming_up.try_again()
    assert snapshots.read(address) is None
    monkeypatch.setattr(rendering, "render", render)
    warming_up.try_again()
    assert snapshots.read(address) is not None
    assert snapshots.key_of_article(article.pk) == address


@pytest.mark.django_db
def test_only_what_a_change_concerns_is_rendered_again(demo, heard, warming_up, rendered):
    heard.tell(None)
    warming_up.render_changed()
    rendered.clear()
    heard.tell(Change("feedback_optiontotal", None))
    warming_up.render_changed()
    assert rendered == ["/danh-gia/ket-qua/"]


def test_a_change_seen_on_every_page_has_all_articles_rendered_again():
    assert warming.concerns_all_articles(None)
    assert warming.concerns_all_articles(Change("portal_notice", None))
    assert warming.concerns_all_articles(Change("news_article", None))
    assert not warming.concerns_all_articles(Change("news_article", frozenset({1})))
    assert not warming.concerns_all_articles(Change("feedback_optiontotal", None))
