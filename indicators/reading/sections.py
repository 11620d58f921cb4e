"""Where targets are told and where they end: headings, plans, and signs of what was reached."""

from collections.abc import Sequence
from datetime import date
from itertools import pairwise

from indicators.reading import periods
from indicators.reading.periods import WHOLE_YEAR, Period
from indicators.reading.source import Token
from indicators.reading.words import PLAN

SET = {("chỉ", "tiêu"), ("mục", "tiêu"), ("kế", "hoạch"), ("nhiệm", "vụ"), ("phương", "hướng")}
REACHED = frozenset("kết quả đã hoàn thành vượt hiện so với bằng đạt được".split())
_HEAD = 6  # words before «chỉ tiêu» in a heading
_OPENING = 8  # atoms
_TO_YEAR = 14  # words between it and its year
_OPENERS = frozenset(": là như gồm i ii 1 a - + ; .".split())
_MEETINGS = {
    ("hội", "nghị"), ("kỳ", "họp"), ("phiên", "họp"), ("cuộc", "họp"), ("đại", "hội"),
    ("hội", "thảo"),
}  # fmt: skip
_TO_NOW = {("đến", "nay"), ("tính", "đến"), ("hiện", "nay"), ("hiện", "đã")}


def heading(tokens: Sequence[Token]) -> Period | None:
    """
    Return the period of «(Các) chỉ tiêu … năm 2024», «Kế hoạch … giai đoạn 2021-2025 gồm:».

    None where a sentence says what was reached, or goes on with something else.
    """
    words = [token.word for token in tokens[: _HEAD + _TO_YEAR + 8]]
    at = next((at for at, pair in enumerate(pairwise(words[:_HEAD])) if pair in SET), None)
    if at is None or REACHED & set(words[: at + 2]) or words[0] == "theo":
        return None
    index = at + 2
    while index < len(words) and index < at + _TO_YEAR:
        found = periods.period_at(tokens, index)
        if found is not None and (found[0].year or found[0].is_span):
            period, end = found
            if words[index] in {"đến", "tới"} or REACHED & set(words[at + 2 : index]):
                return None
            is_open = end >= len(words) or words[end] in _OPENERS
            return period if is_open and period.months in {None, WHOLE_YEAR} else None
        if tokens[index].kind == "mark" and tokens[index].word in {":", ";", "."}:
            return None
        index += 1
    return None


def first_year(period: Period) -> int:
    """Return the year of a plan, the last one of a span; 0 where none is told."""
    return period.year or (max(period.years) if period.years else 0)


def is_called_plan(tokens: Sequence[Token]) -> bool:
    """Say whether a heading says «kế hoạch» or «mục tiêu», not «chỉ tiêu» alone."""
    words = [token.word for token in tokens[: _HEAD + 2]]
    return any(pair in {("kế", "hoạch"), ("mục", "tiêu")} for pair in pairwise(words))


def is_of_plan(tokens: Sequence[Token]) -> bool:
    """Say whether a sentence begins with «Theo kế hoạch …»."""
    return len(tokens) > 1 and tokens[0].word == "theo" and PLAN.at(tokens, 1) is not None


def is_reported(atoms) -> bool:
    """Say whether a sentence compares with the same period, or says «ước đạt»."""
    for before, atom in pairwise(atoms):
        if (
            before.kind == "qualifier" and before.data == "estimated"
            and atom.kind == "verb" and atom.data == "reach"
        ):  # fmt: skip
            return True
    return compares(atoms)


def compares(atoms) -> bool:
    """Say whether a sentence compares with the same period of the year before."""
    return any(atom.kind == "base" and atom.data.kind == "previous" for atom in atoms)


def plans(atoms) -> bool:
    """Say whether a sentence itself sets something: «phấn đấu», «đặt mục tiêu»."""
    return any(atom.kind == "kind" and atom.data == "target" for atom in atoms)


def is_over(tokens: Sequence[Token], atoms, published: date | None, year: int | None) -> bool:
    """Say whether a part of the year that lies behind is told before any number."""
    opening = [token.word for token in tokens[:6]]
    if any(pair in _TO_NOW for pair in pairwise(opening)):
        return True
    for atom in atoms[:_OPENING]:
        if atom.kind in {"amount", "verb"}:
            return False
        if atom.kind == "period":
            return _has_passed(atom.data, published, year)
    return False


def _has_passed(period: Period, published: date | None, year: int | None) -> bool:
    is_part = bool(period.part) or (period.months is not None and period.months < WHOLE_YEAR)
    if not is_part or period.relative == 1 or period.part.endswith("cuối năm"):
        return period.is_to_date
    if published is None or period.is_to_date:
        return True
    month = period.months or periods.last_month(period.part)
    year = period.year or year or published.year
    return (year, month) <= (published.year, published.month)


def ranges(atoms) -> bool:
    """Say whether a sentence tells a number between two bounds."""
    return any(atom.kind == "amount" and atom.data.upper is not None for atom in atoms)


def beside_an_estimate(tokens: Sequence[Token]) -> bool:
    """Say whether something is compared with «ước thực hiện năm 2023»: with the year that ends."""
    words = [token.word for token in tokens]
    for index in range(len(words) - 4):
        if words[index] == "so" and "ước" in words[index + 1 : index + 4]:
            return True
    return False


def is_meeting(tokens: Sequence[Token], index: int) -> bool:
    """Say whether a meeting that is called so stands before ``index``."""
    words = [token.word for token in tokens[max(0, index - 20) : index]]
    return any(pair in _MEETINGS for pair in pairwise(words))
