"""Amounts: a number or a range of them, with its unit."""

from collections.abc import Sequence
from typing import NamedTuple

from indicators.reading import numbers, periods, units
from indicators.reading.source import Token
from indicators.reading.words import AFTER_NUMBER

HERE, NEAR, FAR = 2, 5, 12  # words between a verb or «ước» and its number
_RANGE_WORDS = frozenset({"-", "đến", "tới"})
_NUMBERED = {"tháng", "quý", "ngày", "khóa", "lần", "thứ", "số"}
_MULTIPLES = {"tỷ": 9, "triệu": 6, "nghìn": 3, "ngàn": 3}


class Amount(NamedTuple):
    """A number or a range with its unit."""

    number: numbers.Number
    upper: numbers.Number | None
    unit: units.Unit | None
    after: str  # qualifier told after the number: «trở lên»
    sign: str  # "+" or "-" written before it


class Amounts:
    """Reads the numbers of a text whose notation is known."""

    def __init__(self, notation: numbers.Notation):
        self._notation = notation

    def at(self, tokens: Sequence[Token], index: int, sign: str = "") -> tuple[Amount, int]:
        """Return the amount whose number stands at ``index``, and the index after it."""
        number = self._parsed(tokens, index)
        unit, end = unit_after(tokens, index + 1)
        rest = self._rest(tokens, unit, end)
        if rest is not None:
            lower, unit, end = rest
            shift = lower.digits
            whole = number.value is not None and lower.value is not None and not number.digits
            number = numbers.Number(
                number.value.scaleb(3) + lower.value if whole else None, shift,
                "" if whole else f"không chắc số “{_words(tokens, index, end)}”",
            )  # fmt: skip
        upper, after = None, ""
        second = _range_second(tokens, end)
        if second is not None and (listed := self._list_end(tokens, index, second)):
            doubt = f"không chắc “{_words(tokens, index, listed)}”: nhiều số nối bằng gạch ngang"
            return Amount(numbers.Number(None, 0, doubt), None, unit or second[1], "", sign), listed
        if second is not None and (unit is not None or second[1] is not None):
            upper = self._parsed(tokens, second[0])
            # «6,8 đến 7%», «7,5% - 8%»; in «35 đến 40 nghìn tỷ» the first has the second's.
            unit, end = (second[1] or unit), second[2]
        found = AFTER_NUMBER.at(tokens, end) if end < len(tokens) else None
        if found is not None:
            after, end = found
        if unit is None and not number.doubt and _is_glued(tokens, index):
            number = numbers.Number(None, 0, f"không đọc chắc số “{_written(tokens, index)}”")
        first = _split_from(tokens, index, unit)
        if first < index:
            number = numbers.Number(None, 0, f"không chắc số “{_words(tokens, first, index + 1)}”")
        return Amount(number, upper, unit, after, sign), end

    def _list_end(self, tokens, index, second) -> int:
        """Return the index after «63,9% - 23,6% - 3,7%», no range, 0 if there is no list."""
        at, _, end = second
        if tokens[at - 1].word != "-":
            return 0
        low, high = self._parsed(tokens, index).value, self._parsed(tokens, at).value
        third = _range_second(tokens, end)
        is_falling = (
            None not in (low, high) and high < low and tokens[at - 1].end < tokens[at].start
        )
        if not is_falling and (third is None or tokens[end].word != "-"):
            return 0
        while third is not None:
            end = third[2]
            third = _range_second(tokens, end)
        return end

    def _rest(self, tokens, unit, end):
        """Read «900 triệu USD» of «2 tỷ 900 triệu USD», «200 tỷ» of «81 nghìn 200 tỷ»."""
        if unit is None or unit.has_measure or end >= len(tokens):
            return None
        if tokens[end].kind != "number" or len(tokens[end].word.partition(",")[0]) > 3:
            return None
        second, after = unit_after(tokens, end + 1)
        if second is None or not second.has_measure:
            return None
        multiple = _MULTIPLES.get(second.written.split()[0])
        is_thousands = unit.power == 3 and multiple in {6, 9}
        if multiple != unit.power - 3 and not is_thousands:
            return None
        return self._parsed(tokens, end), second, after

    def _parsed(self, tokens, index) -> numbers.Number:
        number = numbers.parse(tokens[index].word, self._notation)
        unit, _ = unit_after(tokens, index + 1)
        written = tokens[index].word
        if (
            number.value is not None and unit is not None
            and "." in written and "," not in written
            and (unit.dimension in {"%", "điểm %"} or (unit.dimension == "USD" and unit.power == 9))
        ):  # fmt: skip
            return numbers.Number(
                None, 0, f"không chắc số “{written}”: dấu chấm có thể là thập phân"
            )
        if (
            number.value is not None and unit is not None and "," in written
            and unit.power == 0 and unit.dimension in units.COUNTED and number.digits
        ):  # fmt: skip
            return numbers.Number(None, 0, f"không chắc số “{written}”: số đếm có dấu phẩy")
        if index + 1 < len(tokens) and _is_glued(tokens, index) and unit is None:
            return numbers.Number(None, 0, f"không đọc chắc số “{_written(tokens, index)}”")
        return number


