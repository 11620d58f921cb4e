"""Rounding as people do it on paper."""

from decimal import ROUND_HALF_UP, Decimal


def half_up(value: Decimal, digits: int = 2) -> Decimal:
    """Return ``value`` to so many decimals, halves away from zero: 0,125 is 0,13."""
    return value.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)
