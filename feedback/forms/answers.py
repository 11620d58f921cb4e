"""What narrows the list of answers, as a form sent by GET."""

from django import forms

from feedback.models import Submission, Topic
from portal import text
from portal.narrowing import EVERYTHING, NarrowingForm
from portal.search.queries import LONGEST_QUERY

KINDS = {
    "gop-y": Submission.Kind.SUGGESTION,
    "hoi-dap": Submission.Kind.QUESTION,
    "phan-anh": Submission.Kind.PETITION,
}


class AnswersForm(NarrowingForm):
    """Words and filters of the page of answers."""

    loai = forms.ChoiceField(
        label="Loại",
        required=False,
        choices=[EVERYTHING, *((value, kind.label) for value, kind in KINDS.items())],
    )
    muc = forms.ChoiceField(label="Lĩnh vực", required=False)

    def __init__(self, data):
        self.typed = text.clean_line(data.get("q", ""))[:LONGEST_QUERY]
        answered = Submission.objects.published().order_by().values("topic")
        topics = Topic.objects.filter(pk__in=answered)
        super().__init__(data, muc=topics.values_list("slug", "name"))

    def narrowed(self, answers):
        """Return of the answers those of the kind and topic chosen."""
        if kind := KINDS.get(self.cleaned_data.get("loai")):
            answers = answers.filter(kind=kind)
        if topic := self.cleaned_data.get("muc"):
            answers = answers.filter(topic__slug=topic)
        return answers
