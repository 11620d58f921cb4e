"""Written numbers: in which notations, Vietnamese or English, one can be read and as what."""

import re
from decimal import Decimal
from enum import Enum

from portal.templatetags import portal
from portal.text import clean_line

EXAMPLE = "Hãy viết số như 35.360,5: dấu chấm tách hàng nghìn, dấu phẩy trước số lẻ."
_LONGEST = 40  # characters; longer is no number

# No number begins a group of thousands with zero: «0.123» is a fraction.
_VIETNAMESE = re.compile(r"[+-]?([1-9]\d{0,2}(\.\d{3})+|\d+)(,\d+)?", re.ASCII)
_ENGLISH = re.compile(r"[+-]?([1-9]\d{0,2}(,\d{3})+|\d+)(\.\d+)?", re.ASCII)
_SIGN = re.compile(r"^([+-]) (?=\d)")
_SPACED = re.compile(r"[+-]?[1-9]\d{0,2}( \d{3})+([.,]\d+)?", re.ASCII)


# What stands where there is no number.
_MISSING = {
    "", "-", "–", "—", "−", "_", ".", "..", "...", "…", "x", "na", "n/a", "k/c", "không có",
    "chưa có", "chưa giao", "chưa tổng hợp", "đang tổng hợp",
}  # fmt: skip


class Notation(Enum):
    """Which notation the numbers of a column, or of a whole table, give away."""

    UNKNOWN = "chưa rõ"
    VIETNAMESE = "35.360,5"
    ENGLISH = "35,360.5"
    MIXED = "lẫn lộn"


def is_missing(typed: str) -> bool:
    """Say whether a cell only says that there is no number."""
    return clean_line(typed).lower() in _MISSING


def plain(typed: str) -> str:
    """
    Return a number as typed, its minus as «-» and without spaces that group thousands.

    «35 360» is one number, «12 34» is two and keeps its space.
    """
    line = _SIGN.sub(r"\1", clean_line(typed).replace("−", "-"))
    return line.replace(" ", "") if _SPACED.fullmatch(line) else line


def readings(written: str) -> dict[Notation, Decimal]:
    """Return what a ``plain`` number says in each notation it can be read in; perhaps in none."""
    if len(written) > _LONGEST:
        return {}
    values = {}
    if _VIETNAMESE.fullmatch(written):
        values[Notation.VIETNAMESE] = Decimal(written.replace(".", "").replace(",", "."))
    if _ENGLISH.fullmatch(written):
        values[Notation.ENGLISH] = Decimal(written.replace(",", ""))
    return values


def typed(value: Decimal) -> str:
    """Return a number as it may be typed again: «35,3650», where «35,365» has two readings."""
    printed = portal.figure(value)
    values = readings(plain(printed))
    return f"{printed}0" if "," in printed and len(set(values.values())) > 1 else printed
