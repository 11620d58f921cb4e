"""Two versions of an article side by side: paragraph by paragraph, changed words marked."""

import re
from collections.abc import Iterator
from datetime import datetime
from difflib import SequenceMatcher
from itertools import groupby, zip_longest
from pathlib import PurePath
from typing import NamedTuple

from django.template.defaultfilters import filesizeformat
from lxml import html as lxml_html

from news.models import Article, Category, Photo, Tag
from portal import fragments
from portal.moments import said_at
from portal.richtext import paragraphs, stored_html

ALIKE = 0.5  # from here on two paragraphs count as one that was rewritten
MOST_PAIRS = 400  # of paragraphs, tried for likeness
MOST_WORDS = 3_000  # of two paragraphs together, compared word by word
MOST_LETTERS = 50_000  # of a whole part; the paragraphs after them are compared as a whole
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
        photos, categories, articles, tags = set(), set(), set(), set()
        for content in contents:
            photos |= {photo["photo_id"] for photo in content.get("photos", [])}
            photos.add(content.get("cover_id"))
            categories.add(content.get("category_id"))
            articles |= set(content.get("related", []))
            tags |= {topic["tag_id"] for topic in content.get("tags", [])}
        self.photos = {pk: str(photo) for pk, photo in Photo.objects.in_bulk(photos).items()}
        self.categories = {pk: str(c) for pk, c in Category.objects.in_bulk(categories).items()}
        self.tags = {pk: str(tag) for pk, tag in Tag.objects.in_bulk(tags).items()}
        self.articles = dict(Article.objects.filter(pk__in=articles).values_list("pk", "title"))

    def lines(self, name: str, value) -> list[str]:
        if value in (None, "", [], False):
            return []
        if name == "body":
            return _body_lines(value)
        if name == "photos":
            return [self._photo(photo) for photo in sorted(value, key=_position)]
        if name == "attachments":
            return [_document(kept) for kept in sorted(value, key=_position)]
        if name == "related":
            return [self.articles.get(pk, "tin đã bị xóa") for pk in value]
        if name == "category_id":
            return [self.categories.get(value, "chuyên mục đã bị xóa")]
        if name == "cover_id":
            return [self.photos.get(value, "ảnh đã bị xóa")]
        if name == "tags":
            return sorted(self.tags.get(topic["tag_id"], topic["name"]) for topic in value)
        if name in ("published_at", "expires_at"):
            return [said_at(datetime.fromisoformat(value))]
        if name == "state":
            return [Article.State(value).label]
        if name == "is_featured":
            return ["Có"]
        return value.splitlines()

    def _photo(self, photo):
        gone = "ảnh đã bị xóa" if photo["photo_id"] else "chờ ảnh"
        shown = self.photos.get(photo["photo_id"], gone)
        return f"{shown} – {photo['caption'] or 'không chú thích'}"


def _document(kept):
    """Name a document; of its file's random name as much as tells it from another."""
    if not kept["file"]:  # of a form that was refused
        return f"{kept['title']} (chưa chọn tệp)"
    file = PurePath(kept["file"]).stem[:6]
    return f"{kept['title']} ({kept['kind'].upper()}, {filesizeformat(kept['size'])}, tệp {file})"


def _position(entry):
    return entry["position"]


def _body_lines(html: str) -> list[str]:
    """Return the paragraphs of rich text with addresses and pictures spelled out."""
    root = fragments.parse(stored_html(html))
    for link in root.iter("a"):
        link.tail = f" [liên kết: {link.get('href', '')}] {link.tail or ''}"
    for picture in root.iter("img"):
        said = picture.get("alt") or "chưa mô tả"
        picture.tail = f" [ảnh: {said}, {picture.get('src')}] {picture.tail or ''}"
    return paragraphs(lxml_html.tostring(root, encoding="unicode"))


def _rows(old: list[str], new: list[str]) -> Iterator[Row]:
    letters = 0
    for kind, start, end, new_start, new_end in SequenceMatcher(None, old, new).get_opcodes():
        if kind == "equal":
            yield from (Row([Words(line)], [Words(line)], is_same=True) for line in old[start:end])
        else:
            for before, after in _pairs(old[start:end], new[new_start:new_end]):
                letters += len(before or "") + len(after or "")
                yield _changed(before, after, by_word=letters <= MOST_LETTERS)


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


def _changed(before: str | None, after: str | None, *, by_word: bool = True) -> Row:
    if before is None or after is None:
        return Row(
            before and [Words(before, is_changed=True)], after and [Words(after, is_changed=True)]
        )
    old, new = _tokens(before), _tokens(after)
    by_word = by_word and len(old) + len(new) <= MOST_WORDS
    if not by_word or _likeness(before, after) < ALIKE:
        return Row([Words(before, is_changed=True)], [Words(after, is_changed=True)])
    words = SequenceMatcher(None, _without_blanks(old), _without_blanks(new), autojunk=False)
    codes = words.get_opcodes()
    return Row(
        _marked((kind, old[start:end]) for kind, start, end, _, _ in codes),
        _marked((kind, new[start:end]) for kind, _, _, start, end in codes),
    )


def _tokens(line: str) -> list[str]:
    """Return words and signs, each with the blank after it."""
    return re.findall(r"\w+\s*|[^\w\s]\s*|\s+", line)


def _without_blanks(tokens: list[str]) -> list[str]:
    return [token.rstrip() for token in tokens]


def _marked(runs) -> list[Words]:
    """Join neighbouring runs of tokens; the blank after changed words is not theirs."""
    joined, blank = [], ""
    runs = ((kind != "equal", tokens) for kind, tokens in runs if tokens)
    for is_changed, group in groupby(runs, key=lambda run: run[0]):
        text = blank + "".join(token for _, tokens in group for token in tokens)
        shown = text.rstrip() if is_changed else text
        blank = text[len(shown) :]
        joined.append(Words(shown, is_changed))
    return [*joined, Words(blank)] if blank else joined


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
