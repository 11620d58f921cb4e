"""
Columns that hold only what a page can show, whatever writes them.

Text is cleaned of what cannot be seen; moments lie where every clock can say them.
"""

from django.core.exceptions import ValidationError
from django.db import models

from portal import moments, text


class LineField(models.CharField):
    """One line of text, composed, without control or invisible characters."""

    def pre_save(self, model_instance, add):
        cleaned = text.clean_line(super().pre_save(model_instance, add) or "")
        setattr(model_instance, self.attname, cleaned)
        return cleaned

    def to_python(self, value):
        value = super().to_python(value)
        return text.clean_line(value) if isinstance(value, str) else value


class ParagraphsField(models.TextField):
    """Plain text of any number of lines, cleaned likewise."""

    def pre_save(self, model_instance, add):
        cleaned = text.clean(super().pre_save(model_instance, add) or "")
        setattr(model_instance, self.attname, cleaned)
        return cleaned

    def to_python(self, value):
        value = super().to_python(value)
        return text.clean(value) if isinstance(value, str) else value


class MomentField(models.DateTimeField):
    """
    A moment that staff type: nothing before 1990 or more than ``years_ahead`` from now.

    What writes without a form meets the constraint made by ``readable``.
    """

    def __init__(self, *args, years_ahead=10, **kwargs):
        self.years_ahead = years_ahead
        super().__init__(*args, **kwargs)

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, kwargs | {"years_ahead": self.years_ahead}

    def validate(self, value, model_instance):
        super().validate(value, model_instance)
        if value and not moments.is_within_reason(value, self.years_ahead):
            raise ValidationError(moments.refusal("Ngày", self.years_ahead))


def readable(*fields: str, name: str) -> models.CheckConstraint:
    """
    Return the constraint that every MomentField of a table can be read back.

    One row with year 1 or 9999, and every page that asks for it would fail.
    """
    within = (moments.EARLIEST, moments.LATEST)
    condition = models.Q(*((f"{field}__range", within) for field in fields))
    return models.CheckConstraint(
        condition=condition,
        name=name,
        violation_error_message="Năm phải từ 1990 trở đi và không quá xa.",
    )
