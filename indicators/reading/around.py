"""Looking around the number at hand: what it is compared with, what follows it."""

from collections.abc import Sequence
from itertools import pairwise

from indicators.reading import units
from indicators.reading.atoms import Atom
from indicators.reading.comparisons import WHOLE, Base
from indicators.reading.drafts import HUNDRED, Draft
from indicators.reading.periods import Period
from indicators.reading.phrases import is_pace
from indicators.reading.segments import CONNECTORS

AVERAGE = "mức tăng, giảm bình quân nhiều năm, không phải của một năm"
OF_EACH = "số bình quân mỗi năm, mỗi tháng, không phải của cả kỳ"
_YEARLY = {("hằng", "năm"), ("hàng", "năm")}
_PHRASE = 10  # words
_LOOKED = 5  # atoms looked at behind a number
_NAME = 4  # words of what grows
_ENDS = {",", ";", ":", ".", "(", ")"}
_COMPARED = {"quân", "chung", "hơn", "với", "bằng"}


def _has_average(said: list[str]) -> bool:
    """Say whether «bình quân» follows «tăng», «tăng trưởng»: not «CPI bình quân tăng»."""
    for at, word in enumerate(said):
        if word in {"tăng", "giảm", "trưởng"}:
            # «tốc độ tăng trưởng kinh tế bình quân 7,5%»
            reach = _NAME if "tốc" in said[:at] else 0
            for begin in range(at + 1, at + 2 + reach):
                if said[begin : begin + 2] == ["bình", "quân"]:
                    return said[begin + 2 : begin + 3] != ["đầu"]
    return False


