"""Boxes of the forms citizens fill in: what is typed is cleaned before it is judged."""

import unicodedata

from django import forms

from portal import text


class Line(forms.CharField):
    def to_python(self, value):
        return text.clean_line(super().to_python(value))


class Paragraphs(forms.CharField):
    def to_python(self, value):
        return text.clean(super().to_python(value))


class Digits(forms.CharField):
    """Digits, however they are spaced: «12 345» is «12345»."""

    def to_python(self, value):
        typed = unicodedata.normalize("NFKC", super().to_python(value))
        return "".join(filter(str.isdigit, typed))


def attributes(**more):
    """Return what every box of a citizen's form carries, and ``more``."""
    return {"class": "field__input", "aria-required": "true"} | more
