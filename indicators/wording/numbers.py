"""Single numbers and changes in words: «trên 35.360 tỷ đồng», «tăng 12,06%»."""

from decimal import Decimal

from indicators.models import Figure
from indicators.models.figures import Statement
from portal.numbers import half_up
from portal.templatetags import portal

DERIVED = "suy ra"
FORESEEN = {Figure.Qualifier.ESTIMATED, Figure.Qualifier.EXPECTED}


def number(value: Decimal | None, qualifier: str = "", unit: str = "") -> str:
    """Return a number as its source qualified it: «ước 26,08%»; «—» when missing."""
    printed = portal.figure(value, unit)
    if value is None or not qualifier:
        return printed
    return f"{Figure.Qualifier(qualifier).label} {printed}"


def result(figure: Figure, unit: str = "") -> str:
    return number(figure.result, figure.result_qualifier, unit)


def target(figure: Statement, unit: str = "", *, marked: bool = False) -> str:
    """
    Return the target, as a range where it is one: «7,5–8,0» is printed «7,5–8».

    ``marked`` says behind it where it was worked out: «33.857 (suy ra)».
    """
    mark = derived_mark(figure) if marked else ""
    if figure.target is None or figure.target_upper is None:
        return number(figure.target, figure.target_qualifier, unit) + mark
    upper = portal.figure(figure.target_upper, unit)
    return f"{number(figure.target, figure.target_qualifier)}–{upper}{mark}"


def derived_mark(figure: Statement) -> str:
    return f" ({DERIVED})" if figure.target_is_derived else ""


def previous(figure: Figure, unit: str = "") -> str:
    return number(figure.previous_result, figure.previous_qualifier or "", unit)


def growth(figure: Figure) -> str:
    """
    Return the change on the year before: «tăng 12,06%»; empty when unknown.

    Computed from a number such as «trên 430», it is said to be about right.
    """
    is_rough = figure.stated_growth is None and figure.growth_is_rough
    return change(figure.growth, figure.indicator.growth_unit, is_rough)


def refusal(figure: Figure) -> str:
    """
    Return that there is no comparison with the year before: «không so được với năm 2024».

    Empty unless the territory is no longer what it was and nobody restated that year.
    """
    is_compared = figure.growth is not None or figure.previous is not None
    if is_compared or figure.indicator.is_change or not figure.break_reason:
        return ""
    return f"không so được với {year_before(figure)}"


def explained_refusal(figure: Figure) -> str:
    """Return ``refusal`` with its reason: «không so được với năm 2024: hợp nhất hai tỉnh»."""
    refused = refusal(figure)
    return f"{refused}: {figure.break_reason}" if refused else ""


def restatement(figure: Figure) -> str:
    """Return how the year before comes by another result than its own; empty when it does not."""
    if figure.restated_previous is None:
        return ""
    return "tính lại theo địa bàn mới" if figure.break_reason else "tính lại"


def base(figure: Figure) -> str:
    """Return what a result is compared with: the year before, perhaps as restated."""
    return " ".join(filter(None, [year_before(figure), restatement(figure)]))


def target_growth(figure: Figure) -> str:
    """Return the planned change on the year before, in the words of ``growth``."""
    is_rough = figure.target_stated_growth is None and figure.target_growth_is_rough
    return change(figure.target_growth, figure.indicator.growth_unit, is_rough)


def change(value: Decimal | None, unit: str = "%", is_rough: bool = False) -> str:
    """Return a change with its direction as a word, never as a sign alone."""
    if value is None:
        return ""
    is_none, value = not value, half_up(value)
    if not value:
        return "không đổi" if is_none else "gần như không đổi"
    direction = "tăng" if value > 0 else "giảm"
    return f"{direction} {'khoảng ' if is_rough else ''}{portal.figure(abs(value), unit)}"


def rate(figure: Figure) -> str:
    """Return a rate of change as its source qualified it: «ước tăng 26,08%», «tăng trên 8%»."""
    qualifier = Figure.Qualifier(figure.result_qualifier)
    changed = growth(figure)
    if qualifier in FORESEEN:
        return f"{qualifier.label} {changed}"
    if qualifier.cuts_short and figure.growth:
        direction, _, value = changed.partition(" ")
        return f"{direction} {qualifier.label} {value}"
    return changed


def planned_change(figure: Figure) -> str:
    """
    Return the target of a rate of change: «tăng tối thiểu 8%», «giảm 2–3%», «từ −1 đến 2%».

    Of a fall the word before it speaks of its size, as in ``formulas.by_size``.
    """
    lower, upper, unit = figure.target, figure.target_upper, figure.indicator.unit
    if lower < 0:
        if upper is not None and upper > 0:
            return f"từ {number(lower, figure.target_qualifier)} đến {number(upper, unit=unit)}"
        size = Figure(target=-lower, target_qualifier=figure.target_qualifier)
        if upper is not None:
            size.target, size.target_upper = -upper, -lower
        return f"giảm {target(size, unit)}"
    if not lower and upper is None and not Figure.Qualifier(figure.target_qualifier).bound:
        return change(lower)
    return f"tăng {target(figure, unit)}"


def year_before(figure: Figure) -> str:
    """Return what a change is one from: «năm 2022», «cùng kỳ năm 2022»."""
    return f"{'' if figure.months == 12 else 'cùng kỳ '}năm {figure.year - 1}"
