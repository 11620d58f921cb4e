"""
A sentence as a row of atoms: names, amounts, verbs, periods, places, comparisons, marks.

Each word belongs to one atom. Numbers that are no figures (dates, document numbers, ranks,
telephone numbers, numbering) become atoms of their own, which nothing reads.
"""

from collections.abc import Sequence
from typing import NamedTuple

from indicators.reading import numbers, periods, places
from indicators.reading.amounts import FAR, HERE, NEAR, Amounts, has_unit, leads_to_number
from indicators.reading.comparisons import (
    assigned_end,
    base_at,
    compared_rate_end,
    factor_at,
    follows,
    leads_to_plan,
    plan_tail,
    price_end,
    same_period_end,
)
from indicators.reading.goals import is_idle
from indicators.reading.idle import DAY_WORDS, day_end, idle_end, iso_end
from indicators.reading.sections import is_meeting, is_report
from indicators.reading.source import Token
from indicators.reading.subjects import Names
from indicators.reading.words import (
    AFTER_NUMBER,
    KINDS,
    NEUTRAL_AFTER,
    NOT_SETTING,
    PLAN,
    QUALIFIERS,
    VERBS,
)

_MARKS = frozenset(",;:()-+•*|\t.!?…")
_LONGEST_DONE = 12  # words
_LISTED_WITH = frozenset(
    ", và các những nhiều toàn bộ nhiệm vụ chỉ tiêu kế hoạch cơ bản tốt xuất sắc thắng lợi".split()
)


class Atom(NamedTuple):
    """A piece of a sentence: ``kind`` says what ``data`` is."""

    kind: str
    start: int  # indexes of tokens
    end: int
    data: object = None


