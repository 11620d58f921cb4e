"""Ballots that come too many from one place: kept apart, decided on, never dropped in silence."""

import uuid
from datetime import timedelta
from ipaddress import ip_network

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from feedback import ballots
from feedback.models import NetworkUse, Opinion, Vote
from portal import visitors
from tests.feedback.builders import cast, make_article, make_poll

pytestmark = pytest.mark.django_db
POLL = "/danh-gia/"
RESULTS = "/danh-gia/ket-qua/"


def vote(client, option, agent="Firefox", **options):
    headers = {"User-Agent": agent} | options.pop("headers", {})
    form = {f"cau-{option.poll.slug}": option.pk}
    return client.post(POLL, form, headers=headers, **options)


def flood(option, count, agent="Firefox"):
    for _ in range(count):
        assert vote(Client(), option, agent).status_code == 302


@pytest.fixture
def few(monkeypatch):
    """Make three of a kind of browser and five of a network the usual, also at midnight."""
    monkeypatch.setattr(visitors.who, "hash_of_today", lambda text: text.encode()[-16:])
    monkeypatch.setattr(ballots, "USUAL_OF_BROWSER", ballots.USUAL_OF_BROWSER._replace(most=3))
    monkeypatch.setattr(ballots, "USUAL_OF_NETWORK", ballots.USUAL_OF_NETWORK._replace(most=5))


def counts(poll):
    results = poll.results()
    return results.ballots, results.awaiting, results.set_aside


def test_more_ballots_of_a_kind_of_browser_than_usual_wait_to_be_looked_at(few):
    poll = make_poll()
    flood(poll.options.first(), 5)
    assert counts(poll) == (3, 2, 0)
    assert Vote.objects.filter(voter__isnull=False).count() == 2
    assert Vote.objects.awaiting().values("voter").distinct().count() == 1


def test_a_machine_that_invents_browsers_is_one_source(few):
    poll = make_poll()
    for number in range(9):
        flood(poll.options.first(), 1, agent=f"Trình duyệt {number}")
    assert counts(poll) == (5, 4, 0)
    assert Vote.objects.awaiting().values("voter").distinct().count() == 1


def test_other_networks_go_on_being_counted(few, settings):
    settings.TRUSTED_PROXIES = [ip_network("127.0.0.1")]
    poll = make_poll()
    flood(poll.options.first(), 5)
    forwarded = {"X-Forwarded-For": "203.0.113.9"}
    vote(Client(), poll.options.last(), headers=forwarded)
    assert counts(poll) == (4, 2, 0)


def test_the_voter_is_told_that_the_ballot_is_looked_at_first(few):
    poll = make_poll()
    flood(poll.options.first(), 3)
    answer = vote(Client(), poll.options.first(), headers={"Accept": "application/json"}).json()
    assert answer["ok"]
    assert "cán bộ sẽ kiểm tra phiếu này" in answer["html"]


def test_a_suspected_ballot_is_suspect_in_every_poll_and_moves_as_such(few):
    poll, other = make_poll(question="Một?"), make_poll(question="Hai?")
    flood(poll.options.first(), 3)
    client = Client()
    vote(client, poll.options.first())
    vote(client, poll.options.last())
    vote(client, other.options.first())
    assert counts(poll) == (3, 1, 0)
    assert counts(other) == (0, 1, 0)


def test_the_public_total_says_what_it_leaves_out(client):
    poll = make_poll()
    cast(poll.options.first())
    for _ in range(3):
        cast(poll.options.first(), is_suspect=True)
    cast(poll.options.last(), is_suspect=True, is_set_aside=True)
    for address in (RESULTS, f"/danh-gia/nhung/{poll.slug}/"):
        page = client.get(address).content.decode()
        assert "Chưa tính 3 phiếu đang được kiểm tra" in page
        assert "Đã loại 1 phiếu sau khi kiểm tra" in page
    told = client.get(f"{RESULTS}{poll.slug}.json").json()
    assert (told["ballots"], told["ballots_being_checked"], told["ballots_set_aside"]) == (1, 3, 1)


def test_the_database_refuses_to_count_what_is_set_aside():
    poll = make_poll()
    with pytest.raises(IntegrityError), transaction.atomic():
        cast(poll.options.first(), is_set_aside=True)


def test_a_source_is_stored_under_a_hash(monkeypatch):
    for name in ("USUAL_OF_BROWSER", "USUAL_OF_NETWORK"):
        monkeypatch.setattr(ballots, name, getattr(ballots, name)._replace(most=0))
    flood(make_poll().options.first(), 1)
    voter = bytes(Vote.objects.get().voter)
    assert len(voter) == 16
    assert b"127" not in voter


def test_hashes_are_forgotten_after_two_days(few):
    poll = make_poll()
    flood(poll.options.first(), 5)
    old = timezone.now() - timedelta(days=2, minutes=1)
    Vote.objects.filter(pk=Vote.objects.awaiting().first().pk).update(cast_at=old)
    Opinion.objects.create(
        article=make_article(), ballot=uuid.uuid4(), is_helpful=True, voter=b"x" * 16, at=old
    )
    ballots.forget_voters()
    assert Vote.objects.filter(voter__isnull=False).count() == 1
    assert not Opinion.objects.filter(voter__isnull=False).exists()
    assert counts(poll) == (3, 2, 0)


def test_a_ballot_as_usual_leaves_no_hash():
    poll = make_poll()
    flood(poll.options.first(), 1)
    assert Vote.objects.get().voter is None
    assert "127.0.0.1" not in "".join(NetworkUse.objects.values_list("key", flat=True))
