"""
Numbers as Vietnamese reports write them: dots between thousands, a comma before decimals.

A number that may be meant in the English notation is not guessed: it has no value and says why.
Not ``indicators.notation``: that reads one typed cell by its column and refuses it; prose is judged
by the whole text, needs the decimals as written, and takes «35,360» where a cell may not.
"""

import re
from collections.abc import Iterable
from decimal import Decimal
from typing import NamedTuple

_GROUPED = re.compile(r"\d{1,3}(?:\.\d{3})+")
_GROUPED_BY_COMMA = re.compile(r"\d{1,3}(?:,\d{3}){2,}")
_VIETNAMESE = re.compile(r"\d{1,3}(?:\.\d{3})+,\d+|\d+,(?:\d{1,2}|\d{4,})")
_ENGLISH = re.compile(r"\d+\.(?:\d{1,2}|\d{4,})|\d{1,3}(?:,\d{3})+\.\d+")
# No figure of a report needs more; a thousand digits are an attack.
_LONGEST = 24

SPELLED = {
    "một": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4, "năm": 5, "sáu": 6, "bảy": 7, "bẩy": 7,
    "tám": 8, "chín": 9, "mười": 10, "giêng": 1, "chạp": 12,
}  # fmt: skip
ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}


class Number(NamedTuple):
    """A written number; ``value`` is None where the notation leaves it open."""

    value: Decimal | None
    digits: int  # decimals as written
    doubt: str


class Notation(NamedTuple):
    """Which of the two notations a whole text gives away."""

    vietnamese: int  # numbers that can only be Vietnamese
    english: int  # numbers that look English


def notation(written: Iterable[str]) -> Notation:
    """Return how many numbers of a text belong to either notation for certain."""
    vietnamese = english = 0
    for number in written:
        if len(number) <= _LONGEST:
            vietnamese += bool(_VIETNAMESE.fullmatch(number))
            english += bool(_ENGLISH.fullmatch(number))
    return Notation(vietnamese, english)


def parse(written: str, text: Notation) -> Number:
    """Return the number ``written`` in a text of that notation."""
    if len(written) > _LONGEST:
        return _doubtful(written, "quá dài")
    if any(character.isalpha() for character in written):
        return _doubtful(written, "có chữ lẫn trong số")
    if written.isdigit():
        return Number(Decimal(written), 0, "")
    if "," not in written:
        return _with_dots(written, text)
    if "." not in written:
        return _with_commas(written, text)
    whole, _, decimals = written.rpartition(",")
    if _GROUPED.fullmatch(whole) and "." not in decimals:
        return Number(Decimal(whole.replace(".", "") + "." + decimals), len(decimals), "")
    return _doubtful(written, "dùng lẫn dấu chấm và dấu phẩy")


def _with_dots(written: str, text: Notation) -> Number:
    if not _GROUPED.fullmatch(written) or written.startswith("0"):
        return _doubtful(written, "có thể là số thập phân viết kiểu Anh")
    if written.count(".") == 1 and text.english and not text.vietnamese:
        return _doubtful(written, "không rõ dấu chấm phân cách hàng nghìn hay thập phân")
    return Number(Decimal(written.replace(".", "")), 0, "")


def _with_commas(written: str, text: Notation) -> Number:
    if _GROUPED_BY_COMMA.fullmatch(written):
        return Number(Decimal(written.replace(",", "")), 0, "")
    whole, _, decimals = written.partition(",")
    if "," in decimals:
        return _doubtful(written, "có nhiều dấu phẩy")
    # «2,250 triệu USD»: nobody writes a last decimal of zero, so thousands may be meant.
    is_open = len(decimals) == 3 and whole != "0"
    if is_open and (decimals.endswith("0") or text.english or not text.vietnamese):
        return _doubtful(written, "không rõ dấu phẩy phân cách hàng nghìn hay thập phân")
    return Number(Decimal(f"{whole}.{decimals}"), len(decimals), "")


def _doubtful(written: str, reason: str) -> Number:
    return Number(None, 0, f"không chắc số “{written[:_LONGEST]}”: {reason}")
