"""Where figures come from: published articles and other documents, numbered for reference."""

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from django.db.models import Q

from indicators import wording
from indicators.models import Figure, Indicator, Quotation, Revision
from news.models import Article
from news.querysets import ArticleQuerySet

WHOLE_YEAR = 12  # months


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


class Note(NamedTuple):
    """What is said of a figure, or the figures of which a source says no more."""

    figures: list[Figure]
    source: Source | None

    @property
    def periods(self) -> str:
        """Return «năm 2023», or «năm 2023; năm 2019–2021; 9 tháng đầu năm 2021»."""
        years = [figure.year for figure in self.figures if figure.months == WHOLE_YEAR]
        parts = [figure.period for figure in self.figures if figure.months != WHOLE_YEAR]
        return "; ".join([*(f"năm {run}" for run in _runs(years)), *parts])


def notes(rows: list[Row]) -> list[Note]:
    """Return what is said of these figures, and each source of others once, in order."""
    found, references = [], {}
    for figure, source in rows:
        if figure.note or wording.stated(figure):
            found.append(Note([figure], source))
        elif source and source.number in references:
            references[source.number].figures.append(figure)
        elif source:
            references[source.number] = Note([figure], source)
            found.append(references[source.number])
    return found


def labels(rows: list[Row]) -> list[str]:
    """Return what the sources of these rows are called, each once, in order of appearance."""
    return list(dict.fromkeys(row.source.label for row in rows if row.source))


def _runs(years: list[int]) -> list[str]:
    """Return «2023», «2019–2021» for years given from the newest to the oldest."""
    runs: list[list[int]] = []
    for year in years:
        if runs and runs[-1][0] == year + 1:
            runs[-1][0] = year
        else:
            runs.append([year, year])
    return [str(last) if first == last else f"{first}–{last}" for first, last in runs]


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


def articles_stating() -> ArticleQuerySet:
    """Return the published articles that are the source of a figure or were of one before."""
    stating = [Q(pk__in=model.objects.values("article")) for model in (Figure, Revision)]
    return Article.objects.published().filter(stating[0] | stating[1])


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
