"""Which figures a period belongs to: those that follow, the one before, or a comparison."""

from itertools import pairwise, takewhile

from indicators.reading import units
from indicators.reading.amounts import Amount
from indicators.reading.atoms import Atom
from indicators.reading.comparisons import Base
from indicators.reading.naming import Naming
from indicators.reading.periods import WHOLE_YEAR, Period
from indicators.reading.phrases import lead_words
from indicators.reading.resolving import is_coming
from indicators.reading.sections import is_about_meeting, plans

_NEW = 3  # months of a year in which the one before is reported
_REPORTED = 8  # words
_DONE = {("thực", "hiện"), ("kết", "quả"), ("tổng", "kết"), ("sơ", "kết")}
_AHEAD = {("nhiệm", "vụ"), ("phương", "hướng"), ("triển", "khai"), ("kế", "hoạch")}


class Dating(Naming):
    """The part of the reader that meets periods; the sentence at hand is set by its heir."""

    def _period(self, atom: Atom) -> None:
        period = self.context.this_part(atom.data)
        if period.relative == 0 and period.year is None:
            before = self.local if period.months == WHOLE_YEAR else None
            period = self.context.this_year(period, self.atoms, before)
        if period.is_span and self.tokens[atom.start - 1].word == "nhất":
            return  # «cao nhất trong 10 năm gần đây»
        if self._is_beside_number():
            self._date_number(period)
            return
        earlier = [token.word for token in self.tokens[max(0, atom.start - 4) : atom.start]]
        is_ahead = self.context.kind == "result" and any(
            couple in _AHEAD for couple in pairwise(earlier)
        )
        is_ahead = is_ahead and not (self._is_disbursed(atom) or self._is_looked_back(atom))
        is_target = self.context.kind != "result" or is_ahead or self._opens_plan(period)
        segment = self.segment
        before = self.atoms[self.at - 1] if self.at else None
        if (
            before is not None
            and before.kind == "verb"
            and (self.tokens[atom.start - 1].word == "hơn")
        ):  # «cao hơn tháng 7 năm 2008 là 7,6%»
            written = " ".join(token.word for token in self.tokens[atom.start : atom.end])
            segment.base = Base("period", period, written)
            return
        is_known = segment.has_subject and self.draft is not None and self.draft.subjects
        is_named = bool(lead_words(self.tokens, segment.words)) and not is_known
        if (self.has_figures and is_named and not segment.has_amount) or (
            not is_target and (self._is_in_passing(atom) or self._is_on_agenda(atom))
        ):
            # «chỉ số PCI năm 2023 được cải thiện»: of that alone.
            segment.period = period
            if self.draft is not None and self.draft.is_empty:
                self.draft.period = period
            return
        # «vượt mức tăng 5,12% của năm trước»: compared with, never what the text is about.
        is_before = period.relative == -1 and bool(segment.verbs)
        if not is_before:
            self.context.meet(
                period, is_target=is_target, leads=self._leads(atom), begins=self.at == 0,
                opens=not (segment.words or segment.verbs or segment.has_subject),
            )  # fmt: skip
        if is_ahead or (is_before and self.tokens[atom.start - 1].word == "của"):
            return
        if segment.first is not None and segment.first_period is None and segment.verb == "from":
            segment.first_period = period
            return
        if period.is_span and self.draft is not None and not self.draft.is_empty:
            if segment.in_brackets:
                segment.period = period  # «(bình quân 3 năm 2021-2023 tăng 9,9%)»
            return
        draft = self.draft
        if segment.has_amount and draft is not None and not draft.is_empty:
            if draft.period is None or draft.period is self.local:
                draft.period = period
            return
        segment.period = period
        around = {token.word for token in self.tokens[max(0, atom.start - 3) : atom.end]}
        if not (period.is_span and {"vụ", "nay"} & around):
            self.local = period  # «vụ đông xuân 2022-2023», «từ năm 1990 đến nay»: of that alone
        if draft is not None and draft.is_empty:
            draft.period = period

    def _opens_plan(self, period: Period) -> bool:
        """«Bước sang năm 2026, tỉnh đặt mục tiêu …» in its first months."""
        published = self.context.published
        is_new = published is not None and period.year == published.year and (
            published.month <= _NEW and period.months == WHOLE_YEAR
        )  # fmt: skip
        return is_new and plans(self.atoms[self.at :])

    def _is_looked_back(self, atom: Atom) -> bool:
        """«kết quả thực hiện nhiệm vụ năm 2022»: what was done of it."""
        before = [token.word for token in self.tokens[max(0, atom.start - _REPORTED) : atom.start]]
        return any(couple in _DONE for couple in pairwise(before))

    def _is_on_agenda(self, atom: Atom) -> bool:
        """«Hội nghị sơ kết …, đề ra chương trình 6 tháng cuối năm»: told by no number here."""
        if not is_coming(atom.data) or not is_about_meeting(self.tokens):
            return False
        return all(other.kind != "amount" for other in self.atoms[self.at :])

    def _is_in_passing(self, atom: Atom) -> bool:
        """«Năm 2023, do hậu quả của trận lũ năm 2021, …», «PCI năm 2022 xếp thứ 17»."""
        segment = self.segment
        if not segment.words and not segment.has_subject:
            return False
        rest = list(takewhile(lambda other: other.kind != "mark", self.atoms[self.at + 1 :]))
        amounts = [other.data for other in rest if other.kind == "amount"]
        is_ranked = any(self.tokens[other.start].word == "xếp" for other in rest)
        if segment.has_amount or any(not self._is_idle(amount) for amount in amounts):
            return False
        if is_ranked or amounts:
            return True
        told, year = self.local, atom.data.year
        is_earlier = told is not None and None not in (told.year, year) and year < told.year
        published = self.context.published
        # «Đầu năm 2024, Sở tổng kết công tác năm 2023»: the text is about the year just over.
        is_new = published is not None and told is not None and told.year == published.year and (
            published.month <= _NEW
        )  # fmt: skip
        return is_earlier and not is_new

    def _is_idle(self, amount: Amount) -> bool:
        return amount.unit is not None and amount.unit.dimension in units.IDLE

    def _is_beside_number(self) -> bool:
        """«25.055 tỷ đồng (năm 2019)»: the year in brackets is of that number alone."""
        around = [
            atom.data for atom in self.atoms[self.at - 1 : self.at + 2] if atom.kind == "mark"
        ]
        return (
            self.at > 1 and around == ["(", ")"] and bool(self.outer)
            and self.atoms[self.at - 2].kind == "amount"
        )  # fmt: skip

    def _date_number(self, period: Period) -> None:
        segment, draft = self.outer[-1][0], self.draft
        if segment.first is not None and (draft is None or draft.is_empty):
            segment.first_period = period
        elif draft is not None and not draft.is_empty:
            draft.period = period

    def _leads(self, atom: Atom) -> bool:
        if atom.start and self.tokens[atom.start - 1].word == "riêng":
            self.context.is_separate = True
        if self.context.is_separate and atom.data.part:
            return False  # «Riêng tháng 6, …; quý II …» in a report of half a year
        return atom.start <= 4 or not self.sentence.closes or self.sentence.is_line_start

    def _is_disbursed(self, atom: Atom) -> bool:
        before = [token.word for token in self.tokens[max(0, atom.start - 10) : atom.start]]
        return ("giải", "ngân") in pairwise(before)

    def _verb_follows(self) -> bool:
        for atom in self.atoms[self.at + 1 : self.at + 16]:
            if atom.kind == "mark" and atom.data not in {"(", ")"}:
                return False
            if atom.kind == "verb":
                return atom.data == "reach"
        return False
