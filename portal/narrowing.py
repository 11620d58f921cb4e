"""Filters above a list, as a form sent by GET."""

from django import forms

EVERYTHING = ("", "Tất cả")


class NarrowingForm(forms.Form):
    """The filters; what is not on offer is left out and said so, the list goes on."""

    def __init__(self, data, **choices):
        """Judge ``data`` at once; ``choices`` are those of the fields that the database decides."""
        super().__init__(data, auto_id="loc-%s", label_suffix="")
        for name, offered in choices.items():
            self.fields[name].choices = [EVERYTHING, *offered]
        for field in self.fields.values():
            field.widget.attrs["class"] = "field__input"
        self.is_valid()

    @property
    def is_narrowed(self) -> bool:
        return any(self.cleaned_data.get(name) for name in self.fields)
