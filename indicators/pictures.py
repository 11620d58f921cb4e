"""
An indicator's chart as a picture of its own, for slides, messages and newspapers.

A picture travels without its page: it carries its title, unit, numbers, source, date and who
published it. One size, light, plain attributes alone, so that every program draws it alike.
"""

import textwrap
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property, lru_cache
from operator import attrgetter

import resvg_py
from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone

from indicators import charts
from indicators.models import Figure
from indicators.series import Series
from indicators.sources import labels
from portal.templatetags import portal

WIDTH, HEIGHT = 1200, 675
MARGIN = 48
PLOT_BOTTOM = 470
PLOT_RIGHT = WIDTH - MARGIN
ROWS = ("year", "result", "target")  # under the plot
ROW = 30  # from one line of numbers under the plot to the next
LETTER = 0.58  # width of a letter as a share of its size, on average and in capitals
SMALL_LETTER = 0.53  # and of running text
LABEL_SIZES = (20, 18, 16, 14)
FONTS = [
    str(settings.BASE_DIR / f"static/vendor/be-vietnam-pro/be-vietnam-pro-{weight}.ttf")
    for weight in (400, 600)
]
# The light theme of tokens.css (tests/indicators/test_pictures.py holds them together).
COLOURS = {
    "ink": "#17212b",
    "ink_soft": "#4c5a67",
    "paper": "#ffffff",
    "line": "#d3dbe2",
    "line_strong": "#6f7d8a",
    "accent": "#0b4f8a",
    "target": "#a85a0c",
    "result": "#0b4f8a",
}


@dataclass(frozen=True)
class Line:
    """A line of text at its place."""

    y: int
    size: int
    text: str


@dataclass(frozen=True)
class Year:
    """A column of the drawing with its numbers."""

    column: charts.Column
    x: int  # of its middle
    figure: Figure | None

    @property
    def result_label(self):
        return self.column.result_label

    @property
    def target_label(self):
        derived = "*" if self.figure and self.figure.target_is_derived else ""
        return f"{self.column.target_label}{derived}"


