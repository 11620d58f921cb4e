"""Every change of what the public reads is heard, whoever makes it."""

import asyncio
import threading
import time
from datetime import timedelta

import pytest
from django.db import OperationalError, connection, transaction
from django.utils import timezone

from news.models import Article
from portal import announced, changes
from portal.changes import Change, Listener
from portal.models import Notice
from portal.postgresql import breaker
from tests.builders import make_article, make_category


def make_notice():
    return Notice.objects.create(
        text="Cổng bảo trì tối nay.", ends_at=timezone.now() + timedelta(days=1)
    )


class Ear(Listener):
    """A listener that remembers."""

    def __init__(self):
        super().__init__()
        self.told = []
        self.subscribe(self.told.append)
        self.is_kept_away = False

    async def _listen(self):
        while self.is_kept_away:
            await asyncio.sleep(0.01)
        await super()._listen()

    def lose(self):
        """Lose the connection, and find no other until it may return."""
        self.is_kept_away = True
        other = connection.copy()  # whatever this one is in the middle of
        with other.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE application_name = 'portal changes' AND datname = current_database()"
            )
        other.close()
        assert self.wait_until(lambda: self.is_away)
        breaker.close_circuit()  # somebody else changes things meanwhile
        self.told.clear()

    def return_(self):
        self.is_kept_away = False
        assert self.wait_until(lambda: self.is_current and not self.is_away)

    def wait_for(self, expected, seconds=30):
        """Return whether it was told so in time."""
        until = time.monotonic() + seconds
        while expected not in self.told and time.monotonic() < until:
            time.sleep(0.005)
        return expected in self.told

    def wait_until(self, holds, seconds=30):
        until = time.monotonic() + seconds
        while not holds() and time.monotonic() < until:
            time.sleep(0.005)
        return holds()


@pytest.fixture
def ear():
    ear = Ear()
    ear.start()
    assert ear.wait_for(None)
    yield ear
    ear.stop()
    breaker.close_circuit()


@pytest.mark.django_db(transaction=True)
def test_a_change_is_heard_with_the_article_it_is_of(ear):
    article = make_article()
    assert ear.wait_for(Change("news_article", frozenset({article.pk})))
    ear.told.clear()
    with connection.cursor() as cursor:  # as somebody with psql
        cursor.execute("UPDATE news_article SET lead = 'Khác' WHERE id = %s", [article.pk])
    assert ear.wait_for(Change("news_article", frozenset({article.pk})))


@pytest.mark.django_db(transaction=True)
def test_what_no_reader_can_see_is_not_announced(ear):
    draft = make_article(state=Article.State.DRAFT)
    Article.objects.filter(pk=draft.pk).update(lead="Khác")
    make_notice()
    assert ear.wait_for(Change("portal_notice", None))
    assert not [one for one in ear.told if one and one.table == "news_article"]


@pytest.mark.django_db(transaction=True)
def test_what_is_taken_back_is_not_heard(ear):
    with transaction.atomic():
        make_notice()
        transaction.set_rollback(True)
    make_article()
    assert ear.wait_until(lambda: any(one and one.table == "news_article" for one in ear.told))
    assert Change("portal_notice", None) not in ear.told


@pytest.mark.django_db(transaction=True)
def test_a_change_of_very_many_articles_names_none(ear):
    shown = {"category": make_category(), "state": Article.State.APPROVED}
    shown["published_at"] = timezone.now()
    many = [Article(title="Bài", slug=f"bai-{n}", **shown) for n in range(3000)]
    Article.objects.bulk_create(many)
    assert ear.wait_for(Change("news_article", None))


@pytest.mark.django_db(transaction=True)
def test_a_generation_moves_with_its_table_alone(ear):
    of_notices = ear.generation("portal_notice")
    of_articles = ear.generation("news_article", "news_photo")
    assert ear.generation("portal_notice") == of_notices
    make_notice()
    assert ear.wait_for(Change("portal_notice", None))
    assert ear.generation("portal_notice") != of_notices
    assert ear.generation("news_article", "news_photo") == of_articles


@pytest.fixture
def well_informed(ear, monkeypatch):
    """One that has listened for a few beats."""
    monkeypatch.setattr(changes, "BEAT", 0.05)
    assert ear.wait_until(lambda: None not in ear._beats)
    return ear


@pytest.mark.django_db(transaction=True)
def test_after_a_lost_connection_all_that_did_not_change_holds(well_informed):
    before = well_informed.generation("portal_notice")
    well_informed.lose()
    assert well_informed.generation("portal_notice") != before
    well_informed.return_()
    assert well_informed.told == []
    assert well_informed.generation("portal_notice") == before


@pytest.mark.django_db(transaction=True)
def test_what_changed_while_nobody_could_be_told_is_heard_afterwards(well_informed):
    before = well_informed.generation("portal_notice")
    well_informed.lose()
    make_notice()
    article = make_article()
    well_informed.return_()
    assert Change("portal_notice", None) in well_informed.told
    assert Change("news_article", frozenset({article.pk})) in well_informed.told
    assert None not in well_informed.told
    assert well_informed.generation("portal_notice") != before


