"""Two versions of an article side by side: paragraph by paragraph, changed words marked."""

import re
from collections.abc import Iterator
from datetime import datetime
from difflib import SequenceMatcher
from itertools import groupby, zip_longest
from typing import NamedTuple

from django.utils import timezone
from django.utils.formats import date_format
from lxml import html as lxml_html

from news.models import Article, Category, Photo
from portal.richtext import paragraphs, stored_html

ALIKE = 0.5  # from here on two paragraphs count as one that was rewritten
MOST_PAIRS = 400  # of paragraphs, tried for likeness
MOST_WORDS = 4_000  # of two paragraphs together, compared word by word
_WORD = re.compile(r"\w+")

LABELS = {
    "title": "Tiêu đề",
    "lead": "Sapo",
    "body": "Nội dung",
    "byline": "Tác giả",
    "issuing_unit": "Đơn vị phát hành",
    "place": "Địa bàn",
    "source": "Nguồn",
    "category_id": "Chuyên mục",
    "tags": "Chủ đề",
    "cover_id": "Ảnh đại diện",
    "photos": "Ảnh kèm bài",
    "attachments": "Tệp đính kèm",
    "related": "Tin liên quan",
    "state": "Trạng thái",
    "published_at": "Thời điểm đăng",
    "expires_at": "Thời điểm hết hạn",
    "is_featured": "Tin nổi bật",
    "slug": "Đường dẫn",
}


class Words(NamedTuple):
    text: str
    is_changed: bool = False


class Row(NamedTuple):
    """A paragraph before and after; None on the side where there is none."""

    before: list[Words] | None = None
    after: list[Words] | None = None
    is_same: bool = False
    skipped: int = 0  # paragraphs alike that are not shown in this place


class Part(NamedTuple):
    label: str
    rows: list[Row]
    only_form_differs: bool = False  # the same words, set differently


def compare(before: dict, after: dict, *, whole: bool = False) -> list[Part]:
    """
    Return the parts in which two contents (news.versions.content_of) differ.

    Of a long part only what changed is shown with its neighbours, unless ``whole``.
    """
    names = _Names(before, after)
    parts = []
    for name, label in LABELS.items():
        old, new = before.get(name), after.get(name)
        if old == new or name not in before or name not in after:
            continue
        rows = list(_rows(names.lines(name, old), names.lines(name, new)))
        is_same = all(row.is_same for row in rows)
        if is_same and name != "body":
            continue  # told apart by what nobody sees, such as the numbers of the order
        parts.append(Part(label, rows if whole else _folded(rows), is_same))
    return parts


def lines_of(content: dict) -> list[tuple[str, list[str]]]:
    """Return what a version says, part by part, for reading; empty parts left out."""
    names = _Names(content)
    parts = ((LABELS[name], names.lines(name, content.get(name))) for name in LABELS)
    return [(label, lines) for label, lines in parts if lines]


class _Names:
    """The words for what contents only refer to by number, asked for once."""

    def __init__(self, *contents):
        photos, categories, articles = set(), set(), set()
        for content in contents:
            photos |= {photo["photo_id"] for photo in content.get("photos", [])}
            photos.add(content.get("cover_id"))
            categories.add(content.get("category_id"))
            articles |= set(content.get("related", []))
        self.photos = {pk: str(photo) for pk, photo in Photo.objects.in_bulk(photos).items()}
        self.categories = {pk: str(c) for pk, c in Category.objects.in_bulk(categories).items()}
        self.articles = dict(Article.objects.filter(pk__in=articles).values_list("pk", "title"))

    def lines(self, name: str, value) -> list[str]:
        if value in (None, "", [], False):
            return []
        if name == "body":
            return _body_lines(value)
        if name == "photos":
            return [self._photo(photo) for photo in sorted(value, key=_position)]
        if name == "attachments":
            return [f"{kept['title']} [{kept['file']}]" for kept in sorted(value, key=_position)]
        if name == "related":
            return [self.articles.get(pk, "tin đã bị xóa") for pk in value]
        if name == "category_id":
            return [self.categories.get(value, "chuyên mục đã bị xóa")]
        if name == "cover_id":
            return [self.photos.get(value, "ảnh đã bị xóa")]
        if name in ("published_at", "expires_at"):
            return [_local(value)]
        if name == "state":
            return [Article.State(value).label]
        if name == "is_featured":
            return ["Có"]
        return value if name == "tags" else value.splitlines()

    def _photo(self, photo):
        gone = "ảnh đã bị xóa" if photo["photo_id"] else "chờ ảnh"
        shown = self.photos.get(photo["photo_id"], gone)
        return f"{shown} – {photo['caption'] or 'không chú thích'}"


