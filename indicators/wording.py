"""
Figures in Vietnamese words: «trên 35.360 tỷ đồng», «vượt 4,44% kế hoạch».

Every function takes a Figure (or several) and returns plain text for the public.
"""

from collections import Counter
from decimal import Decimal

from indicators.formulas import HUNDRED, Assessment, Direction
from indicators.models import Figure
from portal.templatetags import portal


def number(value: Decimal | None, qualifier: str = "", unit: str = "") -> str:
    """Return a number as its source qualified it: «ước 26,08%»; «—» when missing."""
    printed = portal.figure(value, unit)
    if value is None or not qualifier:
        return printed
    return f"{Figure.Qualifier(qualifier).label} {printed}"


def result(figure: Figure, unit: str = "") -> str:
    return number(figure.result, figure.result_qualifier, unit)


def target(figure: Figure, unit: str = "") -> str:
    """Return the target, as a range where it is one: «7,5–8,0» is printed «7,5–8»."""
    if figure.target is None or figure.target_upper is None:
        return number(figure.target, figure.target_qualifier, unit)
    upper = portal.figure(figure.target_upper, unit)
    return f"{number(figure.target, figure.target_qualifier)}–{upper}"


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
    return f"không so được với {_year_before(figure)}"


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
    return " ".join(filter(None, [_year_before(figure), restatement(figure)]))


def target_growth(figure: Figure) -> str:
    """Return the planned change on the year before, in the words of ``growth``."""
    is_rough = figure.target_stated_growth is None and figure.target_growth_is_rough
    return change(figure.target_growth, figure.indicator.growth_unit, is_rough)


def change(value: Decimal | None, unit: str = "%", is_rough: bool = False) -> str:
    """Return a change with its direction as a word, never as a sign alone."""
    if value is None:
        return ""
    is_none, value = not value, round(value, 2)
    if not value:
        return "không đổi" if is_none else "gần như không đổi"
    direction = "tăng" if value > 0 else "giảm"
    return f"{direction} {'khoảng ' if is_rough else ''}{portal.figure(abs(value), unit)}"


def rate(figure: Figure) -> str:
    """Return a rate of change as its source qualified it: «ước tăng 26,08%», «tăng trên 8%»."""
    qualifier = Figure.Qualifier(figure.result_qualifier)
    changed = growth(figure)
    if qualifier in _FORESEEN:
        return f"{qualifier.label} {changed}"
    if qualifier.cuts_short and figure.growth:
        direction, _, value = changed.partition(" ")
        return f"{direction} {qualifier.label} {value}"
    return changed


def against_plan(figure: Figure) -> str:
    """
    Return how the result stands against its plan: «vượt 4,44% kế hoạch».

    Percentages and rates of change differ by points. Empty when there is nothing to say.
    """
    if figure.target_upper is not None and figure.result is not None:
        return _against_range(figure)
    if figure.plan_gap == 0 and not figure.stated_over_plan:
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
    shown = round(over, 2)
    if not over:
        return "đúng bằng kế hoạch"
    if not shown:
        return "xấp xỉ kế hoạch"
    printed = portal.figure(abs(shown), "%")
    if HUNDRED + over < 0:  # a loss where a profit was planned
        return "thấp hơn kế hoạch"
    if not _more_is_better(direction, target_qualifier):
        return f"{'cao' if over > 0 else 'thấp'} hơn kế hoạch {printed}"
    return f"vượt {printed} kế hoạch" if over > 0 else f"bằng {_percent(HUNDRED + over)} kế hoạch"


def share_of_plan(figure: Figure) -> str:
    """Return the result as a share of its plan where more is better, else as ``against_plan``."""
    share = figure.attainment
    more_is_better = _more_is_better(figure.indicator.direction, figure.target_qualifier)
    if share is None or share < 0 or not more_is_better:
        return against_plan(figure)
    return f"({_percent(share)} kế hoạch)"


def status(figure: Figure) -> str:
    """Return the state of one figure in a sentence, with the numbers it rests on."""
    opening = f"{_capitalized(figure.period)}, {figure.territory.name}"
    if not figure.is_reported:
        return f"{opening} {_plan_sentence(figure)}"
    held_against_plan = verdict(figure)
    if held_against_plan:
        parts = [held_against_plan]
    else:
        parts = [", ".join(filter(None, [_achievement(figure), _against_plan_aside(figure)]))]
    if not figure.indicator.is_change and figure.result is not None and growth(figure):
        parts.append(f"{growth(figure)} so với {base(figure)}")
    return f"{opening} {('; ' if held_against_plan else ', ').join(parts)}."


