"""Small bar charts drawn by the server: how many of something, period by period."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

WIDTH, HEIGHT = 320, 120  # of the drawing, like every length in this module
PLOT_TOP, PLOT_BOTTOM = 20, 98
GAP = 0.25  # of a bar's room
SMALLEST = 1.5  # a bar that stands for something is seen


@dataclass(frozen=True)
class Bar:
    label: str
    value: int
    x: float
    y: float
    width: float
    height: float
    is_open: bool  # its period goes on


@dataclass(frozen=True)
class BarChart:
    """Bars over equal periods, the last of which may not be over yet; the axis starts from zero."""

    title: str
    unit: str  # of time, what one bar is: «tuần»
    period: str  # the same before its label: «Tuần từ ngày»
    counted: str  # what is counted, in small letters: «lượt xem»
    note: str
    url: str  # of the page that shows more
    bars: list[Bar]

    width, height = WIDTH, HEIGHT
    top, bottom, label_y = PLOT_TOP, PLOT_BOTTOM, PLOT_BOTTOM + 17

    @property
    def total(self) -> int:
        return sum(bar.value for bar in self.bars)

    @property
    def highest(self) -> Bar:
        return max(self.bars, key=lambda bar: bar.value)

    @property
    def first(self) -> Bar:
        return self.bars[0]

    @property
    def last(self) -> Bar:
        return self.bars[-1]


def bar_chart(
    values: Sequence[tuple[str, int]],
    *,
    title: str,
    unit: str,
    period: str,
    counted: str,
    note: str = "",
    url: str = "",
    is_open: bool = True,
) -> BarChart:
    """Return the chart of (label, count) pairs in time order; without bars when all are zero."""
    most = max((value for _, value in values), default=0)
    room = WIDTH / max(len(values), 1)
    bars = [
        _bar(label, value, number, room, value / most, is_open and number == len(values) - 1)
        for number, (label, value) in enumerate(values)
        if most
    ]
    return BarChart(title, unit, period, counted, note, url, bars)


def daily_views(views: Mapping[date, int], today: date, **words: str) -> BarChart:
    """Return views by day from the first day counted: of those before nothing is known."""
    begun = min(views, default=today)
    days = [begun + timedelta(days=number) for number in range((today - begun).days + 1)]
    return bar_chart(
        [(f"{day:%d/%m}", views.get(day, 0)) for day in days],
        unit="ngày",
        period="Ngày",
        counted="lượt xem",
        **words,
    )


def _bar(label, value, number, room, share, is_open):
    height = max(share * (PLOT_BOTTOM - PLOT_TOP), SMALLEST) if value else 0
    return Bar(
        label,
        value,
        x=round((number + GAP / 2) * room, 2),
        y=round(PLOT_BOTTOM - height, 2),
        width=round((1 - GAP) * room, 2),
        height=round(height, 2),
        is_open=is_open,
    )
