"""
What a printed number allows: the interval its exact value may lie in.

«7,14» was rounded from something between 7,135 and 7,145; «trên 430» is more than 430 and
less than the 440 one would have said otherwise. What follows from several numbers follows
from their intervals, and a statement is wrong only where the two do not meet (decision 23).
None means «proves nothing».
"""

from collections.abc import Iterable
from decimal import Decimal
from itertools import product
from typing import NamedTuple

from indicators import formulas
from indicators.formulas import HUNDRED

# Offices cut off digits as often as they round, and add up what they rounded before.
HAIR = Decimal("0.01")  # percentage points
_HALF = Decimal("0.5")
_INFINITY = Decimal("Infinity")


class Interval(NamedTuple):
    low: Decimal
    high: Decimal

    @property
    def is_bounded(self) -> bool:
        return self.low.is_finite() and self.high.is_finite()


def allowed(
    value: Decimal | None, qualifier: str = "", digits: int | None = None
) -> Interval | None:
    """
    Return what a number may stand for, by its ``digits`` and the word before it.

    ``digits`` are the decimals it is written with, −2 for hundreds; those it is stored with
    where it is not known how it was written. «Trên» and «gần» reach as far as the last digit
    that is not 0, an estimate is rounded to that digit, and «khoảng» is one of it to both
    sides. «Tối thiểu» and «không quá» are open on one side. What is expected was decided as
    it is written, so that nothing is added to it.
    """
    if value is None:
        return None
    written = Decimal(1).scaleb(-_decimals(value) if digits is None else -digits)
    if qualifier in {"", "expected"}:
        return Interval(value - written * _HALF, value + written * _HALF)
    last = max(written, _last_digit(value))
    below, above = {
        "estimated": (last * _HALF, last * _HALF),
        "about": (last, last),
        "over": (0, last),
        "nearly": (last, 0),
        "at_least": (0, _INFINITY),
        "at_most": (_INFINITY, 0),
    }[qualifier]
    return Interval(value - below, value + above)


def allowed_change(
    change: Decimal | None, qualifier: str = "", digits: int | None = None
) -> Interval | None:
    """Return what a rate of change may stand for; of a fall the word speaks of its size."""
    if formulas.by_size(1, change) > 0:
        return allowed(change, qualifier, digits)
    fall = allowed(-change, qualifier, digits)
    return Interval(-fall.high, -fall.low)


def allowed_rate(
    rate: Decimal | None, qualifier: str = "", digits: int | None = None
) -> Interval | None:
    """
    Return what a stated percentage may stand for.

    As ``allowed_change``, but «tăng trên 30%» is not contradicted by 45%, nor «giảm gần 5%» by
    3%: the further side of such a word stays open.
    """
    if rate is None or qualifier not in {"over", "nearly", "at_least", "at_most"}:
        return allowed_change(rate, qualifier, digits)
    side = formulas.by_size(1 if qualifier in {"over", "at_least"} else -1, rate)
    return Interval(rate, _INFINITY) if side > 0 else Interval(-_INFINITY, rate)


def growth(current: Interval | None, base: Interval | None) -> Interval | None:
    """Return the rates of growth, in percent, from any base allowed to any current value."""
    if not _are_bounded(current, base) or base.low <= 0 <= base.high:
        return None
    return _hull((one - other) / abs(other) * HUNDRED for one, other in product(current, base))


def over(result: Interval | None, target: Interval | None) -> Interval | None:
    """Return by how many percent a result may be above its target; None of a target ≤ 0."""
    return growth(result, target) if target is not None and target.low > 0 else None


def difference(one: Interval | None, other: Interval | None) -> Interval | None:
    """Return by how many points two percentages may differ."""
    if not _are_bounded(one, other):
        return None
    return Interval(one.low - other.high, one.high - other.low)


def before_change(value: Interval | None, percent: Interval | None) -> Interval | None:
    """Return what ``value`` may have been before it changed by so many percent; no sign changed."""
    if not _are_bounded(value, percent) or value.low <= 0 <= value.high:
        return None
    before = [formulas.implied_base(one, rate) for one, rate in product(value, percent)]
    return None if None in before else _hull(before)


def total(parts: Iterable[Interval]) -> Interval:
    parts = list(parts)
    return Interval(sum(part.low for part in parts), sum(part.high for part in parts))


def disagrees(stated: Interval | None, computed: Interval | None, slack: Decimal = HAIR) -> bool:
    """Say whether no exact values could give both; never of what is not known."""
    if stated is None or computed is None:
        return False
    return stated.high + slack < computed.low or computed.high + slack < stated.low


def _are_bounded(*intervals: Interval | None) -> bool:
    return all(interval is not None and interval.is_bounded for interval in intervals)


def _hull(values: Iterable[Decimal]) -> Interval:
    values = list(values)
    return Interval(min(values), max(values))


def _decimals(value: Decimal) -> int:
    return max(0, -value.normalize().as_tuple().exponent)


def _last_digit(value: Decimal) -> Decimal:
    """Return the size of the last digit that is not 0: 10 of 35.360; of zero nothing."""
    return Decimal(1).scaleb(value.normalize().as_tuple().exponent) if value else Decimal(0)
