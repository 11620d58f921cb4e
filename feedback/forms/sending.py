"""The form in which a citizen sends a message."""

from django import forms
from django.conf import settings
from django.db import DatabaseError
from django.utils import timezone
from django.utils.functional import cached_property

from feedback import attachments, challenge, consent, judging, limits, receiving
from feedback.forms.fields import (
    Address,
    Digits,
    Files,
    Line,
    Paragraphs,
    Phone,
    attributes,
    each_or_refused,
)
from feedback.models import Submission
from news.models import Article
from portal import text

NAME_LENGTH, TITLE_LENGTH = 100, 200  # characters
CONTENT_LENGTHS = (10, 10_000)  # characters, least and most
TYPED = ("kind", "name", "title", "content", "email", "phone", "address", "article")
TICKED = ("consent", "may_show_name")
WRITTEN = (*TYPED, "may_show_name")  # what a submission keeps

MAIL_MEANT = "Để nhận tin khi có trả lời. Cổng gửi một thư để xác nhận địa chỉ này."
NEEDED_BY_PETITION = (
    "Phản ánh, kiến nghị cần có điện thoại hoặc địa chỉ để xác minh. Vui lòng điền một trong hai ô."
)
CHOOSE_AGAIN = "Vui lòng chọn lại tệp “{name}”: trình duyệt không giữ tệp khi trang hiện lại."


