"""Where figures come from: published articles and other documents, numbered for reference."""

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from django.db.models import Q

from indicators.models import Figure, Indicator, Quotation
from news.models import Article
from news.querysets import ArticleQuerySet


@dataclass(frozen=True)
class Source:
    number: int  # from 1, as printed in «[1]»
    article: Article | None  # published, where the figures are read
    document: str  # what the article rests on, or the source itself without an article

    @property
    def label(self):
        return self.article.title if self.article else self.document

    @cached_property
    def address(self):
        """Return where the article is read; asked for again and again, in each row of a table."""
        return self.article.get_absolute_url() if self.article else ""


class Row(NamedTuple):
    figure: Figure
    source: Source | None


def labels(rows: list[Row]) -> list[str]:
    """Return what the sources of these rows are called, each once, in order of appearance."""
    return list(dict.fromkeys(row.source.label for row in rows if row.source))


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


def articles_quoting(indicator: Indicator) -> ArticleQuerySet:
    """Return the published articles that state or quote a figure of it, each once, newest first."""
    figures = indicator.figures.all()
    quoted = Quotation.objects.filter(figure__in=figures)
    return (
        Article.objects.published()
        .filter(Q(pk__in=figures.values("article")) | Q(pk__in=quoted.values("article")))
        .newest_first()
        .only("slug", "title", "published_at")
    )
