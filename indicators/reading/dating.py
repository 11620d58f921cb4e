"""Which figures a period belongs to: those that follow, the one before, or a comparison."""

from itertools import pairwise

from indicators.reading.atoms import Atom
from indicators.reading.comparisons import Base
from indicators.reading.naming import Naming
from indicators.reading.periods import Period

_AHEAD = {("nhiệm", "vụ"), ("phương", "hướng"), ("triển", "khai"), ("kế", "hoạch")}


class Dating(Naming):
    """The part of the reader that meets periods; the sentence at hand is set by its heir."""

    def _period(self, atom: Atom) -> None:
        period = self.context.this_month(atom.data)
        if period.relative == 0 and period.year is None:
            period = self.context.this_year(period, self.atoms)
        if self._is_beside_number():
            self._date_number(period)
            return
        earlier = [token.word for token in self.tokens[max(0, atom.start - 4) : atom.start]]
        is_ahead = self.context.kind == "result" and any(
            couple in _AHEAD for couple in pairwise(earlier)
        )
        is_ahead = is_ahead and not self._is_disbursed(atom)
        is_target = self.context.kind != "result" or is_ahead
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
        if self.has_figures and segment.words and not (is_known or segment.has_amount):
            # «chỉ số PCI năm 2023 được cải thiện»: of that alone.
            segment.period = period
            if self.draft is not None and self.draft.is_empty:
                self.draft.period = period
            return
        self.context.meet(period, is_target=is_target, leads=self._leads(atom))
        if is_ahead:
            return
        if segment.first is not None and segment.first_period is None and segment.verb == "from":
            segment.first_period = period
            return
        if period.is_span and self.draft is not None and not self.draft.is_empty:
            return
        draft = self.draft
        if segment.has_amount and draft is not None and not draft.is_empty:
            if draft.period is None or draft.period is self.local:
                draft.period = period
            return
        segment.period = period
        self.local = period
        if draft is not None and draft.is_empty:
            draft.period = period

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
