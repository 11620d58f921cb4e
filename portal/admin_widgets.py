"""Boxes of the admin that Django's own forms lack."""

from django.contrib.admin.widgets import AutocompleteSelect, AutocompleteSelectMultiple

from portal.text import whole_number


class _PassesOverForged:
    """A box that may be shown again with what is no key of a row."""

    def optgroups(self, name, value, attrs=None):
        keys = [key for key in value if whole_number(str(key)) is not None]
        return super().optgroups(name, keys, attrs)


class OneOf(_PassesOverForged, AutocompleteSelect):
    """A box of one choice."""


class SeveralOf(_PassesOverForged, AutocompleteSelectMultiple):
    """
    A box of several choices, each with its own sign to take it out.

    There is none that takes out all: it would stand in the list of choices without being one,
    which those who hear the page are not told.
    """

    def build_attrs(self, base_attrs, extra_attrs=None):
        return super().build_attrs(base_attrs, extra_attrs) | {"data-allow-clear": "false"}
