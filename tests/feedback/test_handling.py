"""What staff may do with a submission in which state, and what stays written of it."""

from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction

from feedback import handling
from feedback.models import Event, Submission, Topic, Unit
from tests.builders import make_staff
from tests.concurrency import at_once
from tests.feedback.builders import make_submission

pytestmark = pytest.mark.django_db

State = Submission.State
ANSWERED = {"state": "answered", "answer": "Đã sửa đèn."}
CLOSED = {
    State.ANSWERED: ANSWERED,
    State.FORWARDED: {"state": "forwarded", "forwarded_to": "Sở Xây dựng"},
    State.DECLINED: {"state": "declined", "reason": "Không rõ nội dung."},
    State.SPAM: {"state": "spam"},
}


def in_state(state):
    return make_submission(**CLOSED.get(state, {"state": state}))


@pytest.fixture
def officer():
    return make_staff(username="can-bo")


def kinds(submission):
    return [event.kind for event in submission.events.all()]


WORDS = {
    "take_up": {},
    "extend": {"days": 5, "reason": "Cần xác minh."},
    "answer": {"words": "Đã thay bóng mới."},
    "forward": {"to": "Sở Xây dựng"},
    "decline": {"reason": "Không thuộc phạm vi."},
    "mark_spam": {},
    "not_spam": {},
    "reopen": {"reason": "Người gửi bổ sung."},
    "publish": {},
    "unpublish": {},
    "note": {"words": "Đã gọi điện."},
}
# The state after each step, by the state before it; None where the step is refused.
STEPS = [
    # step, new, in progress, answered, forwarded, declined, spam
    ("take_up", "in_progress", None, None, None, None, None),
    ("extend", "new", "in_progress", None, None, None, None),
    ("answer", "answered", "answered", "answered", None, None, None),
    ("forward", "forwarded", "forwarded", None, None, None, None),
    ("decline", "declined", "declined", None, None, None, None),
    ("mark_spam", "spam", "spam", None, None, None, "spam"),
    ("not_spam", None, None, None, None, None, "new"),
    ("reopen", None, None, "in_progress", "in_progress", "in_progress", None),
    ("publish", None, None, "answered", None, None, None),
    ("unpublish", None, None, None, None, None, None),
    ("note", "new", "in_progress", "answered", "forwarded", "declined", "spam"),
]


@pytest.mark.parametrize("row", STEPS, ids=[row[0] for row in STEPS])
def test_each_step_is_taken_in_its_states_and_refused_in_the_others(officer, row):
    step, *after = row
    for before, expected in zip(State, after, strict=True):
        submission = in_state(before)
        assert handling.may(step, submission) is (expected is not None), before
        if expected is None:
            sentence = f"nên không {handling.RULES[step].doing} được"
            with pytest.raises(ValidationError, match=sentence):
                getattr(handling, step)(submission, **WORDS[step], by=officer)
            assert kinds(submission) == []
        else:
            getattr(handling, step)(submission, **WORDS[step], by=officer)
            assert submission.events.get().by == officer
        submission.refresh_from_db()
        assert submission.state == (expected or before), before


def test_a_change_of_state_is_written_with_who_before_after_and_why(officer):
    submission = make_submission()
    handling.decline(submission, "Thư trùng với thư trước.", by=officer)
    event = submission.events.get()
    assert (event.kind, event.by, event.before, event.after, event.text) == (
        Event.Kind.STATE,
        officer,
        "Mới",
        "Không tiếp nhận",
        "Thư trùng với thư trước.",
    )
    submission.refresh_from_db()
    assert submission.reason == "Thư trùng với thư trước."
    assert submission.closed_at is not None


@pytest.mark.parametrize(
    ("step", "words", "sentence"),
    [
        ("answer", {"words": " \n"}, "Hãy nhập nội dung trả lời."),
        ("decline", {"reason": ""}, "Hãy nêu lý do không tiếp nhận; người gửi đọc được."),
        ("forward", {"to": "\u200b"}, "Hãy ghi tên cơ quan được chuyển đến."),
        ("extend", {"days": 5, "reason": ""}, "Hãy nêu lý do gia hạn"),
        ("extend", {"days": 31, "reason": "Lâu."}, "30"),
        ("note", {"words": ""}, "Hãy nhập ghi chú."),
    ],
)
def test_what_leaves_people_in_the_dark_is_refused_and_changes_nothing(
    officer, step, words, sentence
):
    submission = make_submission()
    with pytest.raises(ValidationError, match=sentence):
        getattr(handling, step)(submission, **words, by=officer)
    stored = Submission.objects.get(pk=submission.pk)
    assert (stored.state, stored.answer, stored.reason) == (State.NEW, "", "")
    assert not stored.events.exists()
    assert not stored.extensions.exists()


def test_the_answer_replaced_is_kept_and_who_answered_first_stays(officer):
    submission = make_submission()
    handling.answer(submission, "Câu cũ.", by=officer)
    first_at = submission.answered_at
    handling.answer(submission, "Câu mới.", by=make_staff())
    submission.refresh_from_db()
    assert (submission.answer, submission.answered_at) == ("Câu mới.", first_at)
    assert submission.answered_by == officer
    assert submission.events.get(kind=Event.Kind.ANSWER).text == "Câu cũ."


