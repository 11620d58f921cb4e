"""The answer to a page's report, given in front of Django and by it."""

import pytest
from django.db import OperationalError
from django.test import RequestFactory

from portal import answers, visitors
from portal.models import PageViews
from portal.visitors import answering, totals

pytestmark = pytest.mark.django_db

READER = {
    "User-Agent": "Mozilla/5.0 (Windows NT 10.0) Firefox/128.0",
    "Sec-Fetch-Site": "same-origin",
    "Host": "testserver",
}


@pytest.fixture(autouse=True)
def only_written_here(fresh_counter):
    pass


def headers(page="article:1", **changes):
    return READER | {"X-Page": visitors.page_token(page)} | changes


def environ(*args, method="post", path="/luot-xem/", **changes):
    made = getattr(RequestFactory(), method)(path, headers=headers(*args, **changes)).environ
    del made["wsgi.input"]  # nothing of it is read
    return made


@pytest.fixture
def counted():
    PageViews.objects.create(page="article:1", day="2024-01-02", views=7)
    PageViews.objects.create(page="site", day="2024-01-02", views=9)
    visitors.numbers.ask("article:1")


def test_a_page_not_in_memory_is_asked_for_once(client, django_assert_num_queries):
    assert visitors.beacon(environ()) is None
    assert client.post("/luot-xem/", headers=headers()).json()["views"] == 0
    with django_assert_num_queries(0):
        status, _, body = visitors.beacon(environ())
    assert (status, body) == (200, b'{"views": 0, "site_views": 0, "online": 1}')


def test_the_answer_before_django_is_the_one_django_gives(client, counted):
    for changes, expected in (({}, 200), ({"X-Page": "forged"}, 403)):
        status, given, body = visitors.beacon(environ(**changes))
        answer = client.post("/luot-xem/", headers=headers(**changes))
        assert (status, body) == (answer.status_code, answer.content)
        assert status == expected
        assert dict(given) | {"Content-Length": str(len(body))} == dict(answer.headers)


def test_over_https_the_answer_asks_for_it_and_other_reports_are_led_there(settings, counted):
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    settings.SECURE_SSL_REDIRECT = True
    settings.SECURE_HSTS_SECONDS = 60
    kept = (answers.personal_headers, answering._origin)
    for one in kept:
        one.cache_clear()
    try:
        assert visitors.beacon(environ()) is None
        _, given, _ = visitors.beacon(environ(**{"X-Forwarded-Proto": "https"}))
        assert dict(given)["Strict-Transport-Security"].startswith("max-age=60")
    finally:
        for one in kept:
            one.cache_clear()


@pytest.mark.parametrize(
    "changes",
    [
        {"method": "get"},
        {"path": "/tin-tuc/"},
        {"Host": "evil.example"},
        {"Host": "testserver:80:90"},
        {"Host": ""},
    ],
)
def test_what_is_no_report_is_left_to_django(counted, changes):
    assert visitors.beacon(environ(**changes)) is None


def test_words_in_any_script_fit_into_a_header():
    page = visitors.missed_search(["điện", "电 力"])
    token = visitors.page_token(page)
    assert token.isascii()
    assert visitors.page_of_token(token) == page


# -- how old the numbers may be --------------------------------------------------------


@pytest.fixture
def clock(monkeypatch):
    """Seconds that pass only when the test says so."""
    moment = [1000.0]
    monkeypatch.setattr(totals, "monotonic", lambda: moment[0])
    return moment


@pytest.fixture
def away(monkeypatch):
    """Send the database away; the list holds how often it was asked all the same."""
    asked = []

    def refuse(pages):
        asked.append(pages)
        raise OperationalError

    monkeypatch.setattr(totals, "_totals", refuse)
    return asked


def test_what_other_processes_wrote_is_known_after_ten_seconds(clock, counted):
    PageViews.objects.update(views=20)
    assert b'"views": 7' in visitors.beacon(environ()).body
    clock[0] += 10
    assert visitors.beacon(environ()) is None
    visitors.numbers.ask("article:1")
    assert b'"views": 20, "site_views": 20' in visitors.beacon(environ()).body


def test_the_last_numbers_are_said_while_the_database_is_away(client, clock, counted, away):
    clock[0] += 60
    assert client.post("/luot-xem/", headers=headers()).json()["views"] == 7
    assert b'"views": 7' in visitors.beacon(environ()).body
    unknown = visitors.beacon(environ("article:2"))
    assert (unknown.status, unknown.body) == (204, b"")
    assert len(away) == 1  # and not again for each report
    clock[0] += totals.AWAY_SECONDS
    assert visitors.beacon(environ()) is None


def test_a_database_that_hangs_holds_up_few(monkeypatch):
    def hang(pages, waiting=visitors.numbers):
        asked.append(pages)
        waiting.ask("article:1")  # another thread asks meanwhile
        return {}

    asked = []
    monkeypatch.setattr(totals, "_totals", hang)
    visitors.numbers.ask("article:1")
    assert len(asked) == totals.MAX_ASKING


def test_memory_holds_the_pages_asked_for_last(clock, monkeypatch):
    monkeypatch.setattr(totals, "MAX_PAGES", 3)
    for number in range(6):
        visitors.numbers.ask(f"article:{number}")
        clock[0] += 1
    visitors.numbers.refresh()
    assert [number for number in range(6) if visitors.numbers.known(f"article:{number}")] == [
        3,
        4,
        5,
    ]
    clock[0] += totals.KEPT_SECONDS
    visitors.numbers.refresh()
    assert visitors.numbers.known("article:5") is None


def test_an_absurd_host_is_refused_and_not_remembered(counted):
    answering._origin.cache_clear()
    assert visitors.beacon(environ(Host="a" * 5000)) is None  # Django says what is wrong
    assert answering._origin.cache_info().currsize == 0
