"""
Articles out of the visible text of an old portal's page.

A scraped page is lines: the article's own, and furniture (counters, players, form labels,
link columns). Furniture is recognised by its words, kept here as data; a picture's caption
follows its placeholder; a short last line names who wrote it.
"""

import re
from datetime import datetime
from typing import NamedTuple

from django.db import transaction
from django.utils import timezone
from django.utils.html import escape

from news.models import Article, ArticlePhoto, Category
from portal import text


def _any_of(*patterns: str) -> re.Pattern:
    return re.compile("|".join(patterns))


# All patterns are compared with whole lines, without marks and case.
# What follows one of these lines is never the article.
_END = _any_of(
    r"(cac )?tin (lien quan|khac|cung chuyen muc|moi hon|cu hon|da dua|bai khac).*",
    r"bai viet (lien quan|khac|cung chuyen muc).*",
    r"cac (tin|bai) (khac|da dua|moi|cu)( hon)?.*",
    r"lien ket (web|website|trang).*",
    r"danh gia cua ban.*",
    r"ho ten\b.{0,20}",
    r"gui (binh luan|y kien|gop y).*",
    r"y kien (ban doc|cua ban).*",
    r"binh luan.{0,20}",
    r"thong ke truy cap.*",
    r"copyright.*|ban quyen.*|© .*",
)
_FURNITURE = _any_of(
    r"(luot|so lan) (xem|doc|truy cap)\b.*|\d+ (luot xem|nguoi dang online)",
    r"\d+:\d\d ?/ ?\d+:\d\d",
    r"nghe (bai viet|doc).*|doc bai( viet)?",
    r"no image|(tieu de|noi dung|ma kiem tra|email)( no image)?",
    r"gui danh gia.*|xem ket qua",
    r"trang chu( .{0,3}.*)?|quay lai|dang nhap|dang ky|tim kiem",
    r"chia se.*|facebook|zalo|twitter|gui (email|mail).*|luu( bai)?",
    r"in( (bai viet|trang|an))?",
    r"co chu.*|(mac dinh|tang|giam) co chu|a[+-]( a[+-])*|tuong phan.*",
)
_PICTURE = _any_of(
    r"(hinh )?anh( tin bai| bai viet| minh hoa| dai dien)?", r"tin bai", r"no image available"
)
_LABELLED = {
    "byline": re.compile(
        r"(?:tac gia|nguoi dang|nguoi viet|(?:tin|bai)(?: va|,)? anh)\s*:\s*(?P<value>.+)"
    ),
    "source": re.compile(r"nguon(?: tin)?\s*:\s*(?P<value>.+)"),
    "date": re.compile(r"(?:ngay dang|dang ngay|cap nhat|thoi gian)\s*:?\s*(?P<value>.*\d{4}.*)"),
}
_DATE = re.compile(r"\b(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})\b")
# Words that begin an office's name; «Đoàn», «Trương» alone are surnames.
_UNIT = _any_of(
    r"(van phong|phong|so|ban|trung tam|chi cuc|cuc|uy ban|ubnd|cong ty|hoi|tinh)\b",
    r"(tinh doan|doan thanh nien|truong (dai hoc|cao dang|trung|tieu))\b",
)
_LONGEST_SIGNATURE = 80  # characters
_BETWEEN_NAMES = re.compile(r"\s*[,–&-]\s*")
_PSEUDONYM = re.compile(r"([^\W\d_]\.){2,4}")  # «T.H.»
_NOT_IN_NAMES = re.compile(r"[\d:.!?;…]")
_ENDS_A_SENTENCE = (".", "!", "?", ":", ";", "…", "./.")


class ImportedPage(NamedTuple):
    """What a scraped page says, without its furniture; texts are empty where it says nothing."""

    title: str
    lead: str
    paragraphs: list[str]  # of the body, in reading order
    captions: list[str]  # of the pictures, in reading order
    byline: str  # a person
    issuing_unit: str  # an office
    source: str
    published_on: datetime | None  # midnight, department's time


class Signature(NamedTuple):
    """Who wrote an article, as its last line says; empty texts where it does not."""

    byline: str = ""  # a person
    issuing_unit: str = ""  # an office
    source: str = ""


class NothingToImportError(ValueError):
    """The page holds no title with a text under it."""