def _position(entry):
    return entry["position"]


def _local(moment: str) -> str:
    return date_format(timezone.localtime(datetime.fromisoformat(moment)), "DATETIME_FORMAT")


def _body_lines(html: str) -> list[str]:
    """Return the paragraphs of rich text with addresses and pictures spelled out."""
    root = lxml_html.fragment_fromstring(stored_html(html), create_parent="div")
    for link in root.iter("a"):
        link.tail = f" [đường dẫn: {link.get('href', '')}] {link.tail or ''}"
    for picture in root.iter("img"):
        said = picture.get("alt") or "chưa mô tả"
        picture.tail = f" [ảnh: {said}, {picture.get('src')}] {picture.tail or ''}"
    return paragraphs(lxml_html.tostring(root, encoding="unicode"))


def _rows(old: list[str], new: list[str]) -> Iterator[Row]:
    for kind, start, end, new_start, new_end in SequenceMatcher(None, old, new).get_opcodes():
        if kind == "equal":
            yield from (Row([Words(line)], [Words(line)], is_same=True) for line in old[start:end])
        else:
            for before, after in _pairs(old[start:end], new[new_start:new_end]):
                yield _changed(before, after)


def _pairs(old: list[str], new: list[str]) -> Iterator[tuple[str | None, str | None]]:
    """Put each paragraph of a rewritten passage beside the one it became."""
    if not old or not new or len(old) * len(new) > MOST_PAIRS:
        yield from zip_longest(old, new)
        return
    likeness, first, second = max(
        (_likeness(before, after), -first, -second)
        for first, before in enumerate(old)
        for second, after in enumerate(new)
    )
    if likeness < ALIKE:
        yield from zip_longest(old, new)
        return
    first, second = -first, -second
    yield from _pairs(old[:first], new[:second])
    yield old[first], new[second]
    yield from _pairs(old[first + 1 :], new[second + 1 :])


def _likeness(before: str, after: str) -> float:
    """Return how many words two paragraphs share, whatever their order; 1 for all."""
    words = SequenceMatcher(None, _WORD.findall(before), _WORD.findall(after))
    return words.quick_ratio()


def _changed(before: str | None, after: str | None) -> Row:
    if before is None or after is None:
        return Row(
            before and [Words(before, is_changed=True)], after and [Words(after, is_changed=True)]
        )
    old, new = _tokens(before), _tokens(after)
    if len(old) + len(new) > MOST_WORDS or _likeness(before, after) < ALIKE:
        return Row([Words(before, is_changed=True)], [Words(after, is_changed=True)])
    codes = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    return Row(
        _marked((kind, old[start:end]) for kind, start, end, _, _ in codes),
        _marked((kind, new[start:end]) for kind, _, _, start, end in codes),
    )


def _tokens(line: str) -> list[str]:
    return re.findall(r"\s+|\w+|[^\w\s]", line)


def _marked(runs) -> list[Words]:
    """Join neighbouring runs of tokens; a blank between two changed words counts as changed."""
    runs = [["".join(tokens), kind != "equal"] for kind, tokens in runs if tokens]
    for left, run, right in zip(runs, runs[1:], runs[2:], strict=False):
        if not run[0].strip() and left[1] and right[1]:
            run[1] = True
    return [
        Words("".join(text for text, _ in group), is_changed)
        for is_changed, group in groupby(runs, key=lambda run: run[1])
    ]


def _folded(rows: list[Row]) -> list[Row]:
    """Leave out what is alike, but the neighbours of what is not."""
    near = {
        index + step for index, row in enumerate(rows) if not row.is_same for step in (-1, 0, 1)
    }
    folded = []
    for is_shown, group in groupby(enumerate(rows), key=lambda entry: entry[0] in near):
        group = [row for _, row in group]
        folded += group if is_shown else [Row(is_same=True, skipped=len(group))]
    return folded
