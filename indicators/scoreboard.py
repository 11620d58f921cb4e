"""One year's figures as the standard table: a board per territory, with numbered sources."""

from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter

from django.urls import reverse

from indicators import tables
from indicators.models import Figure, Territory
from indicators.sources import Row, Source, with_sources


@dataclass(frozen=True)
class Board:
    """One territory's table."""

    territory: Territory
    year: int
    rows: list[Row]
    sources: list[Source]

    @property
    def figures(self) -> list[Figure]:
        return [row.figure for row in self.rows]

    @property
    def has_results(self) -> bool:
        """Say whether anything was reported yet; a year of targets alone has a shorter table."""
        return any(figure.is_reported for figure in self.figures)

    @property
    def columns(self) -> list[tables.Column]:
        return tables.of_results(self.year) if self.has_results else tables.of_targets(self.year)

    @property
    def lines(self) -> list[tables.Line]:
        return tables.lines(self.rows, self.columns)

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

    @property
    def boards(self) -> list[Board]:
        return [
            Board(territory, self.year, *with_sources(list(figures)))
            for territory, figures in groupby(self.figures, attrgetter("territory"))
        ]

    @property
    def has_results(self) -> bool:
        return any(figure.is_reported for figure in self.figures)

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
