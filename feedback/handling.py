"""
What staff do with a submission.

Each step is one transaction: the submission is held, the step checked against its state, the
change stored together with its event. A step that does not fit is refused with a sentence
(ValidationError) and changes nothing.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from feedback import deadlines, erasure, letters, shield
from feedback.models import Event, Submission
from portal import text
from portal.moments import said_at
from portal.people import name_of

State = Submission.State
WAITING = {State.NEW, State.IN_PROGRESS}
CLOSED = {State.ANSWERED, State.FORWARDED, State.DECLINED}
# What changes nothing that an officer decides on.
UNNOTICED = {Event.Kind.MAILED, Event.Kind.CONFIRMED, Event.Kind.OPENED}


class Rule(NamedTuple):
    """In which states a step may be taken, and what it is called within a sentence."""

    states: frozenset
    doing: str


RULES = {
    "take_up": Rule(frozenset({State.NEW}), "nhận xử lý"),
    "assign": Rule(frozenset(WAITING), "giao đơn vị"),
    "extend": Rule(frozenset(WAITING), "gia hạn"),
    "answer": Rule(frozenset(WAITING | {State.ANSWERED}), "trả lời"),
    "forward": Rule(frozenset(WAITING), "chuyển cơ quan khác"),
    "decline": Rule(frozenset(WAITING), "từ chối tiếp nhận"),
    "mark_spam": Rule(frozenset(WAITING | {State.SPAM}), "đánh dấu là thư rác"),
    "not_spam": Rule(frozenset({State.SPAM}), "bỏ đánh dấu thư rác"),
    "reopen": Rule(frozenset(CLOSED), "mở lại"),
    "publish": Rule(frozenset({State.ANSWERED}), "đăng ở mục Hỏi đáp"),
    "unpublish": Rule(frozenset({State.ANSWERED}), "gỡ khỏi mục Hỏi đáp"),
    "change": Rule(frozenset(State), "sửa thông tin"),
    "note": Rule(frozenset(State), "ghi chú"),
}


class Overtaken(ValidationError):
    """Somebody else did something with the submission since the page was opened."""


def may(step: str, submission) -> bool:
    """Say whether a step fits a submission as it stands."""
    if submission.erased_at and step != "unpublish":  # what is public can always be taken down
        return False
    if submission.state not in RULES[step].states:
        return False
    if step in {"publish", "unpublish"}:
        return submission.is_public == (step == "unpublish")
    if step == "mark_spam":
        return submission.closed_at is None  # what the portal took for spam, staff confirm
    return True


def last_event(submission) -> int:
    """Return the number of the last thing that staff did, for ``seen``; 0 before the first."""
    done = submission.events.exclude(kind__in=UNNOTICED).order_by("-pk")
    return done.values_list("pk", flat=True).first() or 0


# -- steps -----------------------------------------------------------------------------


def take_up(submission, *, by, seen=None) -> None:
    with _held(submission, "take_up", seen):
        _move(submission, State.IN_PROGRESS, by)


def assign(submission, unit, *, by, seen=None) -> None:
    """Give a submission to a unit, or to none; what nobody had taken up is then in progress."""
    with _held(submission, "assign", seen):
        if unit == submission.unit:
            raise ValidationError("Đơn vị này đang xử lý góp ý rồi; hãy chọn đơn vị khác.")
        before, submission.unit = submission.unit, unit
        _note(submission, Event.Kind.ASSIGNED, by, before=before or "", after=unit or "")
        if unit and submission.state == State.NEW:
            _move(submission, State.IN_PROGRESS, by)


def extend(submission, days: int, reason: str, *, by, seen=None) -> None:
    """Let the answer come some working days later, with the reason the sender reads."""
    with _held(submission, "extend", seen):
        reason = _required(reason, "Hãy nêu lý do gia hạn; người gửi đọc được lý do này.")
        extension = submission.extensions.model(
            submission=submission, days=days, reason=reason, granted_by=by
        )
        extension.full_clean()
        extension.save()
        before = submission.due_on
        submission.due_on = deadlines.of(submission).on
        _note(
            submission,
            Event.Kind.EXTENDED,
            by,
            before=_day(before),
            after=_day(submission.due_on),
            words=reason,
        )
        letters.extended(submission)


def answer(submission, words: str, *, by, seen=None) -> None:
    """Answer a submission, or replace the answer, whose former words the event keeps."""
    with _held(submission, "answer", seen):
        words = _required(words, "Hãy nhập nội dung trả lời.")
        if words == submission.answer and submission.state == State.ANSWERED:
            raise ValidationError("Nội dung trả lời không có gì thay đổi.")
        if submission.answer and words != submission.answer:
            _note(submission, Event.Kind.ANSWER, by, words=submission.answer)
        submission.answer = words
        if submission.answered_at is None:
            submission.answered_at, submission.answered_by = timezone.now(), by
        if submission.state != State.ANSWERED:
            _move(submission, State.ANSWERED, by)
            letters.answered(submission)


def forward(submission, to: str, reason: str = "", *, by, seen=None) -> None:
    """Say which other authority the submission was sent on to."""
    with _held(submission, "forward", seen):
        to = _required(text.clean_line(to), "Hãy ghi tên cơ quan được chuyển đến.")
        submission.forwarded_to, submission.reason = to[:200], text.clean(reason)
        _move(
            submission, State.FORWARDED, by, words="\n".join(filter(None, [to, submission.reason]))
        )
        letters.forwarded(submission)


def decline(submission, reason: str, *, by, seen=None) -> None:
    with _held(submission, "decline", seen):
        needed = "Hãy nêu lý do không tiếp nhận; người gửi đọc được."
        submission.reason = _required(reason, needed)
        _move(submission, State.DECLINED, by, words=submission.reason)
        letters.declined(submission)


def mark_spam(submission, *, by, seen=None) -> None:
    with _held(submission, "mark_spam", seen):
        _move(submission, State.SPAM, by)


def not_spam(submission, *, by, seen=None) -> None:
    """Put back what was taken for spam; its time has run from when it was received."""
    with _held(submission, "not_spam", seen):
        submission.due_on = submission.due_on or deadlines.of(submission).on
        _move(submission, State.NEW, by)
        letters.confirm_address(submission)


def reopen(submission, reason: str, *, by, seen=None) -> None:
    """Work on a closed submission again; a published answer is taken from its page."""
    with _held(submission, "reopen", seen):
        reason = _required(reason, "Hãy nêu lý do mở lại.")
        if submission.is_public:
            _hide(submission, by)
        submission.reason = submission.forwarded_to = ""
        _move(submission, State.IN_PROGRESS, by, words=reason)


def publish(
    submission, *, by, shown_as_is: Iterable[str] = (), shows_name=False, seen=None
) -> None:
    """
    Show question and answer to everybody, without what the shield marks.

    The name is shown when sender and staff agree to it.
    """
    with _held(submission, "publish", seen):
        submission.is_public, submission.published_at = True, timezone.now()
        submission.shows_name = shows_name and submission.may_show_name
        submission.shown_as_is = sorted(set(shown_as_is))
        _note(submission, Event.Kind.PUBLISHED, by)


def unpublish(submission, reason: str = "", *, by, seen=None) -> None:
    with _held(submission, "unpublish", seen):
        words = text.clean(reason)
        # What is written after the erasure nothing takes out any more.
        _hide(submission, by, shield.masked(words) if submission.erased_at else words)
        if submission.erased_at:
            erasure.take_out_words(submission)  # nobody may read them now


def change(submission, *, by, kind=None, topic=None, seen=None) -> None:
    """Sort a submission: its kind, and its topic, which may be none."""
    with _held(submission, "change", seen):
        changed = {"kind": kind or submission.kind, "topic": topic}
        if all(getattr(submission, name) == value for name, value in changed.items()):
            raise ValidationError("Loại và lĩnh vực không có gì thay đổi.")
        before = _sorting(submission)
        submission.kind, submission.topic = changed["kind"], topic
        submission.validate_constraints()
        _note(submission, Event.Kind.CHANGED, by, before=before, after=_sorting(submission))


def note(submission, words: str, *, by, seen=None) -> None:
    """Keep words that only staff read."""
    with _held(submission, "note", seen):
        _note(submission, Event.Kind.NOTE, by, words=_required(words, "Hãy nhập ghi chú."))


# -- parts of steps --------------------------------------------------------------------


@contextmanager
def _held(submission, step: str, seen: int | None) -> Iterator[None]:
    """Hold a submission as it is stored now, check that the step fits, save it afterwards."""
    with transaction.atomic():
        submission.refresh_from_db(from_queryset=Submission.objects.select_for_update())
        if seen is not None:
            _refuse_if_overtaken(submission, seen)
        if submission.erased_at and step != "unpublish":
            raise ValidationError("Dữ liệu cá nhân của góp ý đã xóa nên không xử lý tiếp được.")
        if not may(step, submission):
            raise ValidationError(
                f"Góp ý đang ở trạng thái “{submission.get_state_display()}” "
                f"nên không {RULES[step].doing} được."
            )
        yield
        submission.save()


def _refuse_if_overtaken(submission, seen: int) -> None:
    done = submission.events.exclude(kind__in=UNNOTICED).filter(pk__gt=seen)
    event = done.select_related("by").order_by("pk").last()
    if event:
        raise Overtaken(
            f"Sau khi trang này được mở, {name_of(event.by) if event.by else 'cổng'} đã thực hiện "
            f"“{event.get_kind_display()}” lúc {said_at(event.at)} nên việc vừa bấm chưa được lưu. "
            "Hãy xem lại nhật ký xử lý; nếu vẫn muốn làm, hãy bấm lần nữa."
        )


def _move(submission, state, by, words="") -> None:
    before, submission.state = submission.get_state_display(), state
    submission.closed_at = None if state in WAITING else timezone.now()
    _note(
        submission,
        Event.Kind.STATE,
        by,
        before=before,
        after=submission.get_state_display(),
        words=words,
    )


def _hide(submission, by, words="") -> None:
    submission.is_public, submission.published_at = False, None
    _note(submission, Event.Kind.UNPUBLISHED, by, words=words)


def _note(submission, kind, by, *, before="", after="", words="") -> None:
    submission.events.create(kind=kind, by=by, before=str(before), after=str(after), text=words)


def _sorting(submission) -> str:
    topic = submission.topic.name if submission.topic else "chưa chọn lĩnh vực"
    return f"{submission.get_kind_display()}, {topic}"


def _day(date) -> str:
    return f"{date:%d/%m/%Y}" if date else ""


def _required(words: str, sentence: str) -> str:
    words = text.clean(words)
    if not words:
        raise ValidationError(sentence)
    return words
