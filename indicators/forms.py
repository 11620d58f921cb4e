"""Boxes for numbers typed as Vietnamese offices write them, and for months of the year."""

import re

from django import forms
from django.core.exceptions import ValidationError

from portal.templatetags import portal

_VIETNAMESE = re.compile(r"[+-]?([0-9]{1,3}(\.[0-9]{3})+|[0-9]+)(,[0-9]+)?")


class NumberField(forms.DecimalField):
    """
    A decimal typed as 35.360,5: points group thousands, a comma begins the fraction.

    Django alone reads «35.360» as 35,36. A point that does not group thousands is
    refused rather than guessed at.
    """

    widget = forms.TextInput
    default_error_messages = {
        "invalid": "Hãy viết số như 35.360,5: dấu chấm tách hàng nghìn, dấu phẩy trước số lẻ.",
    }

    def to_python(self, value):
        if isinstance(value, str):
            value = self._plain(value)
        return super().to_python(value)

    def prepare_value(self, value):
        return value if value is None or isinstance(value, str) else portal.figure(value)

    def widget_attrs(self, widget):
        return {"inputmode": "decimal", "autocomplete": "off"}

    def _plain(self, typed: str) -> str:
        compact = "".join(typed.split()).replace("−", "-")
        if compact and not _VIETNAMESE.fullmatch(compact):
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return compact.replace(".", "").replace(",", ".")


class MonthsField(forms.TypedMultipleChoiceField):
    """Some months of the year, chosen by ticking; a list of numbers from 1 to 12."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs):
        choices = [(month, f"Tháng {month:02}") for month in range(1, 13)]
        super().__init__(choices=choices, coerce=int, empty_value=[], **kwargs)
