from datetime import UTC, date, datetime

import pytest
from django.utils import timezone

from feedback import working_days
from feedback.models import CalendarDay, Submission, Topic
from tests.feedback.builders import make_submission

pytestmark = pytest.mark.django_db
LIST = "/quan-tri/feedback/calendarday/"
NEXT_YEAR = timezone.localdate().year + 1


def add(client, day, name="nghỉ bão", **values):
    return client.post(f"{LIST}add/", {"date": day, "name": name, **values})


def test_the_list_shows_what_is_known_beside_the_departments_own_days(admin_client):
    year = timezone.localdate().year
    CalendarDay.objects.create(date=date(year, 6, 12), name="nghỉ bão số 1")
    page = admin_client.get(LIST, {"nam": year}).content.decode()
    assert f"02/09/{year}" in page
    assert "cơ quan nhập" in page
    assert f"đến hết năm {working_days.LAST_KNOWN_YEAR}" in page


def test_a_year_whose_exchanges_are_not_known_is_warned_of(admin_client):
    page = admin_client.get(LIST, {"nam": NEXT_YEAR}).content.decode()
    assert ("chưa có thông báo" in page) == (working_days.last_announced_year() < NEXT_YEAR)


@pytest.mark.parametrize("year", ["abc", "0", "99999999", "1"])
def test_an_odd_year_in_the_address_is_left_out(admin_client, year):
    assert admin_client.get(LIST, {"nam": year}).status_code in {200, 302}


def test_entering_and_deleting_a_day_moves_the_dates_of_what_waits(admin_client):
    today = timezone.localdate()
    submission = make_submission(received_at=timezone.now())
    Submission.objects.update(due_on=None)
    waiting = next(day for day in working_days.WorkingDays().after(today) if (day - today).days > 5)
    response = add(admin_client, f"{waiting:%d/%m/%Y}")
    assert response.status_code == 302
    submission.refresh_from_db()
    moved = submission.due_on
    (day,) = CalendarDay.objects.all()
    admin_client.post(f"{LIST}{day.pk}/delete/", {"post": "yes"})
    submission.refresh_from_db()
    assert submission.due_on < moved
    events = list(submission.events.values_list("by__username", "after"))
    assert events == [("admin", f"{moved:%d/%m/%Y}"), ("admin", f"{submission.due_on:%d/%m/%Y}")]


@pytest.mark.parametrize("day", ["01/01/0001", "31/12/9999", "01/01/1990", "32/01/2026", ""])
def test_a_day_nobody_can_mean_is_refused(admin_client, day):
    assert add(admin_client, day).status_code == 200
    assert not CalendarDay.objects.exists()


def test_topics_say_how_many_answers_they_have(admin_client):
    topic = Topic.objects.create(name="Khuyến công")
    make_submission(
        topic=topic,
        state="answered",
        answer="Có.",
        is_public=True,
        answered_at=datetime(2026, 1, 5, tzinfo=UTC),
    )
    page = admin_client.get("/quan-tri/feedback/topic/").content.decode()
    assert 'class="field-published">1<' in page