def verdict(figure: Figure) -> str:
    """
    Return how a result stands against its plan, with both numbers.

    «vượt 4,44% kế hoạch: trên 35.360 so với 33.857 tỷ đồng, kế hoạch suy ra». Empty without
    both, and for rates of change, of which the achievement itself is a comparison.
    """
    if figure.result is None or figure.target is None or figure.indicator.is_change:
        return ""
    compared, unit = against_plan(figure), figure.indicator.unit
    if not compared.startswith(("vượt", "cao hơn", "thấp hơn")):
        compared = f"đạt {compared}"
    # «35.360 so với 33.857 tỷ đồng», but «99,61% so với 99,5%».
    achieved = result(figure, unit if unit == "%" else "")
    planned = target(figure, unit)
    if Figure.Qualifier(figure.target_qualifier).bound:
        planned = f"kế hoạch {planned}"
    derived = ", kế hoạch suy ra" if figure.target_is_derived else ""
    aim = f" ({_LESS_IS_BETTER})" if _is_lower_better(figure) else ""
    return f"{compared}{aim}: {achieved} so với {planned}{derived}"


def number_in_words(figure: Figure) -> str:
    """Return what a figure amounts to: «trên 35.360 tỷ đồng», «tăng 8,7%», «kế hoạch 3.600 hộ»."""
    if not figure.is_reported and figure.target is not None:
        planned = target(figure, figure.indicator.unit)
        return f"kế hoạch {_planned_change(figure) if figure.indicator.is_change else planned}"
    if figure.indicator.is_change or figure.result is None:
        return rate(figure) or against_plan(figure)
    return result(figure, figure.indicator.unit)


def remarks(figure: Figure) -> str:
    """Return what is known beside the number itself: «tăng 12,06%, vượt 4,44% kế hoạch»."""
    if figure.indicator.is_change or (figure.result is None and figure.is_reported):
        return against_plan(figure)
    if not figure.is_reported:
        return target_growth(figure)
    return ", ".join(filter(None, [growth(figure), against_plan(figure)]))


def year_in_words(figure: Figure) -> str:
    """
    Return a period's numbers: «Năm 2023: thực hiện 35.360 tỷ đồng, kế hoạch 33.857 tỷ đồng».

    Of a rate of change it is said which way it went: «Năm 2023: ước tăng 26,08%».
    """
    is_change, unit = figure.indicator.is_change, figure.indicator.unit
    parts = []
    if figure.result is not None:
        parts.append(rate(figure) if is_change else f"thực hiện {result(figure, unit)}")
    if figure.target is not None:
        planned = _planned_change(figure) if is_change else target(figure, unit)
        parts.append(f"kế hoạch {planned}{' (suy ra)' if figure.target_is_derived else ''}")
    return f"{_capitalized(figure.period)}: {', '.join(parts)}"


def stated(figure: Figure) -> str:
    """Return what the source itself says of growth and plan; empty when it says nothing."""
    unit = figure.indicator.growth_unit
    parts = []
    if figure.stated_growth is not None:
        parts.append(f"{change(figure.stated_growth, unit)} so với {_year_before(figure)}")
    if figure.stated_over_plan is not None:
        direction = figure.indicator.direction
        parts.append(over_plan(figure.stated_over_plan, direction, figure.target_qualifier))
    if figure.stated_outcome:
        parts.append(Figure.Outcome(figure.stated_outcome).label.lower())
    if figure.target_stated_growth is not None:
        parts.append(f"kế hoạch {change(figure.target_stated_growth, unit)}")
    return ", ".join(parts)


def disagreements(figure: Figure) -> list[str]:
    """Return where the source's own rate does not follow from published figures."""
    found = []
    if figure.growth_disagrees:
        found.append(("", figure.stated_growth, figure.computed_growth))
    if figure.target_growth_disagrees:
        planned = figure.target_stated_growth, figure.computed_target_growth
        found.append(("kế hoạch ", *planned))
    unit = figure.indicator.growth_unit
    return [
        f"Nguồn ghi {subject}{change(said, unit)}; "
        f"tính từ các số đã công bố thì {change(computed, unit)}."
        for subject, said, computed in found
    ]


