"""Which indicator a row is about, and what its unit has to do with the indicator's own."""

import re
from collections.abc import Container, Iterable
from decimal import Decimal
from difflib import get_close_matches
from functools import lru_cache
from typing import NamedTuple

from indicators.importing.numbers import without_notes
from indicators.models import Indicator
from indicators.reading import Subject, units
from indicators.reading.source import words
from portal.text import clean_line, fold

# «I.», «1.1.», «a)», «-», «+», «Trong đó:» before a name.
_LEAD = re.compile(
    r"^\s*(?:(?:[ivxlc]{1,5}|[a-z]|\d{1,2}(?:\.\d{1,2})*)\s*[.)/:]|\d{1,2}(?:\.\d{1,2})+|[-–+*•])\s*"
)
_WITHIN = re.compile(r"^\s*(?:trong do|tr do|tr\.do)\s*:?\s*")
_BRACKETS = re.compile(r"\([^)]*\)")
_ABBREVIATED = {"tr": "triệu", "đ": "đồng", "ngđ": "nghìn đồng", "trđ": "triệu đồng", "ng": "nghìn"}
_PRICES = re.compile(r"\(\s*(?:theo )?giá [^)]*\)", re.IGNORECASE)
_WITH_UNIT = re.compile(r"(.*\d)\s*([^\W\d_]\D*)")
_THOUSAND = re.compile(r"^1[.,]?000\s*(?=\D)")


_MOST_SUGGESTIONS = 20  # whoever mistyped more has another table


class UnknownName(ValueError):
    """Why no single indicator is meant by a row, in words."""


class Names:
    """All names by which the indicators are called."""

    def __init__(self, indicators: Iterable[Indicator], subjects: Iterable[Subject] = ()):
        """``subjects`` tell by code what else an indicator is usually called."""
        usual = {subject.code: subject.names for subject in subjects}
        self._by_code = {}
        self._by_name: dict[str, dict[int, Indicator]] = {}
        self._written = {}
        self._suggested: dict[str, str] = {}
        indicators = list(indicators)
        for indicator in indicators:
            self._by_code[fold(indicator.code)] = indicator
            self._add(indicator, indicator.names)
        own = set(self._by_name)  # what the department calls something is that alone
        for indicator in indicators:
            self._add(indicator, usual.get(indicator.code, ()), but=own)

    def _add(self, indicator: Indicator, names: Iterable[str], but: Container[str] = ()) -> None:
        for name in names:
            for key in {_key(name), _key(_BRACKETS.sub(" ", name))}:
                if key not in but:
                    self._by_name.setdefault(key, {})[indicator.pk] = indicator
                    self._written.setdefault(key, name)

    def match(self, name: str, code: str) -> list[Indicator]:
        """
        Return the indicators of that code, else of that name; a name may be shared.

        Some write the code where the name belongs.
        """
        if code:
            found = self._by_code.get(fold(code))
            return [found] if found else []
        keys = (_key(name), _key(_BRACKETS.sub(" ", name)))
        found = next((self._by_name[key] for key in keys if key in self._by_name), {})
        by_code = self._by_code.get(fold(clean_line(name)))
        return list(found.values()) or ([by_code] if by_code else [])

    def find(self, name: str, code: str) -> Indicator:
        """Return the one indicator meant; raises UnknownName with the nearest name there is."""
        found = self.match(name, code)
        if len(found) == 1:
            return found[0]
        if found:
            names = "”, “".join(indicator.name for indicator in found)
            raise UnknownName(f"Tên này hợp với nhiều chỉ tiêu: “{names}”. Hãy ghi thêm cột “Mã”.")
        if code:
            raise UnknownName(f"Không có chỉ tiêu nào mã “{code[:40]}”.")
        raise UnknownName(
            f"Không có chỉ tiêu nào tên như vậy.{self._suggestion(_key(name)[:100])} Nếu đây là "
            "cách gọi khác của một chỉ tiêu đã có, hãy thêm vào ô “Cách gọi khác” của chỉ tiêu ấy."
        )

    def _suggestion(self, key: str) -> str:
        """Return a sentence with the nearest name; nothing after a number of them."""
        if key not in self._suggested and len(self._suggested) < _MOST_SUGGESTIONS:
            longer = sorted((name for name in self._by_name if f" {key} " in f" {name} "), key=len)
            nearest = get_close_matches(key, self._by_name, n=1, cutoff=0.5) or longer
            near = f" Gần nhất là “{self._written[nearest[0]]}”." if nearest else ""
            self._suggested[key] = near
        return self._suggested.get(key, "")


