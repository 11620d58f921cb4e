import csv
import io
import json
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from feedback import erasure
from feedback.models import CalendarDay, Submission
from feedback.promises import promises
from tests.feedback.builders import make_submission

pytestmark = pytest.mark.django_db
PAGE = "/gop-y/cam-ket/"
AT = datetime(2025, 4, 30, 3, tzinfo=UTC)
State = Submission.State


def make(received, done="", **changes):
    """Make what was received on a day of 2025 and answered on another, where one is given."""
    at = datetime.fromisoformat(f"2025-{received}T02:00:00+00:00")
    values = {"received_at": at}
    if done:
        ended = datetime.fromisoformat(f"2025-{done}T02:00:00+00:00")
        values |= {"state": State.ANSWERED, "answer": "Đã trả lời.", "answered_at": ended}
    return make_submission(**(values | changes))


def of_march():
    months = {month.first_day: month.record for month in promises(AT).months}
    return months[date(2025, 3, 1)]


def test_a_month_counts_what_was_kept_what_not_and_what_runs():
    make("03-03", "03-10")
    make("03-03", "03-24")  # on the last day
    make("03-03", "03-25")  # a day late
    make("03-03")  # waits, overdue
    make("03-31", due_on=date(2025, 5, 5))  # waits, extended
    record = of_march()
    assert (record.received, record.on_time, record.late, record.running) == (5, 2, 2, 1)
    assert record.share == Decimal("50.0")


def test_half_of_them_took_less_working_days_half_more():
    make("03-03", "03-04")
    make("03-03", "03-10")
    make("03-07", "03-10")  # a weekend between: one day
    make("03-03")
    assert of_march().median_days == 1
    make("03-03", "03-07")
    assert of_march().median_days == Decimal("2.5")


def test_forwarding_and_declining_are_answers_too():
    closed = datetime(2025, 3, 5, tzinfo=UTC)
    make("03-03", state=State.FORWARDED, forwarded_to="Sở Y tế", closed_at=closed)
    make("03-03", state=State.DECLINED, reason="Không rõ.", closed_at=closed)
    assert of_march().on_time == 2


def test_an_answer_improved_later_was_still_on_time():
    make("03-03", "03-10", closed_at=AT)
    assert of_march().on_time == 1


def test_spam_is_not_counted():
    make("03-03", state=State.SPAM)
    assert promises(AT).altogether == 0


def test_the_months_are_twelve_and_older_ones_count_only_altogether():
    make("03-03", received_at=datetime(2024, 4, 30, tzinfo=UTC))
    shown = promises(AT)
    assert [shown.months[0].first_day, shown.months[-1].first_day] == [
        date(2025, 4, 1),
        date(2024, 5, 1),
    ]
    assert (shown.whole.received, shown.altogether) == (0, 1)
    assert [month.is_over for month in shown.months] == [False, *[True] * 11]


def test_a_message_belongs_to_the_month_of_the_departments_clock():
    make("03-03", received_at=datetime(2025, 2, 28, 17, tzinfo=UTC))  # 00:00 of 1/3 here
    assert of_march().received == 1


def test_the_longest_waiting_is_named_with_its_working_days():
    make("03-31")
    make("04-22")
    shown = promises(AT)
    assert shown.oldest_open == date(2025, 3, 31)
    # 1–4/4 is 4; 8–11 is 8 (7/4 off); 14–18 is 13; 21–25 is 18; 26 made up; 28, 29; 30/4 off.
    assert shown.oldest_days == 21


def test_own_days_of_rest_count():
    CalendarDay.objects.create(date="2025-03-04", name="nghỉ bão")
    make("03-03", "03-25")
    assert of_march().on_time == 1


def test_erasing_somebodys_data_changes_no_number():
    for submission in (make("03-03", "03-10"), make("03-03", "03-25")):
        before = promises(AT)
        erasure.erase(submission, reason="Theo yêu cầu.")
        after = promises(AT)
        assert (before.whole.courses, before.altogether) == (after.whole.courses, after.altogether)


# -- the page and the files ------------------------------------------------------------


def make_recent():
    yesterday = timezone.now() - timedelta(days=1)
    make_submission(received_at=yesterday)
    make_submission(
        received_at=yesterday - timedelta(days=40),
        state=State.ANSWERED,
        answer="Có.",
        answered_at=yesterday - timedelta(days=38),
    )


def test_the_page_says_the_numbers_and_how_they_are_counted(client):
    make_recent()
    page = client.get(PAGE).content.decode()
    assert "1 đúng hạn, 0 quá hạn" in page
    assert "Cách tính" in page
    assert "(chưa hết tháng)" in page


def test_a_portal_that_has_received_nothing_says_so(client):
    assert "cổng chưa nhận được góp ý nào" in client.get(PAGE).content.decode()


def test_the_page_is_the_same_for_everybody(client):
    response = client.get(PAGE)
    assert not response.cookies
    assert "public" in response.headers["Cache-Control"]


def test_the_page_asks_few_questions(client, django_assert_max_num_queries):
    for number in range(8):
        make_submission(received_at=timezone.now() - timedelta(days=number * 20))
    with django_assert_max_num_queries(6):
        client.get(PAGE)


def test_the_files_hold_the_same_numbers(client):
    make_recent()
    content = json.loads(client.get("/gop-y/cam-ket.json").content)
    body = client.get("/gop-y/cam-ket.csv").content.decode()
    rows = list(csv.DictReader(io.StringIO(body)))
    assert content["twelve_months"]["on_time"] == 1
    assert sum(int(row["Đã nhận"]) for row in rows) == content["received_altogether"] == 2
    assert [row["Tháng"] for row in rows] == [month["month"] for month in content["months"]]
    assert client.get("/gop-y/cam-ket.csv?bom=1").content.startswith(b"\xef\xbb\xbf")