class Around:
    """The part of the reader that looks beyond the atom it stands at."""

    def _is_close(self) -> bool:
        """Say whether the number stands right behind its verb, qualifier or comparison."""
        before = self.atoms[self.at - 1] if self.at else None
        return before is not None and before.kind in {"verb", "qualifier", "base", "plan", "mark"}

    def _is_said_of(self, told: Draft, words: Sequence[int]) -> bool:
        """Say whether ``words`` name no more than the pace or the worth of what was told."""
        if is_pace(self.tokens, words):
            told.is_rate = True  # «GRDP đạt 8.165 tỷ đồng, tốc độ tăng trưởng đạt 6,5%»
            return True
        # «giá trị sản xuất công nghiệp tăng 17,3%, với giá trị ước đạt 3.066 tỷ đồng»
        said = [self.tokens[index].word for index in words]
        is_open = told.amount is None and bool(told.subjects) and not told.is_change
        return is_open and said in (["giá", "trị"], ["tổng", "giá", "trị"], ["kim", "ngạch"])

    def _closes_told(self) -> bool:
        """Say whether brackets that told the number at hand end right here."""
        before = self.atoms[self.at - 1] if self.at else None
        draft = self.draft
        is_closed = before is not None and before.kind == "mark" and before.data == ")"
        return is_closed and draft is not None and not draft.is_empty

    def _reach(self, atom: Atom) -> None:
        if self.draft is not None:
            self.draft.reach(self.tokens[atom.end - 1].end)

    def _is_compared(self) -> bool:
        """«gấp 3,38 lần năm 2015», «bằng 108% năm 2022»: the year is what is compared with."""
        amount = self.atoms[self.at].data
        if self.atoms[self.at].kind == "factor":
            return True
        if self.draft is None:
            return False
        if amount.unit is None or amount.unit.dimension not in {"lần", "%"}:
            return False
        if amount.unit.dimension == "lần":
            return True
        value = amount.number.value
        return (
            self.segment.verb == "reach" and value is not None and value > HUNDRED / 2
            and not any(
                units.same_kind(amount.unit, subject.unit) for subject in self.draft.subjects
            )
        )  # fmt: skip

    def _compared_place(self) -> tuple[int, int] | None:
        """Return where the country stands in «so với cả nước (», «cao hơn bình quân cả nước (»."""
        base = self.segment.base
        if base is not None and base.place is not None:
            return base.place
        end = self.atoms[self.at].start
        words = [token.word for token in self.tokens[max(0, end - 4) : end]]
        before = [word for word in words[:-2] if word != "của"]
        is_compared = tuple(words[-2:]) in WHOLE and before[-1:] and before[-1] in _COMPARED
        return (end - 2, end) if is_compared else None

    def _is_beside(self) -> bool:
        """«trong khi cùng kỳ năm 2022 tăng 9,1%»: last year's."""
        for position in range(self.at - 1, max(0, self.at - 6), -1):
            atom = self.atoms[position]
            if atom.kind == "base":
                first, before = self.tokens[atom.start], self.tokens[atom.start - 1]
                return first.word == "cùng" and before.word in {"khi", "đó", "còn", "mà"}
        return False

    def _is_earlier(self, period: Period | None) -> bool:
        """Say whether ``period`` is of a year before that of the figure at hand."""
        whole = self.draft.whole_period(self.context)
        years = [told.year for told in (period, whole) if told is not None and told.year]
        return len(years) == 2 and years[0] < years[1]

    def _is_of_each(self, atom: Atom) -> bool:
        """«bình quân mỗi năm đạt 480 triệu USD», «mỗi tháng 40 triệu USD»: no figure of a year."""
        pairs = set(pairwise(self._said_before(atom)))
        return ("mỗi", "năm") in pairs or ("mỗi", "tháng") in pairs

    def _said_before(self, atom: Atom) -> list[str]:
        """Return the words of the clause around the number, two behind it."""
        begin = atom.start
        while begin and atom.start - begin < _PHRASE and self.tokens[begin - 1].word not in _ENDS:
            begin -= 1
        return [token.word for token in self.tokens[begin : atom.end + 2]]

    def _leads_to_pace(self, atom: Atom) -> bool:
        """Say whether «mức tăng», «tốc độ tăng» follows."""
        following = [token.word for token in self.tokens[atom.end : atom.end + 1]]
        return following in (["mức"], ["tốc"], ["nhịp"], ["đà"])

    def _is_average(self, atom: Atom) -> bool:
        """«tăng bình quân 9,8%/năm», «bình quân mỗi năm tăng 11%»: no rate of one year."""
        if "/năm" in atom.data.unit.per:
            return True
        said = self._said_before(atom)
        if _has_average(said) and self._base_after() is None and self.segment.base is None:
            return True
        pairs = set(pairwise(said))
        return ("mỗi", "năm") in pairs or (("bình", "quân") in pairs and bool(pairs & _YEARLY))

    def _goes_on(self, is_range: bool = False) -> bool:
        """Say whether «lên …» follows «từ …»; behind «từ 6,5-7%» at once."""
        for atom in self.atoms[self.at + 1 : self.at + (3 if is_range else 9)]:
            if atom.kind == "verb" and atom.data in {"to", "reach"}:
                return True
            if atom.kind == "mark" and (is_range or atom.data in {";", "."}):
                return False
        return False

    def _absolute_end(self, position: int) -> int:
        """Return the index after «(tăng 2,5 triệu USD)», 0 for brackets that tell more."""
        for at in range(position + 1, min(position + _LOOKED, len(self.atoms))):
            atom = self.atoms[at]
            if atom.kind == "mark" and atom.data == ")":
                return at + 1
            is_share = atom.kind == "amount" and (
                atom.data.unit is None or atom.data.unit.dimension in {"%", "điểm %"}
            )
            if is_share or atom.kind not in {"verb", "qualifier", "amount", "word"}:
                return 0
        return 0

    def _base_after(self) -> Base | None:
        """Return the comparison that follows the number at hand, also within brackets."""
        words = passed = 0
        for position in range(self.at + 1, min(self.at + 12, len(self.atoms))):
            atom = self.atoms[position]
            if position - self.at > max(_LOOKED, passed - self.at + 1):
                return None
            if position in self.beside_plan:
                return None
            if self.tokens[atom.start].word in {"như", "đúng"}:
                return None  # «phấn đấu dưới 6,2% như kế hoạch đã giao»
            if atom.kind == "base":
                self.consumed.add(position)
                self._reach(atom)
                return atom.data
            if atom.kind == "plan":
                self.consumed.add(position)
                self._reach(atom)
                return Base("plan", None, "")
            if atom.kind == "period" and position == self.at + 1 and self._is_compared():
                self.consumed.add(position)
                return Base(
                    "period",
                    atom.data,
                    " ".join(token.word for token in self.tokens[atom.start : atom.end]),
                )
            if position < passed:
                continue
            if atom.kind == "mark" and atom.data == "(":
                inside = [other.kind for other in self.atoms[position + 1 : position + 3]]
                passed = self._absolute_end(position)
                if inside == ["base", "mark"] or passed:
                    continue
                return None
            if (
                atom.kind == "word"
                and words < 3
                and self.tokens[atom.start].word not in {*CONNECTORS, "/"}
            ):
                words += 1
                continue
            if atom.kind in {"after", "neutral"}:
                continue
            return None
        return None
