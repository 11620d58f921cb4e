"""Vietnamese text: clean input, slugs, folding for search."""

import re
import unicodedata

from django.utils.text import slugify

# Invisible characters that change how text is read or compared: zero-width, bidirectional
# controls, soft hyphen, byte order mark. Line breaks and tabs are kept.
_INVISIBLE = re.compile(
    "[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u00ad\u200b-\u200f\u2028-\u202e"
    "\u2060-\u2069\ufeff\ufff9-\ufffb\ufffe\uffff\ud800-\udfff]"
)
# A run of characters of which only marks are looked for: none of these letters is one.
_NO_LETTERS = re.compile("[^\u0000-\u02ff\u1e00-\u1eff]{32,}")
MOST_MARKS = 30  # on one letter, as Unicode's stream-safe texts have at most
# Digits that a bigint surely holds; int() refuses thousands of them.
NUMBER_LENGTH = 18

_SINGLE_MARKS = str.maketrans("đĐ", "dD")


def clean(text: str) -> str:
    """Return ``text`` in NFC, without control and invisible characters, trimmed."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", _without_piles(_INVISIBLE.sub("", text))).strip()


def _without_piles(text: str) -> str:
    """
    Return ``text`` with at most MOST_MARKS marks on one letter.

    Normalizing sorts the marks of a letter in a time that grows with the square of their
    number: a megabyte of them would stop a process for an hour.
    """
    return _NO_LETTERS.sub(lambda run: _lower(run[0]), text)


def _lower(run: str) -> str:
    kept, height = [], 0
    for character in run:
        marks = unicodedata.normalize("NFKD", character)
        is_mark = unicodedata.combining(marks[0])  # some are put together of two
        height = height + 1 if is_mark else 0
        if height <= MOST_MARKS:
            kept.append(character)
    return "".join(kept)


def clean_line(text: str) -> str:
    """Return ``text`` cleaned and on one line, runs of white space made one space."""
    return " ".join(clean(text).split())


def whole_number(written: str) -> int | None:
    """Return the number, a key say, that an address or a form names; None for anything else."""
    is_number = written.isascii() and written.isdecimal() and len(written) <= NUMBER_LENGTH
    return int(written) if is_number else None


def uncapped(text: str) -> str:
    """Return ``text`` as it stands within a sentence: «Gửi duyệt» becomes «gửi duyệt»."""
    return text[:1].lower() + text[1:]


def unaccented(text: str) -> str:
    """Return ``text`` without Vietnamese marks: «Đường sắt» becomes «Duong sat»."""
    decomposed = unicodedata.normalize("NFD", text.translate(_SINGLE_MARKS))
    return "".join(character for character in decomposed if not unicodedata.combining(character))


def slug(text: str, max_length: int = 120) -> str:
    """
    Return the address form of a Vietnamese title: «Đà Nẵng» becomes «da-nang».

    Cut at a hyphen to at most ``max_length`` characters. Empty when ``text`` holds no
    Latin letter or digit. Django's slugify alone drops «đ».
    """
    whole = slugify(unaccented(text))
    if len(whole) <= max_length:
        return whole
    return whole[: max_length + 1].rpartition("-")[0] or whole[:max_length]


def fold(text: str) -> str:
    """
    Return ``text`` as search compares it: NFC, no marks, lower case.

    Length and positions of NFC text are kept, so a hit in the folded text is the same
    span of the original. The database's ``portal_fold`` agrees on every Latin letter.
    """
    return "".join(_fold_character(character) for character in unicodedata.normalize("NFC", text))


def _fold_character(character: str) -> str:
    folded = unaccented(character).lower()
    return folded if len(folded) == 1 else character
