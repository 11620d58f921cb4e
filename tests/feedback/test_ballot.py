"""The ballot: one of each browser, its own, counted once, and taken from nowhere else."""

import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client

from feedback import ballots, limits
from feedback.models import NetworkUse, Vote
from tests.feedback.builders import make_poll
from tests.feedback.test_poll import JSON, NOW, POLL, field, totals, vote

pytestmark = pytest.mark.django_db


def test_the_number_of_a_form_is_no_ballot(client):
    poll = make_poll("Hài lòng", "Không hài lòng")
    client.cookies["ballot"] = ballots.new_token()
    vote(client, poll, poll.options.first())
    assert NetworkUse.objects.exists()  # counted as a new browser's, not taken for known


def test_only_voting_gives_a_ballot(client):
    poll = make_poll()
    assert "ballot" not in client.get(POLL).cookies
    cookie = vote(client, poll, poll.options.first()).cookies["ballot"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert cookie["path"] == "/"
    assert cookie["max-age"] == 365 * 24 * 60 * 60
    assert not cookie["secure"]


def test_under_https_the_ballot_is_closed_to_sibling_departments(client, settings):
    settings.HTTPS = True
    poll = make_poll()
    cookie = vote(client, poll, poll.options.first()).cookies["__Host-ballot"]
    assert cookie["secure"]
    assert cookie["path"] == "/"
    assert not cookie["domain"]


def test_a_forged_ballot_is_a_new_browser(client):
    poll = make_poll()
    client.cookies["ballot"] = f"{uuid.uuid4().hex}:forged"
    vote(client, poll, poll.options.first())
    client.cookies["ballot"] = f"{uuid.uuid4().hex}:forged"
    vote(client, poll, poll.options.first())
    assert totals(poll) == [2, 0, 0]


def test_a_double_click_before_the_first_cookie_is_one_ballot(client):
    poll = make_poll()
    form = {field(poll): poll.options.first().pk, "ballot": ballots.new_token()}
    assert Client().post(POLL, form).status_code == Client().post(POLL, form).status_code == 302
    assert totals(poll) == [1, 0, 0]


def test_a_flood_from_one_network_is_refused_in_words_and_old_ballots_go_on(client):
    poll = make_poll()
    vote(client, poll, poll.options.first())
    limit = ballots.MOST_OF_NETWORK
    NetworkUse.objects.update(uses=ballots.USUAL_OF_NETWORK.most)
    NetworkUse.objects.create(key=limits._key(limit, "127.0.0.1"), uses=limit.most, since=NOW)
    response = vote(Client(), poll, poll.options.first())
    assert response.status_code == 429
    assert "sau một giờ" in response.content.decode()
    assert vote(client, poll, poll.options.last()).status_code == 302
    assert totals(poll) == [0, 0, 1]


@pytest.mark.django_db(transaction=True)
def test_fifty_votes_at_the_same_time_are_all_counted(monkeypatch):
    monkeypatch.setattr(ballots, "USUAL_OF_BROWSER", ballots.USUAL_OF_NETWORK)
    poll = make_poll()
    options = list(poll.options.all())

    def cast(number):
        try:
            return vote(Client(), poll, options[number % 3]).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as threads:
        assert set(threads.map(cast, range(50))) == {302}
    assert totals(poll) == [17, 17, 16]


@pytest.mark.django_db(transaction=True)
def test_one_ballot_cast_many_times_at_once_is_one_vote():
    poll = make_poll()
    options = list(poll.options.all())
    ballot = ballots.Ballot(uuid.uuid4())

    def cast(number):
        try:
            Vote.objects.cast(ballot, [options[number % 3]])
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(cast, range(24)))
    assert Vote.objects.count() == 1


def test_the_database_refuses_a_vote_for_an_option_of_another_poll():
    poll, other = make_poll(question="Một?"), make_poll(question="Hai?")
    Vote.objects.create(poll=poll, option=other.options.first(), ballot=uuid.uuid4())
    with pytest.raises(IntegrityError), transaction.atomic():
        connection.check_constraints()
    Vote.objects.all().delete()


# -- scripts and the CSRF check --------------------------------------------------------


def test_a_script_is_answered_with_the_result(client):
    poll = make_poll()
    response = vote(client, poll, poll.options.first(), headers=JSON)
    answer = response.json()
    assert answer["ok"]
    assert "Đã ghi nhận" in answer["html"]
    assert "ballot" in response.cookies


def test_a_script_is_answered_with_what_is_wrong(client):
    response = vote(client, make_poll(), "", headers=JSON)
    assert response.json() == {
        "ok": False,
        "message": "Vui lòng chọn một phương án rồi bấm “Gửi đánh giá”.",
    }


@pytest.mark.parametrize("site", ["same-site", "cross-site"])
def test_a_vote_that_another_site_s_page_made_the_browser_send_is_refused(client, site):
    poll = make_poll()
    response = vote(client, poll, poll.options.first(), headers={"Sec-Fetch-Site": site})
    assert response.status_code == 403
    assert not Vote.objects.exists()


def test_a_vote_without_a_token_comes_back_marked():
    poll = make_poll()
    option = poll.options.last()
    response = vote(Client(enforce_csrf_checks=True), poll, option)
    page = response.content.decode()
    assert response.status_code == 403
    assert "Đánh giá chưa được ghi nhận" in page
    assert f'value="{option.pk}" checked' in page
    assert not Vote.objects.exists()


def test_a_vote_is_not_accepted_from_another_site():
    poll = make_poll()
    client = Client(enforce_csrf_checks=True)
    client.get(POLL)
    headers = {
        "Origin": "https://so-b.tinh.gov.vn",
        "X-CSRFToken": client.cookies["csrftoken"].value,
    }
    assert vote(client, poll, poll.options.first(), headers=headers).status_code == 403