def unit_after(tokens: Sequence[Token], index: int) -> tuple[units.Unit | None, int]:
    """Return the unit at ``index`` and the index after it; None and ``index`` if there is none."""
    if index < len(tokens):
        found = units.unit_at(tokens, index)
        if found is not None:
            unit, end = found
            if _is_false_unit(tokens, unit, index, end):
                return None, index
            return unit, end
    return None, index


def has_unit(tokens: Sequence[Token], index: int) -> bool:
    """Say whether a unit of something measured follows the number at ``index``."""
    unit, _ = unit_after(tokens, index + 1)
    if unit is None:
        return False
    # «9 tháng» is a period; «2.010 tỷ» is written with its dot, «2010 tỷ» is money all the same.
    return unit.dimension not in units.IDLE and not (
        unit.dimension in units.COUNTED
        and periods.year_number(tokens[index])
        and tokens[index + 1].word in {"số", "tổng"}
    )


def leads_to_number(tokens, index, reach) -> bool:
    """Say whether a number that is no year follows within ``reach`` words."""
    for position in range(index, min(index + reach, len(tokens))):
        token = tokens[position]
        if token.kind == "number":
            if periods.year_number(token) is None or has_unit(tokens, position):
                return True
            continue
        if token.kind == "mark" and token.word not in {">", "<", "=", "≥", "≤", "~", "+", "-"}:
            return False
    return False


def _words(tokens, start, end) -> str:
    return " ".join(token.word for token in tokens[start:end])


def _is_false_unit(tokens, unit, index, end) -> bool:
    """«m» of a word cut in two; «đ» of an abbreviation."""
    return (
        len(unit.written) == 1
        and unit.written.isalpha()
        and end < len(tokens)
        and tokens[end].word in {".", "-", "&"}
        and (
            tokens[end].start == tokens[end - 1].end
            and end + 1 < len(tokens)
            and tokens[end + 1].kind == "word"
            and tokens[end + 1].start == tokens[end].end
        )
    )


def _is_glued(tokens, index) -> bool:
    """Say whether letters stick to a number: «35.36O»."""
    following = tokens[index + 1] if index + 1 < len(tokens) else None
    before = tokens[index - 1] if index else None
    return bool(
        following is not None and following.kind == "word" and following.start == tokens[index].end
    ) or bool(
        before is not None and before.word in {"l", "o"} and before.end == tokens[index].start
    )


def _written(tokens, index) -> str:
    return tokens[index].word + tokens[index + 1].word if index + 1 < len(tokens) else ""


def _split_from(tokens, index, unit) -> int:
    """Return where a cut number begins: «35 360 tỷ», «0 68%», «74, 19%»; else ``index``."""
    before = tokens[index - 1] if index else None
    if before is not None and before.kind == "number":
        is_one = before.end + 1 == tokens[index].start and periods.year_number(before) is None
        is_label = index > 1 and tokens[index - 2].word in _NUMBERED
        return index - 1 if is_one and not is_label else index
    if index < 2 or unit is None or unit.dimension != "%" or before.word != ",":
        return index
    whole, decimals = tokens[index - 2].word, tokens[index].word
    is_cut = whole.isdigit() and len(whole) <= 3 and decimals.isdigit() and len(decimals) <= 2
    # «12, 15 và 8%» is a list; so is «12,5, 15%».
    is_close = tokens[index - 2].end == before.start or before.end == tokens[index].start
    return index - 2 if is_cut and is_close else index


def _range_second(tokens, index):
    """Return (index of the second number, its unit, index after it) of a range."""
    if index + 1 >= len(tokens) or tokens[index].word not in _RANGE_WORDS:
        return None
    second = index + 1
    if tokens[second].kind != "number" or periods.year_number(tokens[second]):
        return None
    unit, end = unit_after(tokens, second + 1)
    if unit is None and tokens[index].word != "-":
        return None
    return second, unit, end
