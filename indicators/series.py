"""One indicator over the years: a series of figures per territory."""

from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from indicators import charts, tables
from indicators.models import Figure, Indicator, SeriesBreak, Territory
from indicators.revisions import History, histories
from indicators.sources import WHOLE_YEAR, Note, Row, Source, notes, with_sources


def first_target_after(latest: Figure, whole_years: list[Figure]) -> Figure | None:
    """Return the plan for the first year after ``latest`` of which nothing is reported yet."""
    coming = (figure for figure in whole_years if figure.year > latest.year)
    planned = (figure for figure in coming if figure.target is not None and not figure.is_reported)
    return next(planned, None)


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

    @cached_property
    def lines(self) -> list[tables.Line]:
        """Return a line for each whole year, newest first."""
        return self._lines([row for row in self.rows if row.figure.months == WHOLE_YEAR])

    @cached_property
    def lines_within_years(self) -> list[tables.Line]:
        """Return a line for each part of a year, counted from January; newest first."""
        return self._lines([row for row in self.rows if row.figure.months != WHOLE_YEAR])

    @property
    def is_wide(self) -> bool:
        lines = [*self.lines, *self.lines_within_years]
        return tables.is_wide(line.words for line in lines)

    @property
    def annotated(self) -> list[Note]:
        """Return what is said of the figures and where they are from, newest first."""
        return notes(self.rows[::-1])

    @property
    def latest(self) -> Figure:
        """Return the newest whole year that is reported, else the newest figure."""
        whole_years = self._whole_years
        reported = [figure for figure in whole_years if figure.is_reported]
        return (reported or whole_years or self.figures)[-1]

    @property
    def next_target(self) -> Figure | None:
        return first_target_after(self.latest, self._whole_years)

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
