"""Where a submission stands, as its sender may know it."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from django.utils import timezone

from feedback import deadlines
from feedback.models import Event, Submission

State = Submission.State
# The states a sender hears of, by the words that events keep of them.
TOLD = {state.label: state for state in (State.IN_PROGRESS, State.ANSWERED, State.DECLINED)}
FORWARDED = State.FORWARDED.label
OUTCOMES = {State.ANSWERED, State.FORWARDED, State.DECLINED}


class Step(NamedTuple):
    at: datetime | None  # None: nobody knows any more
    title: str
    text: str = ""  # a reason, in the department's words


@dataclass(frozen=True)
class Standing:
    """What the page of tracking shows of one submission."""

    submission: Submission
    steps: list[Step]  # the latest last
    attachments: list[str]  # their names
    today: date
    due_on: date | None = None  # None: nothing is due any more, or nobody counted
    said: str = ""  # how that day was counted
    left: str = ""  # how long there is yet, in words

    @property
    def is_overdue(self) -> bool:
        return self.due_on is not None and self.due_on < self.today

    @property
    def is_waiting(self) -> bool:
        """Say whether an answer is to come; who was taken for spam reads so too."""
        return self.submission.is_waiting or self.submission.state == State.SPAM


def standing(submission: Submission, at: datetime | None = None) -> Standing:
    """Return where a submission stands at a moment; five queries at most."""
    today = timezone.localdate(at)
    steps = _steps(submission)
    names = [attachment.name for attachment in submission.attachments.all()]
    if not _is_due(submission, today):
        return Standing(submission, steps, names, today)
    calendar = deadlines.working_days()
    counted = deadlines.of(submission, calendar)
    return Standing(
        submission,
        steps,
        names,
        today,
        due_on=submission.due_on,
        # A day that was not moved back with the calendar is not what counting gives now.
        said=counted.said if counted.on == submission.due_on else "",
        left=deadlines.overdue_in_words(submission.due_on, today, calendar),
    )


def _is_due(submission, today: date) -> bool:
    """Say whether a day is shown; to who was taken for spam only until it has passed."""
    if submission.due_on is None:
        return False
    if submission.state == State.SPAM:
        return submission.due_on >= today
    return submission.is_waiting


def _steps(submission) -> list[Step]:
    """Return what the sender may know of what was done: no names, no notes, no doubts."""
    steps = [Step(submission.received_at, "Đã nhận góp ý")]
    if submission.state == State.SPAM:
        return steps
    events = list(submission.events.all())
    steps += [step for event in events if (step := _step(event))]
    if submission.state in OUTCOMES and not any(
        event.kind == Event.Kind.STATE and event.after == submission.get_state_display()
        for event in events
    ):  # of a time before events were kept
        steps.append(_outcome(submission))
    return steps


def _outcome(submission) -> Step:
    at = submission.answered_at or submission.closed_at
    if submission.state == State.FORWARDED:
        return Step(at, f"Đã chuyển đến {submission.forwarded_to}", submission.reason)
    return Step(at, submission.get_state_display(), submission.reason)


def _step(event) -> Step | None:
    if event.kind == Event.Kind.EXTENDED:
        until = f" đến ngày {event.after}" if event.after else ""
        return Step(event.at, f"Đã gia hạn trả lời{until}", event.text)
    if event.kind == Event.Kind.CONFIRMED:
        return Step(event.at, "Đã xác nhận thư điện tử")
    if event.kind != Event.Kind.STATE:
        return None
    if event.after == FORWARDED:
        to, _, reason = event.text.partition("\n")
        return Step(event.at, f"Đã chuyển đến {to or 'cơ quan có thẩm quyền'}", reason)
    state = TOLD.get(event.after)
    if state == State.DECLINED:
        return Step(event.at, state.label, event.text)
    if state == State.IN_PROGRESS and event.before not in {State.NEW.label, ""}:
        return Step(event.at, "Đang xem xét lại")
    return Step(event.at, state.label) if state else None
