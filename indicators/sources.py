"""Where figures come from: published articles and other documents, numbered for reference."""

from typing import NamedTuple

from indicators.models import Figure
from news.models import Article


class Source(NamedTuple):
    number: int  # from 1, as printed in «[1]»
    article: Article | None  # published, where the figures are read
    document: str  # what the article rests on, or the source itself without an article

    @property
    def label(self):
        return self.article.title if self.article else self.document


class Row(NamedTuple):
    figure: Figure
    source: Source | None


def with_sources(figures: list[Figure]) -> tuple[list[Row], list[Source]]:
    """
    Return each figure with its source, and the distinct sources in order of appearance.

    The figures must have come ``with_published_article``: others may name a draft.
    """
    known: dict[tuple, Source] = {}
    rows = []
    for figure in figures:
        origin = (figure.article, figure.source)
        source = known.setdefault(origin, Source(len(known) + 1, *origin)) if any(origin) else None
        rows.append(Row(figure, source))
    return rows, list(known.values())
