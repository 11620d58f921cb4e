"""Where targets are told and where they end: headings, plans, and signs of what was reached."""

from collections.abc import Sequence
from datetime import date
from itertools import pairwise

from indicators.reading import periods
from indicators.reading.periods import WHOLE_YEAR, Period
from indicators.reading.resolving import is_coming, last_month
from indicators.reading.source import Token
from indicators.reading.words import PLAN

SET = {("chỉ", "tiêu"), ("mục", "tiêu"), ("kế", "hoạch"), ("nhiệm", "vụ"), ("phương", "hướng")}
REACHED = frozenset("kết quả đã hoàn thành vượt hiện so với bằng đạt được".split())
_HEAD = 6  # words before «chỉ tiêu» in a heading
_OPENING = 8  # atoms
_TO_YEAR = 14  # words between it and its year
_TO_LIST = 20  # words between «chỉ tiêu» and its list
_FAR_BACK = 8  # words before «là hai trong 7 chỉ tiêu»
_SETTING = {
    ("xác", "định"), ("đề", "ra"), ("đặt", "ra"), ("thống", "nhất"), ("thông", "qua"),
    ("quyết", "nghị"), ("giao", "cho"),
}  # fmt: skip
_PASSING = {("thông", "qua"), ("quyết", "nghị"), ("phê", "duyệt"), ("ban", "hành")}
_OPENERS = frozenset(": là như gồm i ii 1 a - + ; .".split())
_OWNER = frozenset("của tỉnh thành phố huyện ngành toàn sở địa phương".split())
_STATING = {("đặt", "mục"), ("phấn", "đấu"), ("đề", "ra"), ("đặt", "ra")}
_MEETINGS = {
    ("hội", "nghị"), ("kỳ", "họp"), ("phiên", "họp"), ("cuộc", "họp"), ("đại", "hội"),
    ("hội", "thảo"),
}  # fmt: skip
_REPORTS = {("tình", "hình"), ("kết", "quả"), ("tổng", "kết"), ("sơ", "kết"), ("báo", "cáo")}
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
    # «Nhiệm vụ được huyện đặt ra trong năm 2021 là»: «được» tells of no result there.
    reached = REACHED - {"được"} if any(p in _SETTING for p in pairwise(words[at:])) else REACHED
    index = at + 2
    while index < len(words) and index < at + _TO_YEAR:
        found = periods.period_at(tokens, index)
        if found is not None and (found[0].year or found[0].is_span or is_coming(found[0])):
            period, end = found
            if words[index] in {"đến", "tới"} or reached & set(words[at + 2 : index]):
                return None
            while end < len(words) and words[end] in _OWNER:
                end += 1  # «Kế hoạch năm 2024 của tỉnh, GRDP tăng …»
            is_owned = end > found[1] and at == 0 and words[end : end + 1] == [","]
            is_open = end >= len(words) or words[end] in _OPENERS or is_owned or (
                _is_passed(words[end:]) and tokens[-1].word != "."
            )  # fmt: skip
            return period if is_open and period.months in {None, WHOLE_YEAR} else None
        if tokens[index].kind == "mark" and tokens[index].word in {":", ";", "."}:
            return None
        index += 1
    return None


def _is_passed(words: Sequence[str]) -> bool:
    """«(21 chỉ tiêu năm 2023) được HĐND tỉnh thông qua»: set, whatever stands behind."""
    is_set = words[0] in {"được", "do"} and any(pair in _PASSING for pair in pairwise(words))
    return is_set and not {"đạt", "vượt", "hoàn"} & set(words)


def first_year(period: Period) -> int:
    """Return the year of a plan, the last one of a span; 0 where none is told."""
    return period.year or (max(period.years) if period.years else 0)


def is_called_plan(tokens: Sequence[Token]) -> bool:
    """Say whether a heading says «kế hoạch» or «mục tiêu», not «chỉ tiêu» alone."""
    words = [token.word for token in tokens[: _HEAD + 2]]
    return any(pair in {("kế", "hoạch"), ("mục", "tiêu")} for pair in pairwise(words))


def sets_indicators(tokens: Sequence[Token], published: date | None) -> bool:
    """Say whether a sentence sets «7 chỉ tiêu, gồm: …», or ends in «là hai trong 7 chỉ tiêu»."""
    words = [token.word for token in tokens]
    couples = list(pairwise(words))
    at = next((at for at, pair in enumerate(couples) if pair == ("chỉ", "tiêu")), None)
    if at is None or not at:
        return False
    if at > _FAR_BACK and words[at - 2] == "trong" and "là" in words[at - 5 : at - 2]:
        return True
    ends_open = words[-1] == ":" and ("điều", "chỉnh") in couples[:at]
    if ends_open:
        return True  # «Thống nhất điều chỉnh một số chỉ tiêu … năm 2018 như sau:»
    listed = next((n for n in range(at, min(at + _TO_LIST, len(couples))) if _lists(couples[n])), 0)
    if {"đạt", "vượt", "hoàn"} & set(words[at : listed or at + _TO_LIST]):
        return False
    years = [year for token in tokens[at:] if (year := periods.year_number(token))]
    is_ahead = ("cuối", "năm") in couples[at : at + _TO_LIST] or bool(
        published is not None and years and min(years) > published.year
    )
    return bool(listed or is_ahead) and any(pair in _SETTING for pair in couples[:at])


def _lists(couple: tuple[str, str]) -> bool:
    return couple[0] in {"gồm", ":"} or couple in {("trong", "đó"), ("như", "sau")}


def states(tokens: Sequence[Token]) -> bool:
    """Say whether a line is a sentence that sets a number: «Tỉnh phấn đấu tăng trưởng 9%»."""
    sets = any((first.word, second.word) in _STATING for first, second in pairwise(tokens))
    words = [token.word for token in tokens]
    goes_on = ":" in words or words[-1] in {";", ","}
    return sets and not goes_on and "%" in words


def resolves(tokens: Sequence[Token], atoms) -> bool:
    """«Năm 2023, huyện quyết tâm đạt các chỉ tiêu đề ra.»: what follows may list them."""
    couples = {(first.word, second.word) for first, second in pairwise(tokens)}
    is_told = any(atom.kind == "amount" for atom in atoms)
    return not is_told and ("quyết", "tâm") in couples and ("chỉ", "tiêu") in couples


def before_number(atoms) -> list:
    """Return the atoms before the first number of a sentence."""
    found = []
    for atom in atoms:
        if atom.kind == "amount":
            return found
        found.append(atom)
    return found


def coming(atoms) -> Period | None:
    """Return the part of the year still to come that a sentence tells."""
    told = [atom.data for atom in atoms if atom.kind == "period"]
    return next((period for period in told if is_coming(period)), None)


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
    month = period.months or last_month(period.part)
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


def is_report(tokens: Sequence[Token], index: int) -> bool:
    """«(báo cáo) tình hình … và phương hướng …»: the title of a report, which sets nothing."""
    words = [token.word for token in tokens[max(0, index - 20) : index]]
    opens = tokens[index].word in {"phương", "mục"}
    return opens and any(pair in _REPORTS for pair in pairwise(words))


def is_about_meeting(tokens: Sequence[Token]) -> bool:
    """Say whether a sentence names a meeting."""
    return any((first.word, second.word) in _MEETINGS for first, second in pairwise(tokens))


def is_meeting(tokens: Sequence[Token], index: int) -> bool:
    """Say whether a meeting that is called so stands before ``index``."""
    words = [token.word for token in tokens[max(0, index - 20) : index]]
    return any(pair in _MEETINGS for pair in pairwise(words))