def test_an_answer_that_changes_nothing_is_no_event(officer):
    submission = make_submission(**ANSWERED)
    with pytest.raises(ValidationError, match="không có gì thay đổi"):
        handling.answer(submission, " Đã sửa đèn. ", by=officer)


def test_giving_to_a_unit_takes_it_up_and_names_the_units(officer):
    lights, roads = (Unit.objects.create(name=name) for name in ("Phòng Điện", "Phòng Đường"))
    submission = make_submission()
    handling.assign(submission, lights, by=officer)
    handling.assign(submission, roads, by=officer)
    assert submission.state == State.IN_PROGRESS
    given = submission.events.filter(kind=Event.Kind.ASSIGNED)
    assert [(event.before, event.after) for event in given] == [
        ("", "Phòng Điện"),
        ("Phòng Điện", "Phòng Đường"),
    ]
    with pytest.raises(ValidationError, match="đang xử lý góp ý rồi"):
        handling.assign(submission, roads, by=officer)


def test_extensions_add_up_to_a_later_date(officer):
    submission = make_submission(
        received_at=datetime(2026, 3, 2, 3, tzinfo=UTC), due_on=date(2026, 3, 23)
    )
    handling.extend(submission, 5, "Chờ kết quả đo.", by=officer)
    assert submission.due_on == date(2026, 3, 30)
    handling.extend(submission, 2, "Chờ thêm.", by=officer)
    assert submission.due_on == date(2026, 4, 1)
    last = submission.events.last()
    assert (last.before, last.after, last.text) == ("30/03/2026", "01/04/2026", "Chờ thêm.")


def test_what_comes_back_from_spam_waits_from_the_day_it_came(officer):
    submission = make_submission(state="spam", received_at=datetime(2026, 3, 2, 3, tzinfo=UTC))
    handling.not_spam(submission, by=officer)
    assert (submission.state, submission.due_on) == (State.NEW, date(2026, 3, 23))


def test_spam_that_staff_confirm_is_decided_once(officer):
    submission = make_submission(state="spam", suspicions=["links"])
    assert submission in Submission.objects.quarantined()
    handling.mark_spam(submission, by=officer)
    assert submission not in Submission.objects.quarantined()
    assert not handling.may("mark_spam", submission)
    assert handling.may("not_spam", submission)


def test_reopening_takes_a_published_answer_down(officer):
    submission = make_submission(**ANSWERED)
    handling.publish(submission, by=officer, shown_as_is=["0294 3862 318"])
    assert submission.is_public
    assert submission.published_at
    handling.reopen(submission, "Trả lời nhầm.", by=officer)
    submission.refresh_from_db()
    assert (submission.state, submission.is_public) == (State.IN_PROGRESS, False)
    assert submission.published_at is submission.closed_at is None
    assert kinds(submission) == ["published", "unpublished", "state"]


def test_sorting_names_kind_and_topic_before_and_after(officer):
    submission, topic = make_submission(), Topic.objects.create(name="Điện lực")
    handling.change(submission, kind="question", topic=topic, by=officer)
    event = submission.events.get()
    assert event.before == "Góp ý, chưa chọn lĩnh vực"
    assert event.after == "Hỏi đáp, Điện lực"
    with pytest.raises(ValidationError, match="địa chỉ hoặc điện thoại"):
        handling.change(submission, kind="petition", topic=topic, by=officer)


def test_an_erased_submission_is_not_handled(officer):
    submission = make_submission(erased_at=datetime(2026, 1, 1, tzinfo=UTC))
    for step in handling.RULES:
        assert not handling.may(step, submission)
    with pytest.raises(ValidationError, match="đã xóa"):
        handling.note(submission, "Ghi.", by=officer)


# -- two officers ----------------------------------------------------------------------


def test_a_page_opened_before_somebody_elses_step_is_refused_with_who_and_what(officer):
    submission = make_submission()
    seen = handling.last_event(submission)
    colleague = make_staff(last_name="Trần", first_name="Bình")
    handling.forward(submission, "Sở Xây dựng", by=colleague)
    stale = Submission.objects.get(pk=submission.pk)
    with pytest.raises(handling.Overtaken, match="Trần Bình đã thực hiện “Chuyển trạng thái”"):
        handling.note(stale, "Đã gọi.", by=officer, seen=seen)
    handling.note(stale, "Đã gọi.", by=officer, seen=handling.last_event(stale))


def test_what_decides_nothing_overtakes_nobody(officer):
    submission = make_submission()
    seen = handling.last_event(submission)
    for kind in (Event.Kind.MAILED, Event.Kind.CONFIRMED, Event.Kind.OPENED):
        submission.events.create(kind=kind)
    handling.take_up(submission, by=officer, seen=seen)


@pytest.mark.django_db(transaction=True)
def test_two_at_once_take_it_up_once(officer):
    submission = make_submission()

    def take_up():
        try:
            with transaction.atomic():
                handling.take_up(Submission.objects.get(pk=submission.pk), by=officer)
        except ValidationError:
            return "refused"
        return "taken"

    assert sorted(at_once(take_up, 4)) == ["refused", "refused", "refused", "taken"]
    assert kinds(submission) == ["state"]