def summary(figures: list[Figure]) -> str:
    """Return a sentence that counts how the figures of a year stand against their plans."""
    counts = Counter(figure.assessment for figure in figures)
    judged = [(counts[assessment], word) for assessment, word in _OUTCOMES if counts[assessment]]
    planned = sum(count for count, _ in judged)
    if planned == counts[Assessment.NO_RESULT] == len(figures):
        return f"{planned} chỉ tiêu được đặt ra cho năm {figures[0].year}, chưa có kết quả."
    if not planned:
        why = (
            "chưa chỉ tiêu nào có kế hoạch để so sánh"
            if counts[Assessment.NO_TARGET]
            else "chỉ theo dõi, không đánh giá"
        )
        return f"Có số liệu của {len(figures)} chỉ tiêu, {why}."
    listed = ", ".join(f"{count} {word}" for count, word in judged)
    others = [f"{counts[kind]} chỉ tiêu {word}" for kind, word in _UNJUDGED if counts[kind]]
    return "; ".join([f"Trong {planned} chỉ tiêu có kế hoạch: {listed}", *others]) + "."


def _achievement(figure):
    if figure.indicator.is_change:
        return f"{rate(figure)} so với {_year_before(figure)}"
    if figure.result is None:
        return f"{growth(figure)} so với {_year_before(figure)}"
    qualifier = Figure.Qualifier(figure.result_qualifier)
    if qualifier in _FORESEEN:
        return f"{qualifier.label} đạt {number(figure.result, unit=figure.indicator.unit)}"
    return f"đạt {result(figure, figure.indicator.unit)}"


def _against_plan_aside(figure):
    """Return how a rate of change stands against its plan, the plan in brackets."""
    compared = against_plan(figure)
    if not compared or figure.target is None:
        return compared
    planned = target(figure, figure.indicator.unit)
    asides = [f"kế hoạch {_planned_change(figure) if figure.indicator.is_change else planned}"]
    if figure.target_is_derived:
        asides.append("suy ra")
    if _is_lower_better(figure):
        asides.insert(0, _LESS_IS_BETTER)
    return f"{compared} ({', '.join(asides)})"


def _plan_sentence(figure):
    if figure.target is None:
        return f"{stated(figure)} (theo nguồn)."
    planned = target(figure, figure.indicator.unit)
    if figure.assessment.is_judged:
        return f"{against_plan(figure)} {planned} (theo nguồn)."
    if figure.indicator.is_change:
        return f"đặt kế hoạch {_planned_change(figure)} so với {_year_before(figure)}."
    compared = target_growth(figure)
    if compared:
        compared = f", {compared} so với kết quả {base(figure)}"
    return f"đặt kế hoạch {planned}{compared}."


def _planned_change(figure):
    if figure.target > 0:
        return f"tăng {target(figure, figure.indicator.unit)}"
    return change(figure.target)


def _year_before(figure):
    return f"{'' if figure.months == 12 else 'cùng kỳ '}năm {figure.year - 1}"


def _equal(figure):
    """Return how a result stands that is the planned number; «trên 430» is above 430."""
    qualifier = Figure.Qualifier(figure.result_qualifier)
    if figure.stated_over_plan is not None or not qualifier.cuts_short:
        return "đúng bằng kế hoạch"
    sides = {1: "trên mức kế hoạch", -1: "gần bằng kế hoạch"}
    return sides.get(qualifier.leaning, "xấp xỉ kế hoạch")


def _more_is_better(direction, target_qualifier):
    """Say whether to be above the plan is to exceed it; of a plan «không quá» it is not."""
    is_ceiling = Figure.Qualifier(target_qualifier).bound < 0
    return direction == Direction.HIGHER and not is_ceiling


def _is_lower_better(figure):
    return figure.indicator.direction == Direction.LOWER and figure.assessment.is_judged


def _difference(gap, unit):
    return f"{'cao' if gap > 0 else 'thấp'} hơn kế hoạch {portal.figure(abs(gap), unit)}"


def _against_range(figure):
    if figure.result < figure.target:
        return "thấp hơn cận dưới của kế hoạch"
    if figure.result > figure.target_upper:
        return "cao hơn cận trên của kế hoạch"
    return "trong khoảng kế hoạch"


def _percent(value):
    return portal.figure(round(value, 2), "%")


def _capitalized(words):
    return words[:1].upper() + words[1:]


_FORESEEN = {Figure.Qualifier.ESTIMATED, Figure.Qualifier.EXPECTED}
_LESS_IS_BETTER = "càng thấp càng tốt"
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
