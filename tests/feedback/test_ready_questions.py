"""The set of questions ministries ask, added with one press of a button."""

from decimal import Decimal

import pytest
from django.contrib.admin.models import LogEntry

from feedback import ready_questions
from feedback.models import Option, Poll
from portal.groups import EDITORS, FEEDBACK_OFFICERS
from tests.builders import make_staff
from tests.feedback.builders import cast, make_poll

pytestmark = pytest.mark.django_db
LIST = "/quan-tri/feedback/poll/"
ADD = "/quan-tri/feedback/poll/bo-cau-hoi/"


def test_they_ask_of_four_things_with_five_points_each():
    for ready in ready_questions.READY:
        poll = next(poll for poll in ready_questions.add() or Poll.objects.all() if poll)
        assert len(ready.options) == len(set(ready.options)) == 5
    assert Poll.objects.count() == 4
    for poll in Poll.objects.open():
        assert list(poll.options.values_list("points", flat=True)) == [5, 4, 3, 2, 1]


def test_one_press_adds_them_after_the_others_and_a_second_nothing(client):
    seed = make_poll(position=7)
    client.force_login(make_staff(FEEDBACK_OFFICERS))
    assert "Thêm 4 câu hỏi có sẵn" in client.get(LIST).content.decode()
    for said in ("Đã thêm 4 câu hỏi", "đã đủ, không thêm câu nào"):
        assert said in client.post(ADD, follow=True).content.decode()
    assert Poll.objects.first() == seed
    assert Poll.objects.count() == 5
    assert Option.objects.exclude(poll=seed).count() == 20
    assert LogEntry.objects.count() == 4
    assert "câu hỏi có sẵn</" not in client.get(LIST).content.decode()


def test_one_that_is_missing_is_added_alone(client):
    ready_questions.add()
    Poll.objects.get(slug="toc-do-mo-trang").delete()
    assert [poll.slug for poll in ready_questions.add()] == ["toc-do-mo-trang"]


def test_only_who_may_add_polls_may_add_them_and_only_by_post(client):
    client.force_login(make_staff(EDITORS))
    assert client.post(ADD).status_code == 403
    client.force_login(make_staff(FEEDBACK_OFFICERS))
    assert client.get(ADD).status_code == 405
    assert not Poll.objects.exists()


def test_their_results_show_the_mean_of_the_points(client):
    poll = ready_questions.add()[0]
    best, good, *_ = poll.options.all()
    cast(best), cast(good), cast(good)
    assert poll.results().mean == Decimal("4.33")
    page = client.get(poll.get_absolute_url()).content.decode()
    assert "Điểm trung bình (thang điểm 5)" in page
    assert "4,33" in page
