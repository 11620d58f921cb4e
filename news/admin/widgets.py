"""What Django's boxes lack for articles."""

from django.contrib.admin.widgets import AutocompleteSelectMultiple


class SeveralOf(AutocompleteSelectMultiple):
    """
    A box of several choices, each with its own sign to take it out.

    There is none that takes out all: it would stand in the list of choices without being one,
    which those who hear the page are not told.
    """

    def build_attrs(self, base_attrs, extra_attrs=None):
        return super().build_attrs(base_attrs, extra_attrs) | {"data-allow-clear": "false"}