@dataclass(frozen=True)
class Picture:
    """The places of all that is drawn of one series of whole years; ``of`` makes it."""

    series: Series
    figures: list[Figure]  # whole years with a number, oldest first; never empty

    @classmethod
    def of(cls, series: Series | None) -> "Picture | None":
        """Return the picture of a series, or None where there is nothing to draw."""
        whole_years = [figure for figure in series.figures if figure.months == 12] if series else []
        figures = [figure for figure in whole_years if charts.values([figure])]
        last = max((figure.year for figure in figures), default=0)
        shown = [figure for figure in figures if figure.year > last - charts.LATEST_YEARS]
        return cls(series, shown) if shown else None

    @property
    def indicator(self):
        return self.figures[0].indicator

    @cached_property
    def title(self) -> list[Line]:
        """Return the name in as many lines as it takes, smaller where it is long."""
        size = 38 if len(self.indicator.name) <= 48 else 28
        lines = _wrapped(self.indicator.name, size * LETTER, WIDTH - 2 * MARGIN, most=3)
        return _lines(lines, MARGIN + size - 8, size, round(size * 1.4))

    @property
    def subtitle(self) -> Line:
        first, last = self.years[0].column.year, self.years[-1].column.year
        years = f"năm {first}" if first == last else f"{first}–{last}"
        territory = self.series.territory.full_name
        words = (
            f"{territory[:1].upper()}{territory[1:]}, {years}. Đơn vị tính: {self.indicator.unit}"
        )
        if not self.has_bars:
            words += " (trục không bắt đầu từ 0)"
        return Line(self._below_title + 40, 22, words)

    @property
    def key_y(self) -> int:
        return self._below_title + 78

    @property
    def scale(self) -> charts.Scale:
        ticks = self._ticks
        top = self.key_y + 32
        return charts.Scale(ticks[0], ticks[-1], top, PLOT_BOTTOM - top)

    @property
    def marks(self) -> list[charts.Mark]:
        return [charts.Mark(self.scale.place(tick), portal.figure(tick)) for tick in self._ticks]

    @cached_property
    def plot_left(self) -> int:
        widest = max(len(mark.label) for mark in self.marks)
        return MARGIN + max(round(widest * 18 * LETTER), 60) + 12

    @property
    def zero_y(self) -> int:
        return self.scale.place(Decimal(0)) if self.has_bars else PLOT_BOTTOM

    @cached_property
    def has_bars(self) -> bool:
        return not charts.is_narrow_share(self.figures)

    @cached_property
    def years(self) -> list[Year]:
        by_year = {figure.year: figure for figure in self.figures}
        span = range(min(by_year), max(by_year) + 1)
        step = (PLOT_RIGHT - self.plot_left) / len(span)
        columns = charts.columns_of(
            by_year,
            span,
            self.scale,
            zero_y=self.zero_y,
            bar_width=min(round(step * 0.4) // 2 * 2, 72),
        )
        return [
            Year(column, self.plot_left + round((column.place + 0.5) * step), by_year.get(year))
            for column, year in zip(columns, span, strict=True)
        ]

    @property
    def has_targets(self) -> bool:
        return any(year.column.target_ticks for year in self.years)

    @cached_property
    def label_size(self) -> int:
        """Return the largest size at which no number runs into its neighbour's."""
        printed = [words for year in self.years for words in (year.result_label, year.target_label)]
        room = (PLOT_RIGHT - self.plot_left) / len(self.years) - 8
        widest = charts.text_width(printed) / 13  # at the size of one pixel
        return next((size for size in LABEL_SIZES if widest * size <= room), LABEL_SIZES[-1])

    @property
    def rows(self) -> dict[str, int]:
        """Return the heights of the lines of text under the plot."""
        return {name: PLOT_BOTTOM + ROW * place for place, name in enumerate(ROWS, start=1)}

    @property
    def result_lines(self) -> list[tuple[Year, int, Year, int]]:
        return self._joined(attrgetter("result_y"))

    @property
    def target_lines(self) -> list[tuple[Year, int, Year, int]]:
        return self._joined(attrgetter("target_y"))

    @cached_property
    def breaks(self) -> list[tuple[int, charts.Break]]:
        """Return where the series changes its area, between two years, and why."""
        span = range(self.years[0].column.year, self.years[-1].column.year + 1)
        width = PLOT_RIGHT - self.plot_left
        return [
            (self.plot_left + round(float(found.x.rstrip("%")) / 100 * width), found)
            for found in charts.breaks_of(self.series.breaks, span)
        ]

    @cached_property
    def notes(self) -> list[Line]:
        """Return what stands under the drawing: breaks, derived plans, sources."""
        words = [
            f"{found.label}. {found.words}." if len(self.breaks) > 1 else f"{found.words}."
            for _, found in self.breaks
        ]
        if any(figure.target_is_derived for figure in self.figures):
            words.append("* Kế hoạch suy ra từ tỷ lệ vượt kế hoạch mà nguồn công bố.")
        if self.sources:
            words.append(f"Nguồn: {'; '.join(self.sources)}.")
        room = WIDTH - 2 * MARGIN
        lines = _wrapped(" ".join(words), 16 * SMALL_LETTER, room, most=2) if words else []
        return _lines(lines, self.rows["target"] + 34, 16, 24)

    @property
    def sources(self) -> list[str]:
        return labels([row for row in self.series.rows if row.figure in self.figures][::-1])

    @property
    def updated(self) -> str:
        newest = max(figure.updated_at for figure in self.figures)
        return f"Cập nhật ngày {timezone.localtime(newest):%d/%m/%Y}"

    @property
    def description(self) -> str:
        """Return the drawing in words, for whoever does not see it."""
        said = [f"{year.column.words}." for year in self.years if year.column.words]
        return " ".join([*said, *(f"{found.words}." for _, found in self.breaks)])

    @property
    def svg(self) -> str:
        return render_to_string(
            "indicators/picture.svg",
            {
                "picture": self,
                "colours": COLOURS,
                "width": WIDTH,
                "height": HEIGHT,
                "margin": MARGIN,
                "right": PLOT_RIGHT,
                "plot_bottom": PLOT_BOTTOM,
                "department": settings.DEPARTMENT["name"],
                "site": settings.BASE_URL.partition("://")[2],
            },
        )

    @property
    def _below_title(self):
        return self.title[-1].y

    @property
    def _ticks(self):
        return charts.axis_ticks(charts.values(self.figures), with_zero=self.has_bars)

    def _joined(self, height):
        years = {year.column: year for year in self.years}
        breaks = [found for _, found in self.breaks]
        return [
            (years[one], height(one), years[other], height(other))
            for one, other in charts.joined(years, height, breaks)
        ]


@lru_cache(maxsize=64)  # drawing takes longer than all else about a picture
def as_png(svg: str) -> bytes:
    """Return a drawing of ``Picture.svg`` as PNG, in the portal's own letters."""
    return bytes(
        resvg_py.svg_to_bytes(
            svg_string=svg.translate(_SUBSCRIPTS),
            skip_system_fonts=True,
            font_files=FONTS,
            font_family="Be Vietnam Pro",
            sans_serif_family="Be Vietnam Pro",
        )
    )


# The typeface has no subscripts, and a letter it has not is left out: «CO₂».
_SUBSCRIPTS = str.maketrans("₀₁₂₃₄₅₆₇₈₉", "0123456789")


def _wrapped(text, letter, room, most):
    return textwrap.wrap(text, int(room / letter), max_lines=most, placeholder=" …")


def _lines(texts, y, size, leading):
    return [Line(y + place * leading, size, text) for place, text in enumerate(texts)]
