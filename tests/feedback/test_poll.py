"""The page of polls: choosing, several questions, reading, the box on the home page."""

import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.template import Context, Template
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from feedback import ballots
from feedback.models import Poll, Vote
from tests.feedback.builders import make_article, make_poll

pytestmark = pytest.mark.django_db
POLL = "/danh-gia/"
JSON = {"Accept": "application/json"}
NOW = timezone.now()


def field(poll):
    return f"cau-{poll.slug}"


def vote(client, poll, option, **options):
    return client.post(POLL, {field(poll): getattr(option, "pk", option)}, **options)


def totals(poll):
    return [row.votes for row in poll.results()]


def test_a_vote_is_counted_and_acknowledged_with_the_result(client):
    poll = make_poll()
    response = vote(client, poll, poll.options.first())
    assert response.status_code == 302
    assert totals(poll) == [1, 0, 0]
    page = client.get(response.url).content.decode()
    assert "Đã ghi nhận đánh giá" in page
    assert "Tổng số phiếu" in page


def test_voting_again_moves_the_ballot(client):
    poll = make_poll()
    for option in poll.options.all():
        vote(client, poll, option)
    assert totals(poll) == [0, 0, 1]


def test_a_ballot_counts_in_every_poll(client):
    first, second = make_poll(question="Một?"), make_poll(question="Hai?")
    vote(client, first, first.options.first())
    vote(client, second, second.options.last())
    assert (totals(first), totals(second)) == ([1, 0, 0], [0, 0, 1])
    assert Vote.objects.values("ballot").distinct().count() == 1


def test_the_page_marks_what_this_browser_chose(client):
    poll = make_poll()
    option = poll.options.last()
    vote(client, poll, option)
    assert f'value="{option.pk}" checked' in client.get(POLL).content.decode()
    assert "checked" not in Client().get(POLL).content.decode()


def test_an_option_asked_for_in_the_address_is_marked(client):
    poll = make_poll()
    option = poll.options.last()
    page = client.get(POLL, {field(poll): str(option.pk)}).content.decode()
    assert f'value="{option.pk}" checked' in page
    assert "Phiếu chưa được gửi" in page


@pytest.mark.parametrize("asked", ["", "abc", "0", "-1", "9" * 40, "\x00", "<script>"])
def test_an_odd_option_in_the_address_marks_nothing(client, asked):
    poll = make_poll()
    response = client.get(POLL, {field(poll): asked, f"cau-{asked}": "1", "da-ghi": asked})
    assert response.status_code == 200
    assert "checked" not in response.content.decode()
    assert "<script>" not in response.content.decode().replace("<script type=", "")


def test_choosing_nothing_is_explained_beside_the_options(client):
    poll = make_poll()
    response = client.post(POLL, {field(poll): ""})
    page = response.content.decode()
    assert response.status_code == 422
    assert "Vui lòng chọn một phương án" in page
    assert f'aria-describedby="loi-{poll.slug}"' in page
    assert "ballot" not in response.cookies


@pytest.mark.parametrize("option", ["abc", "0", "-1", "9" * 40, "1.5", "x\x00"])
def test_an_odd_option_is_refused_in_words(client, option):
    response = vote(client, make_poll(), option)
    assert response.status_code == 422
    assert "không thuộc câu hỏi này" in response.content.decode()


def test_an_option_of_another_poll_is_refused(client):
    poll, other = make_poll(question="Một?"), make_poll(question="Hai?")
    response = vote(client, poll, other.options.first())
    assert response.status_code == 422
    assert "không thuộc câu hỏi này" in response.content.decode()
    assert not Vote.objects.exists()


def test_a_poll_deleted_at_the_moment_of_the_vote_is_said_to_be_gone(client, monkeypatch):
    poll = make_poll()
    counted = ballots.of_request

    def of_request(request):
        Poll.objects.filter(pk=poll.pk).delete()
        return counted(request)

    monkeypatch.setattr(ballots, "of_request", of_request)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # as a commit has it
    response = vote(client, poll, poll.options.first())
    assert response.status_code == 404
    assert "câu hỏi đã được gỡ" in response.content.decode()


def test_a_closed_poll_says_that_the_ballot_was_not_counted(client):
    poll = make_poll(closes_at=NOW - timedelta(minutes=1))
    response = vote(client, poll, poll.options.first())
    assert response.status_code == 409
    assert "chưa được ghi nhận" in response.content.decode()
    assert not Vote.objects.exists()


@pytest.mark.parametrize("slug", ["khong-co", "<script>", "a" * 120])
def test_an_unknown_poll_is_answered_in_words(client, slug):
    make_poll()
    response = client.post(POLL, {f"cau-{slug}": "1"})
    assert response.status_code == 404
    assert "Không có câu hỏi này" in response.content.decode()


def test_a_poll_that_is_not_yet_open_is_unknown(client):
    poll = make_poll(opens_at=NOW + timedelta(hours=1))
    assert vote(client, poll, poll.options.first()).status_code == 404


def test_without_an_open_poll_the_page_says_so(client):
    assert "Hiện không có câu hỏi nào đang mở." in client.get(POLL).content.decode()


def test_opening_the_page_costs_few_queries(client, django_assert_num_queries):
    for number in range(4):
        make_poll(question=f"Câu {number}?")
    with django_assert_num_queries(3):
        client.get(POLL)


