"""What citizens fill in: their message, a tracking code, a ballot."""

from feedback.forms.ballots import BallotForm
from feedback.forms.sending import SubmissionForm
from feedback.forms.tracking import TrackingForm

__all__ = ["BallotForm", "SubmissionForm", "TrackingForm"]
