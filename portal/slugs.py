"""The field that holds an object's address: made of its title once, then kept."""

from django.db import models

from portal import text


class TitleSlugField(models.SlugField):
    """
    A slug taken from the field ``source`` when left blank at first.

    Left blank later it stays as stored, so that a changed title never moves a page.
    """

    def __init__(self, *args, source="title", **kwargs):
        self.source = source
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
            value = text.free_slug(type(model_instance), getattr(model_instance, self.source))
        setattr(model_instance, self.attname, value)
        return value
