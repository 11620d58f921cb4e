"""Boxes of the forms citizens fill in: what is typed is cleaned before it is judged."""

import re
import unicodedata

from django import forms

from feedback import attachments
from portal import text
from portal.templatetags.portal import figure


class Line(forms.CharField):
    """One line; ``most`` characters, which its label is told with."""

    def __init__(self, *args, most=None, **options):
        super().__init__(*args, **options)
        self.most = most

    def to_python(self, value):
        return text.clean_line(super().to_python(value))

    def validate(self, value):
        super().validate(value)
        if self.most and len(value) > self.most:
            raise forms.ValidationError(
                f"{self.label} dài tối đa {figure(self.most)} ký tự, đang có "
                f"{figure(len(value))}. Vui lòng rút ngắn."
            )


class Paragraphs(Line):
    def to_python(self, value):
        return text.clean(super(Line, self).to_python(value))


class Digits(forms.CharField):
    """Digits, however they are spaced: «12 345» is «12345»."""

    def to_python(self, value):
        typed = unicodedata.normalize("NFKC", text.clean_line(super().to_python(value)))
        return "".join(filter(str.isdigit, typed))


class Phone(Line):
    """A telephone number as people write it."""

    def validate(self, value):
        super().validate(value)
        digits = sum(map(str.isdecimal, value))
        if value and not (re.fullmatch(r"[\d +().-]+", value) and 8 <= digits <= 15):
            raise forms.ValidationError(
                "Số điện thoại chưa đúng. Vui lòng chỉ ghi số, ví dụ 0912 345 678."
            )


class Address(Line):
    """An address for mail."""

    default_validators = forms.EmailField.default_validators

    def run_validators(self, value):
        try:
            super().run_validators(value)
        except forms.ValidationError:
            raise forms.ValidationError(
                "Địa chỉ thư điện tử chưa đúng. Vui lòng ghi theo dạng ten@vidu.vn."
            ) from None


class ManyFiles(forms.FileInput):
    allow_multiple_selected = True


class Files(forms.FileField):
    """Pictures and PDF, by their first bytes; those refused are each named with a sentence."""

    widget = ManyFiles({"class": "field__input", "accept": attachments.ACCEPTED, "data-files": ""})

    def clean(self, data, initial=None):
        uploads = data if isinstance(data, list) else [data] if data else []
        if len(uploads) > attachments.MOST:
            raise forms.ValidationError(attachments.TOO_MANY)
        return each_or_refused(attachments.checked, uploads)


def each_or_refused(check, files):
    """
    Return what ``check`` makes of each; raises one ValidationError for all it refuses.

    Each says in its ``code`` which of the files it is about.
    """
    checked, refused = [], []
    for place, file in enumerate(files):
        try:
            checked.append(check(file))
        except forms.ValidationError as error:
            error.code = str(place)
            refused.append(error)
    if refused:
        raise forms.ValidationError(refused)
    return checked


def attributes(*, required=True, **more):
    """Return what every box of a citizen's form carries, and ``more``."""
    asked = {"aria-required": "true"} if required else {}
    return {"class": "field__input"} | asked | more
