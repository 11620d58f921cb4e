"""The small forms on the page of a submission, one for each step of feedback/handling.py."""

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from feedback import handling, replies, shield
from feedback.models import ReplyTemplate, Submission, Topic, Unit
from feedback.models.handling import LONGEST_EXTENSION
from portal import text

PREPARE = "_prepare"  # the button that changes a form without taking its step
LONGEST_ANSWER = 20_000
LONGEST_REASON = 1_000
LASTING = (
    "Lời này không sửa được sau khi lưu, nên hãy bỏ đi nếu không cần; thông tin của người gửi "
    "đã có ở trang này. Nếu cần, đánh dấu “Cần giữ nguyên văn” rồi bấm lần nữa."
)
REASON_READ = "Người gửi đọc được lý do này."
Purpose = ReplyTemplate.Purpose


def _box(rows):
    return forms.Textarea(attrs={"rows": rows, "class": "vLargeTextField"})


class StepForm(forms.Form):
    """Asks what a step needs and takes it; ``seen`` is the last event its page has shown."""

    step = ""  # the function of feedback.handling
    title = ""  # of the button
    done = ""  # said once it was taken; without it «Đã» and the title
    is_open = False  # shown without being asked for

    def __init__(self, submission, data=None, **kwargs):
        kwargs.setdefault("auto_id", f"id_{self.step}_%s")
        super().__init__(data, label_suffix="", **kwargs)
        self.submission = submission

    def take(self, *, by) -> bool:
        """Take the step; say whether it was taken, a refusal standing in the form otherwise."""
        if not self.is_valid():
            first = next(name for name in self.fields if name in self.errors)
            self.fields[first].widget.attrs["autofocus"] = True
            return False
        seen = text.whole_number(self.data.get("seen", ""))
        try:
            getattr(handling, self.step)(self.submission, **self.answers(), by=by, seen=seen)
        except ValidationError as refusal:
            self.add_error(None, refusal.messages)
            return False
        return True

    def answers(self) -> dict:
        return self.cleaned_data

    def prepared(self) -> "StepForm":
        """Return the form as it was typed, with what its other button asks for."""
        return type(self)(self.submission, initial=self.data.dict())


class TemplatedForm(StepForm):
    """A form whose box may begin with the words of a reply template."""

    purpose = None
    box = "reason"

    def __init__(self, submission, data=None, **kwargs):
        super().__init__(submission, data, **kwargs)
        templates = ReplyTemplate.objects.filter(purpose=self.purpose)
        self.fields["template"] = forms.ModelChoiceField(
            templates, label="Mẫu trả lời", required=False, empty_label="Chọn mẫu"
        )
        self.has_templates = bool(templates)

    @property
    def written(self):
        """Return the fields in order, the choice of a template standing by itself."""
        return [field for field in self if field.name != "template"]

    def answers(self):
        return {name: value for name, value in self.cleaned_data.items() if name != "template"}

    def prepared(self):
        """Put the chosen template's words behind what is typed."""
        data = QueryDict(mutable=True)
        data.update(self.data)
        number = text.whole_number(self.data.get("template", ""))
        chosen = ReplyTemplate.objects.filter(pk=number, purpose=self.purpose).first()
        if chosen:
            words = [data.get(self.box, "").rstrip(), replies.filled(chosen.text, self.submission)]
            data[self.box] = "\n\n".join(filter(None, words))
        form = type(self)(self.submission, initial=data.dict())
        form.fields[self.box].widget.attrs["autofocus"] = True
        return form


class LastingForm(StepForm):
    """
    Words that cannot be put right once they are kept: asks before somebody's data stay in them.

    They go with the personal data of the submission, not before.
    """

    box = ""
    as_written = "as_written"

    def __init__(self, submission, data=None, **kwargs):
        super().__init__(submission, data, **kwargs)
        if data and self.as_written in data:
            self._ask()

    def clean(self):
        found = shield.findings(self.cleaned_data.get(self.box, ""))
        if found and self.as_written not in self.data:
            self._ask()
            parts = ", ".join(f"“{finding.text}” ({finding.label})" for finding in found)
            self.add_error(self.box, f"Chưa lưu vì có {parts}. {LASTING}")
        return super().clean()

    def _ask(self):
        self.fields[self.as_written] = forms.BooleanField(
            label="Cần giữ nguyên văn", required=False
        )

    def answers(self):
        given = super().answers()
        return {name: value for name, value in given.items() if name != self.as_written}


