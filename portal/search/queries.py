"""What somebody typed, read as words, phrases and exclusions, and written for PostgreSQL."""

import re
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from portal import text as vietnamese
from portal.search.vectors import pair
from portal.search.words import Word, words

LONGEST_QUERY = 100  # characters
MOST_WORDS = 20

_PART = re.compile(
    r'(?P<minus>(?<!\S)-(?=[^\W\d]|["“«]))?(?:["“”«](?P<phrase>[^"“”«»]+)["“”»]|(?P<plain>\S+))'
)


@dataclass(frozen=True)
class Query:
    """What was asked for. With nothing wanted, nothing is found."""

    wanted: tuple[Word, ...]  # in the order typed, those of phrases included
    phrases: tuple[tuple[Word, ...], ...] = ()
    excluded: tuple[tuple[Word, ...], ...] = ()

    @cached_property
    def has_marks(self) -> bool:
        """Say whether it was typed with Vietnamese marks, so that their absence means something."""
        return any(word.has_marks for word in self.wanted)

    @property
    def folded_words(self) -> list[str]:
        return [word.folded for word in self.wanted]

    def all_words(self, *, exact: bool = False) -> str:
        """
        Return the tsquery of what holds every word and phrase and nothing excluded.

        Of a phrase its pairs are asked for, which an index answers; see ``in_order``.
        """
        parts = dict.fromkeys(_form(word, exact) for word in self.wanted)
        parts |= dict.fromkeys(pair for phrase in self.phrases for pair in _pairs(phrase, exact))
        return " & ".join([*parts, *self.exclusions])

    def in_order(self, *, exact: bool = False) -> str:
        """Return the tsquery that phrases of more than a pair ask for besides, or ""."""
        long = (phrase for phrase in self.phrases if len(phrase) > 2)
        return " & ".join(f"({' <-> '.join(_quoted(phrase, exact))})" for phrase in long)

    def chain(self, *, exact: bool = False) -> str:
        """Return the tsquery of what holds all words side by side, or "" for one word."""
        pairs = dict.fromkeys(_pairs(self.wanted, exact))
        return " & ".join([*pairs, *self.exclusions]) if pairs else ""

    def each_form(self, *, exact: bool) -> list[str]:
        """Return the words as an index has them, other readings left out."""
        return [word.exact if exact else word.folded for word in self.wanted]

    def each_pair(self, *, exact: bool) -> list[str]:
        """Return the pairs of neighbours as an index has them."""
        return [pair(left, right) for left, right in pairwise(self.each_form(exact=exact))]

    def any_sign(self) -> str:
        """Return the tsquery whose matched share is the rank: forms and pairs of neighbours."""
        signs = []
        for exact in {False, self.has_marks}:
            signs += [_form(word, exact) for word in self.wanted]
            signs += _pairs(self.wanted, exact)
        return " | ".join(dict.fromkeys(signs))

    def each_word(self) -> list[str]:
        """Return a tsquery for each word, whatever its marks."""
        return list(dict.fromkeys(_form(word, exact=False) for word in self.wanted))

    def each_sign(self) -> list[str]:
        """Return a tsquery for each other sign of what was meant: neighbours, marks as typed."""
        signs = _pairs(self.wanted, exact=False)
        if self.has_marks:
            signs += [_form(word, exact=True) for word in self.wanted]
            signs += _pairs(self.wanted, exact=True)
        return [sign for sign in dict.fromkeys(signs) if sign not in self.each_word()]

    @cached_property
    def exclusions(self) -> list[str]:
        return [_excluded(found) for found in self.excluded]


def parse(typed: str) -> Query:
    """Read a query; quotes make phrases, a minus before a word excludes it."""
    typed = vietnamese.clean_line(typed)[:LONGEST_QUERY]
    phrases, excluded = [], []
    for match in _PART.finditer(typed):
        found = tuple(words(match["phrase"] or match["plain"]))
        if not found:
            continue
        if match["minus"]:
            excluded.append(found)
        elif match["phrase"] and len(found) > 1:
            phrases.append(found)
    # As a whole, for a number grouped by spaces is one word; commas keep phrases by themselves.
    wanted = words(_PART.sub(_wanted, typed))
    return Query(tuple(wanted[:MOST_WORDS]), tuple(phrases), tuple(excluded))


def _wanted(part: re.Match) -> str:
    if part["minus"]:
        return ","
    return f", {part['phrase']} ," if part["phrase"] else part["plain"]


def _form(word: Word, exact: bool) -> str:
    forms = [word.exact if exact else word.folded, *word.also]
    either = [f"'{form}'" for form in forms]
    if word.parts:
        either.append("(" + " & ".join(f"'{part}'" for part in word.parts) + ")")
    return either[0] if len(either) == 1 else f"({' | '.join(either)})"


def _excluded(found: tuple[Word, ...]) -> str:
    exact = any(word.has_marks for word in found)
    return "!(" + " & ".join([*_quoted(found, exact), *_pairs(found, exact)]) + ")"


def _quoted(found: tuple[Word, ...], exact: bool) -> list[str]:
    return [f"'{word.exact if exact else word.folded}'" for word in found]


def _pairs(found: tuple[Word, ...], exact: bool) -> list[str]:
    forms = [word.exact if exact else word.folded for word in found]
    return [f"'{pair(left, right)}'" for left, right in pairwise(forms)]
