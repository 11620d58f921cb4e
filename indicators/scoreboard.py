"""One year's figures as the standard table: a board per territory, with numbered sources."""

from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from operator import attrgetter

from django.urls import reverse

from indicators import tables, wording
from indicators.models import Figure, Territory
from indicators.sources import Row, Source, with_sources


@dataclass(frozen=True)
class Board:
    """One territory's table."""

    territory: Territory
    year: int
    rows: list[Row]
    sources: list[Source]
    planned_next: int = 0  # indicators with a plan for the year after, which has no result yet

    @cached_property
    def figures(self) -> list[Figure]:
        return [row.figure for row in self.rows]

    @cached_property
    def has_results(self) -> bool:
        """Say whether anything was reported yet; a year of targets alone has a shorter table."""
        return has_results(self.figures)

    @cached_property
    def columns(self) -> list[tables.Column]:
        return tables.of_results(self.year) if self.has_results else tables.of_targets(self.year)

    @property
    def summary(self) -> str:
        return wording.summary([line.assessment for line in self.lines], self.year)

    @property
    def break_reason(self) -> str:
        """Return why the year before was counted for another territory; empty when it was not."""
        return self.figures[0].break_reason or ""

    @property
    def next_year(self) -> int:
        return self.year + 1

    @cached_property
    def lines(self) -> list[tables.Line]:
        return tables.lines(self.rows, self.columns)

    @property
    def is_wide(self) -> bool:
        return tables.is_wide(line.words for line in self.lines)

    @property
    def width(self) -> int:
        """Return how many columns the table has: name, unit, numbers, assessment, source."""
        return len(self.columns) + (4 if self.has_results else 3)

    @property
    def has_derived(self) -> bool:
        return any(
            figure.target_is_derived or figure.previous_is_derived for figure in self.figures
        )


@dataclass(frozen=True)
class Scoreboard:
    year: int
    figures: list[Figure]

    @classmethod
    def of(cls, year: int):
        return cls(year, list(Figure.objects.for_scoreboard(year)))

    @cached_property
    def boards(self) -> list[Board]:
        return [
            Board(
                territory,
                self.year,
                *with_sources(list(figures)),
                planned_next=self._planned_next.get(territory.pk, 0),
            )
            for territory, figures in groupby(self.figures, attrgetter("territory"))
        ]

    @cached_property
    def has_results(self) -> bool:
        return has_results(self.figures)

    @property
    def title(self) -> str:
        if self.has_results:
            return f"Kết quả thực hiện chỉ tiêu năm {self.year}"
        return f"Chỉ tiêu năm {self.year}"

    def get_absolute_url(self):
        return reverse("indicators:scoreboard-year", args=[self.year])

    @property
    def file_stem(self) -> str:
        return f"chi-tieu-nam-{self.year}"

    @property
    def updated_at(self):
        return max(figure.updated_at for figure in self.figures)

    @cached_property
    def _planned_next(self):
        return Figure.objects.planned_in(self.year + 1)


def has_results(figures: list[Figure]) -> bool:
    """Say whether any figure tells of a result, be it in words such as «đạt kế hoạch»."""
    return any(figure.is_reported for figure in figures)
