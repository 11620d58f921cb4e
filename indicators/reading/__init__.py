"""
Reading figures out of Vietnamese prose: proposals for staff, never stored unseen.

``read`` takes a report or an article and returns a row for each figure it understands. What
is not certain is left empty and said in ``doubts``.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import groupby, pairwise

from indicators.reading import numbers, tables
from indicators.reading.agreement import compared
from indicators.reading.atoms import Scanner
from indicators.reading.clauses import Clauses
from indicators.reading.contexts import Context
from indicators.reading.idle import DAY_WORDS
from indicators.reading.places import own_province
from indicators.reading.rows import Reading, Subject
from indicators.reading.source import Sentence, Source, sentences
from indicators.reading.subjects import names_of
from indicators.reading.territories import Territories

__all__ = ["Reading", "Subject", "read"]


def read(
    text: str,
    subjects: Iterable[Subject],
    *,
    published: date | None = None,
    own: Iterable[str] = (),
) -> list[Reading]:
    """
    Return the figures found in ``text``, in the order they stand there.

    ``own`` are the names of the territory that is meant where a row has no place: figures of
    any other are then marked with theirs. Without it, it is the one the text is about.
    """
    source = Source(text)
    found = sentences(source)
    written = [
        token.word
        for line in found
        for before, token in pairwise([None, *line.tokens])
        if token.kind == "number" and (before is None or before.word not in DAY_WORDS)
    ]
    names = names_of(tuple(subjects))
    notation = numbers.notation(written)
    scanner = Scanner(names, notation)
    lines = [sentence.tokens for sentence in found]
    territories = Territories(own, lines, own_province(lines))
    context = Context(published, territories.about)
    clauses = Clauses(source, names, scanner, context)
    of_tables, lines_of_tables = tables.rows(source)
    for line in _lines(found):
        number = line[0].line
        territories.note_line(
            [token for sentence in line for token in sentence.tokens],
            source.place(line[0].start), source.end_place(line[-1].end),
        )  # fmt: skip
        for row in of_tables.get(number, ()):
            clauses.rows += tables.read(row, names, notation, context, source)
        if number not in lines_of_tables:
            clauses.read_line(line)
    clauses.finish()
    rows = sorted(clauses.rows, key=lambda row: (row.start, row.end))
    return compared(territories.settled(rows))


def _lines(found: list[Sentence]) -> Iterator[list[Sentence]]:
    for _, line in groupby(found, key=lambda sentence: sentence.line):
        yield list(line)