class SubmissionForm(forms.Form):
    """
    A citizen's message, protected by layers that are judged only when the rest stands.

    The browser is not told what is required: its own messages are not ours, and under an
    article without JavaScript the code is asked for in the next step.
    """

    use_required_attribute = False

    kind = forms.ChoiceField(
        label="Ông/bà muốn gửi",
        choices=Submission.Kind.choices,
        initial=Submission.Kind.SUGGESTION,
        required=False,
        error_messages={"invalid_choice": "Vui lòng chọn một trong ba loại."},
    )
    name = Line(
        label="Họ tên",
        most=NAME_LENGTH,
        error_messages={"required": "Vui lòng nhập họ tên."},
        widget=forms.TextInput(attributes(autocomplete="name")),
    )
    title = Line(
        label="Tiêu đề",
        most=TITLE_LENGTH,
        error_messages={"required": "Vui lòng nhập tiêu đề."},
        widget=forms.TextInput(attributes(autocomplete="off")),
    )
    content = Paragraphs(
        label="Nội dung",
        most=CONTENT_LENGTHS[1],
        error_messages={"required": "Vui lòng nhập nội dung góp ý."},
        widget=forms.Textarea(attributes(rows=8)),
    )
    email = Address(
        label="Thư điện tử",
        required=False,
        most=254,
        widget=forms.TextInput(
            attributes(required=False, type="email", inputmode="email", autocomplete="email")
        ),
    )
    phone = Phone(
        label="Điện thoại",
        required=False,
        most=20,
        widget=forms.TextInput(
            attributes(required=False, type="tel", inputmode="tel", autocomplete="tel")
        ),
    )
    address = Line(
        label="Địa chỉ",
        required=False,
        most=250,
        widget=forms.TextInput(attributes(required=False, autocomplete="address-line1")),
    )
    files = Files(
        label="Tệp gửi kèm",
        required=False,
        help_text="Tối đa 3 tệp ảnh hoặc PDF, mỗi tệp không quá 5 MB.",
    )
    consent = forms.BooleanField(
        label="Tôi đồng ý cho cơ quan sử dụng thông tin tôi gửi như đã nêu ở trên",
        error_messages={
            "required": "Vui lòng đánh dấu ô đồng ý để cơ quan dùng được thông tin khi trả lời."
        },
    )
    may_show_name = forms.BooleanField(
        label="Cho phép đăng kèm họ tên tôi khi góp ý được đăng công khai (không bắt buộc)",
        required=False,
    )
    code = Digits(
        label="Mã kiểm tra",
        required=False,
        help_text="Nhập năm chữ số thấy trong hình hoặc nghe được khi bấm “Nghe mã”.",
        widget=forms.TextInput(attributes(inputmode="numeric", autocomplete="off")),
    )
    challenge = Line(required=False)
    work = Line(required=False)  # what the browser reckoned (feedback/work.py)
    article = Line(required=False)  # the slug of the article it is about
    website = Line(required=False)  # people do not see it; whoever fills it is a machine

    def __init__(self, data=None, files=None, *, sender=None, kept=None, at=None, **options):
        super().__init__(data, files, auto_id="gop-y-%s", **options)
        self.sender = sender or judging.Sender()
        self.kept = kept  # what stores files (feedback/attachments.py)
        self.at = at or timezone.now()
        self.is_code_spent = False
        self.is_over_limit = False
        # A code once typed is not taken away by the mending of other boxes.
        self.is_code_asked = settings.CODE_IS_ALWAYS_ASKED or bool(self.data.get("code"))
        if settings.MAIL_IS_SENT:
            self.fields["email"].help_text = MAIL_MEANT

    @classmethod
    def refilled(cls, data, *, is_token_kept=False, is_code_wanted=False):
        """Return the form with everything typed and a new code, nothing judged."""
        initial = {name: data.get(name, "") for name in TYPED}
        initial |= {name: bool(data.get(name)) for name in TICKED}
        initial["kind"] = initial["kind"] or Submission.Kind.SUGGESTION
        form = cls(initial=initial)
        form.replaced_token = data.get("challenge", "")
        if is_token_kept and form._is_open(form.replaced_token):
            form.token = form.replaced_token
            form.kept_code, form.kept_work = data.get("code", ""), data.get("work", "")
        form.is_code_asked |= is_code_wanted or bool(data.get("code"))
        return form

    replaced_token = ""
    lost_files = ()

    def clean_kind(self):
        return self.cleaned_data["kind"] or Submission.Kind.SUGGESTION

    def clean_content(self):
        if len(self.cleaned_data["content"]) < CONTENT_LENGTHS[0]:
            raise forms.ValidationError("Nội dung quá ngắn nên khó trả lời. Vui lòng viết rõ hơn.")
        return self.cleaned_data["content"]

    def clean_article(self):
        """Return the published article it is about, or None; a wrong one hinders nobody."""
        return _published_article(self.cleaned_data["article"])

    def clean(self):
        written = self.cleaned_data
        is_petition = written.get("kind") == Submission.Kind.PETITION
        named = {"phone", "address"} & self.errors.keys()
        if is_petition and not (written.get("phone") or written.get("address") or named):
            self.add_error("phone", NEEDED_BY_PETITION)
        if self.errors:
            if self.is_code_asked and not written.get("code") and not self.has_replaced_code:
                self.add_error("code", judging.CODE_NEEDED)
        elif self._files_are_accepted():
            self._judge()
        return written

    @property
    def has_replaced_code(self):
        return judging.replaces_code(self.cleaned_data["challenge"], self.cleaned_data["work"])

    @cached_property
    def token(self):
        """Return the challenge to show: the same until it was answered or grew too old."""
        answered = self.data.get("challenge", "") if self.is_bound else self.replaced_token
        if self.is_bound and not self.is_code_spent and self._is_open(answered):
            return answered
        return judging.new_token(self.sender, self.at, instead_of=answered)

    @cached_property
    def kept_code(self):
        """Return the code typed, as long as it belongs to the challenge shown."""
        return self._of_same_token("code")

    @cached_property
    def kept_work(self):
        return self._of_same_token("work")

    @cached_property
    def about(self):
        """Return the article the form is about, or None; the form does without."""
        try:
            return _published_article(text.clean_line(self["article"].value() or ""))
        except DatabaseError:
            return None

    @property
    def kinds(self):
        """Return each kind with whether it is chosen and what it needs beyond the others."""
        chosen = self["kind"].value() or Submission.Kind.SUGGESTION
        return [
            (kind, kind == chosen, "cần có điện thoại hoặc địa chỉ" * (kind == "petition"))
            for kind in Submission.Kind
        ]

    @property
    def has_contacts(self):
        """Say whether what may be left out was filled in, or has to be looked at."""
        names = ("email", "phone", "address", "files")
        return bool(
            self.lost_files
            or any(self[name].errors for name in names)
            or any(self[name].value() for name in names[:3])
        )

    @property
    def refused_files(self):
        """Return which of the files were refused, counted from 0."""
        errors = self.errors.as_data().get("files", [])
        return [error.code for error in errors if error.code and error.code.isdecimal()]

    @property
    def consent_summary(self):
        return consent.summary()

    @property
    def consent_points(self):
        return consent.points()

    @property
    def department(self):
        return settings.DEPARTMENT

    def note_lost_files(self, uploads):
        """Say which files have to be chosen again: this page comes without them."""
        names = [file.name for file in uploads.getlist(self.add_prefix("files"))]
        self.lost_files = [CHOOSE_AGAIN.format(name=text.clean_line(name)) for name in names]

    def save(self):
        """Keep the message and return the submission; to be called in a transaction."""
        if self.judged.earlier:
            return self.judged.earlier
        written = {name: self.cleaned_data[name] for name in WRITTEN}
        return receiving.receive(
            at=self.at,
            nonce=self.judged.nonce,
            suspicions=self.judged.verdict.reasons,
            is_aside=self.judged.verdict.is_aside,
            likeness=self.judged.likeness,
            files=self.cleaned_data["files"],
            kept=self.kept,
            **written,
        )

    def _files_are_accepted(self):
        """Open the files of whoever has code or work right; the others are not worth the time."""
        uploads = self.cleaned_data["files"]
        if not uploads or not judging.is_answered(self.cleaned_data, self.at):
            return True
        if not limits.take(limits.OPENED_FILES, self.sender.network, self.at):
            self.is_over_limit = True
            self.add_error(None, judging.too_many_submissions(judging.TOO_MANY_FILES))
            return False
        try:
            self.cleaned_data["files"] = each_or_refused(attachments.accepted, uploads)
        except forms.ValidationError as error:
            self.add_error("files", error)
            return False
        return True

    def _judge(self):
        self.judged = judging.judge(
            self.cleaned_data, self.sender, self.at, is_code_asked=self.is_code_asked
        )
        self.is_code_asked = self.is_code_asked or self.judged.is_code_needed
        self.is_code_spent = self.judged.is_token_spent
        self.is_over_limit = self.judged.is_over_limit
        if self.judged.refusal:
            self.add_error(self.judged.refused_field, self.judged.refusal)

    def _of_same_token(self, field):
        answered = self.data.get("challenge") if self.is_bound else ""
        return self.data.get(field, "") if answered and answered == self.token else ""

    def _is_open(self, token):
        return not isinstance(challenge.opened(token, self.at), challenge.Refusal)


def _published_article(slug):
    return Article.objects.published().filter(slug=slug).first() if slug else None
