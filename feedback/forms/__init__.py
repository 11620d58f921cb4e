"""What citizens fill in: their message, a tracking code, a ballot, what they look for."""

from feedback.forms.answers import AnswersForm
from feedback.forms.ballots import BallotForm
from feedback.forms.opinions import OpinionForm
from feedback.forms.sending import SubmissionForm
from feedback.forms.tracking import TrackingForm

__all__ = ["AnswersForm", "BallotForm", "OpinionForm", "SubmissionForm", "TrackingForm"]
