"""What does not follow, in a sentence that says so with its numbers."""

from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from indicators import wording
from indicators.formulas import HUNDRED, Direction
from indicators.models import Figure
from portal.numbers import half_up
from portal.templatetags import portal

SOURCE = "nguồn"
ARTICLE = "bài viết"


class What(StrEnum):
    """What was stated; its value is what staff call it."""

    GROWTH = "Mức tăng"
    TARGET_GROWTH = "Mức tăng của kế hoạch"
    OVER_PLAN = "So với kế hoạch"
    DERIVED_TARGET = "Kế hoạch suy ra"
    SHARES = "Tổng các tỷ trọng"
    STORED = "Số đã lưu"


class Disagreement(NamedTuple):
    """Something stated that cannot follow; ``about`` is what states it, a Figure or a Reading."""

    about: object
    what: What
    stated: Decimal
    computed: Decimal
    sentence: str


def number(value: Decimal, qualifier: str = "") -> str:
    """Return a number with the word before it where the word says what the number may be."""
    return wording.number(value, qualifier if Figure.Qualifier(qualifier).cuts_short else "")


def growth(current: str, base: str, *, computed, stated, unit="%", by=SOURCE) -> str:
    """Return «48.000 so với 45.228 là tăng 6,13%, nguồn ghi 7,14%.»"""
    found, said = wording.change(computed, unit), wording.change(stated, unit)
    way, _, size = said.partition(" ")
    if found.startswith(f"{way} ") and found != said:
        said = size
    return f"{_capitalized(current)} so với {base} là {found}, {by} ghi {said}."


def over_plan(result: str, target: str, *, computed, stated, direction, by=SOURCE) -> str:
    """Return «35.360 so với kế hoạch 33.000 là vượt 7,15%, nguồn ghi vượt 4,44%.»"""
    found, said = _against_plan(computed, direction), _against_plan(stated, direction)
    return f"{_capitalized(result)} so với kế hoạch {target} là {found}, {by} ghi {said}."


def shares(structure: str, values: list[Decimal]) -> str:
    """Return «Các tỷ trọng trong cơ cấu kinh tế cộng lại là 104% (60% + 44%), quá 100%.»"""
    terms = " + ".join(portal.figure(value, "%") for value in values)
    total = portal.figure(sum(values), "%")
    return f"Các tỷ trọng trong {structure} cộng lại là {total} ({terms}), quá 100%."


def _against_plan(over, direction):
    over = half_up(over)
    if not over:
        return "bằng kế hoạch"
    if direction != Direction.HIGHER:
        return f"{'cao' if over > 0 else 'thấp'} hơn {portal.figure(abs(over), '%')}"
    if over > 0:
        return f"vượt {portal.figure(over, '%')}"
    return f"đạt {portal.figure(HUNDRED + over, '%')}"


def _capitalized(words):
    return words[:1].upper() + words[1:]
