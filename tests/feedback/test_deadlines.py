from datetime import UTC, date, datetime

import holidays
import pytest
from django.utils import timezone

from feedback import deadlines, working_days
from feedback.models import CalendarDay, Event, Extension, Submission
from feedback.working_days import Own, WorkingDays
from tests.feedback.builders import make_submission
from tests.feedback.deadline_cases import CASES, OWN_CASES

PLAIN = WorkingDays()


def moment(said):
    zone = UTC if said.endswith("Z") else timezone.get_current_timezone()
    return datetime.fromisoformat(said.removesuffix("Z")).replace(tzinfo=zone)


def counted(said, extensions=(), calendar=PLAIN):
    return deadlines.deadline(moment(said), extensions, calendar)


@pytest.mark.parametrize(("received", "extensions", "due", "how"), CASES)
def test_an_answer_is_due_on_the_day_worked_out_by_hand(received, extensions, due, how):
    assert counted(received, extensions).on.isoformat() == due, how


@pytest.mark.parametrize(("received", "own", "due", "how"), OWN_CASES)
def test_the_departments_own_days_win(received, own, due, how):
    days = {date.fromisoformat(day): Own(is_worked, name) for day, is_worked, name in own}
    assert counted(received, calendar=WorkingDays(days)).on.isoformat() == due, how


@pytest.mark.parametrize(
    ("received", "extensions", "said"),
    [
        (
            "2026-02-06 09:00",
            [],
            (
                "15 ngày làm việc, tính từ 09/02/2026, trừ thứ Bảy, Chủ nhật và nghỉ "
                "Tết Nguyên đán 16–20/02/2026"
            ),
        ),
        (
            "2025-03-03 08:00",
            [5],
            (
                "15 ngày làm việc và gia hạn thêm 5 ngày làm việc, tính từ 04/03/2025, trừ "
                "thứ Bảy và Chủ nhật"
            ),
        ),
        (
            "2025-03-03 08:00",
            [2, 3],
            (
                "15 ngày làm việc và gia hạn 2 lần thêm 5 ngày làm việc, tính từ 04/03/2025, "
                "trừ thứ Bảy và Chủ nhật"
            ),
        ),
        (
            "2026-04-20 09:00",
            [],
            (
                "15 ngày làm việc, tính từ 21/04/2026, trừ thứ Bảy, Chủ nhật, nghỉ Giỗ Tổ "
                "Hùng Vương 27/04/2026 và nghỉ lễ Chiến thắng và Quốc tế Lao động 30/04–01/05/2026"
            ),
        ),
        (
            "2024-04-22 09:00",
            [],
            (
                "15 ngày làm việc, tính từ 23/04/2024, trừ thứ Bảy, Chủ nhật và nghỉ lễ "
                "Chiến thắng và Quốc tế Lao động 29/04–01/05/2024, tính cả ngày làm bù 04/05/2024"
            ),
        ),
        (
            "2024-02-05 09:00",
            [],
            (
                "15 ngày làm việc, tính từ 06/02/2024, trừ thứ Bảy, Chủ nhật và nghỉ Tết "
                "Nguyên đán 08–14/02/2024"
            ),
        ),
        (
            "2024-12-20 09:00",
            [],
            (
                "15 ngày làm việc, tính từ 23/12/2024, trừ thứ Bảy, Chủ nhật và nghỉ Tết "
                "Dương lịch 01/01/2025"
            ),
        ),
        (  # off between the day of receipt and the first of the days
            "2026-11-23 09:00",
            [],
            (
                "15 ngày làm việc, tính từ 25/11/2026, trừ thứ Bảy, Chủ nhật và nghỉ Ngày Văn hóa "
                "Việt Nam 24/11/2026"
            ),
        ),
    ],
)
def test_how_it_was_counted_is_said_in_one_sentence(received, extensions, said):
    assert counted(received, extensions).said == said


def test_own_days_are_said_by_their_names():
    own = {
        date(2025, 12, 31): Own(False, "nghỉ hoán đổi"),
        date(2026, 1, 2): Own(False, "nghỉ Tết Dương lịch"),
        date(2026, 1, 10): Own(True, "làm bù"),
    }
    said = counted("2025-12-22 09:00", calendar=WorkingDays(own)).said
    assert "Tết Dương lịch 31/12/2025–02/01/2026" in said
    assert said.endswith("tính cả ngày làm bù 10/01/2026")


