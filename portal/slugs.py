"""The field that holds an object's address: made of its title once, then kept."""

from django import forms
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction

from portal import text
from portal.natural_keys import NaturalKeyModel

TRIES = 5  # to store a slug that others take at the same moment
_ANY_WORDS = "Gõ chữ thường cũng được, cổng tự chuyển thành đường dẫn: “Hội nghị” thành “hoi-nghi”."


class WordsOrSlug(forms.SlugField):
    """A box that makes a slug of whatever words are typed into it."""

    def to_python(self, value):
        value = super().to_python(value)
        try:
            self.run_validators(value)
        except ValidationError:
            return text.slug(value, max_length=self.max_length) or value
        return value


class TitleSlugField(models.SlugField):
    """
    A slug taken from the field ``source`` when left blank at first.

    Left blank later it stays as stored, so that a changed title never moves a page. Words
    ``reserved`` for other pages are never a slug, nor is one that the relation ``former``
    names as another object's former address: readers are led from there.
    """

    def __init__(self, *args, source="title", reserved=(), former="", **kwargs):
        self.source, self.reserved, self.former = source, tuple(reserved), former
        kwargs = {"max_length": 120, "unique": True, "blank": True} | kwargs
        super().__init__(*args, **kwargs)

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, kwargs | {"source": self.source}

    def pre_save(self, model_instance, add):
        value = getattr(model_instance, self.attname)
        if not value and not add:
            stored = type(model_instance)._default_manager.filter(pk=model_instance.pk)
            value = stored.values_list(self.attname, flat=True).first()
        if not value:
            model, title = type(model_instance), getattr(model_instance, self.source)
            value = free_slug(model, title, reserved=self.reserved, former=self.former)
        setattr(model_instance, self.attname, value)
        return value

    def formfield(self, **kwargs):
        field = super().formfield(**{"form_class": WordsOrSlug, **kwargs})
        field.help_text = f"{self.help_text} {_ANY_WORDS}".strip()
        return field

    def validate(self, value, model_instance):
        super().validate(value, model_instance)
        if value in self.reserved:
            raise ValidationError(
                "“%(slug)s” là địa chỉ của một trang khác trên cổng; hãy chọn đường dẫn khác.",
                params={"slug": value},
            )
        if self.former:
            others = type(model_instance)._default_manager.exclude(pk=model_instance.pk)
            if holder := others.filter(**{f"{self.former}__slug": value}).first():
                raise ValidationError(
                    "“%(slug)s” là địa chỉ cũ của “%(holder)s” và đang dẫn tới đó; "
                    "hãy chọn đường dẫn khác.",
                    params={"slug": value, "holder": holder},
                )


def free_slug(model, title: str, *, reserved=(), former="") -> str:
    """
    Return a slug for ``title`` that nothing of ``model`` has or had: «tin», «tin-2», «tin-3» …

    A title without any letter or digit gives the model's Vietnamese name as its base.
    """
    base = text.slug(title, max_length=110) or text.slug(str(model._meta.verbose_name))
    taken = set(reserved)
    for field in filter(None, ("slug", former and f"{former}__slug")):
        found = model._default_manager.filter(**{f"{field}__startswith": base})
        taken |= set(found.values_list(field, flat=True))
    if base not in taken:
        return base
    numbered = (f"{base}-{number}" for number in range(2, len(taken) + 3))
    return next(candidate for candidate in numbered if candidate not in taken)


class SluggedModel(NaturalKeyModel):
    """A model known by its ``slug``, which is made anew when another took it at the same moment."""

    class Meta:
        abstract = True

    def save(self, *args, **kwargs):
        if self.slug:
            return super().save(*args, **kwargs)
        for _ in range(TRIES):
            try:
                with transaction.atomic():
                    return super().save(*args, **kwargs)
            except IntegrityError as error:
                if not self._was_taken(error):
                    raise
                self.slug = ""
        return super().save(*args, **kwargs)

    def _was_taken(self, error: IntegrityError) -> bool:
        """Say whether the slug was free when it was made and no more when it was stored."""
        broken = error.__cause__.diag
        return broken.table_name == self._meta.db_table and "_slug_" in broken.constraint_name
