"""What narrows the list of answers, as a form sent by GET."""

from django import forms

from feedback.models import Submission, Topic
from portal import text
from portal.search.queries import LONGEST_QUERY

KINDS = {
    "gop-y": Submission.Kind.SUGGESTION,
    "hoi-dap": Submission.Kind.QUESTION,
    "phan-anh": Submission.Kind.PETITION,
}


class AnswersForm(forms.Form):
    """Words and filters; what is not on offer is left out and said so, the list goes on."""

    loai = forms.ChoiceField(
        label="Loại",
        required=False,
        choices=[("", "Tất cả"), *((value, kind.label) for value, kind in KINDS.items())],
    )
    muc = forms.ChoiceField(label="Lĩnh vực", required=False)

    def __init__(self, data):
        super().__init__(data, auto_id="loc-%s", label_suffix="")
        self.typed = text.clean_line(data.get("q", ""))[:LONGEST_QUERY]
        answered = Submission.objects.published().order_by().values("topic")
        topics = Topic.objects.filter(pk__in=answered)
        choices = [(topic.slug, topic.name) for topic in topics]
        self.fields["muc"].choices = [("", "Tất cả"), *choices]
        for field in self.fields.values():
            field.widget.attrs["class"] = "field__input"
        self.is_valid()

    @property
    def is_narrowed(self) -> bool:
        return any(self.cleaned_data.get(name) for name in self.fields)

    def narrowed(self, answers):
        """Return of the answers those of the kind and topic chosen."""
        if kind := KINDS.get(self.cleaned_data.get("loai")):
            answers = answers.filter(kind=kind)
        if topic := self.cleaned_data.get("muc"):
            answers = answers.filter(topic__slug=topic)
        return answers
