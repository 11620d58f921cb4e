"""
Two people at one article: who else has it open, and saves that would overwrite unseen.

The form carries the revision it was opened with. A save that carries another than the stored
one is refused and shown beside what was stored meanwhile; to overwrite is a choice of its own.
"""

import re
from datetime import timedelta
from typing import NamedTuple

from django.http import QueryDict
from django.utils import timezone
from django.utils.datastructures import MultiValueDict
from django.utils.formats import time_format

from news import comparison, merging, versions
from news.models import Article, EditingSession, Version
from portal import text
from portal.people import name_of

# A page in the background is let speak once a minute; a closed one is gone in a minute and a half.
ALIVE = timedelta(seconds=80)


class Conflict(NamedTuple):
    """What somebody's save met: the versions stored meanwhile, and who changed which part."""

    stored: Version
    meanwhile: list[Version]  # newest first
    contested: list[comparison.Part]  # stored beside typed, where both were changed
    typed: list[comparison.Part]  # likewise, where nobody else changed anything
    taken_over: list[comparison.Part]  # as it was opened beside stored: only others changed it


# -- who has it open -------------------------------------------------------------------


def stay(article, user) -> None:
    """Note that somebody has the article open; forget whoever closed it long ago."""
    now = timezone.now()
    EditingSession.objects.filter(article=article, seen_at__lt=now - ALIVE).delete()
    EditingSession.objects.update_or_create(article=article, user=user, defaults={"seen_at": now})


def leave(article, user) -> None:
    """Note that somebody has closed the article."""
    EditingSession.objects.filter(article=article, user=user).delete()


def others_say(article, user) -> str:
    """Return who else has the article open, as a sentence; nothing when nobody has."""
    others = (
        EditingSession.objects.filter(article=article, seen_at__gte=timezone.now() - ALIVE)
        .exclude(user=user)
        .select_related("user")
        .order_by("began_at")
    )
    names = ", ".join(f"{name_of(other.user)} (từ {_clock(other.began_at)})" for other in others)
    if not names:
        return ""
    return f"Đang có người khác mở bài này để sửa: {names}. Hãy trao đổi với nhau trước khi lưu."


def saved_say(article, opened: str) -> str:
    """Return who saved the article since it was opened, as a sentence; nothing if nobody did."""
    if opened == str(article.revision):
        return ""
    version = article.versions.select_related("saved_by").first()  # none after a change by SQL
    who = f"{version.author}, " if version and version.saved_by else ""
    return (
        f"Bài vừa được lưu ({who}{_clock(article.updated_at)}), "
        "trang này đang giữ bản cũ hơn. Khi lưu, cổng sẽ cho xem chỗ khác nhau trước."
    )


def _clock(moment) -> str:
    return time_format(timezone.localtime(moment), "TIME_FORMAT")


# -- saves that would overwrite --------------------------------------------------------


def would_overwrite(data, article) -> bool:
    """Say whether a form was opened before the stored revision, and nobody chose to go over it."""
    stored = str(article.revision)
    return data.get("_revision", stored) != stored and data.get("_overwrite") != stored


def conflict_of(form, formsets) -> Conflict:
    """Return what is stored beside what a refused form holds."""
    article = Article.objects.get(pk=form.instance.pk)
    stored = versions.content_of(article)
    saved = article.versions.select_related("saved_by").defer("content")
    opened = text.whole_number(form.data.get("_revision", ""))
    since = [] if opened is None else saved.filter(number__gt=opened)
    differing = comparison.compare(stored, typed(stored, form, formsets))
    before = merging.opened_content(form.data, article)
    theirs = [] if before is None else comparison.compare(before, stored)
    ours, labels = ({part.label for part in parts} for parts in (differing, theirs))
    return Conflict(
        saved.first(),
        list(since),
        contested=[part for part in differing if before is None or part.label in labels],
        typed=[part for part in differing if before is not None and part.label not in labels],
        taken_over=[part for part in theirs if part.label not in ours],
    )


