"""
Numbers as people type them into a table: «35.360», «ước 35.360», «7,5–8,0», «≤ 7,6», «vượt 4,44».

What cannot be read for certain is refused by a ValueError that holds a sentence for the reader.
"""

import re
from collections.abc import Callable
from decimal import Decimal
from typing import NamedTuple

from indicators import notation
from indicators.formulas import HUNDRED
from indicators.models import Figure
from indicators.notation import EXAMPLE, Notation, plain, readings
from indicators.titles import TitleOf, public_title
from portal import text
from portal.templatetags import portal

Qualifier = Figure.Qualifier

_LONGEST = 80  # characters; longer is no number
LARGEST = 10**13

_FILLERS = ("dat", "thuc hien", "tu", "la", "bang")
# Of two words before one number the one that bounds it says more: «ước trên 430».
_QUALIFIERS = {
    "khong vuot qua": Qualifier.AT_MOST,
    "khong cao hon": Qualifier.AT_MOST,
    "khong qua": Qualifier.AT_MOST,
    "nhieu nhat": Qualifier.AT_MOST,
    "toi da": Qualifier.AT_MOST,
    "duoi": Qualifier.AT_MOST,
    "khong thap hon": Qualifier.AT_LEAST,
    "khong it hon": Qualifier.AT_LEAST,
    "khong duoi": Qualifier.AT_LEAST,
    "toi thieu": Qualifier.AT_LEAST,
    "it nhat": Qualifier.AT_LEAST,
    "phan dau": Qualifier.EXPECTED,
    "du kien": Qualifier.EXPECTED,
    "du bao": Qualifier.EXPECTED,
    "uoc tinh": Qualifier.ESTIMATED,
    "du uoc": Qualifier.ESTIMATED,
    "uoc": Qualifier.ESTIMATED,
    "tren": Qualifier.OVER,
    "hon": Qualifier.OVER,
    "gan": Qualifier.NEARLY,
    "ngot": Qualifier.NEARLY,
    "vao khoang": Qualifier.ABOUT,
    "khoang": Qualifier.ABOUT,
    "xap xi": Qualifier.ABOUT,
    "chung": Qualifier.ABOUT,
    ">=": Qualifier.AT_LEAST,
    "≥": Qualifier.AT_LEAST,
    "<=": Qualifier.AT_MOST,
    "≤": Qualifier.AT_MOST,
    ">": Qualifier.OVER,
    "<": Qualifier.AT_MOST,
    "~": Qualifier.ABOUT,
    "≈": Qualifier.ABOUT,
}
# Longest first, so that none is taken for the beginning of another: «không» for «không quá».
_WORDS = sorted((*_QUALIFIERS, *_FILLERS), key=len, reverse=True)
_AND_MORE = "tro len"
_NUMBER = r"[+\-−]?[0-9][0-9.,\s]*"
_RANGE = re.compile(rf"({_NUMBER}?)\s*(?:–|—|-|÷|den)\s*({_NUMBER})")

_LOOKS_LIKE_SHARE = (80, 200)  # «112,06» of last year rather than «tăng 112,06 %»
_SMALLEST_SHARE = 50  # «4,44» is what exceeds the plan rather than the share of it


# «bằng 76,25% kế hoạch», «tăng 9,6% so với cùng kỳ».
_AFTER_RATE = re.compile(
    r"(?<=[\d%])\s+(?:(?:so với )?(?:kế hoạch|KH)|(?:so với )?(?:cùng kỳ|năm trước))(?: năm)?$",
    re.IGNORECASE,
)


class Stated(NamedTuple):
    """A number with the word before it; ``upper`` closes a range."""

    value: Decimal | None
    upper: Decimal | None = None
    qualifier: str = ""


NOTHING = Stated(None)


def number(typed: str, decimals: int = 4, *, is_precise: bool = False) -> Decimal:
    """
    Return a number in the Vietnamese notation.

    «35,360» may come from an English table and be 35.360: it is refused, unless the number is
    ``is_precise``, of an indicator told to three decimals or more.
    """
    written = plain(typed)
    values = readings(written)
    if (value := values.get(Notation.VIETNAMESE)) is None:
        raise ValueError(f"Không đọc được số “{_short(typed)}”. {EXAMPLE}")
    in_english = values.get(Notation.ENGLISH, value)
    if "," in written and value != in_english and not is_precise:
        ways = f"{notation.typed(in_english)} hoặc {notation.typed(value)}"
        raise ValueError(f"“{_short(typed)}” có thể đọc theo hai cách viết số. Hãy ghi {ways}.")
    return fitting(value, decimals)


