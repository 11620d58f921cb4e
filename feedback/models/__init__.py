"""What citizens send and how they rate: submissions and their handling, polls, opinions."""

from feedback.models.calendar import CalendarDay
from feedback.models.handling import Event, Extension, ReplyTemplate, Topic, Unit
from feedback.models.opinions import Opinion
from feedback.models.option_totals import OptionTotal
from feedback.models.poll_results import MonthResult, OptionResult, PollResults
from feedback.models.polls import Option, Poll, Vote
from feedback.models.protection import NetworkUse, UsedChallenge
from feedback.models.submissions import Attachment, Submission

__all__ = [
    "Attachment",
    "CalendarDay",
    "Event",
    "Extension",
    "MonthResult",
    "NetworkUse",
    "Opinion",
    "Option",
    "OptionResult",
    "OptionTotal",
    "Poll",
    "PollResults",
    "ReplyTemplate",
    "Submission",
    "Topic",
    "Unit",
    "UsedChallenge",
    "Vote",
]
