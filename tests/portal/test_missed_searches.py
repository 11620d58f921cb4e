"""What people looked for in vain is counted by the page's own report, never by the search."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from portal import visitors
from portal.models import MissedSearch, PageViews, Visit
from tests.builders import make_article
from tests.indicators.builders import make_indicator

pytestmark = pytest.mark.django_db

READER = {
    "User-Agent": "Mozilla/5.0 (Windows NT 10.0) Firefox/128.0",
    "Sec-Fetch-Site": "same-origin",
}


@pytest.fixture(autouse=True)
def only_written_here(fresh_counter):
    pass


def tell(client, token, headers=READER, **extra):
    return client.post("/luot-xem/", headers=headers | {"X-Page": token}, **extra)


def token(client, query, **narrowed):
    """Return what the search page of ``query`` gives the reader's browser to report."""
    page = client.get("/tim-kiem/", {"q": query} | narrowed).content.decode()
    return re.search(r'<body[^>]* data-count="([^"]+)"', page)[1]


def search_and_report(client, query, browser="", **extra):
    headers = READER | {"User-Agent": READER["User-Agent"] + browser}
    answer = tell(client, token(client, query), headers, **extra)
    visitors.counter.flush()
    return answer


def counted():
    return {missed.words: missed.times for missed in MissedSearch.objects.all()}


def test_a_search_without_a_result_is_counted_with_its_folded_words(client):
    assert search_and_report(client, "  Phiếu   ĐIỆN tử ").status_code == 200
    assert counted() == {"phieu dien tu": 1}


def test_such_a_page_counts_as_a_reading_of_the_site_and_of_no_page(client):
    search_and_report(client, "phiếu điện tử")
    assert visitors.views(visitors.SITE) == 1
    assert visitors.online() == 1
    assert set(PageViews.objects.values_list("page", flat=True)) == {visitors.SITE}


def test_searching_itself_writes_nothing(client):
    client.get("/tim-kiem/", {"q": "phiếu điện tử"})
    visitors.counter.flush()
    assert not MissedSearch.objects.exists()


def test_a_search_that_finds_something_is_no_missed_search(client):
    make_article(title="Phiếu điện tử")
    make_indicator(name="Tổng mức bán lẻ")
    for query in ("phieu dien tu", "ban le", "", "-"):
        search_and_report(client, query)
    assert counted() == {}


def test_a_search_narrowed_to_nothing_is_no_missed_search(client):
    narrowed = token(client, "dien", loai="chi-tieu")
    assert tell(client, narrowed).status_code == 200
    visitors.counter.flush()
    assert counted() == {}


def test_the_same_visitor_counts_once_in_half_an_hour(client):
    for _ in range(3):
        search_and_report(client, "gas")
    assert counted() == {"gas": 1}
    Visit.objects.update(counted_at=timezone.now() - timedelta(minutes=31))
    search_and_report(client, "gas")
    assert counted() == {"gas": 2}


def test_different_networks_count_each_and_may_ask_for_much(client):
    for network in ("203.0.113.1", "203.0.113.2"):
        search_and_report(client, "gas", REMOTE_ADDR=network)
    search_and_report(client, "than đá")
    assert counted() == {"gas": 2, "than da": 1}


def test_invented_browsers_of_one_network_count_once(client):
    for browser in ("a", "b", "c"):
        search_and_report(client, "gas", browser=browser)
    assert counted() == {"gas": 1}


def test_no_visit_tells_who_asked_for_the_words(client):
    search_and_report(client, "gas")
    site, search = Visit.objects.order_by("-page")
    assert (site.page, search.page) == (visitors.SITE, visitors.SEARCH)
    assert bytes(site.visitor) != bytes(search.visitor)
    assert not hasattr(MissedSearch.objects.get(), "visitor")


def test_bots_are_not_asked_what_they_miss(client):
    search_and_report(client, "gas", browser=" Googlebot/2.1")
    assert counted() == {}


def test_no_more_words_are_kept_than_the_table_holds():
    assert visitors.missed_search(["dien"] * 40) == f"search:{('dien ' * 40)[:100]}"


def test_a_search_that_may_have_been_cut_is_not_kept(client):
    search_and_report(client, "điện " * 40)
    assert counted() == {}


@pytest.mark.parametrize(
    "query",
    [
        "0912345678",
        "0912 345 678",
        "0912.345.678",
        "cccd 084199001234",
        "079 084 001 234",
        "nguyen.van.a@thu.example",
        "từ " * 31 + "0912345678",
    ],
)
def test_what_may_be_somebodys_number_is_not_kept(client, query):
    search_and_report(client, query)
    assert counted() == {}
    assert visitors.views(visitors.SITE) == 1


def test_words_that_no_search_page_named_are_refused(client):
    assert tell(client, "search:gas:forged").status_code == 403


def test_one_day_keeps_only_so_many_different_searches(client, monkeypatch):
    monkeypatch.setattr(visitors.writing, "MISSED_PER_DAY", 2)
    for query in ("mot", "hai", "ba"):
        search_and_report(client, query)
    assert counted() == {"mot": 1, "hai": 1}
    search_and_report(client, "mot", REMOTE_ADDR="203.0.113.2")
    assert counted() == {"mot": 2, "hai": 1}  # full, but this one is known


def test_searches_older_than_ninety_days_are_forgotten():
    today = timezone.localdate()
    for words, age in (("cu", 91), ("con", 89)):
        MissedSearch.objects.create(words=words, day=today - timedelta(days=age), times=1)
    visitors.forget()
    assert counted() == {"con": 1}


def test_the_most_frequent_are_summed_over_the_days():
    today = timezone.localdate()
    for words, age, times in (("gas", 0, 2), ("gas", 3, 2), ("than", 1, 3), ("xa", 31, 9)):
        MissedSearch.objects.create(words=words, day=today - timedelta(days=age), times=times)
    frequent = MissedSearch.objects.most_frequent(since=today - timedelta(days=30))
    assert [(row["words"], row["total"]) for row in frequent] == [("gas", 4), ("than", 3)]