def fitting(value: Decimal, decimals: int = 4, largest: int = LARGEST) -> Decimal:
    """Return ``value``, refused where the database cannot hold all of its digits."""
    if not value.is_finite() or abs(value) >= largest:
        raise ValueError("Số quá lớn. Hãy xem lại dấu chấm, dấu phẩy và đơn vị tính.")
    if -value.normalize().as_tuple().exponent > decimals:
        raise ValueError(f"Nhiều nhất {decimals} chữ số thập phân; hãy làm tròn như nguồn.")
    return value


def read(typed: str, unit: str = "", number: Callable[[str], Decimal] = number) -> Stated:
    """Return what a cell of a table says; ``number`` reads the digits themselves."""
    if len(typed) > _LONGEST:
        raise ValueError(f"Ô dài quá {_LONGEST} ký tự. Hãy chỉ ghi con số.")
    if notation.is_missing(typed):
        return NOTHING
    qualifier, rest = _qualified(text.clean_line(typed), unit)
    if not rest:
        if qualifier:
            raise ValueError(f"“{_short(typed)}” thiếu con số.")
        return NOTHING
    if found := _RANGE.fullmatch(text.fold(rest)):
        lower, upper = number(found[1]), number(found[2])
        if lower >= upper:
            raise ValueError(
                f"Khoảng “{_short(typed)}” có số sau không lớn hơn số trước. Hãy ghi số nhỏ trước."
            )
        return Stated(lower, upper, qualifier)
    return Stated(number(rest), None, qualifier)


def written(stated: Stated) -> str:
    """Return a number as it may be typed again: «trên 35.360», «7,5–8»; empty without one."""
    if stated.value is None:
        return ""
    ending = "" if stated.upper is None else f"–{notation.typed(stated.upper)}"
    word = f"{Qualifier(stated.qualifier).label} " if stated.qualifier else ""
    return f"{word}{notation.typed(stated.value)}{ending}"


def change(typed: str, number: Callable[[str], Decimal] = number) -> Decimal | None:
    """
    Return a change on the year before in percent: «12,06», «tăng 12,06%», «giảm 4,81».

    «giảm −4,81» is the same fall, its minus said twice.
    """
    word, rest = _led_by(typed, ("tang", "giam"))
    if not rest:
        return None
    value = number(rest)
    if word == "tang" and value < 0:
        raise ValueError(f"“{_short(typed)}” nói tăng mà ghi số âm. Hãy ghi tăng hoặc giảm.")
    if not word and rest[0] not in "+-−" and _LOOKS_LIKE_SHARE[0] <= value < _LOOKS_LIKE_SHARE[1]:
        raise ValueError(
            f"“{_short(typed)}” có vẻ là tỷ lệ so với năm trước, không phải mức tăng. Hãy ghi phần "
            f"tăng thêm (112,06% ghi 12,06), hoặc “tăng {rest}” nếu đúng là tăng chừng ấy."
        )
    return fitting(-abs(value) if word == "giam" else value, 2, 10**6)


def written_change(value: Decimal | None) -> str:
    if value is None:
        return ""
    is_odd = _LOOKS_LIKE_SHARE[0] <= value < _LOOKS_LIKE_SHARE[1]
    return f"{'tăng ' if is_odd else ''}{portal.figure(value)}"


def over_plan(typed: str, number: Callable[[str], Decimal] = number) -> Decimal | None:
    """Return by how many percent a plan is exceeded: «137,27» and «vượt 37,27» are 37.27."""
    word, rest = _led_by(typed, ("vuot", "dat", "bang"))
    if not rest:
        return None
    value = number(rest)
    if word == "vuot" and value < 0:
        raise ValueError(f"“{_short(typed)}” nói vượt mà ghi số âm. Hãy ghi tỷ lệ đạt.")
    if not word and value < _SMALLEST_SHARE:
        raise ValueError(
            f"“{_short(typed)}” là tỷ lệ đạt hay là phần vượt? Ô này ghi tỷ lệ đạt: vượt 4,44% thì "
            "ghi 104,44 hoặc “vượt 4,44”; đạt dưới 50% thì ghi “đạt …”."
        )
    return fitting(value if word == "vuot" else value - HUNDRED, 2, 10**6)


