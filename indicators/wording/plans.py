"""Results held against their plans: «vượt 4,44% kế hoạch»."""

from collections import Counter
from decimal import Decimal

from indicators.formulas import HUNDRED, Assessment, Direction, side_of
from indicators.models import Figure
from indicators.wording.numbers import result, target
from portal.numbers import half_up
from portal.templatetags import portal

LESS_IS_BETTER = "càng thấp càng tốt"
_OUTCOMES = [
    (Assessment.EXCEEDED, "vượt"),
    (Assessment.MET, "đạt"),
    (Assessment.MISSED, "không đạt"),
    (Assessment.NO_RESULT, "chưa có kết quả"),
]
_UNJUDGED = [
    (Assessment.NO_TARGET, "chưa giao kế hoạch"),
    (Assessment.NOT_ASSESSED, "chỉ theo dõi, không đánh giá"),
]


def against_plan(figure: Figure) -> str:
    """
    Return how the result stands against its plan: «vượt 4,44% kế hoạch».

    Percentages and rates of change differ by points. Empty when there is nothing to say.
    ``Comparisons.assessment`` goes by the same number.
    """
    if figure.stated_over_plan_stands:
        return over_plan(
            figure.stated_over_plan, figure.indicator.direction, figure.target_qualifier
        )
    if figure.target_upper is not None and figure.result is not None:
        return _against_range(figure)
    if figure.plan_gap == 0:
        return _equal(figure)
    if figure.indicator.is_percentage and figure.plan_gap is not None:
        return _difference(figure.plan_gap, "điểm %")
    if figure.over_plan is not None:
        return over_plan(figure.over_plan, figure.indicator.direction, figure.target_qualifier)
    if figure.plan_gap is not None:
        return _difference(figure.plan_gap, figure.indicator.unit)
    return Figure.Outcome(figure.stated_outcome).label.lower() if figure.stated_outcome else ""


def over_plan(over: Decimal, direction: str, target_qualifier: str = "") -> str:
    """Return «vượt 4,44% kế hoạch», or how much higher or lower where more is not better."""
    shown = half_up(over)
    if not over:
        return "đúng bằng kế hoạch"
    if not shown:
        return "xấp xỉ kế hoạch"
    printed = portal.figure(abs(shown), "%")
    if HUNDRED + over < 0:  # a loss where a profit was planned
        return "thấp hơn kế hoạch"
    if not _more_is_better(direction, target_qualifier):
        return f"{'cao' if over > 0 else 'thấp'} hơn kế hoạch {printed}"
    return f"vượt {printed} kế hoạch" if over > 0 else f"bằng {_percent(HUNDRED + shown)} kế hoạch"


def share_of_plan(figure: Figure) -> str:
    """Return the result as a share of its plan where more is better, else as ``against_plan``."""
    share = figure.attainment
    more_is_better = _more_is_better(figure.indicator.direction, figure.target_qualifier)
    if share is None or share < 0 or not more_is_better:
        return against_plan(figure)
    shown = half_up(share)
    if shown == HUNDRED and figure.assessment != Assessment.MET:
        return against_plan(figure)
    return f"({_percent(shown)} kế hoạch)"


def verdict(figure: Figure) -> str:
    """
    Return how a result stands against its plan, with both numbers.

    «vượt 4,44% kế hoạch: trên 35.360 so với 33.857 tỷ đồng, kế hoạch suy ra». Empty without
    both, and for rates of change, of which the achievement itself is a comparison.
    """
    if figure.result is None or figure.target is None or figure.indicator.is_change:
        return ""
    compared, unit = against_plan(figure), figure.indicator.unit
    if not compared.startswith(("vượt", "cao hơn", "thấp hơn", "đúng bằng")):
        compared = f"đạt {compared.removeprefix('bằng ')}"
    # «35.360 so với 33.857 tỷ đồng», but «99,61% so với 99,5%».
    achieved = result(figure, unit if unit == "%" else "")
    planned = target(figure, unit)
    if Figure.Qualifier(figure.target_qualifier).bound:
        planned = f"kế hoạch {planned}"
    derived = ", kế hoạch suy ra" if figure.target_is_derived else ""
    aim = f" ({LESS_IS_BETTER})" if is_lower_better(figure) else ""
    return f"{compared}{aim}: {achieved} so với {planned}{derived}"


def summary(assessments: list[Assessment], year: int) -> str:
    """Return a sentence that counts how the figures of a year stand against their plans."""
    counts = Counter(assessments)
    judged = [(counts[assessment], word) for assessment, word in _OUTCOMES if counts[assessment]]
    planned = sum(count for count, _ in judged)
    if planned == counts[Assessment.NO_RESULT] == len(assessments):
        return f"{planned} chỉ tiêu được đặt ra cho năm {year}, chưa có kết quả."
    if not planned:
        why = (
            "chưa chỉ tiêu nào có kế hoạch để so sánh"
            if counts[Assessment.NO_TARGET]
            else "chỉ theo dõi, không đánh giá"
        )
        return f"Có số liệu của {len(assessments)} chỉ tiêu, {why}."
    listed = ", ".join(f"{count} {word}" for count, word in judged)
    others = [f"{counts[kind]} chỉ tiêu {word}" for kind, word in _UNJUDGED if counts[kind]]
    return "; ".join([f"Trong {planned} chỉ tiêu có kế hoạch: {listed}", *others]) + "."


def _equal(figure):
    """Return how a result stands that is the planned number; «trên 430» is above 430."""
    qualifier = Figure.Qualifier(figure.result_qualifier)
    if not qualifier.cuts_short:
        return "đúng bằng kế hoạch"
    if qualifier == Figure.Qualifier.NEARLY:
        return "gần bằng kế hoạch"
    sides = {1: "trên mức kế hoạch", -1: "dưới mức kế hoạch"}
    return sides.get(figure.leaning, "xấp xỉ kế hoạch")


def _more_is_better(direction, target_qualifier):
    """Say whether to be above the plan is to exceed it; of a plan «không quá» it is not."""
    is_ceiling = Figure.Qualifier(target_qualifier).bound < 0
    return direction == Direction.HIGHER and not is_ceiling


def is_lower_better(figure: Figure) -> bool:
    return figure.indicator.direction == Direction.LOWER and figure.assessment.is_judged


def _difference(gap, unit):
    return f"{'cao' if gap > 0 else 'thấp'} hơn kế hoạch {portal.figure(abs(gap), unit)}"


def _against_range(figure):
    sides = {-1: "thấp hơn cận dưới của kế hoạch", 1: "cao hơn cận trên của kế hoạch"}
    side = side_of(figure.result, figure.target, figure.target_upper, figure.leaning)
    return sides.get(side, "trong khoảng kế hoạch")


def _percent(value):
    return portal.figure(value, "%")
