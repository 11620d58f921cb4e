"""
Written Vietnamese as it is read aloud: figures, dates, units, abbreviations, marks.

``RULES`` is the whole of it: the subjects' patterns tried one after another, each on the
text the one before left. The order matters: what holds marks together (addresses, codes,
dates) goes before what takes marks apart (units, ranges, fractions), figures go last.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from news.spoken import (
    abbreviations,
    addresses,
    dates,
    documents,
    joined,
    letters,
    marks,
    numbers,
    roads,
    romans,
    slashes,
    units,
)
from news.spoken.cutting import pieces
from news.spoken.readings import NONE, Readings
from news.spoken.safety import plain

__all__ = ["Readings", "Sentence", "sentences", "spoken"]

RULES = (
    *marks.BEFORE,
    *addresses.RULES,
    *abbreviations.FOREIGN_RULES,
    *letters.BLOOD,
    *documents.RULES,
    *roads.RULES,
    *joined.RULES,
    *dates.SPANS,
    *dates.RULES,
    *romans.RULES,
    *letters.HEADLINES,
    *romans.AFTER_HEADLINES,
    *dates.AFTER_ROMANS,
    *units.RULES,
    *slashes.RULES,
    *letters.INITIALS,
    *abbreviations.RULES,
    *documents.CODES,
    *abbreviations.UNKNOWN,
    *letters.SINGLE,
    *numbers.RULES,
    *marks.AFTER,
    *marks.TIDY,
)

# Many sentences have no figure in them, and most rules are about figures.
_OF_FIGURES = {
    *documents.RULES,
    *documents.CODES,
    *roads.RULES,
    *joined.RULES,
    *dates.RULES,
    *dates.AFTER_ROMANS,
    *numbers.RULES,
}
WITHOUT_FIGURES = tuple(one for one in RULES if one not in _OF_FIGURES)
_FIGURE = re.compile(r"\d")


class Sentence(NamedTuple):
    """A sentence: where it stands in the written text, and what is said."""

    start: int
    end: int
    spoken: str


def sentences(text: str, readings: Readings = NONE) -> list[Sentence]:
    """
    Return the sentences of ``text`` that have something to say, in their order.

    Each stands at ``text[start:end]``; none overlap. A very long sentence comes in
    several pieces. Accepts any text and raises nothing.
    """
    found = (Sentence(start, end, _say(text[start:end], readings)) for start, end in pieces(text))
    return [sentence for sentence in found if any(map(str.isalnum, sentence.spoken))]


def spoken(text: str, readings: Readings = NONE) -> str:
    """
    Return ``text`` as words to be read aloud, one line for each paragraph.

    No figure is left in it and nothing but letters and pauses; ``numerals`` tells how
    decimals are read.
    """
    return "\n".join(filter(None, (_paragraph(line, readings) for line in _lines(text))))


def _lines(text: str) -> Iterator[str]:
    return iter(text.splitlines())


def _paragraph(text: str, readings: Readings) -> str:
    return " ".join(sentence.spoken for sentence in sentences(text, readings))


def _say(text: str, readings: Readings) -> str:
    if not any(map(str.isalnum, text)):
        return ""
    text = readings.put_into(plain(text))
    for pattern, spoken_form, needs in RULES if _FIGURE.search(text) else WITHOUT_FIGURES:
        if needs in text:
            text = pattern.sub(spoken_form, text)
    return " ".join(text.split())
