"""The calculations behind what is shown, written out with their numbers."""

from decimal import Decimal

from indicators import formulas, wording
from indicators.formulas import HUNDRED
from indicators.models import Figure
from portal.numbers import half_up
from portal.templatetags import portal


def sums(figure: Figure) -> list[str]:
    """Return «So với kế hoạch: 110 ÷ 100 = 110%.» and the like, as far as there is a sum."""
    return [line for line in (_plan_sum(figure), _growth_sum(figure)) if line]


def _plan_sum(figure):
    if figure.result is None or figure.target is None or figure.over_plan is None:
        return ""
    achieved, planned = portal.figure(figure.result), portal.figure(figure.target)
    if figure.target_is_derived and figure.stated_over_plan_stands:
        return (
            f"Kế hoạch suy ra: {achieved} ÷ {_whole_and(figure.stated_over_plan)} = "
            f"{planned} {figure.indicator.unit}."
        )
    share = formulas.attainment(figure.result, figure.target)
    if share is None:
        return ""
    return f"So với kế hoạch: {achieved} ÷ {planned} = {_percent(share)}."


def _growth_sum(figure):
    if figure.indicator.is_change or figure.result is None:
        return ""
    if figure.growth_index is None or figure.previous_result is None:
        return ""
    achieved, before = portal.figure(figure.result), wording.previous(figure)
    if figure.previous_is_derived:
        return (
            f"Năm {figure.year - 1} suy ra: {achieved} ÷ {_whole_and(figure.stated_growth)} = "
            f"{before} {figure.indicator.unit}."
        )
    index = HUNDRED + figure.computed_growth
    return f"So với {wording.base(figure)}: {achieved} ÷ {before} = {_percent(index)}."


def _whole_and(percent: Decimal) -> str:
    """Return the divisor «(100% + 4,44%)»."""
    sign = "−" if percent < 0 else "+"
    return f"(100% {sign} {portal.figure(abs(percent), '%')})"


def _percent(value):
    return portal.figure(half_up(value), "%")
