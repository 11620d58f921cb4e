"""One indicator over the years: a series of figures per territory."""

from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from indicators import charts, tables
from indicators.models import Figure, Indicator, SeriesBreak, Territory
from indicators.revisions import History, histories
from indicators.sources import Row, Source, with_sources

WHOLE_YEAR = 12  # months


@dataclass(frozen=True)
class Series:
    """One territory's figures with their sources, oldest first; never empty."""

    territory: Territory
    rows: list[Row]
    breaks: Collection[SeriesBreak] = ()

    @property
    def figures(self) -> list[Figure]:
        return [row.figure for row in self.rows]

    @property
    def columns(self) -> list[tables.Column]:
        return tables.of_series()

    @property
    def lines(self) -> list[tables.Line]:
        """Return a line for each whole year, newest first."""
        return self._lines([row for row in self.rows if row.figure.months == WHOLE_YEAR])

    @property
    def lines_within_years(self) -> list[tables.Line]:
        """Return a line for each part of a year, counted from January; newest first."""
        return self._lines([row for row in self.rows if row.figure.months != WHOLE_YEAR])

    @property
    def annotated(self) -> list[Row]:
        """Return the rows with a source, a note or a statement, newest first."""
        return [row for row in self.rows[::-1] if row.source or row.figure.note]

    @property
    def latest(self) -> Figure:
        """Return the newest whole year that is reported, else the newest figure."""
        whole_years = self._whole_years
        reported = [figure for figure in whole_years if figure.is_reported]
        return (reported or whole_years or self.figures)[-1]

    @property
    def next_target(self) -> Figure | None:
        """Return the newest figure if it is a target after ``latest``, else None."""
        newest = self.figures[-1]
        return None if newest is self.latest or newest.is_reported else newest

    @cached_property
    def chart(self) -> charts.Chart | None:
        return charts.chart(self._whole_years, self.breaks)

    @property
    def histories(self) -> list[History]:
        """Return what was stated of figures that were stated otherwise before, newest first."""
        return histories(self.figures[::-1])

    @property
    def width(self) -> int:
        """Return how many columns the table has: period, numbers, assessment."""
        return len(self.columns) + 2

    @property
    def _whole_years(self):
        return [figure for figure in self.figures if figure.months == WHOLE_YEAR]

    def _lines(self, rows):
        return tables.lines(rows[::-1], self.columns)


@dataclass(frozen=True)
class IndicatorHistory:
    indicator: Indicator
    series: list[Series]
    sources: list[Source]

    @classmethod
    def of(cls, indicator: Indicator):
        rows, sources = with_sources(list(Figure.objects.for_indicator(indicator)))
        by_territory = groupby(rows, lambda row: row.figure.territory)
        series = [
            Series(territory, list(found), territory.breaks.all())
            for territory, found in by_territory
        ]
        return cls(indicator, series, sources)

    @property
    def figures(self) -> list[Figure]:
        return [figure for series in self.series for figure in series.figures]

    @property
    def annotated(self) -> list[Series]:
        return [series for series in self.series if series.annotated]

    @property
    def title(self) -> str:
        return self.indicator.name

    def get_absolute_url(self):
        return self.indicator.get_absolute_url()

    @property
    def file_stem(self) -> str:
        return self.indicator.slug

    @property
    def updated_at(self):
        return max((figure.updated_at for figure in self.figures), default=None)