# -- several questions -----------------------------------------------------------------


def test_several_questions_are_answered_at_once(client):
    first, second, third = (make_poll(question=f"Câu {number}?") for number in range(3))
    form = {
        field(first): first.options.first().pk,
        field(second): second.options.last().pk,
        field(third): "",
    }
    response = client.post(POLL, form)
    assert [totals(poll) for poll in (first, second, third)] == [[1, 0, 0], [0, 0, 1], [0, 0, 0]]
    page = client.get(response.url).content.decode()
    assert "Kết quả các câu hỏi vừa trả lời" in page
    assert first.get_absolute_url() in page


def test_one_of_several_questions_may_be_answered_alone(client):
    first, second = make_poll(question="Một?"), make_poll(question="Hai?")
    answer = vote(client, second, second.options.first(), headers=JSON).json()
    assert (totals(first), totals(second)) == ([0, 0, 0], [1, 0, 0])
    assert "Trả lời thêm 1 câu hỏi khác" in answer["html"]


def test_answering_none_of_several_questions_is_explained(client):
    make_poll(question="Một?"), make_poll(question="Hai?")
    response = client.post(POLL, {})
    assert response.status_code == 422
    assert "Vui lòng trả lời ít nhất một câu hỏi" in response.content.decode()


def test_nothing_is_counted_unless_all_can_be_and_nothing_is_lost(client):
    first, second = make_poll(question="Một?"), make_poll(question="Hai?")
    kept = first.options.last()
    response = client.post(POLL, {field(first): kept.pk, field(second): kept.pk})
    page = response.content.decode()
    assert response.status_code == 422
    assert not Vote.objects.exists()
    assert f'value="{kept.pk}" checked' in page
    assert page.count("không thuộc câu hỏi này") == 1
    second.closes_at = NOW - timedelta(minutes=1)
    second.save()
    response = client.post(POLL, {field(first): kept.pk, field(second): 1})
    assert response.status_code == 409
    assert f'value="{kept.pk}" checked' in response.content.decode()


def test_votes_in_many_polls_are_one_statement(client, django_assert_num_queries):
    polls = [make_poll(question=f"Câu {number}?") for number in range(5)]
    ballot = ballots.Ballot(uuid.uuid4())
    options = [poll.options.first() for poll in polls]
    with django_assert_num_queries(1):
        Vote.objects.cast(ballot, options)


# -- reading ---------------------------------------------------------------------------


@pytest.mark.parametrize("method", ["get", "head"])
def test_reading_writes_nothing(client, method):
    poll = make_poll()
    vote(client, poll, poll.options.first())
    article = make_article()
    asked = {field(poll): poll.options.last().pk, "da-ghi": poll.slug, "chon": "co"}
    opinion = reverse("feedback:opinion", args=[article.slug])
    results = "/danh-gia/ket-qua/"
    files = [f"{results}{poll.slug}.csv", f"{results}{poll.slug}.json"]
    addresses = [POLL, opinion, results, *files, f"/danh-gia/nhung/{poll.slug}/"]
    with CaptureQueriesContext(connection) as queries:
        statuses = {getattr(client, method)(address, asked).status_code for address in addresses}
    assert statuses == {200}
    assert queries.captured_queries
    assert all(query["sql"].startswith("SELECT") for query in queries.captured_queries)
    assert totals(poll) == [1, 0, 0]


@pytest.mark.django_db(transaction=True)
def test_a_vote_under_way_holds_up_neither_reading_nor_editing():
    poll = make_poll()
    options = list(poll.options.all())

    def read_and_edit():
        try:
            with connection.cursor() as cursor:
                cursor.execute("SET lock_timeout = '100ms'")
            assert poll.results().ballots == 0
            Poll.objects.filter(pk=poll.pk).update(introduction="Sửa lời dẫn.")
            assert Client().get("/danh-gia/ket-qua/").status_code == 200
            with connection.cursor() as cursor:
                cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
                return cursor.fetchone()[0]
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as threads, transaction.atomic():
        Vote.objects.cast(ballots.Ballot(uuid.uuid4()), [options[0]])
        assert threads.submit(read_and_edit).result(timeout=30) == 0
    assert totals(poll) == [1, 0, 0]


# -- the box on the home page ----------------------------------------------------------


def box():
    return Template("{% load feedback %}{% poll_box %}").render(Context())


def test_the_box_shows_the_first_open_poll_in_one_query(django_assert_num_queries):
    make_poll(question="Đã đóng?", closes_at=NOW - timedelta(hours=1))
    make_poll(question="Thứ hai?", position=2)
    poll = make_poll(question="Thứ nhất?", position=1)
    with django_assert_num_queries(1):
        page = box()
    assert "Thứ nhất?" in page
    assert "Thứ hai?" not in page
    assert [page.count(f'value="{option.pk}"') for option in poll.options.all()] == [1, 1, 1]
    assert 'method="get" action="/danh-gia/"' in page


def test_without_an_open_poll_there_is_no_box():
    make_poll(closes_at=NOW - timedelta(hours=1))
    assert not box().strip()


def test_a_poll_without_options_gives_way_to_the_next():
    Poll.objects.create(question="Trống?", position=0, opens_at=NOW - timedelta(days=1))
    make_poll(question="Có phương án?", position=1)
    assert "Có phương án?" in box()
