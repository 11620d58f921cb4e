"""What was said of a figure from one publication to the next, in words."""

from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple

from indicators import wording
from indicators.models import Figure
from indicators.models.figures import Statement
from news.models import Article


class Saying(NamedTuple):
    """One statement; of what it says only the result and what another statement says otherwise."""

    since: datetime
    until: datetime | None  # None: it still stands
    words: str
    article: Article | None  # published


class History(NamedTuple):
    figure: Figure
    sayings: list[Saying]  # oldest first, two or more


def histories(figures: list[Figure]) -> list[History]:
    """Return the histories of those figures that were stated otherwise before."""
    told = [History(figure, _sayings(figure)) for figure in figures]
    return [history for history in told if len(history.sayings) > 1]


def _sayings(figure):
    # As they come with the figure: in the order they were replaced, the last of them first.
    earlier = sorted(figure.revisions.all(), key=lambda revision: revision.replaced_at)
    statements = [*earlier, figure]
    parts = [[say(statement, figure) for say in _PARTS] for statement in statements]
    differ = [len(set(said)) > 1 for said in zip(*parts, strict=True)]
    return [
        Saying(
            statement.updated_at,
            getattr(statement, "replaced_at", None),
            _sentence(words, differ),
            statement.article,
        )
        for statement, words in zip(statements, parts, strict=True)
    ]


def _sentence(words, differ):
    """Return the result, and of the rest what is not the same in every statement."""
    result, *others = words
    changed = [word for word, is_other in zip(others, differ[1:], strict=True) if is_other and word]
    return ", ".join([result, *changed] if result else changed) or "không nêu số"


def _result(statement, figure):
    if statement.result is None:
        return ""
    stage = statement.get_stage_display().lower() if statement.stage else ""
    qualifier = statement.result_qualifier
    if qualifier == Figure.Qualifier.ESTIMATED and statement.stage == Figure.Stage.ESTIMATED:
        qualifier = ""
    number = wording.number(statement.result, qualifier, figure.indicator.unit)
    return f"{stage} {number}".strip()


def _growth(statement, figure):
    if statement.stated_growth is None:
        return ""
    return wording.change(statement.stated_growth, figure.indicator.growth_unit)


def _plan(statement, figure):
    if statement.target is None:
        return ""
    return f"kế hoạch {wording.target(statement, figure.indicator.unit, marked=True)}"


def _planned_growth(statement, figure):
    planned = statement.target_stated_growth
    if planned is None:
        return ""
    return f"kế hoạch {wording.change(planned, figure.indicator.growth_unit)}"


def _over_plan(statement, figure):
    if statement.stated_over_plan is None:
        return ""
    direction = figure.indicator.direction
    return wording.over_plan(statement.stated_over_plan, direction, statement.target_qualifier)


def _outcome(statement, figure):
    return statement.get_stated_outcome_display().lower() if statement.stated_outcome else ""


def _restated(statement, figure):
    if statement.restated_previous is None:
        return ""
    before = wording.number(statement.restated_previous, unit=figure.indicator.unit)
    return f"năm {figure.year - 1} tính lại {before}"


_PARTS: list[Callable[[Statement, Figure], str]] = [
    _result,
    _growth,
    _over_plan,
    _outcome,
    _plan,
    _planned_growth,
    _restated,
]
