from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from feedback.models import Poll
from tests.builders import LONG_AGO
from tests.feedback.builders import cast, make_poll

pytestmark = pytest.mark.django_db
RESULTS = "/danh-gia/ket-qua/"
NOW = timezone.now()


def cast_many(poll, *counts, **changes):
    for option, count in zip(poll.options.all(), counts, strict=True):
        for _ in range(count):
            cast(option, **changes)


def test_share_is_none_before_the_first_vote():
    results = make_poll().results()
    assert [row.share for row in results] == [None, None, None]
    assert results.ballots == 0


def test_shares_are_percent_of_all_ballots():
    poll = make_poll()
    cast_many(poll, 1, 2, 0)
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
    cast_many(poll, 1, 2, 3)
    with django_assert_num_queries(1):
        poll.results()


def test_the_page_shows_bars_votes_shares_and_the_number_of_ballots(client):
    poll = make_poll()
    cast_many(poll, 1, 2, 0)
    page = client.get(RESULTS).content.decode()
    for shown in ('<rect class="bar__fill" width="33.3"', "33,3%", "66,7%", "Tổng số phiếu"):
        assert shown in page
    assert "không phải kết quả điều tra khoa học" in page
    assert "style=" not in page


def test_a_page_costs_few_queries(client, django_assert_num_queries):
    poll = make_poll()
    cast_many(poll, 2, 2, 2)
    for number in range(5):
        make_poll(question=f"Câu {number}?")
    with django_assert_num_queries(5):
        client.get(RESULTS)


def at(year, month, day):
    return datetime(year, month, day, 5, tzinfo=UTC)


def test_the_trend_has_every_month_from_the_first_ballot_to_now():
    poll = make_poll(opens_at=LONG_AGO)
    cast_many(poll, 1, 0, 3, cast_at=at(2026, 7, 2))
    cast_many(poll, 1, 0, 0, cast_at=datetime(2026, 8, 31, 18, tzinfo=UTC))  # September there
    cast_many(poll, 9, 9, 9, cast_at=at(2026, 7, 3), is_suspect=True)
    months = poll.by_month(at(2026, 10, 9))
    assert [(of.month.month, of.results.ballots) for of in months] == [
        (7, 4), (8, 0), (9, 1), (10, 0),
    ]  # fmt: skip
    assert [row.share for row in months[0].results] == [Decimal(25), Decimal(0), Decimal(75)]
    assert [row.share for row in months[1].results] == [None] * 3


def test_the_trend_ends_when_the_poll_closes():
    poll = make_poll(opens_at=LONG_AGO, closes_at=at(2026, 8, 15))
    cast_many(poll, 1, 0, 0, cast_at=at(2026, 7, 2))
    assert [of.month.month for of in poll.by_month(at(2026, 11, 1))] == [7, 8]


def test_the_trend_of_rated_options_is_their_mean(client):
    poll = make_poll(opens_at=LONG_AGO)
    for points, option in zip((5, 3, 1), poll.options.all(), strict=True):
        option.points = points
        option.save()
    cast_many(poll, 2, 1, 0)
    page = client.get(RESULTS).content.decode()
    assert poll.by_month()[-1].results.mean == Decimal("4.33")
    assert "Theo tháng" in page
    assert '<rect class="bar__fill" width="4.33"' in page


def test_half_a_scale_is_none():
    poll = make_poll()
    poll.options.filter(text="Tốt").update(points=5)
    cast_many(poll, 1, 1, 1)
    assert poll.results().mean is None


def test_before_the_first_ballot_there_is_no_trend(client):
    assert make_poll().by_month() == []
    assert "Theo tháng" not in client.get(RESULTS).content.decode()


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
