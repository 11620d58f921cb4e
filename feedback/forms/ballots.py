"""The form in which a browser votes: the open polls, to be answered together or one by one."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError

from feedback.models import Option, Poll
from portal import text

PREFIX = "cau-"  # of a poll's name in the form, before its slug
NOTHING_CHOSEN = "Vui lòng chọn một phương án rồi bấm “Gửi đánh giá”."
NOTHING_CHOSEN_OF_SEVERAL = "Vui lòng trả lời ít nhất một câu hỏi rồi bấm “Gửi đánh giá”."
FOREIGN_OPTION = "Phương án vừa gửi không thuộc câu hỏi này. Vui lòng chọn lại."
CLOSED_POLL = (
    "Có câu hỏi vừa đóng nên phiếu chưa được ghi nhận. "
    "Nếu còn câu hỏi đang mở, xin chọn rồi bấm “Gửi đánh giá” lần nữa."
)
UNKNOWN_POLL = "Không có câu hỏi này hoặc câu hỏi đã được gỡ."
LONGEST_QUESTIONNAIRE = 100  # names looked up


class Question(NamedTuple):
    """A poll as the form shows it."""

    poll: Poll
    name: str  # of its field
    message: str = ""  # what is wrong with the answer
    is_at_rest: bool = False  # takes no focus: another question before it does


class BallotForm(forms.Form):
    """
    One choice of options for each open poll; what is left out is not answered.

    Nothing is counted unless all of it can be.
    """

    def __init__(self, polls: Iterable[Poll], data: Mapping):
        super().__init__(data)
        self.polls = {PREFIX + poll.slug: poll for poll in polls}
        for name, poll in self.polls.items():
            self.fields[name] = forms.ChoiceField(
                choices=[(option.pk, option.text) for option in poll.options.all()],
                required=False,
                error_messages={"invalid_choice": FOREIGN_OPTION},
            )

    def clean(self):
        if strangers := self._names_asked() - self.polls.keys():
            slugs = [name.removeprefix(PREFIX) for name in strangers]
            was_open = Poll.objects.opened().filter(slug__in=slugs).exists()
            if was_open:
                raise ValidationError(CLOSED_POLL, code="closed")
            raise ValidationError(UNKNOWN_POLL, code="unknown")
        if not self.errors and not self.chosen:
            one_alone = len(self.polls) == 1
            raise ValidationError(
                NOTHING_CHOSEN if one_alone else NOTHING_CHOSEN_OF_SEVERAL, code="nothing"
            )

    def _names_asked(self) -> set[str]:
        names = [name for name in self.data if name.startswith(PREFIX)]
        return {text.clean_line(name) for name in names[:LONGEST_QUESTIONNAIRE]}

    @property
    def chosen(self) -> list[Option]:
        """Return the options chosen, each of a poll of its own."""
        return [
            option
            for name, poll in self.polls.items()
            for option in poll.options.all()
            if str(option.pk) == self.cleaned_data.get(name)
        ]

    @property
    def status(self) -> int:
        """Return how HTTP says what is wrong."""
        codes = {error.code for errors in self.errors.as_data().values() for error in errors}
        return 404 if "unknown" in codes else 409 if "closed" in codes else 422

    @property
    def message(self) -> str:
        """Return what is wrong, in one sentence."""
        return next((message for messages in self.errors.values() for message in messages), "")

    def questions(self) -> list[Question]:
        """Return the polls, each with what is wrong with its answer."""
        messages = {name: errors[0] for name, errors in self.errors.items()}
        # Beside the only question there is, what is wrong with the form is seen best.
        if len(self.polls) == 1 and self.has_error(NON_FIELD_ERRORS, "nothing"):
            messages = dict.fromkeys(self.polls, self.message)
        first = next((name for name in self.polls if name in messages), None)
        return [
            Question(poll, name, messages.get(name, ""), is_at_rest=name != first)
            for name, poll in self.polls.items()
        ]


def unanswered(polls: Iterable[Poll]) -> list[Question]:
    return [Question(poll, PREFIX + poll.slug) for poll in polls]
