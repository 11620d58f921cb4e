"""Text columns that hold only what can be seen: cleaned whatever writes them."""

from django.db import models

from portal import text


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
