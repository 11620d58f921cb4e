"""Whose figures a text tells: the portal's own territory, another province, a district, all."""

import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise

from indicators.reading.places import is_below, place_at, province_of
from indicators.reading.rows import Reading
from indicators.reading.source import Token, words

COUNTRY = "cả nước"
MANY = "nhiều địa phương"
_SEVERAL = 3  # provinces a text names that compares them
_NATIONAL = {("tổng", "cục"), ("bộ", "công"), ("bộ", "kế"), ("bộ", "tài")}
_SURE = 2  # times another province is named before a text is taken to be about it
_OFFICES = {"ubnd", "hđnd", "thương", "kê", "ủy"}
_COUNTRY_WORDS = {("cả", "nước"), ("nước", "ta"), ("việt", "nam"), ("toàn", "quốc")}
# Of the text's own province, whose name need not be said.
_OF_PROVINCE = {
    ("ubnd", "tỉnh"), ("hđnd", "tỉnh"), ("toàn", "tỉnh"), ("của", "tỉnh"), ("bàn", "tỉnh"),
    ("trong", "tỉnh"), ("tỉnh", "ta"), ("tỉnh", "nhà"), ("cả", "tỉnh"), ("tỉnh", "ủy"),
}  # fmt: skip
_OF_DISTRICT = {
    ("ubnd", "huyện"), ("toàn", "huyện"), ("của", "huyện"), ("bàn", "huyện"), ("huyện", "ủy"),
    ("ubnd", "xã"), ("toàn", "xã"), ("ubnd", "phường"), ("toàn", "phường"),
}  # fmt: skip


def _is_in(row: Reading, stretches: Iterable[tuple[int, int]]) -> bool:
    return any(start <= row.start <= end for start, end in stretches)


class Territories:
    """The portal's own territories and what a text says of its own."""

    def __init__(self, names: Iterable[str], lines: Sequence[Sequence[Token]], about: str):
        self._own = {key for name in names if (key := province_of(words(name)))}
        self._lines = lines
        # Where a line names the own territory, where one tells what a national office says.
        self._told: list[tuple[int, int]] = []
        self._cited: list[tuple[int, int]] = []
        self.about = about
        # A province named once in passing is not what the portal's own text is about.
        is_other = bool(self._own) and about not in self._own
        if is_other and self._named()[about] < _SURE and not self._is_reporting():
            self.about = ""

    def note_line(self, line: Sequence[Token], start: int, end: int) -> None:
        """
        Note a line, from ``start`` to ``end`` of the text, by whose figures it tells.

        «Theo Tổng cục Thống kê, …» beside other provinces is of the country, not of the own one.
        """
        if self._names_own(line):
            self._told.append((start, end))
        elif any((one.word, two.word) in _NATIONAL for one, two in pairwise(line)):
            self._cited.append((start, end))

    def _names_own(self, tokens: Sequence[Token]) -> bool:
        return any(
            found.key in self._own
            for index, token in enumerate(tokens)
            if token.is_capital and (found := place_at(tokens, index))
        )

    def _is_reporting(self) -> bool:
        """Say whether an office of the province is named: «UBND tỉnh Bến Tre»."""
        return any(
            _OFFICES & {token.word for token in line[max(0, index - 2) : index]}
            for line in self._lines
            for index, token in enumerate(line)
            if token.is_capital and (found := place_at(line, index)) and found.key == self.about
        )

    def settled(self, rows: list[Reading]) -> list[Reading]:
        """Return ``rows`` with the places as the portal sees them: None for its own."""
        if not self._own:
            return rows
        named = self._named()
        total = sum(named.values())
        others = total - sum(named[key] for key in self._own)
        is_of_many = not self.about and len(named) >= _SEVERAL and others * 2 > total
        own = self._own_stretches(named) if is_of_many else [(0, rows[-1].end)] if rows else []
        default = self._default()
        settled = []
        for row in rows:
            place = row.place
            if place is not None:
                place = None if province_of(words(place), alone=True) in self._own else place
            elif others and _is_in(row, self._cited):
                place = COUNTRY
            else:
                place = default if _is_in(row, own) else default or MANY
            settled.append(row._replace(place=place))
        return settled

    def _own_stretches(self, named: Counter) -> list[tuple[int, int]]:
        """Return where rows without a place are the own territory's in a text on many."""
        leads = next(iter(named), None) in self._own and not self._names_region()
        if leads and self._told:
            return [(self._told[0][0], sys.maxsize)]  # what follows the first it tells of
        return self._told

    def _names_region(self) -> bool:
        return any(
            token.word in {"vùng", "đbscl", "đbsh"} and place_at(line, index) is not None
            for line in self._lines
            for index, token in enumerate(line)
        )

    def _default(self) -> str | None:
        """Return where rows without a place belong, None for the portal's own territory."""
        if self.about and self.about not in self._own:
            return " ".join(word.capitalize() for word in self.about.split())
        couples = Counter(
            (first.word, second.word) for line in self._lines for first, second in pairwise(line)
        )
        of_province = sum(couples[couple] for couple in _OF_PROVINCE)
        of_district = sum(couples[couple] for couple in _OF_DISTRICT)
        if of_district >= _SURE and not of_province:
            return self._district()
        is_ours = of_province or of_district or self._own & self._named().keys()
        of_country = sum(couples[couple] for couple in _COUNTRY_WORDS)
        return COUNTRY if of_country >= _SURE and not is_ours else None

    def _district(self) -> str:
        """Return the district that is named most."""
        named = Counter(
            " ".join(token.word for token in line[found.start : found.end])
            for line in self._lines
            for index in range(len(line))
            if (found := place_at(line, index)) and not found.key and is_below(line[index].word)
        )
        if not named:
            return "huyện"
        kind, *name = named.most_common(1)[0][0].split()
        return " ".join([kind, *(word.capitalize() for word in name)])

    def _named(self) -> Counter:
        """Return how often each province is named."""
        return Counter(
            found.key
            for line in self._lines
            for index in range(len(line))
            if line[index].is_capital and (found := place_at(line, index)) and found.key
        )
