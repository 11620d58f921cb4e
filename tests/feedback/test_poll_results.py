import uuid
from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from feedback.models import Poll
from tests.builders import LONG_AGO
from tests.feedback.builders import make_poll

pytestmark = pytest.mark.django_db
RESULTS = "/danh-gia/ket-qua/"
NOW = timezone.now()


def cast(poll, *counts):
    for option, count in zip(poll.options.all(), counts, strict=True):
        for _ in range(count):
            poll.cast(option, uuid.uuid4())


def test_share_is_none_before_the_first_vote():
    results = make_poll().results()
    assert [row.share for row in results] == [None, None, None]
    assert results.ballots == 0


def test_shares_are_percent_of_all_ballots():
    poll = make_poll()
    cast(poll, 1, 2, 0)
    results = poll.results()
    assert [row.share for row in results] == [Decimal("33.3"), Decimal("66.7"), Decimal("0.0")]
    assert results.ballots == 3


def test_rows_are_in_display_order():
    poll = make_poll("Ba", "Một", "Hai")
    poll.options.filter(text="Một").update(position=0)
    poll.options.filter(text="Hai").update(position=1)
    poll.options.filter(text="Ba").update(position=2)
    assert [row.label for row in poll.results()] == ["Một", "Hai", "Ba"]


def test_results_are_one_query(django_assert_num_queries):
    poll = make_poll()
    cast(poll, 1, 2, 3)
    with django_assert_num_queries(1):
        poll.results()


def test_the_page_shows_bars_votes_shares_and_the_number_of_ballots(client):
    poll = make_poll()
    cast(poll, 1, 2, 0)
    page = client.get(RESULTS).content.decode()
    for shown in ('<rect class="bar__fill" width="33.3"', "33,3%", "66,7%", "Tổng số phiếu"):
        assert shown in page
    assert "không phải kết quả điều tra khoa học" in page
    assert "style=" not in page


def test_a_page_costs_few_queries(client, django_assert_num_queries):
    poll = make_poll()
    cast(poll, 2, 2, 2)
    for number in range(5):
        make_poll(question=f"Câu {number}?")
    with django_assert_num_queries(4):
        client.get(RESULTS)


def test_the_first_open_poll_is_shown_before_closed_ones(client):
    make_poll(question="Đã đóng?", position=0, closes_at=NOW - timedelta(hours=1))
    make_poll(question="Đang mở?", position=1)
    assert client.get(RESULTS).context["poll"].question == "Đang mở?"


def test_a_closed_poll_keeps_its_results(client):
    poll = make_poll(opens_at=LONG_AGO - timedelta(days=1), closes_at=LONG_AGO)
    page = client.get(poll.get_absolute_url()).content.decode()
    assert "đã đóng lúc 16:30 ngày 02/01/2024" in page
    assert "Gửi đánh giá" not in page


@pytest.mark.parametrize("slug", ["khong-co", "\x00", "a" * 9000, "<script>"])
def test_an_unknown_poll_is_not_found(client, slug):
    make_poll()
    assert client.get(RESULTS, {"cau-hoi": slug}).status_code == 404


def test_a_poll_of_the_future_is_not_found(client):
    poll = make_poll(opens_at=NOW + timedelta(hours=1))
    assert client.get(poll.get_absolute_url()).status_code == 404


def test_without_polls_the_page_says_so(client):
    assert "Chưa có câu hỏi đánh giá nào." in client.get(RESULTS).content.decode()


def test_the_page_is_the_same_for_everybody(client):
    make_poll()
    response = client.get(RESULTS)
    assert not response.cookies
    assert "public" in response.headers["Cache-Control"]
    assert "csrfmiddlewaretoken" not in response.content.decode()


def test_a_poll_gets_its_address_from_its_question():
    assert Poll.objects.create(question="Đường dẫn lấy từ đâu?").slug == "duong-dan-lay-tu-dau"
