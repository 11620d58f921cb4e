"""
Where words stand in a text, abbreviations read both ways.

UBND takes as many places as «ủy ban nhân dân» and is found by either; so is the long form.
Abbreviations thus cost a query nothing, and phrases run through them.
"""

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from portal.search.words import Word, words


class Occurrence(NamedTuple):
    word: Word  # its span is the text's own, also where the text has another form
    first: int  # place in the text, counted in words
    last: int

    @property
    def forms(self) -> Iterable[str]:
        return dict.fromkeys((self.word.folded, self.word.exact, *self.word.also, *self.word.parts))


class Abbreviations:
    """The known abbreviations, found by their first word; short and long forms alike."""

    def __init__(self, pairs: Iterable[tuple[str, str]]):
        self.pairs = sorted(pairs)
        self._starting: dict[str, list[tuple[tuple[str, ...], list[Word]]]] = defaultdict(list)
        for short, long in self.pairs:
            self._add(words(short), words(long))
            self._add(words(long), words(short))

    def _add(self, written: list[Word], meant: list[Word]):
        if written and meant:
            folded = tuple(word.folded for word in written)
            self._starting[folded[0]].append((folded, meant))

    def at(self, found: list[Word], place: int) -> Iterable[tuple[int, list[Word]]]:
        """Give how many words from ``place`` on have another form, and that form."""
        for folded, meant in self._starting.get(found[place].folded, ()):
            written = found[place : place + len(folded)]
            if len(written) == len(folded) and all(
                word.folded == form for word, form in zip(written, folded, strict=True)
            ):
                yield len(folded), meant


def occurrences(text: str, abbreviations: Abbreviations) -> list[Occurrence]:
    """Return the words of a composed text with their places and what they stand for."""
    found = words(text)
    others = [
        (index, index + length, meant)
        for index in range(len(found))
        for length, meant in abbreviations.at(found, index)
    ]
    extra = [0] * len(found)  # places the last word of a short form stretches over
    for start, end, meant in others:
        extra[end - 1] = max(extra[end - 1], len(meant) - (end - start))
    first, result = [], []
    place = 0
    for word, stretch in zip(found, extra, strict=True):
        first.append(place)
        result.append(Occurrence(word, place, place + stretch))
        place += 1 + stretch
    first.append(place)
    for start, end, meant in others:
        span = {"start": found[start].start, "end": found[end - 1].end}
        spread = [word._replace(**span) for word in meant]
        for offset, word in enumerate(spread[:-1]):
            result.append(Occurrence(word, first[start] + offset, first[start] + offset))
        rest = first[start] + len(spread) - 1
        result.append(Occurrence(spread[-1], rest, first[end] - 1))
    return result