class Scanner:
    """Cuts sentences into atoms."""

    def __init__(self, names: Names, notation: numbers.Notation):
        self._names = names
        self._amounts = Amounts(notation)

    def atoms(self, tokens: Sequence[Token]) -> list[Atom]:
        """Return the atoms of a sentence in order, without gaps."""
        found: list[Atom] = []
        index = 0
        while index < len(tokens):
            atom = self._atom(tokens, index, found)
            found.append(atom)
            index = atom.end
        return found

    def amount_at(self, tokens: Sequence[Token], index: int) -> Atom:
        """Return the number at ``index`` with its unit."""
        amount, end = self._amounts.at(tokens, index)
        return Atom("amount", index, end, amount)

    def _atom(self, tokens, index, before) -> Atom:
        token = tokens[index]
        if token.kind == "number":
            return self._number(tokens, index)
        if token.kind == "word":
            return self._word(tokens, index, before)
        return self._mark(tokens, index, before)

    def _word(self, tokens, index, before) -> Atom:
        match = self._names.at(tokens, index)
        price = price_end(tokens, index)
        if price is not None:
            return Atom("neutral", index, price)
        rate = compared_rate_end(tokens, index)
        if rate > index:
            return Atom("idle", index, rate)
        factor = factor_at(tokens, index)
        if factor is not None:
            return Atom("factor", index, factor[1], factor[0])
        base = base_at(tokens, index)
        if base is not None:
            return Atom("base", index, base[1], base[0])
        if match is not None:
            return Atom("name", index, match.end, match)
        period = periods.period_at(tokens, index)
        if period is not None:
            # «tháng trước» is only ever compared with.
            is_before = period[0].part in {"tháng trước", "quý trước"} or (
                period[0].part and same_period_end(tokens, period[1]) > period[1]
                and follows(tokens, period[1], "cùng") and follows(tokens, period[1] + 1, "kỳ")
            )  # fmt: skip
            return Atom("idle" if is_before else "period", index, period[1], period[0])
        place = places.place_at(tokens, index)
        if place is not None:
            return Atom("place", index, place.end, place)
        neutral = NEUTRAL_AFTER.at(tokens, index)
        if neutral is not None:
            return Atom("neutral", index, neutral[1])
        kind = self._kind(tokens, index, before)
        if kind is not None:
            return kind
        qualifier = QUALIFIERS.at(tokens, index)
        if (
            qualifier is not None
            and leads_to_number(
                tokens, qualifier[1], FAR if qualifier[0] in {"estimated", "expected"} else 2
            )
        ) or (qualifier is not None and self._leads_to_name(tokens, qualifier)):
            return Atom("qualifier", index, qualifier[1], qualifier[0])
        after = AFTER_NUMBER.at(tokens, index)
        if after is not None:
            return Atom("after", index, after[1], after[0])
        verb = VERBS.at(tokens, index)
        if verb is not None and verb[0] == "same_worth" and base_at(tokens, verb[1]):
            verb = ("equal", verb[1])
        if verb is not None and self._is_verb(verb[0], tokens, verb[1], index):
            end = same_period_end(tokens, verb[1]) if verb[0] == "equal" else verb[1]
            return Atom("verb", index, end, verb[0].removesuffix("_here"))
        plan = PLAN.at(tokens, index)
        if plan is not None:
            end = plan[1]
            if end < len(tokens) and self._names.at(tokens, end - 1):
                end -= 1  # «dự toán thu ngân sách»
            end = plan_tail(tokens, end)
            years = [year for token in tokens[index:end] if (year := periods.year_number(token))]
            return Atom("plan", index, end, years[0] if years else None)
        if tokens[index].word in DAY_WORDS and index + 1 < len(tokens):
            end = day_end(tokens, index + 1)
            if end > index + 1:
                return Atom("idle", index, end)
        return Atom("word", index, index + 1)

    def _kind(self, tokens, index, before) -> Atom | None:
        found = KINDS.at(tokens, index)
        if found is None:
            end = assigned_end(tokens, index)
            return Atom("kind", index, end, "target") if end else None
        meaning, end = found
        if meaning == "target" and is_idle(tokens, index, end):
            return Atom("word", index, end)
        if meaning == "target" and tokens[index].word in {"mục", "chỉ", "kế"}:
            previous = tokens[index - 1].word if index else ""
            if previous in NOT_SETTING or _is_done(tokens, index):
                return None
        if meaning == "target" and tokens[index].word in {"mục", "chỉ", "phương"}:
            is_lone = tokens[index].word == "phương" or not leads_to_number(tokens, end, FAR)
            if is_lone and (is_meeting(tokens, index) or is_report(tokens, index)):
                return None
        if meaning == "result" and index > NEAR + 1 and tokens[index].word not in {"kết", "đã"}:
            return None
        if tokens[index].word == "đã":
            end = index + 1  # «hoàn thành 100% nhiệm vụ» may be a name
        return Atom("kind", index, end, meaning)

    def _leads_to_name(self, tokens, qualifier) -> bool:
        """«ước kim ngạch xuất khẩu … đạt»: said before the indicator."""
        meaning, end = qualifier
        return (
            meaning in {"estimated", "expected"}
            and end < len(tokens)
            and (self._names.at(tokens, end) is not None)
        )

    def _is_verb(self, meaning, tokens, end, start) -> bool:
        if meaning in {"up", "down"} and start and tokens[start - 1].word in {"độ", "lệ"}:
            # «tốc độ tăng giá trị sản xuất đạt 15%»
            is_near = leads_to_number(tokens, end, NEAR) or end >= len(tokens)
            return is_near or tokens[end].kind != "word" or base_at(tokens, end) is not None
        if meaning == "up" and [t.word for t in tokens[end : end + 1]] == ["vốn"]:
            return False  # «2 dự án điều chỉnh tăng vốn với tổng vốn …»
        if meaning == "contribute" and end < len(tokens) and tokens[end].word == "của":
            return False  # «Đóng góp của … vào tăng trưởng đạt 45%»
        if "thiếu" in {tokens[start].word, tokens[end - 1].word}:  # «thiếu nguyên liệu»
            return leads_to_number(tokens, end, HERE)
        if tokens[end - 1].word == "thêm":  # «giá trị tăng thêm của ngành», «cấp mới và tăng thêm»
            if [token.word for token in tokens[max(0, start - 2) : start]] == ["mới", "và"]:
                return False
            return leads_to_number(tokens, end, NEAR)
        if meaning == "reach_here":
            if tokens[start].word == "đầu" and start and tokens[start - 1].word in {"hút", "vốn"}:
                return False
            return leads_to_number(tokens, end, HERE) or (
                tokens[end - 1].word in {"thành"} and leads_to_plan(tokens, end)
            )
        if meaning in {"reach", "from", "to", "raise", "same_worth"}:
            return leads_to_number(tokens, end, NEAR) or (
                meaning == "reach" and leads_to_plan(tokens, end)
            )
        return True

    def _mark(self, tokens, index, before) -> Atom:
        word = tokens[index].word
        qualifier = QUALIFIERS.at(tokens, index)
        if qualifier is not None and leads_to_number(tokens, qualifier[1], 2):
            return Atom("qualifier", index, qualifier[1], qualifier[0])
        if word in "+-" and index + 1 < len(tokens) and tokens[index + 1].kind == "number":
            is_sign = tokens[index + 1].start == tokens[index].end and (
                index == 0
                or tokens[index - 1].end < tokens[index].start
                or tokens[index - 1].word in "(:|,;"
            )
            if is_sign and (before or word == "+"):
                return self._number(tokens, index + 1, word)
        if word == "/" and before and before[-1].kind == "place":
            return Atom("neutral", index, index + 1)
        return Atom("mark" if word in _MARKS else "word", index, index + 1, word)

    def _number(self, tokens, index, sign="") -> Atom:
        start = index - bool(sign)
        is_date = iso_end(tokens, index) > index
        period = periods.period_at(tokens, index) if not (sign or is_date) else None
        if period is not None and not has_unit(tokens, index):
            return Atom("period", start, period[1], period[0])
        end = idle_end(tokens, index)
        if end is not None:
            return Atom("idle", start, end)
        amount, end = self._amounts.at(tokens, index, sign)
        return Atom("amount", start, end, amount)


def _is_done(tokens, index) -> bool:
    """Say whether «hoàn thành» is said of a list: «đã hoàn thành các nhiệm vụ, mục tiêu»."""
    at = index - 1
    while at >= 0 and index - at < _LONGEST_DONE and tokens[at].word in _LISTED_WITH:
        at -= 1
    is_done = at > 0 and (tokens[at - 1].word, tokens[at].word) == ("hoàn", "thành")
    is_urged = {"phấn", "quyết", "phải", "cần", "để", "nhằm"} & {
        token.word for token in tokens[max(0, at - 6) : max(0, at)]
    }
    return is_done and index - at > 1 and not is_urged
