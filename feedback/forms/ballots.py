"""The form in which a browser votes."""

from django import forms

from feedback.models import Option


class BallotForm(forms.Form):
    option = forms.ModelChoiceField(
        Option.objects.none(),
        error_messages={
            "required": "Vui lòng chọn một phương án rồi bấm “Gửi đánh giá”.",
            "invalid_choice": "Phương án vừa gửi không thuộc câu hỏi này. Vui lòng chọn lại.",
        },
    )

    def __init__(self, poll, data):
        super().__init__(data)
        self.fields["option"].queryset = poll.options.all()

    @property
    def message(self):
        """Return the one sentence to show beside the options."""
        # Django has more reasons, in English, for values that only a machine sends.
        reason = "invalid_choice" if self.data.get("option") else "required"
        return self.fields["option"].error_messages[reason]