class TakeUpForm(StepForm):
    step, title = "take_up", "Nhận xử lý"


class AssignForm(StepForm):
    step, title = "assign", "Giao đơn vị"
    unit = forms.ModelChoiceField(
        Unit.objects.all(),
        label="Đơn vị xử lý",
        empty_label="Chọn đơn vị",
        error_messages={"required": "Hãy chọn đơn vị.", "invalid_choice": "Không có đơn vị này."},
    )


class AnswerForm(TemplatedForm):
    step, title, purpose, box = "answer", "Trả lời", Purpose.ANSWER, "words"
    words = forms.CharField(
        label="Nội dung trả lời",
        help_text="Sau khi bấm nút, người gửi đọc được ngay bằng mã tra cứu.",
        max_length=LONGEST_ANSWER,
        widget=_box(12),
        error_messages={"required": "Hãy nhập nội dung trả lời."},
    )

    def __init__(self, submission, data=None, **kwargs):
        kwargs.setdefault("initial", {"words": submission.answer})
        super().__init__(submission, data, **kwargs)
        if submission.state == Submission.State.ANSWERED:
            self.title = "Sửa câu trả lời"
            self.fields["words"].help_text += " Câu trả lời cũ được giữ trong nhật ký."
        if submission.is_public:
            self.fields["words"].help_text += " Bản đang đăng ở Hỏi đáp cũng đổi ngay khi lưu."


class ExtendForm(LastingForm, TemplatedForm):
    step, title, purpose, box = "extend", "Gia hạn", Purpose.EXTEND, "reason"
    days = forms.IntegerField(
        label="Số ngày làm việc thêm",
        min_value=1,
        max_value=LONGEST_EXTENSION,
        widget=forms.NumberInput(attrs={"class": "vIntegerField"}),
        error_messages=dict.fromkeys(
            ("required", "invalid", "min_value", "max_value"),
            f"Hãy nhập số ngày, từ 1 đến {LONGEST_EXTENSION}.",
        ),
    )
    reason = forms.CharField(
        label="Lý do gia hạn",
        help_text=REASON_READ,
        max_length=LONGEST_REASON,
        widget=_box(4),
        error_messages={"required": "Hãy nêu lý do gia hạn; người gửi đọc được lý do này."},
    )


class ForwardForm(TemplatedForm):
    step, title, purpose = "forward", "Chuyển cơ quan khác", Purpose.FORWARD
    to = forms.CharField(
        label="Chuyển đến cơ quan",
        max_length=200,
        widget=forms.TextInput(attrs={"class": "vTextField"}),
        error_messages={"required": "Hãy ghi tên cơ quan được chuyển đến."},
    )
    reason = forms.CharField(
        label="Lý do (không bắt buộc)",
        help_text=REASON_READ,
        max_length=LONGEST_REASON,
        required=False,
        widget=_box(4),
    )


class DeclineForm(TemplatedForm):
    step, title, purpose = "decline", "Không tiếp nhận", Purpose.DECLINE
    done = "Đã chuyển sang “Không tiếp nhận”; người gửi đọc được lý do"
    reason = forms.CharField(
        label="Lý do không tiếp nhận",
        help_text=REASON_READ,
        max_length=LONGEST_REASON,
        widget=_box(5),
        error_messages={"required": "Hãy nêu lý do không tiếp nhận; người gửi đọc được."},
    )


class SpamForm(StepForm):
    step, title = "mark_spam", "Đánh dấu là thư rác"


class NotSpamForm(StepForm):
    step, title = "not_spam", "Không phải rác"
    done = "Đã bỏ đánh dấu thư rác; góp ý trở lại danh sách cần xử lý"


