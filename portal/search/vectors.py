"""
What PostgreSQL keeps of a text: every form of every word with its places and its weight.

Pairs of neighbours are kept as well («cong_nghiep»): a Vietnamese word is mostly two syllables, so
a pair tells what is meant without reading places. PostgreSQL's own parser is not asked: it
has views of its own about hyphens, addresses and decimals.
"""

from collections import defaultdict
from collections.abc import Iterable

from portal.search.occurrences import Abbreviations, Occurrence, occurrences
from portal.search.words import composed

LONGEST_TEXT = 200_000  # characters; nobody finds a page by what stands after them
LAST_PLACE = 16_000  # PostgreSQL counts to 16,383
PLACES = 100  # of one form that are kept; more tell no difference
LARGEST = 1_000_000  # bytes; PostgreSQL takes a tsvector of 1,048,575
GAP = 5  # places between two texts, so that no phrase runs from one into the next


def vector(
    texts: Iterable[tuple[str, str]], abbreviations: Abbreviations, labels: Iterable[str] = ()
) -> tuple[str, set[str]]:
    """
    Return a tsvector as text for (weight, text) in reading order, and its folded words.

    Weights are PostgreSQL's: A counts most, D least. Labels have no place in the text.
    """
    places: dict[str, dict[int, str]] = defaultdict(dict)
    vocabulary: set[str] = set()
    begin = 1
    for weight, text in texts:
        found = occurrences(composed(text[:LONGEST_TEXT]), abbreviations)
        for form, place in _forms_with_places(found):
            kept = places[form]
            if begin + place < LAST_PLACE and len(kept) < PLACES:
                kept.setdefault(begin + place, weight)
        for form, place in _pairs(found):
            if weight not in places[form].values() and begin + place < LAST_PLACE:
                places[form][begin + place] = weight
        vocabulary |= {occurrence.word.folded for occurrence in found}
        begin += max((occurrence.last for occurrence in found), default=0) + GAP
    written = [f"'{label}'" for label in labels]
    written += (
        f"'{form}':" + ",".join(f"{place}{weight}" for place, weight in sorted(kept.items()))
        for form, kept in _within(LARGEST, places)
    )
    return " ".join(written), vocabulary


def _within(most: int, places: dict[str, dict[int, str]]):
    """Give forms and their places, first come first, until PostgreSQL's bytes are used up."""
    for form, kept in places.items():
        most -= len(form.encode()) + 4 + 2 * len(kept)  # the letters, and two bytes a place
        if most < 0:
            return
        if kept:
            yield form, kept


def _forms_with_places(found: list[Occurrence]):
    for occurrence in found:
        for form in occurrence.forms:
            yield form, occurrence.first
            if occurrence.last != occurrence.first:
                yield form, occurrence.last


def _pairs(found: list[Occurrence]):
    starting = defaultdict(list)
    for occurrence in found:
        starting[occurrence.first].append(occurrence.word)
    for occurrence in found:
        for following in starting[occurrence.last + 1]:
            yield pair(occurrence.word.folded, following.folded), occurrence.last
            yield pair(occurrence.word.exact, following.exact), occurrence.last


def pair(left: str, right: str) -> str:
    return f"{left}_{right}"
