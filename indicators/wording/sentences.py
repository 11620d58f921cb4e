"""Whole sentences of a figure, for readers and for whoever hears a page."""

from indicators.models import Figure
from indicators.wording.numbers import (
    FORESEEN,
    base,
    change,
    derived_mark,
    growth,
    number,
    planned_change,
    rate,
    result,
    target,
    target_growth,
    year_before,
)
from indicators.wording.plans import (
    LESS_IS_BETTER,
    against_plan,
    is_lower_better,
    over_plan,
    verdict,
)


def status(figure: Figure) -> str:
    """Return the state of one figure in a sentence, with the numbers it rests on."""
    opening = f"{_capitalized(figure.period)}, {figure.territory.name}"
    if not figure.is_measured:
        return f"{opening} {_plan_sentence(figure)}"
    held_against_plan = verdict(figure)
    if held_against_plan:
        parts = [held_against_plan]
    else:
        parts = [", ".join(filter(None, [_achievement(figure), _against_plan_aside(figure)]))]
    if not figure.indicator.is_change and figure.result is not None and growth(figure):
        parts.append(f"{growth(figure)} so với {base(figure)}")
    if figure.result is None and figure.target is not None and not held_against_plan:
        parts.append(f"kế hoạch {target(figure, figure.indicator.unit, marked=True)}")
    return f"{opening} {('; ' if held_against_plan else ', ').join(parts)}."


def number_in_words(figure: Figure) -> str:
    """Return what a figure amounts to: «trên 35.360 tỷ đồng», «tăng 8,7%», «kế hoạch 3.600 hộ»."""
    if not figure.is_measured and figure.target is not None:
        planned = target(figure, figure.indicator.unit)
        return f"kế hoạch {planned_change(figure) if figure.indicator.is_change else planned}"
    if figure.indicator.is_change or figure.result is None:
        return rate(figure) or against_plan(figure)
    return result(figure, figure.indicator.unit)


def remarks(figure: Figure) -> str:
    """Return what is known beside the number itself: «tăng 12,06%, vượt 4,44% kế hoạch»."""
    if figure.indicator.is_change or (figure.result is None and figure.is_measured):
        return against_plan(figure)
    if not figure.is_measured:
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
        planned = planned_change(figure) if is_change else target(figure, unit)
        parts.append(f"kế hoạch {planned}{derived_mark(figure)}")
    return f"{_capitalized(figure.period)}: {', '.join(parts)}"


def stated(figure: Figure) -> str:
    """Return what the source itself says of growth and plan; empty when it says nothing."""
    unit = figure.indicator.growth_unit
    parts = []
    if figure.stated_growth is not None:
        parts.append(f"{change(figure.stated_growth, unit)} so với {year_before(figure)}")
    if figure.stated_over_plan is not None:
        direction = figure.indicator.direction
        parts.append(over_plan(figure.stated_over_plan, direction, figure.target_qualifier))
    if figure.stated_outcome:
        parts.append(Figure.Outcome(figure.stated_outcome).label.lower())
    if figure.target_stated_growth is not None:
        parts.append(f"kế hoạch {change(figure.target_stated_growth, unit)}")
    return ", ".join(parts)


def disagreements(figure: Figure) -> list[str]:
    """Return where what the source itself says does not follow from published figures."""
    found = []
    if figure.growth_disagrees:
        found.append(("", figure.stated_growth, figure.computed_growth))
    if figure.target_growth_disagrees:
        planned = figure.target_stated_growth, figure.computed_target_growth
        found.append(("kế hoạch ", *planned))
    unit = figure.indicator.growth_unit
    told = [
        f"Nguồn ghi {subject}{change(said, unit)}; "
        f"tính từ các số đã công bố thì {change(computed, unit)}."
        for subject, said, computed in found
    ]
    return [*told, *_disagreements_on_plan(figure)]


def _disagreements_on_plan(figure):
    if figure.over_plan_disagrees or figure.derived_target_disagrees:
        said = over_plan(
            figure.stated_over_plan, figure.indicator.direction, figure.target_qualifier
        )
        basis = "kế hoạch suy ra" if figure.target_is_derived else "các số đã công bố"
        yield f"Nguồn ghi {said}; tính từ {basis} thì {against_plan(figure)}."
    if figure.outcome_disagrees:
        said = Figure.Outcome(figure.stated_outcome).label.lower()
        yield f"Nguồn kết luận {said}; theo số liệu thì {against_plan(figure)}."


def _achievement(figure):
    if figure.indicator.is_change:
        return f"{rate(figure)} so với {year_before(figure)}"
    if figure.result is None:
        return f"{growth(figure)} so với {year_before(figure)}"
    qualifier = Figure.Qualifier(figure.result_qualifier)
    if qualifier in FORESEEN:
        return f"{qualifier.label} đạt {number(figure.result, unit=figure.indicator.unit)}"
    return f"đạt {result(figure, figure.indicator.unit)}"


def _against_plan_aside(figure):
    """Return how a rate of change stands against its plan, the plan in brackets."""
    compared = against_plan(figure)
    if not compared or figure.target is None:
        return compared
    planned = target(figure, figure.indicator.unit)
    asides = [f"kế hoạch {planned_change(figure) if figure.indicator.is_change else planned}"]
    if figure.target_is_derived:
        asides.append("suy ra")
    if is_lower_better(figure):
        asides.insert(0, LESS_IS_BETTER)
    return f"{compared} ({', '.join(asides)})"


def _plan_sentence(figure):
    if figure.target is None:
        return f"{against_plan(figure)} (theo nguồn)."
    planned = target(figure, figure.indicator.unit)
    if figure.assessment.is_judged:
        return f"{against_plan(figure)} {planned} (theo nguồn)."
    if figure.indicator.is_change:
        return f"đặt kế hoạch {planned_change(figure)} so với {year_before(figure)}."
    compared = target_growth(figure)
    if compared:
        compared = f", {compared} so với kết quả {base(figure)}"
    return f"đặt kế hoạch {planned}{compared}."


def _capitalized(words):
    return words[:1].upper() + words[1:]
