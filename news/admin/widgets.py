"""What Django's boxes lack for articles."""

from django.contrib.admin.widgets import AdminFileWidget
from django.forms.widgets import Media, Script
from django.template.loader import render_to_string
from django.urls import reverse

from portal.admin_widgets import OneOf
from portal.text import whole_number


class OnePhoto(OneOf):
    """A box of one photo, which is shown beside it."""

    @property
    def media(self):
        return super().media + Media(js=[Script("js/photo-choice.js", type="module")])

    def render(self, name, value, attrs=None, renderer=None):
        pk = whole_number(str(value)) if value else None
        addresses = {"any_thumbnail": _thumbnail(0), "thumbnail": _thumbnail(pk) if pk else ""}
        picture = render_to_string("admin/news/photo/_choice.html", addresses)
        return super().render(name, value, attrs, renderer) + picture


class NamedFile(AdminFileWidget):
    """A file under the name people know it by: the one it is stored under says nothing."""

    def format_value(self, value):
        return _Named(value) if self.is_initial(value) else None


class _Named:
    """A stored file as the widget's template prints it."""

    def __init__(self, file):
        self.url, self.name = file.url, file.instance.file_in_words

    def __str__(self):
        return self.name


def shown_photo(pk, name) -> str:
    """Return a photo to look at with its name under it."""
    return render_to_string("admin/news/photo/_shown.html", {"src": _thumbnail(pk), "name": name})


def _thumbnail(pk) -> str:
    return reverse("admin:news_photo_thumbnail", args=[pk])
