"""The geometry of charts drawn by the server: targets against results over the years."""

from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from itertools import pairwise

from indicators import wording
from indicators.models import Figure
from portal.templatetags import portal

LATEST_YEARS = 12  # a longer series shows its end; the table below it has all of it
PLOT_TOP, PLOT_HEIGHT = 28, 180  # pixels, like every length in this module
ROW_HEIGHT = 24
LETTER_WIDTH = 7.2  # of a digit at the chart's size of type
SLOT_MIN, PLOT_MIN, MARGIN = 84, 240, 84
RESULT_WIDTH, TARGET_WIDTH, MARKER = 28, 46, 7

_NICE_STEPS = [Decimal(1), Decimal(2), Decimal(5), Decimal(10)]


@dataclass(frozen=True)
class Box:
    x: int
    y: int
    width: int
    height: int


@dataclass(frozen=True)
class Tick:
    y: int
    label: str


@dataclass(frozen=True)
class Column:
    """What stands above one year; a missing value has no place and the label «—»."""

    year: int
    x: int  # the middle
    result_y: int | None
    target_y: int | None
    target_upper_y: int | None
    result_label: str
    target_label: str
    zero_y: int

    @property
    def result_bar(self) -> Box | None:
        return self._bar(self.result_y, RESULT_WIDTH)

    @property
    def target_frame(self) -> Box | None:
        """Return the outline from zero to the target, or to the far end of a range."""
        ends = [y for y in (self.target_y, self.target_upper_y) if y is not None]
        far = max(ends, key=lambda y: abs(y - self.zero_y), default=None)
        return self._bar(far, TARGET_WIDTH)

    @property
    def target_ends(self) -> list[int]:
        return [y for y in (self.target_y, self.target_upper_y) if y is not None]

    @property
    def target_left(self) -> int:
        return self.x - TARGET_WIDTH // 2

    @property
    def target_right(self) -> int:
        return self.x + TARGET_WIDTH // 2

    @property
    def target_diamonds(self) -> list[str]:
        return [_diamond(self.x, y, MARKER) for y in self.target_ends]

    def _bar(self, y, width):
        if y is None:
            return None
        top = min(y, self.zero_y)
        # A value that rounds to zero still shows as a line.
        return Box(self.x - width // 2, top, width, max(abs(y - self.zero_y), 1))


@dataclass(frozen=True)
class Chart:
    """
    A chart of one series; ``has_bars`` says whether it starts from zero.

    Shares of a whole that all lie close together are points on an axis cut short.
    """

    width: int
    height: int
    left: int  # where the plot begins
    unit: str
    has_bars: bool
    zero_y: int
    ticks: list[Tick]
    columns: list[Column]
    title: str
    description: str

    @property
    def has_targets(self) -> bool:
        return any(column.target_ends for column in self.columns)

    @property
    def axis_label(self) -> str:
        return self.unit if self.has_bars else f"{self.unit} (trục không bắt đầu từ 0)"

    @property
    def key_diamond(self) -> str:
        return _diamond(6, self.target_row_y - 4, 5)

    @property
    def year_y(self) -> int:
        return PLOT_TOP + PLOT_HEIGHT + ROW_HEIGHT

    @property
    def result_row_y(self) -> int:
        return self.year_y + ROW_HEIGHT

    @property
    def target_row_y(self) -> int:
        return self.result_row_y + ROW_HEIGHT

    @property
    def result_lines(self) -> list[str]:
        return self._lines([(column.x, column.result_y) for column in self.columns])

    @property
    def target_lines(self) -> list[str]:
        return self._lines([(column.x, column.target_y) for column in self.columns])

    @staticmethod
    def _lines(points):
        """Join neighbouring years; a missing year leaves a gap, never a bridge."""
        pairs = pairwise(points)
        return [f"M{a} {b}L{c} {d}" for (a, b), (c, d) in pairs if None not in (b, d)]


def chart(figures: list[Figure]) -> Chart | None:
    """
    Return the chart of one series of whole years in time order, or None without numbers.

    Years without a figure between the first and the last keep their place, empty.
    """
    by_year = {figure.year: figure for figure in figures if _values([figure])}
    if not by_year:
        return None
    last = max(by_year)
    years = range(max(min(by_year), last - LATEST_YEARS + 1), last + 1)
    shown = [by_year[year] for year in years if year in by_year]
    has_bars = not _is_narrow_share(shown)
    ticks = _ticks(_values(shown), with_zero=has_bars)
    low, high = ticks[0], ticks[-1]

    def place(value):
        if value is None:
            return None
        return PLOT_TOP + round((high - value) / (high - low) * PLOT_HEIGHT)

    printed = [portal.figure(tick) for tick in ticks]
    left = max(MARGIN, _text_width(printed) + 12)
    labels = [(wording.result(figure), wording.target(figure)) for figure in shown]
    widest_label = _text_width([label for pair in labels for label in pair])
    slot = max(SLOT_MIN, widest_label + 12, PLOT_MIN // len(years))
    zero_y = place(Decimal(0)) if has_bars else PLOT_TOP + PLOT_HEIGHT

    def column(position, year):
        figure = by_year.get(year)
        return Column(
            year=year,
            x=left + slot * position + slot // 2,
            result_y=place(figure.result) if figure else None,
            target_y=place(figure.target) if figure else None,
            target_upper_y=place(figure.target_upper) if figure else None,
            result_label=wording.result(figure) if figure else portal.MISSING,
            target_label=wording.target(figure) if figure else portal.MISSING,
            zero_y=zero_y,
        )

    rows = 3 if any(figure.target is not None for figure in shown) else 2
    return Chart(
        width=left + slot * len(years),
        height=PLOT_TOP + PLOT_HEIGHT + ROW_HEIGHT * rows + 8,
        left=left,
        unit=shown[0].indicator.unit,
        has_bars=has_bars,
        zero_y=zero_y,
        ticks=[Tick(place(tick), label) for tick, label in zip(ticks, printed, strict=True)],
        columns=[column(position, year) for position, year in enumerate(years)],
        title=_title(shown),
        description=_description(shown),
    )


def share_of_target(figure: Figure, width: int) -> tuple[int, int] | None:
    """
    Return how far result and target reach on a bar ``width`` long, the larger filling it.

    None unless both are known and positive.
    """
    result, target = figure.result, figure.target
    if result is None or target is None or result <= 0 or target <= 0:
        return None
    longest = max(result, target)
    return round(result / longest * width), round(target / longest * width)


def _ticks(values: list[Decimal], with_zero: bool) -> list[Decimal]:
    """Return about five rounded values that enclose all of ``values``, rising."""
    low, high = min(values), max(values)
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


def _diamond(x, y, size):
    return f"M{x} {y - size}l{size} {size} {-size} {size} {-size} {-size}z"


def _is_narrow_share(figures):
    values = _values(figures)
    indicator = figures[0].indicator
    is_share = indicator.is_percentage and not indicator.is_change
    return is_share and min(values) >= 50 and max(values) - min(values) <= 20


def _values(figures):
    numbers = [(figure.result, figure.target, figure.target_upper) for figure in figures]
    return [number for triple in numbers for number in triple if number is not None]


def _text_width(texts):
    return round(max(map(len, texts)) * LETTER_WIDTH)


def _title(figures):
    first, last = figures[0], figures[-1]
    years = f"năm {first.year}" if first is last else f"{first.year}–{last.year}"
    return f"{first.indicator.name}, {first.territory.name}, {years}"


def _description(figures):
    return " ".join(map(_in_words, figures))


def _in_words(figure):
    unit = figure.indicator.unit
    parts = []
    if figure.result is not None:
        parts.append(f"thực hiện {wording.result(figure, unit)}")
    if figure.target is not None:
        derived = " (suy ra)" if figure.target_is_derived else ""
        parts.append(f"kế hoạch {wording.target(figure, unit)}{derived}")
    return f"Năm {figure.year}: {', '.join(parts)}."
