"""The form in which a reader says whether an article helped."""

from django import forms

from feedback.forms.fields import Line
from feedback.models.opinions import LONGEST_REMARK

YES, NO = "co", "khong"


class OpinionForm(forms.Form):
    # As in the address to which the question leads without JavaScript.
    chon = forms.ChoiceField(
        choices=[(YES, "Có"), (NO, "Không")],
        error_messages={
            "required": "Vui lòng chọn “Có” hoặc “Không”.",
            "invalid_choice": "Vui lòng chọn “Có” hoặc “Không”.",
        },
    )
    remark = Line(
        required=False,
        max_length=LONGEST_REMARK,
        error_messages={
            "max_length": f"Ý kiến thêm dài quá {LONGEST_REMARK} ký tự. Vui lòng viết ngắn hơn "
            "hoặc gửi ở mục Góp ý."
        },
    )

    @property
    def is_helpful(self) -> bool:
        return self.cleaned_data["chon"] == YES

    @property
    def remark_sent(self) -> str | None:
        """Return the remark; None when the form that was sent has no place for one."""
        return self.cleaned_data["remark"] if "remark" in self.data else None

    @property
    def message(self) -> str:
        """Return what is wrong, in one sentence."""
        return next((message for messages in self.errors.values() for message in messages), "")
