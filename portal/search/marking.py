"""Where in a text the hits are: the part worth reading, and the words in it marked."""

import re
from collections import Counter
from collections.abc import Iterable

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from portal.search.engine import Hit
from portal.search.occurrences import Abbreviations, Occurrence, occurrences
from portal.search.queries import Query
from portal.search.words import composed, words
from portal.text import unaccented

EXCERPT = 260  # characters
BEFORE = 60  # of them before the first hit
READ = 30_000  # characters of a text that an excerpt is looked for in
STRETCH = 1_500  # of them that are cut into words
_LINE_END = re.compile(r"(?<![.!?:;…])\n")


class Marker:
    """Marks what a query found in texts as they were written."""

    def __init__(self, query: Query, abbreviations: Abbreviations):
        self._abbreviations = abbreviations
        others = {form for word in query.wanted for form in word.also}
        self._folded = {word.folded for word in query.wanted} | others
        self._exact = {word.exact for word in query.wanted} | others
        self._has_marks = query.has_marks
        self._roughly = re.compile("|".join(map(_rough, sorted(self._folded))) or r"(?!)")

    def highlight(self, text: str) -> SafeString:
        """Return ``text`` escaped, each hit inside <mark>."""
        text = composed(text)
        pieces, position = [], 0
        for start, end in _joined((hit.word.start, hit.word.end) for hit in self._hits(text)):
            pieces += [text[position:start], format_html("<mark>{}</mark>", text[start:end])]
            position = end
        return format_html_join("", "{}", ((piece,) for piece in [*pieces, text[position:]]))

    def excerpt(self, text: str) -> SafeString:
        """Return the part of ``text`` with the most different words asked for, marked."""
        text = _LINE_END.sub(" · ", composed(text[:READ])).replace("\n", " ")
        begin = self._promising(text)
        hits = self._hits(text[begin : begin + STRETCH])
        start = begin + _densest((hit.word.start, hit.word.folded) for hit in hits) - BEFORE
        start = text.find(" ", start) + 1 if start > 0 else 0
        end = len(text)
        if end > start + EXCERPT:
            space = text.rfind(" ", start, start + EXCERPT)
            end = space if space > start else start + EXCERPT
        part = self.highlight(text[start:end])
        return format_html("{}{}{}", "… " if start else "", part, " …" if end < len(text) else "")

    def _hits(self, text: str) -> list[Occurrence]:
        """Return the hits with the marks typed; those with others where there are none."""
        found = occurrences(text, self._abbreviations)
        if self._has_marks:
            exact = [each for each in found if not self._exact.isdisjoint(each.forms)]
            if exact:
                return _telling(exact)
        return _telling([each for each in found if not self._folded.isdisjoint(each.forms)])

    def _promising(self, text: str) -> int:
        """Return where to begin reading a long text word by word, seen without looking closely."""
        if len(text) <= STRETCH:
            return 0
        plain = unaccented(text).lower()
        found = ((match.start(), match.group()) for match in self._roughly.finditer(plain))
        return max(_densest(found) - EXCERPT, 0)


def _rough(form: str) -> str:
    """Return a pattern of a folded word or a number in unaccented text, grouped in any way."""
    if form[0].isdigit():
        return r"\b" + "[ .,]?".join(re.escape(figure) for figure in form if figure.isdigit())
    return rf"\b{re.escape(form.removesuffix('i'))}{'[iy]' if form.endswith('i') else ''}\b"


def _densest(hits: Iterable[tuple[int, str]]) -> int:
    """Return where the stretch begins that has the most different words asked for."""
    starts = sorted(hits)
    best, most = 0, 0
    for index, (start, _) in enumerate(starts):
        within = {form for at, form in starts[index : index + 40] if at < start + EXCERPT - BEFORE}
        if len(within) > most:
            best, most = start, len(within)
    return best


def as_written(query: Query | None, hits: Iterable[Hit]) -> str:
    """
    Return a query that was typed without marks as the hits write it, or "" without one.

    Its words side by side where they stand so, else each as it is written most often.
    """
    if query is None:
        return ""
    wanted = query.folded_words
    whole, single = Counter(), {word: Counter() for word in wanted}
    for text in (composed(part) for hit in hits for part in (hit.title, hit.body[:READ])):
        found = words(text)
        for start, word in enumerate(found):
            if word.folded not in single:
                continue
            single[word.folded][text[word.start : word.end].lower()] += 1
            stretch = found[start : start + len(wanted)]
            if [each.folded for each in stretch] == wanted:
                whole[text[word.start : stretch[-1].end]] += 1
    if whole:
        return _usual_case(whole)
    return " ".join(spelt.most_common(1)[0][0] if spelt else word for word, spelt in single.items())


def _usual_case(written: Counter) -> str:
    """Return the most frequent spelling, in small letters if it is ever written so."""
    usual = written.most_common(1)[0][0]
    return usual.lower() if usual.lower() in written else usual


def _telling(hits: list[Occurrence]) -> list[Occurrence]:
    """
    Leave out a word standing alone where it stands beside another hit elsewhere in the text.

    Who asked for «công nghiệp» did not ask for every «công».
    """
    ends = {hit.last: hit.word.folded for hit in hits}
    starts = {hit.first: hit.word.folded for hit in hits}

    def has_neighbour(hit):
        beside = {ends.get(hit.first - 1), starts.get(hit.last + 1)}
        return bool(beside - {None, hit.word.folded})

    accompanied = {hit.word.folded for hit in hits if has_neighbour(hit)}
    return [hit for hit in hits if hit.word.folded not in accompanied or has_neighbour(hit)]


def _joined(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return spans in order, overlapping ones as one."""
    joined: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if joined and start < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined
