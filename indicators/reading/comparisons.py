"""What a figure is compared with: the year before, the plan, another period."""

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from indicators.reading import periods
from indicators.reading.amounts import has_unit
from indicators.reading.idle import day_end
from indicators.reading.source import Token
from indicators.reading.words import PLAN, PLAN_TAIL, VERBS

_BASE_WORDS = 6
WHOLE = (("cả", "nước"), ("toàn", "quốc"))
_RATE_WORDS = {"tăng", "giảm", "trưởng", "khoảng", "trên"}
_COMPARING = {"hơn", "vượt", "xa", "đôi", "bằng", "lần"}
_TAIL = 14
_SET_THERE = {"một", "các", "những", "chỉ", "mục"}
_ASSIGNED = 12  # words between «giao» and «là»
# «gấp đôi»
_FACTORS = {"đôi": 2, "hai": 2, "ba": 3, "bốn": 4, "năm": 5, "rưỡi": "1.5", "sáu": 6, "mười": 10}


class Base(NamedTuple):
    """What a figure is compared with."""

    kind: str  # "previous" (its period: of what year) | "plan" | "period" | "other"
    period: periods.Period | None
    words: str
    place: tuple[int, int] | None = None  # indexes of tokens: «so với cả nước»


def base_at(tokens: Sequence[Token], index: int) -> tuple[Base, int] | None:
    """Read «so với cùng kỳ năm 2022», «so kế hoạch», «cùng kỳ»."""
    if index >= len(tokens):
        return None
    end = index
    word = tokens[index].word
    has_so = word == "so"
    if has_so:
        end += 1
        if end < len(tokens) and tokens[end].word == "sánh":
            return _base_after(tokens, end + 1)
        if end < len(tokens) and tokens[end].word == "với":
            end += 1
    elif word in {"cùng", "với"}:
        if word == "với":
            end += 1
        is_plan = end < len(tokens) and follows(tokens, index - 1, "hơn") and PLAN.at(tokens, end)
        if not is_plan and not follows(tokens, end, "cùng"):
            return None
    elif word in {"svck", "sck", "ck"}:
        return _same_period(tokens, end + 1)
    else:
        return None
    return _base_after(tokens, end, has_so)


def _base_after(tokens, index, has_so=True) -> tuple[Base, int] | None:
    end = index
    while end < len(tokens) and tokens[end].word in {
        "mức", "của", "số", "thực", "hiện", "kết", "quả", "ước", "với", "tốc", "độ", "cả", "con",
        "đạt", "được", "bình", "quân",
    } | ({"dự"} if follows(tokens, end + 1, "ước") else set()) and end < index + 5:  # fmt: skip
        end += 1
    if end >= len(tokens):
        return None
    rate = rate_end(tokens, end)
    if rate > end:
        return Base("other", None, "mức tăng"), rate
    if tokens[end].word == "cùng" and end + 1 < len(tokens) and tokens[end + 1].word in {
        "kỳ", "kì", "thời", "tháng", "quý", "giai", "kỷ",
    }:  # fmt: skip
        return _same_period(tokens, end + 2)
    if tokens[end].word == "ck":
        return _same_period(tokens, end + 1)
    plan = PLAN.at(tokens, end)
    if plan is not None:
        return Base("plan", None, ""), plan_tail(tokens, plan[1])
    if tokens[end].word == "tháng" and follows(tokens, end + 1, "cùng"):
        return _same_period(tokens, end + 3)
    period = periods.period_at(tokens, end)
    if period is not None and (has_so or period[0].year):
        words = " ".join(token.word for token in tokens[end : period[1]])
        return Base("period", period[0], words), period[1]
    if not has_so:
        return None
    day = day_end(tokens, end)
    if day > end:
        return Base("other", None, " ".join(token.word for token in tokens[end:day])), day
    allotted = _allotted_end(tokens, end)
    if allotted:
        return Base("plan", None, ""), allotted
    stop = end
    longest = _BASE_WORDS + 2 * follows(tokens, end, "vùng")
    while (
        stop < len(tokens) and stop < end + longest and tokens[stop].kind == "word"
        and (VERBS.at(tokens, stop) is None or follows(tokens, stop - 1, "đồng"))
    ):  # fmt: skip
        stop += 1
    if stop < len(tokens) and tokens[stop - 1].word == "ngày":
        stop = day_end(tokens, stop)
    elif stop < len(tokens) and periods.year_number(tokens[stop]):
        stop += 1
    said = " ".join(token.word for token in tokens[end:stop])
    if said.startswith("vụ") and said.endswith(("năm trước", "năm ngoái")):
        return Base("previous", None, ""), stop
    return Base("other", None, said, _wider_place(tokens, index, stop)), max(stop, end)


def rate_end(tokens: Sequence[Token], index: int) -> int:
    """Return the index after «tăng (trưởng) 4,1% của năm 2022», the same for anything else."""
    end = index
    while end < len(tokens) and end < index + 4 and tokens[end].word in _RATE_WORDS:
        end += 1
    if end == index or end + 1 >= len(tokens) or tokens[end].kind != "number":
        return index
    if tokens[end + 1].word != "%":
        return index
    end += 2
    of = end + follows(tokens, end, "của") + follows(tokens, end, "trong")
    if of < len(tokens) and tokens[of].word == "cùng":
        return same_period_end(tokens, of + 2)
    period = periods.period_at(tokens, of) if of < len(tokens) else None
    return period[1] if period is not None else end


def compared_rate_end(tokens: Sequence[Token], index: int) -> int:
    """Return the index after «(cao hơn) mức tăng 4,1% của năm 2022», the same for others."""
    before = {token.word for token in tokens[max(0, index - 3) : index]}
    is_pace = tokens[index].word in {"mức", "tốc", "nhịp"} and before & _COMPARING
    end = index + 1 + follows(tokens, index + 1, "độ")
    return rate_end(tokens, end) if is_pace and rate_end(tokens, end) > end else index


def _allotted_end(tokens, index) -> int:
    """Return the index after «tổng vốn được giao», 0 if nothing is allotted."""
    said = [token.word for token in tokens[index : index + _BASE_WORDS]]
    if not {"vốn", "số"} & set(said[:2]):
        return 0
    for at, pair in enumerate(zip(said, [*said[1:], ""], strict=True)):
        if pair[0] == "giao" or pair in {("phân", "bổ"), ("bố", "trí")}:
            return index + at + 1 + (pair[0] != "giao")
    return 0


def _wider_place(tokens, index, stop) -> tuple[int, int] | None:
    """Return where «cả nước», «vùng Đồng bằng sông Hồng» stands."""
    for start in range(index, stop):
        if tokens[start].word == "vùng":
            return start, stop
        if tuple(token.word for token in tokens[start : start + 2]) in WHOLE:
            return start, start + 2
    return None


def _same_period(tokens, index) -> tuple[Base, int]:
    """Return the same period of the year before, with that year if it is told."""
    end = same_period_end(tokens, index)
    years = [year for token in tokens[index:end] if (year := periods.year_number(token))]
    period = periods.Period(year=years[0]) if years else None
    return Base("previous", period, ""), end


def same_period_end(tokens: Sequence[Token], index: int) -> int:
    """Return the index after «năm 2022», «các năm trước» behind «cùng kỳ»."""
    end = index
    while end < len(tokens) and end < index + 6:
        period = periods.period_at(tokens, end)
        if period is not None:
            return max(period[1], end + 1)
        if tokens[end].word not in {"điểm", "kỳ", "của", "các", "kì", "này", "/", "-", "với"}:
            break
        end += 1
    return end


def leads_to_plan(tokens: Sequence[Token], index: int) -> bool:
    """Say whether «kế hoạch» follows at once."""
    end = index
    while end < len(tokens) and end < index + 3:
        if PLAN.at(tokens, end):
            return True
        if tokens[end].word not in {"và", "vượt", "mức", "được", "các"}:
            return False
        end += 1
    return False


def assigned_end(tokens: Sequence[Token], index: int) -> int:
    """Return the index after «giao» of «được Trung ương giao … là», 0 if nothing is assigned."""
    if tokens[index].word != "giao" or index + 1 >= len(tokens):
        return 0
    before = [token.word for token in tokens[max(0, index - 6) : index]]
    after = [token.word for token in tokens[index + 1 : index + _ASSIGNED]]
    if (
        "được" not in before
        or "nhiệm" in after
        or "," in after[:1]
        or ("tiêu" in before and "hiện" in before)
    ):  # «thực hiện các chỉ tiêu được giao …»: what came of them
        return 0
    for word in after:
        if word in {"là", ":"} or word[0].isdigit():
            return index + 1
        if word in {",", ";", ".", "(", ")", "đạt", "thực"}:
            return 0
    return 0


def plan_tail(tokens, index) -> int:
    """Return the index after «kế hoạch năm 2023 do HĐND tỉnh giao»."""
    end = index
    while end < len(tokens) and end < index + _TAIL:
        token = tokens[end]
        is_year = periods.year_number(token) is not None and not has_unit(tokens, end)
        if token.word in {"đề", "đặt"} and follows(tokens, end + 1, "ra") and (
            end + 2 < len(tokens) and tokens[end + 2].word in _SET_THERE
        ):  # fmt: skip
            break  # «Nghị quyết đã đề ra một số chỉ tiêu …»
        if token.word in PLAN_TAIL or is_year:
            end += 1
        elif (
            token.word in {"/", "-"}
            and end + 1 < len(tokens)
            and periods.year_number(tokens[end + 1])
        ):
            end += 2
        elif token.word.isdigit() and (
            tokens[end - 1].word == "tháng"
            or (tokens[end - 1].word == "bản" and follows(tokens, end + 1, "tháng"))
        ):  # «kịch bản tháng 11», «kịch bản 9 tháng»
            end += 1
        else:
            break
    return end


def price_end(tokens, index) -> int | None:
    """Return the index after «giá so sánh năm 2010», whose year is no period."""
    word = tokens[index].word
    end = index + 1
    if word == "giá":
        if end >= len(tokens):
            return None
        if tokens[end].word in {"so", "hiện", "cố", "thực", "cơ"}:
            end += 2
        elif tokens[end].word == "ss":
            end += 1
        elif follows(tokens, end, "năm") or periods.year_number(tokens[end]) is None:
            return None
    elif word not in {"gss", "ghh"}:
        return None
    if follows(tokens, end, "năm"):
        end += 1
    if end < len(tokens) and periods.year_number(tokens[end]) and not has_unit(tokens, end):
        end += 1
    return min(end, len(tokens))


def factor_at(tokens, index) -> tuple[Decimal, int] | None:
    """Read «gấp đôi», «tăng gấp ba lần»."""
    end = index
    while (
        end < len(tokens) and end < index + 3 and tokens[end].word in {"tăng", "cao", "gần", "hơn"}
    ):
        end += 1
    if not follows(tokens, end, "gấp") or end + 1 >= len(tokens):
        return None
    factor = _FACTORS.get(tokens[end + 1].word)
    if factor is None:
        return None
    end += 2
    return Decimal(factor), end + follows(tokens, end, "lần")


def follows(tokens, index, word) -> bool:
    return 0 <= index < len(tokens) and tokens[index].word == word
