"""
The headline indicators on the home page: cards with small charts of one make.

All cards name the same years and draw from zero to their own largest number, so that shapes
compare across cards although units differ.
"""

from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from operator import attrgetter

from indicators import charts
from indicators.models import Figure, SeriesBreak
from indicators.series import first_target_after
from portal.compiled import Compiled

LATEST_YEARS = 6
LEAST_COLUMNS = 4  # fewer years leave room for those to come
PLOT_TOP, PLOT_HEIGHT = 8, 72  # pixels
BAR_WIDTH = 20


_headline_figures = Compiled(lambda: Figure.objects.headlines())


@dataclass(frozen=True)
class SmallChart:
    zero_y: int
    columns: list[charts.Column]
    breaks: list[charts.Break]

    @property
    def year_y(self) -> int:
        return PLOT_TOP + PLOT_HEIGHT + 20

    @property
    def height(self) -> int:
        return self.year_y + 6

    @property
    def words(self) -> str:
        """Return what the drawing shows, year by year."""
        told = [column.words for column in self.columns if column.words]
        told += [found.words for found in self.breaks if told]
        return " ".join(f"{words}." for words in told)


@dataclass(frozen=True)
class Headline:
    """One indicator: what was last reported, the plan for a later year, its recent years."""

    figures: list[Figure]  # one series of whole years, oldest first
    breaks: Collection[SeriesBreak] = ()

    @property
    def latest(self) -> Figure | None:
        """Return the newest figure that is reported, be it by its growth alone."""
        return next((figure for figure in self.figures[::-1] if figure.is_reported), None)

    @property
    def next_target(self) -> Figure | None:
        return first_target_after(self.latest, self.figures)

    @property
    def drawn(self) -> list[Figure]:
        return [figure for figure in self.figures if charts.values([figure])]

    def chart(self, years: range) -> SmallChart:
        by_year = {figure.year: figure for figure in self.drawn if figure.year in years}
        numbers = [*charts.values(list(by_year.values())), Decimal(0)]
        low, high = min(numbers), max(numbers)
        # A series of zeros is a flat line on the axis.
        scale = charts.Scale(low, high if high > low else Decimal(1), PLOT_TOP, PLOT_HEIGHT)
        zero_y = scale.place(Decimal(0))
        columns = charts.columns_of(
            by_year, years, scale, zero_y=zero_y, bar_width=BAR_WIDTH, least=LEAST_COLUMNS
        )
        # All cards name the same years: a break is drawn where this one has figures around it.
        drawn = range(min(by_year), max(by_year) + 1) if by_year else range(0)
        parted = [found for found in self.breaks if found.year in drawn[1:]]
        return SmallChart(zero_y, columns, charts.breaks_of(parted, years, LEAST_COLUMNS))


@dataclass(frozen=True)
class Headlines:
    cards: list[Headline]

    @classmethod
    def newest(cls):
        """Return the headline indicators of which something is reported."""
        figures = _headline_figures()
        # All of them are of one territory.
        breaks = list(figures[0].territory.breaks.all()) if figures else []
        by_indicator = groupby(figures, attrgetter("indicator"))
        cards = [Headline(list(found), breaks) for _, found in by_indicator]
        return cls([card for card in cards if card.latest])

    @property
    def territory(self):
        return self.cards[0].latest.territory

    @property
    def years(self) -> range:
        """Return the years every card names: results, and at most one year of plans after them."""
        known = [figure.year for card in self.cards for figure in (*card.drawn, card.latest)]
        last = min(max(known), max(card.latest.year for card in self.cards) + 1)
        return range(max(min(known), last - LATEST_YEARS + 1), last + 1)

    @property
    def cards_with_charts(self) -> list[tuple[Headline, SmallChart]]:
        return [(card, card.chart(self.years)) for card in self.cards]
