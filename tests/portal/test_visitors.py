from datetime import timedelta
from ipaddress import ip_network

import pytest
from django.test import RequestFactory
from django.utils import timezone

from portal import visitors
from portal.models import PageViews, Visit

pytestmark = pytest.mark.django_db

READER = {
    "User-Agent": "Mozilla/5.0 (Windows NT 10.0) Firefox/128.0",
    "Sec-Fetch-Site": "same-origin",
}


@pytest.fixture(autouse=True)
def only_written_here(fresh_counter):
    pass


def report(client, page="article:1", headers=READER, **extra):
    headers = headers | {"X-Page": visitors.page_token(page)}
    return client.post("/luot-xem/", headers=headers, **extra)


def test_a_reader_is_counted_once_in_half_an_hour(client):
    for _ in range(3):
        report(client)
        visitors.counter.flush()
    assert visitors.views("article:1") == 1
    Visit.objects.update(counted_at=timezone.now() - timedelta(minutes=31))
    report(client)
    visitors.counter.flush()
    assert visitors.views("article:1") == 2


def test_the_answer_carries_the_counters(client):
    report(client)
    visitors.counter.flush()
    assert report(client, page="article:2").json() == {"views": 0, "site_views": 1, "online": 1}


def test_one_network_counts_only_for_so_many(client):
    for number in range(visitors.MAX_OF_NETWORK + 20):
        report(client, headers=READER | {"User-Agent": f"Mozilla/5.0 Firefox/{number}"})
    visitors.counter.flush()
    assert visitors.views("article:1") == visitors.MAX_OF_NETWORK


def test_different_browsers_count_each(client):
    for number in range(5):
        report(client, headers=READER | {"User-Agent": f"Mozilla/5.0 Firefox/{number}"})
    visitors.counter.flush()
    assert visitors.views("article:1") == 5
    assert visitors.online() == 5


@pytest.mark.parametrize(
    "headers",
    [
        READER | {"User-Agent": "Mozilla/5.0 (compatible; Googlebot/2.1)"},
        READER | {"User-Agent": ""},
        READER | {"Sec-Purpose": "prefetch;prerender"},
    ],
)
def test_bots_and_prefetching_are_not_readers(client, headers):
    assert report(client, headers=headers).status_code == 200
    visitors.counter.flush()
    assert visitors.views("article:1") == 0


@pytest.mark.parametrize(
    "headers", [{"Sec-Fetch-Site": "same-site"}, {"Origin": "https://evil.example"}, {}]
)
def test_reports_of_other_sites_are_refused(client, headers):
    headers = {"User-Agent": READER["User-Agent"]} | headers
    assert report(client, headers=headers).status_code == 403


def test_only_pages_of_ours_are_counted(client):
    forged = READER | {"X-Page": "article:99:forged"}
    assert client.post("/luot-xem/", headers=forged).status_code == 403
    assert client.post("/luot-xem/", headers=READER).status_code == 403
    assert client.get("/luot-xem/").status_code == 405


def test_nothing_stored_names_the_visitor(client):
    report(client, REMOTE_ADDR="203.0.113.7")
    visitors.counter.flush()
    assert len(bytes(Visit.objects.first().visitor)) == 16
    assert PageViews.objects.count() == 2


def test_visits_are_forgotten_when_they_say_nothing_any_more():
    now = timezone.now()
    for visitor, minutes in ((b"x" * 16, 41), (b"y" * 16, 39)):
        seen_at = now - timedelta(minutes=minutes)
        Visit.objects.create(page="site", visitor=visitor, seen_at=seen_at, counted_at=seen_at)
    visitors.forget(now)
    assert [bytes(visit.visitor) for visit in Visit.objects.all()] == [b"y" * 16]


@pytest.mark.parametrize(
    ("forwarded", "believed"),
    [
        ("198.51.100.1", "198.51.100.1"),
        ("1.1.1.1, 198.51.100.1", "198.51.100.1"),
        ("1.1.1.1, 198.51.100.1, 10.0.0.2", "198.51.100.1"),
        ("nonsense", "10.0.0.1"),
        ("fe80::1%" + "x" * 5000, "10.0.0.1"),
        ("", "10.0.0.1"),
    ],
)
def test_forwarded_addresses_are_believed_as_far_as_trusted(settings, forwarded, believed):
    settings.TRUSTED_PROXIES = [ip_network("10.0.0.0/30")]
    request = RequestFactory().get(
        "/", REMOTE_ADDR="10.0.0.1", headers={"X-Forwarded-For": forwarded}
    )
    assert visitors.client_address(request) == believed


def test_an_untrusted_peer_cannot_choose_its_address():
    request = RequestFactory().get(
        "/", REMOTE_ADDR="203.0.113.9", headers={"X-Forwarded-For": "1.2.3.4"}
    )
    assert visitors.client_address(request) == "203.0.113.9"


def test_one_ipv6_customer_is_one_network():
    request = RequestFactory().get("/", REMOTE_ADDR="2001:db8:1:2:3:4:5:6")
    assert visitors.client_network(request) == "2001:db8:1:2::"