def written_over_plan(value: Decimal | None) -> str:
    if value is None:
        return ""
    share = value + HUNDRED
    return f"{'đạt ' if share < _SMALLEST_SHARE else ''}{portal.figure(share)}"


def in_brief(figure: Figure, title_of: TitleOf = public_title) -> dict[str, str]:
    """Return what a figure states, as it would be typed, by what it is about; empty ones too."""
    target = Stated(figure.target, figure.target_upper, figure.target_qualifier)
    over = figure.stated_over_plan
    titled = figure.article and title_of(figure.article)
    return {
        "KH": f"{written(target)}{' (suy ra)' if figure.target_is_derived else ''}",
        "TH": written(Stated(figure.result, None, figure.result_qualifier)),
        "loại số liệu": figure.get_stage_display() if figure.stage else "",
        "TH năm trước, tính lại": written(Stated(figure.restated_previous)),
        "tăng, giảm theo nguồn (%)": written(Stated(figure.stated_growth)),
        "TH/KH theo nguồn (%)": "" if over is None else portal.figure(over + HUNDRED),
        "KH tăng, giảm theo nguồn (%)": written(Stated(figure.target_stated_growth)),
        "kết luận": figure.get_stated_outcome_display() if figure.stated_outcome else "",
        "nguồn": "; ".join(filter(None, [titled, figure.source])),
        "ghi chú": figure.note,
    }


def misplaced_share(indicator, stated: Stated) -> str:
    """Say why a value is none of a rate of change: 126,08 stands where 26,08 is meant."""
    if not indicator.is_change or stated.value is None or stated.value < _LOOKS_LIKE_SHARE[0]:
        return ""
    example = portal.figure(stated.value - HUNDRED)
    return (
        f"Chỉ tiêu này là mức tăng so với năm trước; {portal.figure(stated.value)} có vẻ là chỉ số "
        f"so với năm trước. Nếu vậy hãy ghi {example}."
    )


def _led_by(typed: str, words: tuple[str, ...]) -> tuple[str, str]:
    if len(typed) > _LONGEST:
        raise ValueError(f"Ô dài quá {_LONGEST} ký tự. Hãy chỉ ghi con số.")
    if notation.is_missing(typed):
        return "", ""
    rest = _AFTER_RATE.sub("", text.clean_line(typed)).removesuffix("%").strip()
    folded = text.fold(rest)
    for word in words:
        if folded.startswith(f"{word} "):
            return word, rest[len(word) :].strip()
    return "", rest


def _without_unit(rest: str, unit: str) -> str:
    for ending in filter(None, (unit, "%" if unit.startswith("%") else "")):
        if text.fold(rest).endswith(text.fold(ending)):
            return rest[: len(rest) - len(ending)].strip()
    return rest


def _qualified(rest: str, unit: str) -> tuple[str, str]:
    """Take the words before a number, and its unit and «trở lên» after it, off ``rest``."""
    qualifier = ""
    if text.fold(rest).endswith(_AND_MORE):
        qualifier, rest = Qualifier.AT_LEAST.value, rest[: -len(_AND_MORE)].strip()
    rest = _without_unit(rest, unit)
    while rest and (word := _first_word(rest)):
        found = _QUALIFIERS.get(word)
        if found and not (qualifier and Qualifier(qualifier).cuts_short):
            qualifier = found.value
        rest = rest[len(word) :].strip()
    return qualifier, rest


def _first_word(rest: str) -> str:
    folded = text.fold(rest)
    for word in _WORDS:
        if folded.startswith(word) and not folded[len(word) : len(word) + 1].isalpha():
            return word
    return ""


def _short(typed: str) -> str:
    line = text.clean_line(typed)
    return f"{line[:40]}…" if len(line) > 40 else line