def typed(stored: dict, form, formsets) -> dict:
    """Return what a form would have stored, in the shape of news.versions.content_of."""
    article = form.instance  # it holds what was typed, cleaned, as far as it was valid
    content = stored | {
        name: getattr(article, name) for name in (*versions.CONTENT, *versions.CIRCUMSTANCES)
    }
    # A moment that was refused stays as it is stored: year 1 is none in any other zone.
    moments = [name for name in versions.MOMENTS if name not in form.errors]
    content |= {name: versions.as_json(getattr(article, name)) for name in moments}
    refused = [name for name in form.errors if name in form.data and name in versions.CONTENT]
    content |= {name: form.data[name] for name in refused if isinstance(content[name], str)}
    if "tags" in form.cleaned_data:
        content["tags"] = versions.topics(form.cleaned_data["tags"].order_by("pk"))
    if "related" in form.cleaned_data:
        content["related"] = sorted(other.pk for other in form.cleaned_data["related"])
    for formset in formsets:
        name = formset.get_default_prefix()
        if name in ("photos", "attachments"):
            content[name] = _typed_rows(formset)
    return content


def _typed_rows(formset) -> list[dict]:
    """Return the rows of a formset and those stored meanwhile, which it leaves alone."""
    names = ("photo_id", "caption", "position", "title", "file", "kind", "size")
    rows = [
        row.instance
        for row in formset.forms
        if (row.instance.pk or row.has_changed()) and not formset._should_delete_form(row)
    ]
    mentioned = {row.instance.pk for row in formset.forms}
    rows += [row for row in formset.queryset if row.pk not in mentioned]
    typed = [
        {name: getattr(row, name) for name in names if hasattr(row, name)}
        for row in sorted(rows, key=lambda row: (row.position or 0, row.pk or 0))
    ]
    for row in typed:
        if "file" in row:
            row["file"] = row["file"].name if row["file"] else ""
    return typed


# -- inline rows that are gone ---------------------------------------------------------


class Rows(NamedTuple):
    """An inline's posted rows with those that are gone made new; ``lost`` could not be."""

    data: QueryDict
    files: MultiValueDict
    lost: list[str]


def renew_vanished_rows(data, files, prefix: str, existing: set[str]) -> Rows:
    """
    Return posted data in which rows that somebody else deleted are rows to be added.

    Django refuses a row whose object is gone in a way nobody can put right on the page. A
    document is lost with its row: the form held its name, not its file.
    """
    initial, total = (_count(data, f"{prefix}-{part}_FORMS") for part in ("INITIAL", "TOTAL"))
    stay = [i for i in range(initial) if data.get(f"{prefix}-{i}-id") in existing]
    gone = [i for i in range(initial) if i not in stay and f"{prefix}-{i}-DELETE" not in data]
    is_lost = {i for i in gone if prefix == "attachments" and f"{prefix}-{i}-file" not in files}
    lost = [data.get(f"{prefix}-{i}-title", "") for i in is_lost]
    order = [*stay, *(i for i in gone if i not in is_lost), *range(initial, total)]
    places = {str(old): new for new, old in enumerate(order)}
    row = re.compile(rf"{re.escape(prefix)}-(\d+)-(.+)")

    def moved(posted, result):
        for key, values in posted.lists():
            match = row.fullmatch(key)
            if match and match[1] in places:
                place = places[match[1]]
                values = [""] if match[2] == "id" and place >= len(stay) else values
                result.setlist(f"{prefix}-{place}-{match[2]}", values)
            elif not match:
                result.setlist(key, values)
        return result

    data = moved(data, QueryDict(mutable=True))
    data[f"{prefix}-INITIAL_FORMS"] = str(len(stay))
    data[f"{prefix}-TOTAL_FORMS"] = str(len(order))
    return Rows(data, moved(files, MultiValueDict()), lost)


def _count(data, name) -> int:
    """Return a count of rows as far as it can be believed."""
    return min(text.whole_number(data.get(name, "")) or 0, 1_000)
