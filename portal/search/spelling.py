"""
What may have been meant by words that are not found: slips of the keyboard put right.

Each word may become a known word one slip away. Of all ways through the query the best is the one
whose neighbours stand side by side in what the public may read: «cong nghep» is «cong nghiep»
and not «cong nghe». Nothing is proposed that only unpublished texts hold.
"""

import re
from itertools import pairwise
from math import log1p
from string import ascii_lowercase

from portal.search.engine import Filters, run
from portal.search.queries import Query, parse
from portal.search.vectors import pair

MOST_WORDS = 8  # longer questions are searched for most of their words instead
MOST_DOUBTED = 3  # words of a query that are all known, any of which may be the wrong one
PROPOSALS = 24  # for an unknown word, weighed by their neighbours
PROPOSALS_FOR_KNOWN = 8
COUNTED = 50  # entries of one form; more make no difference
CHANGED = 2.5  # what a change costs, in the logarithm of entries its pairs must gain
OTHER_END = 0.4  # and what another first or last letter adds
UNKNOWN = 8.0  # what it costs to leave a word that no text holds

_NO_SYLLABLE = re.compile(r"[^\Waeiouy]{1,3}")  # «hcm»; of four letters, rather a slip: «thng»

# Sounds that are written alike or heard alike, beyond a single letter.
_CONFUSED = [("tr", "ch"), ("gi", "d"), ("gi", "r"), ("gi", "v"), ("qu", "h"), ("kh", "h")]


def corrected(query: Query, filters: Filters) -> Query | None:
    """Return the query as it was probably meant, or None when nothing better is known."""
    typed = query.folded_words
    if not typed or len(typed) > MOST_WORDS or query.phrases or query.excluded:
        return None
    ways = _proposals(typed, filters)
    if all(len(way) == 1 for way in ways):
        return None
    best = _best_way(ways, _entries(ways, filters))
    return parse(" ".join(best)) if best != typed else None


def _proposals(typed: list[str], filters: Filters) -> list[dict[str, float]]:
    """Return for each word what it may become and what that costs; what it is comes first."""
    slips = [slips_of(word) for word in typed]
    asked = sorted(set(typed).union(*(other.split() for each in slips for other in each)))
    known, short = set(), set()
    for word, is_short in run(_KNOWN, filters, {"words": asked}):
        (short if is_short else known).add(word)
    found = []
    for word, possible in zip(typed, slips, strict=True):
        if word in short or _NO_SYLLABLE.fullmatch(word):
            found.append({word: 0.0})  # an abbreviation is meant as it stands
            continue
        way = {word: 0.0 if word in known or not word.isalpha() else UNKNOWN}
        if word not in known or len(typed) <= MOST_DOUBTED:
            most = PROPOSALS_FOR_KNOWN if word in known else PROPOSALS
            costs = [
                (_cost(word, other), other) for other in possible if known.issuperset(other.split())
            ]
            way |= {other: cost for cost, other in sorted(costs)[:most]}
        found.append(way)
    return found


def _cost(word: str, other: str) -> float:
    """Return what it costs to take a word for another: its ends are rarely mistaken."""
    ends = (word[0] != other[0]) + (word[-1] != other[-1])
    return CHANGED + OTHER_END * ends


def _entries(ways: list[dict[str, float]], filters: Filters) -> dict[str, int]:
    """Return how many entries hold proposals side by side, up to COUNTED; one word by itself."""
    wanted = {
        _meeting(left, right)
        for lefts, rights in pairwise(ways)
        for left in lefts
        for right in rights
    }
    wanted |= {pair(*word.split()) for way in ways for word in way if " " in word}
    if len(ways) == 1:
        wanted |= {word for word in ways[0] if " " not in word}
    return dict(run(_COUNTED, filters, {"forms": sorted(wanted), "counted": COUNTED}))


def _meeting(left: str, right: str) -> str:
    """Return the pair where two proposals meet, each of one or two words."""
    return pair(left.split()[-1], right.split()[0])


def _best_way(ways: list[dict[str, float]], entries: dict[str, int]) -> list[str]:
    """Return the words of the cheapest way: a change costs, neighbours found together gain."""

    def gain(form: str) -> float:
        return log1p(entries.get(form, 0))

    def alone(word: str) -> float:
        return gain(pair(*word.split()) if " " in word else word)

    reached = {word: (cost - alone(word), [word]) for word, cost in ways[0].items()}
    for way in ways[1:]:
        reached = {
            word: min(
                (total + cost - alone(word) - gain(_meeting(path[-1], word)), [*path, word])
                for total, path in reached.values()
            )
            for word, cost in way.items()
        }
    return min(reached.values())[1]


def slips_of(word: str) -> set[str]:
    """Return what a folded word of letters may have been one slip ago, two words included."""
    if not re.fullmatch("[a-z]{2,20}", word):
        return set()
    splits = [(word[:place], word[place:]) for place in range(len(word) + 1)]
    changed = {left + right[1:] for left, right in splits if right}
    changed |= {left + right[1] + right[0] + right[2:] for left, right in splits if right[1:]}
    for letter in ascii_lowercase:
        changed |= {left + letter + right for left, right in splits}
        changed |= {left + letter + right[1:] for left, right in splits if right}
    changed |= {f"{left} {right}" for left, right in splits if left and right}
    for one, other in _CONFUSED:
        for wrong, right in ((one, other), (other, one)):
            if word.startswith(wrong):
                changed.add(right + word.removeprefix(wrong))
    changed.add(_without_telex(word))
    return changed - {word, ""}


def _without_telex(word: str) -> str:
    """Return a word typed for an input method that was off: «ddieenj» is «dien»."""
    word = re.sub(r"([aeod])\1", r"\1", word).replace("w", "")
    return re.sub(r"(?<=[aeiouycghmnpt])[sfrxj](?=[cghmnpt]{0,2}$)", "", word)


_KNOWN = """
SELECT word, false FROM portal_searchword WHERE word = ANY(%(words)s::varchar[])
UNION ALL
SELECT portal_fold(short), true FROM portal_abbreviation
WHERE portal_fold(short) = ANY(%(words)s::text[])
"""

_COUNTED = """
SELECT form, (
    SELECT count(*) FROM (
        SELECT FROM portal_searchentry
        WHERE document @@ quote_literal(form)::tsquery AND {condition} LIMIT %(counted)s
    ) AS hit
)
FROM unnest(%(forms)s::text[]) AS form
"""
