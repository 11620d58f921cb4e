"""
The geometry of charts drawn by the server: results as bars, targets as ticks across them.

Places across are percentages of the drawing's width, so that a chart fills a phone and a desk
alike while its letters keep their size; heights, and everything about the middle of a column,
are whole pixels.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from itertools import pairwise
from operator import attrgetter

from indicators import wording
from indicators.models import Figure, SeriesBreak
from portal.templatetags import portal

LATEST_YEARS = 10  # a longer series shows its end; the table below it has all of it
PLOT_TOP, PLOT_HEIGHT = 16, 180
ROW_HEIGHT = 24
LETTER_WIDTH = 8.2  # of a digit at the size of type of marks and numbers
# Least widths of the drawing: on a telephone of 320 pixels, and beside the column of notes.
NARROW, WIDE = 288, 540
ROOMY_YEARS = 6  # with more, bars are thin and a telephone names every other year
MARKER = 7  # of a diamond, from its middle
BREAK_LABEL = "Đổi địa bàn"

_NICE_STEPS = [Decimal(1), Decimal(2), Decimal(5), Decimal(10)]


@dataclass(frozen=True)
class Scale:
    """Heights in a plot whose upper edge stands for ``high`` and its lower one for ``low``."""

    low: Decimal
    high: Decimal
    top: int
    height: int

    def place(self, value: Decimal | None) -> int | None:
        if value is None:
            return None
        return self.top + round((self.high - value) / (self.high - self.low) * self.height)


@dataclass(frozen=True)
class Box:
    """A rectangle about the middle of a column."""

    x: int
    y: int
    width: int
    height: int


@dataclass(frozen=True)
class Mark:
    """A rounded value on the axis."""

    y: int
    label: str


@dataclass(frozen=True)
class Segment:
    """A line between two neighbouring years."""

    x1: str
    y1: int
    x2: str
    y2: int


@dataclass(frozen=True)
class Break:
    """
    A mark between two years whose figures do not cover the same area.

    With several in one drawing ``label`` is the number of the note under it.
    """

    year: int  # the first of the new area
    x: str
    label: str
    reason: str

    @property
    def opens_left(self) -> bool:
        """Say whether the label has its room on the left of the mark."""
        return float(self.x.rstrip("%")) > 50

    @property
    def words(self) -> str:
        return f"Từ năm {self.year} địa bàn thay đổi: {self.reason}"


@dataclass(frozen=True)
class Column:
    """What stands above one year; a missing value has no place and the label «—»."""

    year: int
    place: int  # from 0
    of: int  # columns in the drawing
    result_y: int | None
    target_y: int | None
    target_upper_y: int | None
    zero_y: int
    bar_width: int
    result_label: str = portal.MISSING
    target_label: str = portal.MISSING
    words: str = ""  # the year's figures in a sentence; empty without any
    is_minor: bool = False  # its year may go unnamed where there is little room

    @property
    def left(self) -> str:
        return _percent(self.place, self.of)

    @property
    def middle(self) -> str:
        return _percent(2 * self.place + 1, 2 * self.of)

    @property
    def width(self) -> str:
        return _percent(1, self.of)

    @property
    def reach(self) -> int:
        """Return how far a tick reaches to either side of the middle."""
        return self.bar_width * 3 // 4

    @property
    def result_bar(self) -> Box | None:
        if self.result_y is None:
            return None
        top = min(self.result_y, self.zero_y)
        # A value that rounds to zero still shows as a line.
        height = max(abs(self.result_y - self.zero_y), 1)
        return Box(-(self.bar_width // 2), top, self.bar_width, height)

    @property
    def target_ticks(self) -> list[int]:
        """Return the heights of the target, or of both ends of a range."""
        return [y for y in (self.target_y, self.target_upper_y) if y is not None]

    @property
    def notches(self) -> list[int]:
        """Return the heights at which the bar hides a target, to be cut into the bar."""
        bar = self.result_bar
        return [y for y in self.target_ticks if bar and bar.y < y < bar.y + bar.height]

    @property
    def target_range(self) -> Box | None:
        """Return the frame from one end of a range of targets to the other."""
        if self.target_y is None or self.target_upper_y is None:
            return None
        height = self.target_y - self.target_upper_y
        return Box(-self.reach, self.target_upper_y, 2 * self.reach, height)

    @property
    def target_diamonds(self) -> list[str]:
        size = MARKER
        return [
            f"M0 {y - size}l{size} {size} {-size} {size} {-size} {-size}z"
            for y in self.target_ticks
        ]


@dataclass(frozen=True)
class Chart:
    """
    A chart of one series; ``has_bars`` says whether it starts from zero.

    Shares of a whole that all lie close together are points on an axis cut short.
    """

    axis_width: int
    unit: str
    has_bars: bool
    zero_y: int
    marks: list[Mark]
    columns: list[Column]
    title: str
    fits_narrow: bool  # numbers have room under their columns on a telephone
    fits_wide: bool
    breaks: list[Break]

    @property
    def has_targets(self) -> bool:
        return any(column.target_ticks for column in self.columns)

    @property
    def note(self) -> str:
        return "" if self.has_bars else "trục không bắt đầu từ 0"

    @property
    def year_y(self) -> int:
        return PLOT_TOP + PLOT_HEIGHT + ROW_HEIGHT - 4

    @property
    def result_row_y(self) -> int:
        return self.year_y + ROW_HEIGHT

    @property
    def target_row_y(self) -> int:
        return self.result_row_y + ROW_HEIGHT - 4

    @property
    def height(self) -> int:
        last = self.year_y
        if self.fits_wide:
            last = self.target_row_y if self.has_targets else self.result_row_y
        return last + 8

    @property
    def result_lines(self) -> list[Segment]:
        return self._segments(attrgetter("result_y"))

    @property
    def target_lines(self) -> list[Segment]:
        return self._segments(attrgetter("target_y"))

    def _segments(self, height) -> list[Segment]:
        return [
            Segment(one.middle, height(one), other.middle, height(other))
            for one, other in joined(self.columns, height, self.breaks)
        ]


def joined(
    columns: Iterable[Column], height: Callable[[Column], int | None], breaks: Iterable[Break]
) -> list[tuple[Column, Column]]:
    """
    Return the neighbouring years a line goes between.

    A missing year or a break leaves a gap, never a bridge.
    """
    broken = {found.year for found in breaks}
    return [
        (one, other)
        for one, other in pairwise(columns)
        if None not in (height(one), height(other)) and other.year not in broken
    ]


def chart(figures: list[Figure], breaks: Iterable[SeriesBreak] = ()) -> Chart | None:
    """
    Return the chart of one series of whole years in time order, or None without numbers.

    Years without a figure between the first and the last keep their place, empty; so do the
    marks of ``breaks`` between them.
    """
    by_year = {figure.year: figure for figure in figures if values([figure])}
    if not by_year:
        return None
    last = max(by_year)
    years = range(max(min(by_year), last - LATEST_YEARS + 1), last + 1)
    shown = [by_year[year] for year in years if year in by_year]
    has_bars = not is_narrow_share(shown)
    ticks = axis_ticks(values(shown), with_zero=has_bars)
    scale = Scale(ticks[0], ticks[-1], PLOT_TOP, PLOT_HEIGHT)
    zero_y = scale.place(Decimal(0)) if has_bars else PLOT_TOP + PLOT_HEIGHT
    bar_width = 24 if len(years) <= ROOMY_YEARS else 14
    columns = columns_of(by_year, years, scale, zero_y=zero_y, bar_width=bar_width)
    printed = [portal.figure(tick) for tick in ticks]
    axis_width = text_width(printed) + 8
    # The target's number is preceded by «KH ».
    labels = [column.result_label for column in columns]
    labels += [f"KH {column.target_label}" for column in columns]
    needed = len(columns) * (text_width(labels) + 6)
    return Chart(
        axis_width=axis_width,
        unit=shown[0].indicator.unit,
        has_bars=has_bars,
        zero_y=zero_y,
        marks=[Mark(scale.place(tick), label) for tick, label in zip(ticks, printed, strict=True)],
        columns=columns,
        title=_title(shown),
        fits_narrow=needed <= NARROW - axis_width,
        fits_wide=needed <= WIDE - axis_width,
        breaks=breaks_of(breaks, years),
    )


def breaks_of(breaks: Iterable[SeriesBreak], years: range, least: int = 1) -> list[Break]:
    """Return the marks of the breaks that part two of ``years``, in time order."""
    inside = sorted((found for found in breaks if found.year in years[1:]), key=attrgetter("year"))
    return [
        Break(
            found.year,
            _percent(years.index(found.year), max(len(years), least)),
            BREAK_LABEL if len(inside) == 1 else str(number),
            found.reason,
        )
        for number, found in enumerate(inside, 1)
    ]


def columns_of(
    by_year: dict[int, Figure],
    years: range,
    scale: Scale,
    *,
    zero_y: int,
    bar_width: int,
    least: int = 1,
) -> list[Column]:
    """Return a column for each year, in a drawing that has room for ``least`` or more."""

    def column(place, year):
        around = {
            "year": year,
            "place": place,
            "of": max(len(years), least),
            "zero_y": zero_y,
            "bar_width": bar_width,
            "is_minor": len(years) > ROOMY_YEARS and (years[-1] - year) % 2 == 1,
        }
        figure = by_year.get(year)
        if figure is None:
            return Column(result_y=None, target_y=None, target_upper_y=None, **around)
        return Column(
            result_y=scale.place(figure.result),
            target_y=scale.place(figure.target),
            target_upper_y=scale.place(figure.target_upper),
            result_label=wording.result(figure),
            target_label=wording.target(figure),
            words=wording.year_in_words(figure),
            **around,
        )

    return [column(place, year) for place, year in enumerate(years)]


def values(figures: list[Figure]) -> list[Decimal]:
    """Return every number a drawing of these figures has to hold."""
    numbers = [(figure.result, figure.target, figure.target_upper) for figure in figures]
    return [number for triple in numbers for number in triple if number is not None]


def text_width(texts: list[str]) -> int:
    """Return about how many pixels the longest of these texts takes; points take half a letter."""
    letters = (len(text) - text.count(".") / 2 - text.count(",") / 2 for text in texts)
    return round(max(letters) * LETTER_WIDTH)


def axis_ticks(numbers: list[Decimal], with_zero: bool) -> list[Decimal]:
    """Return about five rounded values that enclose all of ``numbers``, rising."""
    low, high = min(numbers), max(numbers)
    if with_zero:
        low, high = min(low, Decimal(0)), max(high, Decimal(0))
    span = (high - low) or abs(high) / 100 or Decimal(1)
    step = _nice_step(span / 4)
    first = (low / step).to_integral_value(ROUND_FLOOR)
    last = (high / step).to_integral_value(ROUND_CEILING)
    if first == last:
        # Down from a share of 100 %, up from zero.
        first, last = (first, last + 1) if with_zero else (first - 1, last)
    return [step * position for position in range(int(first), int(last) + 1)]


def _nice_step(least: Decimal) -> Decimal:
    """Return the smallest of 1, 2, 5 times a power of ten that is not below ``least``."""
    power = Decimal(1).scaleb(least.adjusted())
    return next(step * power for step in _NICE_STEPS if step * power >= least)


def _percent(part: int, whole: int) -> str:
    """Return a share as SVG reads it, with a point whatever the language: «12.5%»."""
    return f"{part / whole:.2%}"


def is_narrow_share(figures: list[Figure]) -> bool:
    """Say whether these are shares of a whole so close together that bars would hide it."""
    numbers = values(figures)
    indicator = figures[0].indicator
    is_share = indicator.is_percentage and not indicator.is_change
    return is_share and min(numbers) >= 50 and max(numbers) - min(numbers) <= 20


def _title(figures):
    first, last = figures[0], figures[-1]
    years = f"năm {first.year}" if first is last else f"{first.year}–{last.year}"
    return f"{first.indicator.name}, {first.territory.name}, {years}"
