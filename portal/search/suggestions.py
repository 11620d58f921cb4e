"""How what is being typed may go on: phrases from the titles of public pages."""

from collections import Counter, defaultdict
from itertools import pairwise

from portal.search.engine import Filters, run
from portal.search.queries import parse
from portal.search.words import Word, composed, words

SHORTEST = 2  # characters typed before anything is proposed
MOST = 8
TITLES = 300  # newest titles with these words that are looked at
WALKED = 1_500  # newest pages among which they are sought first
ENOUGH = 40  # of them found there, with which older ones are left out
LONGER_BY = 4  # words a phrase may go on by
SAME = 0.8  # a phrase that goes on the same way so often is not finished there
# Words no phrase ends with.
_JOINING = set("và của tại cho ở với trong đến từ là về các những do khi để được có theo".split())


def suggestions(typed: str, filters: Filters) -> list[str]:
    """Return up to MOST phrases that begin with what is typed, the most frequent first."""
    query = parse(typed)
    if not query.wanted or len(typed.strip()) < SHORTEST or query.excluded:
        return []
    *whole, last = query.wanted
    forms = [f"'{word.folded}'" for word in whole] + [f"'{last.folded}':*"]
    values = {"begun": " & ".join(forms), "walked": WALKED, "enough": ENOUGH, "most": TITLES}
    titles = run(_TITLES, filters, values)
    spellings: dict[tuple[str, ...], Counter] = defaultdict(Counter)
    for (title,) in titles:
        for phrase, written in _phrases(composed(title), query.folded_words):
            spellings[phrase][written] += 1
    return _most_frequent(spellings, typed)


def _phrases(title: str, typed: list[str]):
    """Give the phrases of a title that begin with the words typed, the last one maybe begun."""
    found = words(title)
    given = set()
    for start in range(len(found) - len(typed) + 1):
        begun = [word.folded for word in found[start : start + len(typed)]]
        if begun[:-1] != typed[:-1] or not begun[-1].startswith(typed[-1]):
            continue
        for end in range(start + len(typed), min(start + len(typed) + LONGER_BY, len(found)) + 1):
            part = found[start:end]
            if not _is_connected(title, part):
                break
            phrase = tuple(word.folded for word in part)
            if phrase not in given and title[part[-1].start : part[-1].end] not in _JOINING:
                given.add(phrase)
                yield phrase, title[part[0].start : part[-1].end]


def _is_connected(title: str, part: list[Word]) -> bool:
    gaps = (title[left.end : right.start].strip() for left, right in pairwise(part))
    return all(gap in {"", "-", "–", "/"} for gap in gaps)


def _most_frequent(spellings: dict[tuple[str, ...], Counter], typed: str) -> list[str]:
    times = {phrase: spelt.total() for phrase, spelt in spellings.items()}
    longer = Counter()
    for phrase, number in times.items():
        longer[phrase[:-1]] = max(longer[phrase[:-1]], number)
    finished = [phrase for phrase in times if longer[phrase] < SAME * times[phrase]]
    ordered = sorted(finished, key=lambda phrase: (-times[phrase], len(phrase), phrase))
    written = [spellings[phrase].most_common(1)[0][0] for phrase in ordered]
    marked = composed(typed).strip().lower()
    # As far as marks are typed, those phrases first that have them.
    written.sort(key=lambda phrase: not phrase.lower().startswith(marked))
    return [phrase for phrase in written if phrase.lower() != marked][:MOST]


# Those of the newest titles, unless they are few: two letters begin the words of most titles.
_TITLES = """
WITH walked AS MATERIALIZED (
    SELECT id, shown_from FROM (
        SELECT id, shown_from, title_document FROM portal_searchentry
        WHERE {condition} AND version <> 0 ORDER BY shown_from DESC, id DESC LIMIT %(walked)s
    ) AS newest
    WHERE title_document @@ %(begun)s::tsquery LIMIT %(most)s
),
hit AS MATERIALIZED (
    SELECT id, shown_from FROM (
        SELECT id, shown_from FROM walked WHERE (SELECT count(*) FROM walked) >= %(enough)s
        UNION ALL
        SELECT id, shown_from FROM portal_searchentry
        WHERE title_document @@ %(begun)s::tsquery AND {condition} AND version <> 0
            AND (SELECT count(*) FROM walked) < %(enough)s
    ) AS each
    ORDER BY shown_from DESC, id DESC LIMIT %(most)s
)
SELECT title FROM hit JOIN portal_searchentry USING (id) ORDER BY hit.shown_from DESC, id DESC
"""
