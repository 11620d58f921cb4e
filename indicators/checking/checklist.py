"""The check of figures among what is put right before an article is published."""

import re
from collections.abc import Iterator

from indicators.article_text import text_of
from indicators.checking import article as text_check
from news.checklist.finding import Checked, Finding, Place, quoted

# The list is made again while somebody types: so much is read in half a second. A yearly
# report of a province has half of it.
LONGEST = 25_000  # characters
_BLOCKS = ("p", "h2", "h3", "h4", "li", "dt", "dd", "tr", "caption", "figcaption")
_BETWEEN = re.compile(r"[\s|]+")
# A number and what it counts, or the cell of a table.
_FIGURE = re.compile(r"\d(?:%|[ \u00a0]?[^\W\d]| \|)|\| \d")


def figures_contradict_each_other(checked: Checked) -> Iterator[Finding]:
    """Yield what an article states that its numbers and the stored figures cannot give."""
    text = _whole_lines(text_of(checked.article))
    if not _FIGURE.search(text):
        return
    for found in text_check.disagreements(checked.article, text):
        read = found.about
        period = f", năm {read.year}" if read.year and read.months == 12 else ""
        message = f"{quoted(read.subject)}{period}: {found.sentence}"
        yield Finding(message, _place(checked, text, read.start))


def _whole_lines(text: str) -> str:
    if len(text) <= LONGEST:
        return text
    end = text.rfind("\n", 0, LONGEST)
    return text[: end if end > 0 else LONGEST]


def _place(checked: Checked, text: str, start: int) -> Place:
    """Return where the line that begins before ``start`` stands in the form."""
    head = len(checked.article.title)
    if start <= head:
        return Place("title")
    if start <= head + 1 + len(checked.article.lead):
        return Place("lead")
    end = text.find("\n", start)
    line = _letters(text[text.rfind("\n", 0, start) + 1 : end if end >= 0 else None])
    parts = (place for _, words, place in checked.parts(*_BLOCKS) if line in _letters(words))
    return next(parts, Place("body"))


def _letters(words: str) -> str:
    """Return words without what stands between them: the bars between cells among it."""
    return _BETWEEN.sub("", words)
