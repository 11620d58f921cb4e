"""Whether the figures of the database state what their numbers give."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from indicators import formulas, rounding, wording
from indicators.checking import disagreement
from indicators.checking.disagreement import Disagreement, What
from indicators.checking.shares import share, too_large
from indicators.models import Figure
from portal.numbers import half_up
from portal.templatetags import portal


def disagreements(figures: Iterable[Figure]) -> list[Disagreement]:
    """Return what does not follow within the figures given, ``with_previous``, in their order."""
    figures = list(figures)
    found = defaultdict(list)
    for one in _too_large_shares(figures):
        found[one.about.pk].append(one)
    return [one for figure in figures for one in (*of_figure(figure), *found[figure.pk])]


def of_figure(figure: Figure) -> Iterator[Disagreement]:
    """Yield what the source of one figure states that its numbers cannot give."""
    if figure.growth_disagrees:
        yield _growth(figure)
    if figure.target_growth_disagrees:
        yield _target_growth(figure)
    if figure.over_plan_disagrees:
        yield _over_plan(figure)
    if figure.derived_target_disagrees:
        yield _derived_target(figure)


def _growth(figure):
    stated, computed = figure.stated_growth, figure.computed_growth
    sentence = disagreement.growth(
        disagreement.number(figure.result, figure.result_qualifier),
        _previous(figure),
        computed=computed,
        stated=stated,
        unit=figure.indicator.growth_unit,
    )
    return Disagreement(figure, What.GROWTH, stated, computed, sentence)


def _target_growth(figure):
    stated, computed = figure.target_stated_growth, figure.computed_target_growth
    sentence = disagreement.growth(
        wording.target(figure),
        _previous(figure),
        computed=computed,
        stated=stated,
        unit=figure.indicator.growth_unit,
    )
    return Disagreement(figure, What.TARGET_GROWTH, stated, computed, sentence)


def _over_plan(figure):
    stated, computed = figure.stated_over_plan, formulas.over_plan(figure.result, figure.target)
    sentence = disagreement.over_plan(
        disagreement.number(figure.result, figure.result_qualifier),
        wording.target(figure),
        computed=computed,
        stated=stated,
        direction=figure.indicator.direction,
    )
    return Disagreement(figure, What.OVER_PLAN, stated, computed, sentence)


def _derived_target(figure):
    computed = formulas.implied_plan(figure.result, figure.stated_over_plan)
    computed = half_up(computed, figure.indicator.decimals)
    sentence = (
        f"Kế hoạch suy ra từ {portal.figure(figure.result)} và tỷ lệ thực hiện "
        f"{portal.percent(formulas.HUNDRED + figure.stated_over_plan)}% là "
        f"{portal.figure(computed)}, "
        f"đang lưu {portal.figure(figure.target)}."
    )
    return Disagreement(figure, What.DERIVED_TARGET, figure.target, computed, sentence)


def _previous(figure):
    return disagreement.number(figure.previous, figure.previous_qualifier or "")


def _too_large_shares(figures):
    by_period = defaultdict(list)
    for figure in figures:
        key = (figure.territory_id, figure.year, figure.months)
        for kind in ("result", "target"):
            by_period[*key, kind].append(_share(figure, kind))
    for shares in by_period.values():
        for whole in too_large(filter(None, shares)):
            values = [one.value for one in whole]
            sentence = disagreement.shares(whole[0].structure, values)
            first = whole[0].about
            yield Disagreement(first, What.SHARES, sum(values), formulas.HUNDRED, sentence)


def _share(figure, kind):
    value, qualifier = getattr(figure, kind), getattr(figure, f"{kind}_qualifier")
    allowed = rounding.allowed(value, qualifier)
    return share(figure.indicator.name, value, allowed, figure)