def factor(written: str, indicator: Indicator) -> Decimal:
    """
    Return by what a value in the unit ``written`` is multiplied to be in the indicator's own.

    «tỷ USD» for an indicator in «triệu USD» gives 1000. Raises ValueError for units of another
    kind and for those nobody knows.
    """
    if not written or _bare(written) == _bare(indicator.unit):
        return Decimal(1)
    own = _measured(_spelled(indicator.unit))
    given = _measured(_spelled(written)) or _of_same_measure(written, own)
    if own is None or given is None or given.of != own.of:
        raise ValueError(
            f"Đơn vị tính trong tệp là “{written[:40]}”, của chỉ tiêu là “{indicator.unit}”: "
            "không quy đổi được. Hãy ghi theo đơn vị của chỉ tiêu."
        )
    return Decimal(1).scaleb(given.power - own.power)


def amount_and_unit(written: str, indicator: Indicator) -> tuple[str, Decimal] | None:
    """
    Return an amount without the unit after it, and by what it is multiplied.

    «41,2 nghìn tỷ đồng» for an indicator in «tỷ đồng» gives «41,2» and 1000. None where no
    unit follows, or none of the same kind.
    """
    found = _WITH_UNIT.fullmatch(written)
    if found is None:
        return None
    try:
        return found[1], factor(found[2], indicator)
    except ValueError:
        return None


def unit_in_brackets(name: str) -> str:
    """Return the unit that stands after a name: «Kim ngạch xuất khẩu (triệu USD)»."""
    found = _BRACKETS.findall(name)
    inside = found[-1].strip("() ") if found else ""
    inside = re.sub(r"^(?:đvt|đơn vị(?: tính)?)\s*:\s*", "", inside, flags=re.IGNORECASE)
    found = _measured(_spelled(inside)) if inside else None
    # «(dự án đang triển khai)» is no unit, «(USD/tấn)» is one that nobody knows.
    return inside if found and (not found.rest or found.rest[0] == "/") else ""


class _Measured(NamedTuple):
    """A unit and the words after it that nobody knows: «nghìn tấn» and «co2»."""

    unit: units.Unit
    rest: tuple[str, ...]

    @property
    def of(self) -> tuple:
        """Return what is measured: only units that agree in all of it are converted."""
        return self.unit.dimension, self.unit.per, self.rest

    @property
    def power(self) -> int:
        return self.unit.power


@lru_cache(maxsize=1024)
def _measured(spelled: str) -> _Measured | None:
    tokens = words(spelled)
    found = units.unit_at(tokens, 0)
    if found is None or not found[0].has_measure:
        return None
    unit, end = found
    return _Measured(unit, tuple(token.word for token in tokens[end:]))


def _of_same_measure(written: str, own: _Measured | None) -> _Measured | None:
    """Return «nghìn tỷ» as the money of an indicator in «tỷ đồng»."""
    return _measured(f"{_spelled(written)} {own.unit.dimension}") if own is not None else None


def _spelled(unit: str) -> str:
    line = clean_line(_PRICES.sub(" ", unit)).lower().replace("tỉ", "tỷ")
    line = _THOUSAND.sub("nghìn ", line)
    spelled = [_ABBREVIATED.get(word, word) for word in line.replace(".", " ").split()]
    return " ".join(spelled)


def _bare(unit: str) -> str:
    return re.sub(r"[^\w%/]", "", fold(_spelled(unit)))


@lru_cache(maxsize=8192)
def _key(name: str) -> str:
    folded = fold(without_notes(clean_line(name)))
    folded = _WITHIN.sub("", _LEAD.sub("", _WITHIN.sub("", folded)))
    return " ".join(re.sub(r"[^\w%]+", " ", folded).split())
