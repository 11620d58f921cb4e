"""
A save that met another: what only the other person changed is taken over into what was typed.

Three texts decide it: the version the form was opened with, what is stored and what was
posted. A box that still says what it was served with was touched by nobody here, so it follows
the stored article; one that says anything else was typed, and is left for a person to judge.
"""

import re
from copy import copy
from datetime import datetime

from django.http import QueryDict
from lxml import html as lxml_html

from news.typed import MOST_ROWS
from news.versions import CIRCUMSTANCES, CONTENT, MOMENTS
from portal import text
from portal.richtext import stored_html

# Of each inline, the column behind each box.
_ROWS = {
    "photos": {"photo": "photo_id", "caption": "caption", "position": "position"},
    "attachments": {"title": "title", "position": "position"},
}
_BETWEEN_BLOCKS = re.compile(r">\s*\n\s*<")


def opened_content(data, article) -> dict | None:
    """Return the content of the version a form was opened with; None when it is not known."""
    return _content(article, data.get("_revision", ""))


def take_over(data, article, form_class) -> QueryDict:
    """Return posted data in which what nobody touched here is as it is stored by now."""
    # A form that came back holds what was taken over then: it was merged up to that version.
    base = _content(article, data.get("_merged") or data.get("_revision", ""))
    if base is None:
        return data
    data = data.copy()
    _take_over_boxes(data, article, base, form_class)
    for prefix, columns in _ROWS.items():
        _take_over_rows(data, article, base.get(prefix, []), prefix, columns)
    return data


def _content(article, number: str) -> dict | None:
    number = text.whole_number(number)
    version = article.versions.filter(number=number).first() if number is not None else None
    return version.content if version else None


def _take_over_boxes(data, article, base, form_class):
    topics = {"tags": [tag["tag_id"] for tag in base.get("tags", [])]}
    links = {"related": base.get("related", [])}
    opened = form_class(instance=_as_it_was(article, base), initial=topics | links)
    stored = form_class(instance=article)
    for name in stored.fields:
        if name not in base and f"{name}_id" not in base:
            continue
        served, now = _sent(opened[name]), _sent(stored[name])
        keys = served.keys() | now.keys() | {name}
        posted = {key: data.getlist(key) for key in keys if key in data}
        if _words(name, posted) == _words(name, served) != _words(name, now):
            for key in keys:
                data.pop(key, None)
            for key, values in now.items():
                data.setlist(key, values)


def _as_it_was(article, content):
    """Return a copy of an article that says what a version says; it is not for saving."""
    was = copy(article)
    for name in (*CONTENT, *CIRCUMSTANCES):
        setattr(was, name, content.get(name, getattr(was, name)))
    for name in MOMENTS:
        moment = content.get(name)
        setattr(was, name, datetime.fromisoformat(moment) if moment else None)
    return was


def _sent(box) -> dict[str, list[str]]:
    """Return what a browser sends of a form's box as it was served."""
    form = lxml_html.fragment_fromstring(str(box), create_parent="form")
    sent: dict[str, list[str]] = {}
    for name, value in form.form_values():
        sent.setdefault(name, []).append(value.removeprefix("\n"))
    return sent


def _words(name, sent) -> dict[str, list[str]]:
    """Return what was sent, whatever way a browser and the editor write the same text."""
    words = {key: sorted(_plain(name, value) for value in values) for key, values in sent.items()}
    return {key: values for key, values in words.items() if any(values)}


def _plain(name, value: str) -> str:
    value = value.replace("\r\n", "\n").strip()
    return _BETWEEN_BLOCKS.sub("><", stored_html(value)) if name == "body" else value


def _take_over_rows(data, article, opened, prefix, columns):
    """Have a row nobody touched follow the stored one; a photo's goes when that is deleted."""
    stored = {
        str(row["pk"]): row for row in getattr(article, prefix).values("pk", *columns.values())
    }
    served = {_said(kept.get(column) for column in columns.values()) for kept in opened}
    rows = text.whole_number(data.get(f"{prefix}-INITIAL_FORMS", "")) or 0
    for number in range(min(rows, MOST_ROWS)):
        keys = [f"{prefix}-{number}-{name}" for name in columns]
        if _said(data.get(key) for key in keys) not in served:
            continue
        row = stored.get(data.get(f"{prefix}-{number}-id", ""))
        if row is not None:
            now = _said(row[column] for column in columns.values())
            for key, value in zip(keys, now, strict=True):
                data[key] = value
        elif prefix == "photos":
            data[f"{prefix}-{number}-DELETE"] = "on"


def _said(values) -> tuple[str, ...]:
    """Return values as boxes say them."""
    return tuple("" if value is None else str(value).strip() for value in values)
