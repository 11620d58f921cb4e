"""Whose figures a text tells: the portal's own territory, another province, a district, all."""

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise

from indicators.reading.places import is_below, place_at, province_of
from indicators.reading.rows import Reading
from indicators.reading.source import Token, words

COUNTRY = "cả nước"
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


class Territories:
    """The portal's own territories and what a text says of its own."""

    def __init__(self, names: Iterable[str], lines: Sequence[Sequence[Token]], about: str):
        self._own = {key for name in names if (key := province_of(words(name)))}
        self._lines = lines
        self.about = about
        # A province named once in passing is not what the portal's own text is about.
        is_other = bool(self._own) and about not in self._own
        if is_other and self._named()[about] < _SURE and not self._is_reporting():
            self.about = ""

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
        default = self._default()
        return [row._replace(place=self._seen(row.place, default)) for row in rows]

    def _seen(self, place: str | None, default: str | None) -> str | None:
        if place is None:
            return default
        return None if province_of(words(place), alone=True) in self._own else place

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