def test_a_year_of_which_nothing_is_known_is_told_to_staff():
    assert "không có năm 2105" in PLAIN.warning(2105)
    unannounced = working_days.last_announced_year() + 1
    assert "hoán đổi" in PLAIN.warning(unannounced)
    confirmed = WorkingDays({date(unannounced, 1, 1): Own(False, "Tết Dương lịch")})
    assert confirmed.warning(unannounced) == ""
    assert PLAIN.warning(2025) == ""


def test_the_last_known_year_is_that_of_the_library():
    last = working_days.LAST_KNOWN_YEAR
    assert holidays.country_holidays("VN", years=last)
    assert not holidays.country_holidays("VN", years=last + 1)


def test_the_calendar_is_the_librarys_own():
    for year in (2015, 2026, 2027, 2050):
        days = holidays.country_holidays("VN", years=year, language="vi")
        assert working_days.country(year).rest == {
            day: name for day, name in days.items() if day.year == year
        }


@pytest.mark.parametrize(
    ("due", "today", "words"),
    [
        ("2025-03-24", "2025-03-21", "còn 1 ngày làm việc"),
        ("2025-03-24", "2025-03-17", "còn 5 ngày làm việc"),
        ("2025-03-24", "2025-03-24", "đến hạn hôm nay"),
        ("2025-03-24", "2025-03-27", "quá hạn 3 ngày làm việc"),
        ("2025-03-21", "2025-03-23", "vừa quá hạn"),
        ("2026-02-13", "2026-02-23", "quá hạn 1 ngày làm việc"),
    ],
)
def test_lateness_is_said_in_working_days(due, today, words):
    said = deadlines.overdue_in_words(date.fromisoformat(due), date.fromisoformat(today), PLAIN)
    assert said == words


# -- when the calendar changes ---------------------------------------------------------

MARCH = datetime(2025, 3, 3, 1, tzinfo=UTC)  # due on 24/3


def rest_on(day):
    CalendarDay.objects.create(date=day, is_working=False, name="nghỉ bão")


@pytest.mark.django_db
def test_a_new_day_of_rest_moves_what_waits_and_says_so_in_its_history():
    waiting = make_submission(received_at=MARCH, due_on=date(2025, 3, 24))
    extended = make_submission(received_at=MARCH, due_on=date(2025, 3, 31))
    Extension.objects.create(submission=extended, days=5, reason="Cần đo lại.")
    answered = make_submission(
        received_at=MARCH,
        due_on=date(2025, 3, 24),
        state=Submission.State.ANSWERED,
        answer="Đã sửa.",
    )
    rest_on("2025-03-12")
    assert deadlines.recount(today=date(2025, 3, 10)) == 2
    due = dict(Submission.objects.values_list("pk", "due_on"))
    assert due[waiting.pk] == date(2025, 3, 25)
    assert due[extended.pk] == date(2025, 4, 1)
    assert due[answered.pk] == date(2025, 3, 24)
    event = Event.objects.get(submission=waiting)
    assert (event.before, event.after) == ("24/03/2025", "25/03/2025")
    assert deadlines.recount(today=date(2025, 3, 10)) == 0


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("today", "due_on"),
    [
        ("2025-03-10", "2025-03-21"),  # a Saturday made up: one day earlier
        ("2025-03-21", "2025-03-21"),
        ("2025-03-24", "2025-03-24"),  # the new day has passed, the old one not: today
        ("2025-03-25", "2025-03-24"),  # passed already: stays
    ],
)
def test_nobody_is_made_late_by_a_change_of_the_calendar(today, due_on):
    submission = make_submission(received_at=MARCH, due_on=date(2025, 3, 24))
    CalendarDay.objects.create(date="2025-03-15", is_working=True, name="làm bù")
    deadlines.recount(today=date.fromisoformat(today))
    submission.refresh_from_db()
    assert submission.due_on.isoformat() == due_on


@pytest.mark.django_db
def test_what_came_before_dates_were_kept_gets_one():
    submission = make_submission(received_at=MARCH)
    Submission.objects.update(due_on=None)
    assert deadlines.recount(today=date(2025, 3, 10)) == 1
    submission.refresh_from_db()
    assert submission.due_on == date(2025, 3, 24)


@pytest.mark.django_db
def test_recounting_asks_no_more_the_more_there_waits(django_assert_max_num_queries):
    for number in range(12):
        make_submission(received_at=MARCH.replace(day=3 + number % 3), due_on=date(2025, 3, 31))
    rest_on("2025-03-12")
    with django_assert_max_num_queries(11):  # of which two for each new day, of three
        assert deadlines.recount(today=date(2025, 3, 10)) == 12
