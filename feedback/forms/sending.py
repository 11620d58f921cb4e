"""The form in which a citizen sends a message."""

from datetime import timedelta

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.functional import cached_property

from feedback import challenge, limits, receiving
from feedback.forms.fields import Digits, Line, Paragraphs, attributes
from feedback.models import Submission
from news.models import Article
from portal import text
from portal.templatetags.portal import figure

NAME_LENGTH, TITLE_LENGTH = 100, 200  # characters
CONTENT_LENGTHS = (10, 10_000)  # characters, least and most
FASTEST_PERSON = timedelta(seconds=3)


class SubmissionForm(forms.Form):
    """
    A citizen's message, protected by a code that is judged only when the rest stands.

    The browser is not told what is required: its own messages are not ours, and under an
    article without JavaScript the code is asked for in the next step.
    """

    use_required_attribute = False

    name = Line(
        label="Họ tên",
        error_messages={"required": "Vui lòng nhập họ tên."},
        widget=forms.TextInput(attributes(autocomplete="name")),
    )
    title = Line(
        label="Tiêu đề",
        error_messages={"required": "Vui lòng nhập tiêu đề."},
        widget=forms.TextInput(attributes(autocomplete="off")),
    )
    content = Paragraphs(
        label="Nội dung",
        error_messages={"required": "Vui lòng nhập nội dung góp ý."},
        widget=forms.Textarea(attributes(rows=8)),
    )
    code = Digits(
        label="Mã kiểm tra",
        help_text="Nhập năm chữ số thấy trong hình hoặc nghe được khi bấm “Nghe mã”.",
        error_messages={"required": "Vui lòng nhập mã kiểm tra."},
        widget=forms.TextInput(attributes(inputmode="numeric", autocomplete="off")),
    )
    challenge = Line(required=False)
    article = Line(required=False)  # the slug of the article it is about
    website = Line(required=False)  # people do not see it; whoever fills it is a machine

    def __init__(self, data=None, *, network="", at=None, **options):
        super().__init__(data, auto_id="gop-y-%s", **options)
        self.network = network
        self.at = at or timezone.now()
        self.is_code_spent = False
        self.is_over_limit = False

    @classmethod
    def refilled(cls, data):
        """Return the form with everything typed and a new code, nothing judged."""
        kept = ("name", "title", "content", "article")
        form = cls(initial={name: data.get(name, "") for name in kept})
        form.replaced_token = data.get("challenge", "")
        return form

    replaced_token = ""

    def clean_name(self):
        return self._of_length("name", "Họ tên", NAME_LENGTH)

    def clean_title(self):
        return self._of_length("title", "Tiêu đề", TITLE_LENGTH)

    def clean_content(self):
        least, most = CONTENT_LENGTHS
        content = self._of_length("content", "Nội dung", most)
        if len(content) < least:
            raise forms.ValidationError("Nội dung quá ngắn nên khó trả lời. Vui lòng viết rõ hơn.")
        return content

    def clean_article(self):
        """Return the published article it is about, or None; a wrong one hinders nobody."""
        return _published_article(self.cleaned_data["article"])

    def clean(self):
        if not self.errors:
            self._use_code()
        return self.cleaned_data

    @cached_property
    def token(self):
        """Return the challenge to show: the same until it was answered or grew too old."""
        answered = self.data.get("challenge", "") if self.is_bound else self.replaced_token
        if self.is_bound and not self.is_code_spent and self._is_open(answered):
            return answered
        return challenge.issue(self.at, instead_of=answered)

    @property
    def kept_code(self):
        """Return the code typed, as long as it belongs to the challenge shown."""
        same = self.is_bound and self.token == self.data.get("challenge")
        return self.data.get("code", "") if same else ""

    @cached_property
    def about(self):
        """Return the article the form is about, or None."""
        return _published_article(text.clean_line(self["article"].value() or ""))

    @property
    def looks_like_spam(self):
        """Say whether a machine filled this in; staff see it, the sender is not told."""
        begun_at = challenge.opened(self.cleaned_data["challenge"], self.at).begun_at
        return bool(self.cleaned_data["website"]) or self.at - begun_at < FASTEST_PERSON

    def save(self):
        """Keep the message and return the submission; to be called in a transaction."""
        kept = ("name", "title", "content", "article")
        return receiving.receive(
            nonce=challenge.opened(self.cleaned_data["challenge"], self.at).nonce,
            is_spam=self.looks_like_spam,
            **{name: self.cleaned_data[name] for name in kept},
        )

    def _of_length(self, field, label, most):
        value = self.cleaned_data[field]
        if len(value) > most:
            raise forms.ValidationError(
                f"{label} dài tối đa {figure(most)} ký tự, đang có {figure(len(value))}. "
                "Vui lòng rút ngắn."
            )
        return value

    def _is_open(self, token):
        return not isinstance(challenge.opened(token, self.at), challenge.Refusal)

    def _use_code(self):
        token, typed = self.cleaned_data["challenge"], self.cleaned_data["code"]
        refusal = challenge.check_and_burn(token, typed, self.at)
        if refusal is challenge.Refusal.USED and self._was_received(token, typed):
            return  # a double click: the first one is shown again
        self.is_code_spent = True
        if refusal:
            self.add_error("code", refusal.value)
        elif not limits.take(limits.SUBMISSIONS, self.network, self.at):
            self.is_over_limit = True
            self.add_error(None, _too_many_submissions())

    def _was_received(self, token, typed):
        nonce = challenge.opened(token, self.at).nonce
        return challenge.is_right(token, typed) and Submission.objects.filter(nonce=nonce).exists()


def _published_article(slug):
    return Article.objects.published().filter(slug=slug).first() if slug else None


def _too_many_submissions():
    phone = settings.DEPARTMENT["phone"]
    return (
        "Trong một giờ qua đã có nhiều góp ý gửi từ mạng mà ông/bà đang dùng nên cổng tạm dừng "
        "nhận thêm. Nội dung vừa nhập vẫn còn nguyên; xin gửi lại sau một giờ"
        + (f" hoặc gọi số {phone}." if phone else ".")
    )