def read_page(page: str) -> ImportedPage:
    """
    Return the article that the visible text of a page holds.

    Raises NothingToImportError when there is no title with at least one paragraph.
    """
    lines = list(_own_lines(page))
    lines, labels = _without_labels(lines)
    lines, captions = _without_pictures(lines)
    lines, signed = _without_signature(lines)
    if len(lines) < 2:
        raise NothingToImportError("Tệp không có tiêu đề và nội dung bài viết.")
    title, lead, *paragraphs = lines
    return ImportedPage(
        title=title,
        lead=lead,
        paragraphs=paragraphs,
        captions=captions,
        byline=labels.get("byline", signed.byline),
        issuing_unit=signed.issuing_unit,
        source=labels.get("source", ""),
        published_on=_date_in(labels.get("date", "")) or _date_in(lead[:120]),
    )


def signature(line: str) -> Signature:
    """
    Return who signs with a line: a person, an office, or the source that a label names.

    All empty when the line is neither labelled nor written as a name is.
    """
    line = text.clean_line(line)
    name, value = _label(line)
    if name in Signature._fields:
        return Signature(**{name: value})
    if name or len(line) > _LONGEST_SIGNATURE:
        return Signature()
    if _UNIT.match(_plain(line)):
        return Signature(issuing_unit=line) if _is_office(line) else Signature()
    return Signature(byline=line) if _is_people(line) else Signature()


def _is_people(line: str) -> bool:
    """Say whether a line is names of people; words all in capitals are a heading."""
    return all(map(_is_person, _BETWEEN_NAMES.split(line)))


def _is_person(name: str) -> bool:
    words = name.split()
    is_capitalised = all(word.isalpha() and word[0].isupper() for word in words)
    is_name = is_capitalised and not name.isupper() and 2 <= len(words) <= 5
    return is_name or bool(_PSEUDONYM.fullmatch(name))


def _is_office(line: str) -> bool:
    """Say whether a line that begins like an office's name goes on like one: «Văn phòng Sở»."""
    capitals = sum(word[0].isupper() for word in line.split())
    return capitals >= 2 and not _NOT_IN_NAMES.search(line)


@transaction.atomic
def save_draft(page: ImportedPage, *, category: Category, place: str = "") -> Article:
    """Store an imported page as a draft; its captions wait for their photos."""
    article = Article.objects.create(
        title=page.title[:250],
        lead=page.lead,
        body="".join(f"<p>{escape(paragraph)}</p>" for paragraph in page.paragraphs),
        byline=page.byline[:120],
        issuing_unit=page.issuing_unit[:200],
        source=page.source[:200],
        place=place,
        category=category,
        published_at=page.published_on,
    )
    ArticlePhoto.objects.bulk_create(
        ArticlePhoto(article=article, caption=caption[:300], position=position)
        for position, caption in enumerate(page.captions, start=1)
    )
    return article


def _own_lines(page: str):
    """Yield the lines up to the first that ends the article, furniture left out."""
    started = False
    for line in map(text.clean_line, page.splitlines()):
        plain = _plain(line)
        if started and _END.fullmatch(plain):
            return
        if line and not _END.fullmatch(plain) and not _FURNITURE.fullmatch(plain):
            started = True
            yield line


def _without_pictures(lines: list[str]) -> tuple[list[str], list[str]]:
    """Split off each picture's placeholder with the caption after it."""
    kept, captions = [], []
    after_picture = False
    for line in lines:
        if _PICTURE.fullmatch(_plain(line)):
            after_picture = True
        elif after_picture and not line.endswith(_ENDS_A_SENTENCE[:1]) and len(line) <= 200:
            captions.append(line)
            after_picture = False
        else:
            kept.append(line)
            after_picture = False
    return kept, captions


def _without_labels(lines: list[str]) -> tuple[list[str], dict[str, str]]:
    """Split off lines such as «Tác giả: …», «Nguồn: …», «Ngày đăng: …»."""
    kept, labels = [], {}
    for line in lines:
        name, value = _label(line)
        if name:
            labels[name] = value
        else:
            kept.append(line)
    return kept, labels


def _label(line: str) -> tuple[str, str]:
    """Return what a line such as «Nguồn: Báo tỉnh» labels and its value; empty for others."""
    for name, pattern in _LABELLED.items():
        if found := pattern.fullmatch(_plain(line)):
            return name, line[found.start("value") :]
    return "", ""


def _without_signature(lines: list[str]) -> tuple[list[str], Signature]:
    """Split off a last line that names the person or office that wrote it."""
    *kept, last = lines or [""]
    signed = signature(last)
    return (kept, signed) if len(kept) >= 2 and any(signed) else (lines, Signature())


def _plain(line: str) -> str:
    return text.fold(line).strip()


def _date_in(line: str) -> datetime | None:
    if not (found := _DATE.search(line)):
        return None
    day, month, year = map(int, found.groups())
    try:
        return datetime(year, month, day, tzinfo=timezone.get_default_timezone())
    except ValueError:
        return None
