"""Letters to staff: bundled, on working mornings, without a word a citizen wrote."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core import mail
from django_tasks_db.models import DBTaskResult

from feedback import digest, handling
from feedback.models import Unit
from portal.groups import EDITORS, FEEDBACK_OFFICERS
from tests.builders import make_staff
from tests.feedback.builders import make_submission

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("mail_server")]

FRIDAY = datetime(2026, 11, 20, 0, 30, tzinfo=UTC)  # 7:30 here
QUARTER = timedelta(minutes=15)


@pytest.fixture
def today(monkeypatch):
    """Have the day of the letters be a Friday."""
    monkeypatch.setattr(digest.timezone, "now", lambda: FRIDAY)


def work():
    for result in DBTaskResult.objects.filter(task_path__contains="feedback.digest"):
        result.delete()
        result.task.call(*result.args_kwargs["args"])


def officer(**changes):
    return make_staff(FEEDBACK_OFFICERS, **{"email": "canbo@example.gov.vn"} | changes)


def received(minutes_before, **changes):
    return make_submission(received_at=FRIDAY - timedelta(minutes=minutes_before), **changes)


def test_what_arrived_within_a_quarter_is_one_letter_without_a_citizens_word():
    officer()
    make_staff(EDITORS, email="bientap@example.gov.vn")
    received(10, due_on=date(2026, 12, 11))
    received(5, title="Mua ngay", name="Kẻ xấu")
    received(5, state="spam")
    received(40)  # told before
    received(0.5)  # told next time
    digest.announce(FRIDAY - QUARTER, FRIDAY)
    work()
    (letter,) = mail.outbox
    assert letter.to == ["canbo@example.gov.vn"]
    assert letter.subject == "Có 2 góp ý cần xử lý"
    assert "Góp ý nhận ngày 20/11/2026, hạn 11/12/2026 (" in letter.body
    assert "https://soct.example.gov.vn/quan-tri/feedback/submission/" in letter.body
    for words in ("Mua ngay", "Kẻ xấu", "Đèn đường"):
        assert words not in letter.subject + letter.body
    digest.announce(FRIDAY, FRIDAY + QUARTER)
    work()
    assert len(mail.outbox) == 2


def test_a_superuser_is_told_only_when_handling_is_their_work():
    superuser = officer(is_superuser=True)
    received(10)
    for groups, letters in (([], 0), (list(superuser.groups.all()), 1)):
        superuser.groups.set(groups)
        digest.announce(FRIDAY - QUARTER, FRIDAY)
        work()
        assert len(mail.outbox) == letters


def test_members_are_told_of_what_was_given_to_their_unit_by_somebody_else():
    unit = Unit.objects.create(name="Phòng Điện")
    member = make_staff(email="dien@example.gov.vn")
    unit.members.add(member)
    now = datetime.now(UTC)
    handling.assign(make_submission(received_at=FRIDAY), unit, by=make_staff())
    handling.assign(make_submission(received_at=FRIDAY), unit, by=member)
    digest.announce(now - QUARTER, now + QUARTER)
    work()
    (letter,) = mail.outbox
    assert letter.to == ["dien@example.gov.vn"]
    assert letter.subject == "Có 1 góp ý cần xử lý"
    assert "Phòng Điện" in letter.body


def test_what_was_handled_meanwhile_is_no_news():
    officer()
    submission = received(10)
    digest.announce(FRIDAY - QUARTER, FRIDAY)
    handling.decline(submission, "Trùng.", by=make_staff())
    work()
    assert mail.outbox == []


def test_the_morning_letter_says_what_is_late_due_new_and_doubted(today):
    officer()
    received(60, due_on=date(2026, 11, 17), state="in_progress")
    received(60, due_on=date(2026, 11, 26), state="in_progress")  # 24 November is a holiday
    received(60, due_on=date(2026, 11, 27), state="in_progress")
    received(60, due_on=date(2026, 12, 11))
    received(60, state="spam", suspicions=["links"])
    digest.send_daily(None, FRIDAY)
    work()
    (letter,) = mail.outbox
    assert letter.subject == "Góp ý chờ xử lý, ngày 20/11/2026"
    headings = [line for line in letter.body.splitlines() if line[:1].isalpha()]
    assert headings[:4] == [
        "Quá hạn: 1",
        "Đến hạn trong 3 ngày làm việc: 1",
        "Mới, chưa ai nhận xử lý: 1",
        "Nghi là rác, chờ xem lại: 1",
    ]
    assert "hạn 17/11/2026 (quá hạn 3 ngày làm việc)" in letter.body


def test_a_long_section_is_cut_with_the_number_left_out(today):
    officer()
    for _ in range(12):
        received(60)
    digest.send_daily(None, FRIDAY)
    work()
    assert mail.outbox[0].body.count("/quan-tri/feedback/submission/") == 10 + 1
    assert "- và 2 góp ý khác" in mail.outbox[0].body


def test_who_only_belongs_to_a_unit_reads_what_was_given_to_it(today):
    unit = Unit.objects.create(name="Phòng Điện")
    unit.members.add(make_staff(email="dien@example.gov.vn"))
    received(60)
    received(60, unit=unit)
    digest.send_daily(None, FRIDAY)
    work()
    assert "Mới, chưa ai nhận xử lý: 1" in mail.outbox[0].body


@pytest.mark.parametrize(
    "due",
    [
        FRIDAY + timedelta(days=1),  # Saturday
        FRIDAY - timedelta(days=1),  # the worker was away until the next day
        datetime(2026, 9, 2, 0, 30, tzinfo=UTC),  # National Day
    ],
)
def test_no_letter_comes_on_days_of_rest_or_at_night(today, due):
    officer()
    received(60)
    digest.send_daily(None, due)
    assert not DBTaskResult.objects.exists()


def test_nobody_is_written_to_without_cause_or_address(today, settings):
    officer(email="")
    officer(is_active=False, email="nghi@example.gov.vn")
    digest.send_daily(None, FRIDAY)
    work()
    officer()
    digest.send_daily(None, FRIDAY)
    work()  # nothing waits
    assert mail.outbox == []
    received(60)
    settings.MAIL_IS_SENT = False
    digest.send_daily(None, FRIDAY)
    digest.announce(FRIDAY - QUARTER, FRIDAY)
    assert not DBTaskResult.objects.exists()