@pytest.mark.django_db(transaction=True)
def test_a_change_begun_before_and_finished_meanwhile_is_heard_afterwards(well_informed):
    with transaction.atomic():
        make_notice()
        time.sleep(0.3)  # a few beats
        well_informed.lose()
    well_informed.return_()
    assert well_informed.told == [Change("portal_notice", None)]


@pytest.mark.django_db(transaction=True)
def test_what_changed_since_a_moment_is_looked_up(well_informed):
    before = well_informed.known
    make_notice()
    assert well_informed.changes_after(before) == [Change("portal_notice", None)]
    assert well_informed.wait_until(lambda: well_informed.changes_after(well_informed.known) == [])
    elsewhere = before._replace(database="elsewhere")
    assert well_informed.changes_after(elsewhere) == [None]
    assert well_informed.changes_after(None) == [None]


@pytest.mark.django_db(transaction=True)
def test_too_many_changes_to_look_up_are_one_of_everything(well_informed):
    well_informed.lose()
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO portal_announced (notice)"
            " SELECT 'news_article:' || n FROM generate_series(1, %s) AS n",
            [announced.MOST + 1],
        )
    well_informed.return_()
    assert well_informed.told == [None]


@pytest.mark.django_db(transaction=True)
def test_of_a_database_put_back_from_a_copy_nothing_is_believed(well_informed):
    well_informed.lose()
    with connection.cursor() as cursor:
        cursor.execute("""
            CREATE TABLE restored (LIKE portal_announced INCLUDING ALL);
            DROP TABLE portal_announced;
            ALTER TABLE restored RENAME TO portal_announced;
        """)
    well_informed.return_()
    assert well_informed.told == [None]


@pytest.mark.django_db(transaction=True)
def test_whoever_was_away_for_too_long_doubts_everything(well_informed):
    well_informed.lose()
    well_informed._beat_at -= announced.KEPT.total_seconds()
    well_informed.return_()
    assert well_informed.told == [None]


@pytest.mark.django_db(transaction=True)
def test_whoever_stopped_listening_hears_what_it_missed_when_it_goes_on(well_informed):
    well_informed.stop()
    well_informed.told.clear()
    make_notice()
    well_informed.start()
    assert well_informed.wait_until(lambda: well_informed.is_current)
    assert well_informed.told == [Change("portal_notice", None)]


@pytest.mark.django_db
def test_announcements_are_forgotten_when_nobody_can_need_them():
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM portal_announced")
        cursor.execute(
            "INSERT INTO portal_announced (notice, at)"
            " VALUES ('old', now() - interval '3 days'), ('new', now() - interval '1 day')"
        )
        announced.forget()
        cursor.execute("SELECT notice FROM portal_announced")
        assert cursor.fetchall() == [("new",)]


@pytest.fixture
def tripped(monkeypatch):
    """How often the database was hung up on."""
    times = []
    monkeypatch.setattr(changes, "PATIENCE", 0.3)
    monkeypatch.setattr(breaker, "trip", lambda: times.append(time.monotonic()))
    return times


def test_a_machine_that_was_held_up_itself_does_not_blame_the_database(tripped):
    async def answer():
        time.sleep(0.6)  # nothing of this process ran
        await asyncio.sleep(0.05)

    asyncio.run(changes._in_time(answer()))
    assert tripped == []


def test_a_database_that_does_not_answer_is_hung_up_on(tripped):
    asyncio.run(changes._in_time(asyncio.sleep(0.6)))
    assert len(tripped) == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_whatever_ends_listening_nothing_kept_is_trusted_afterwards(ear):
    def fail(change):
        raise ZeroDivisionError

    ear.subscribe(fail)
    make_notice()
    assert ear.wait_until(lambda: not ear.is_current)
    assert ear.generation("portal_notice") != ear.generation("portal_notice")


@pytest.mark.django_db(transaction=True)
def test_whoever_waits_for_a_silent_database_is_told_when_it_is_known_to_be_away(ear, monkeypatch):
    """The server itself is not stopped here: the others in the suite use it."""
    monkeypatch.setattr(changes, "PATIENCE", 0.2)
    failed = []

    def wait():
        try:
            with connection.cursor() as cursor:
                cursor.execute("SET client_connection_check_interval = 50")  # or it sleeps on
                cursor.execute("SELECT pg_sleep(30)")
        except OperationalError as error:
            failed.append(error)
        finally:
            connection.close()

    waiting = threading.Thread(target=wait)
    waiting.start()
    assert ear.wait_until(lambda: len(breaker._connections) >= 2)
    time.sleep(0.2)  # the statement is on its way
    breaker.trip()
    waiting.join(5)
    assert len(failed) == 1
    assert ear.wait_until(lambda: ear.is_current)  # the database was there all the time


@pytest.mark.django_db
def test_nobody_tries_to_reach_a_database_known_to_be_away():
    breaker.open_circuit()
    try:
        with pytest.raises(OperationalError, match="away"):
            connection.copy().ensure_connection()
    finally:
        breaker.close_circuit()


def test_where_nobody_listens_nothing_may_be_kept():
    assert changes.generation("news_article") != changes.generation("news_article")
