"""The form in which a citizen asks where a message stands."""

from django import forms

from feedback import codes, limits
from feedback.forms.fields import Line, attributes
from feedback.models import Submission


class TrackingForm(forms.Form):
    """Finds a submission by its code, forgiving about how it is typed."""

    use_required_attribute = False

    code = Line(
        label="Mã tra cứu",
        help_text=(
            "Gồm mười ký tự, cả chữ cái và chữ số, ghi trên trang xác nhận sau khi gửi góp ý."
        ),
        error_messages={"required": "Vui lòng nhập mã tra cứu."},
        widget=forms.TextInput(attributes(autocomplete="off", spellcheck="false")),
    )

    def __init__(self, data=None, *, network="", **options):
        super().__init__(data, auto_id="tra-cuu-%s", **options)
        self.network = network
        self.submission = None
        self.is_over_limit = False

    def clean_code(self):
        code = codes.normalize(self.cleaned_data["code"])
        if limits.is_used_up(limits.WRONG_CODES, self.network):
            self.is_over_limit = True
            raise forms.ValidationError(
                "Trong một giờ qua đã có nhiều lần nhập sai mã từ mạng mà ông/bà đang dùng. "
                "Xin thử lại sau một giờ."
            )
        self.submission = Submission.objects.with_code(code).first()
        if self.submission is None:
            limits.take(limits.WRONG_CODES, self.network)
            raise forms.ValidationError(_unknown_code(code))
        return code


def _unknown_code(code):
    if len(code) != codes.LENGTH:
        return (
            f"Mã tra cứu có {codes.LENGTH} ký tự, ông/bà đã nhập {len(code)} ký tự. "
            "Vui lòng kiểm tra lại."
        )
    if not codes.is_well_formed(code):
        return "Mã này có ký tự gõ nhầm. Vui lòng so lại từng ký tự với mã đã nhận."
    return "Không có góp ý nào mang mã này. Vui lòng kiểm tra lại mã đã nhận."
