"""Fixtures name objects by what identifies them to people, not by numbers."""

from django.db import models


class NaturalKeyQuerySet(models.QuerySet):
    def get_by_natural_key(self, *key):
        return self.get(**dict(zip(self.model.natural_key_fields, key, strict=True)))


class NaturalKeyModel(models.Model):
    """A model identified by ``natural_key_fields``, which may follow foreign keys by «__»."""

    natural_key_fields = ("slug",)

    objects = NaturalKeyQuerySet.as_manager()

    class Meta:
        abstract = True

    def natural_key(self):
        return tuple(_followed(self, field) for field in self.natural_key_fields)


def _followed(found, path: str) -> str | None:
    """Return what a path leads to; None where it ends early, as NULL is asked for."""
    for name in path.split("__"):
        if found is None:
            return None
        found = getattr(found, name)
    return str(found)