class ReopenForm(StepForm):
    step, title = "reopen", "Mở lại"
    reason = forms.CharField(
        label="Lý do mở lại",
        help_text="Chỉ cán bộ đọc được. Câu trả lời đang đăng ở Hỏi đáp sẽ được gỡ xuống.",
        max_length=LONGEST_REASON,
        widget=_box(3),
        error_messages={"required": "Hãy nêu lý do mở lại."},
    )


class PublishForm(StepForm):
    """Shows what everybody will read; each part the shield marks may be let stand."""

    step, title = "publish", "Đăng ở Hỏi đáp"
    shows_name = forms.BooleanField(label="Đăng kèm họ tên (người gửi đã cho phép)", required=False)
    shown_as_is = forms.MultipleChoiceField(
        label="Không phải dữ liệu cá nhân, để nguyên khi đăng",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "Nội dung vừa thay đổi; hãy mở lại trang rồi chọn."},
    )

    def __init__(self, submission, data=None, **kwargs):
        kwargs.setdefault("initial", {"shown_as_is": submission.shown_as_is})
        if data is not None:
            data = data.copy()
            # What stands on two lines: browsers send another break than the text has.
            sent = [words.replace("\r\n", "\n") for words in data.getlist("shown_as_is")]
            data.setlist("shown_as_is", sent)
        super().__init__(submission, data, **kwargs)
        found = {
            finding.text: f"{finding.text} ({finding.label})"
            for words in (submission.title, submission.content, submission.answer)
            for finding in shield.findings(words)
            if len(finding.text) <= 100
        }
        self.fields["shown_as_is"].choices = list(found.items())
        if not found:
            del self.fields["shown_as_is"]
        if not submission.may_show_name:
            del self.fields["shows_name"]

    def prepared(self):
        """Show what would be published with the choices made."""
        chosen = self.data.getlist("shown_as_is")
        initial = {"shown_as_is": chosen, "shows_name": "shows_name" in self.data}
        return type(self)(self.submission, initial=initial)

    def preview(self) -> dict[str, str]:
        """Return title, text and answer as everybody would read them."""
        shown = self["shown_as_is"].value() if "shown_as_is" in self.fields else ()
        names = ("title", "content", "answer")
        covered = self.submission.covered
        return {name: covered(getattr(self.submission, name), shown) for name in names}


class UnpublishForm(StepForm):
    step, title = "unpublish", "Gỡ khỏi Hỏi đáp"
    reason = forms.CharField(
        label="Lý do gỡ (không bắt buộc)",
        max_length=LONGEST_REASON,
        required=False,
        widget=_box(2),
    )


class SortForm(StepForm):
    step, title = "change", "Sửa loại, lĩnh vực"
    kind = forms.ChoiceField(label="Loại", choices=Submission.Kind.choices)
    topic = forms.ModelChoiceField(
        Topic.objects.all(), label="Lĩnh vực", required=False, empty_label="Chưa chọn lĩnh vực"
    )

    def __init__(self, submission, data=None, **kwargs):
        kwargs.setdefault("initial", {"kind": submission.kind, "topic": submission.topic_id})
        super().__init__(submission, data, **kwargs)


class NoteForm(LastingForm):
    step, title, box = "note", "Ghi chú nội bộ", "words"
    words = forms.CharField(
        label="Ghi chú",
        help_text="Chỉ cán bộ đọc được. Không sửa được; chỉ mất đi khi xóa dữ liệu cá nhân.",
        max_length=5_000,
        widget=_box(3),
        error_messages={"required": "Hãy nhập ghi chú."},
    )


# In the order of the page.
STEPS = {
    form.step: form
    for form in (
        TakeUpForm,
        NotSpamForm,
        AnswerForm,
        AssignForm,
        ExtendForm,
        ForwardForm,
        DeclineForm,
        SpamForm,
        PublishForm,
        UnpublishForm,
        ReopenForm,
        SortForm,
        NoteForm,
    )
}
