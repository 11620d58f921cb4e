"""Plans and targets a clause speaks of: which it sets, which it says were reached or not."""

from indicators.reading.atoms import Atom
from indicators.reading.comparisons import Base
from indicators.reading.contexts import whole_year
from indicators.reading.dating import Dating
from indicators.reading.drafts import Draft
from indicators.reading.periods import WHOLE_YEAR
from indicators.reading.segments import CONTRASTING, UP_DOWN, Segment

OUTCOMES = {
    "beyond": "exceeded", "fail": "missed", "reach": "met", "up": "exceeded", "down": "missed",
}  # fmt: skip
_NEAR_TARGET = 7  # atoms between «mục tiêu» and its number


class Aims(Dating):
    """The part of the reader that meets plans and targets; the sentence is set by its heir."""

    def _kind(self, atom: Atom) -> None:
        if self.tokens[atom.end - 1].word == "tiêu" and atom.data == "result" and (
            self._names_target()
        ):  # fmt: skip
            self._set_one()
        elif atom.data == "result":
            if self.sentence.is_line_start and self.at <= 2:
                self.context.leave_targets()
            self.context.kind = "result"
        else:
            self.context.aim(None if self.has_figures else self.local)
            if self.tokens[atom.start].word in {"phấn", "kỳ"}:
                self.segment.qualifiers.append("expected")
        if self.draft is not None and self.draft.is_empty:
            self.draft.kind = self.context.kind

    def _plan(self, atom: Atom) -> None:
        segment = self.segment
        draft = self.draft
        if self._is_capital(atom):
            return
        outcome = OUTCOMES.get(segment.verb)
        if "reach" in segment.verbs and not segment.has_amount and self._names_target():
            self._set_one()
            return
        if segment.verb and not segment.has_amount and outcome and draft is not None:
            both = {"reach", "beyond"} <= set(segment.verbs) and self._is_either(atom)
            if self.context.kind == "target" and self._amount_is_next():
                return  # «phấn đấu đạt mục tiêu dưới 6,2%»
            if draft.kind == "target":
                self.pending = "" if both else outcome  # of the result still to come
            elif not self._amount_follows():
                draft.outcome = "" if both else outcome
                draft.reach(self.tokens[atom.end - 1].end)
            elif self._changes_next():
                segment.is_aside = True  # «không đạt mục tiêu tăng trưởng 8%»
                if draft.kind == "result" and not both and self._is_of_year(draft):
                    draft.outcome = draft.outcome or outcome
            else:
                segment.base = Base("plan", None, "")
            return
        if segment.has_amount:
            if self.tokens[atom.start - 1].word == "/":  # «tăng 9,08%/KH 8,5-9,5%»
                self._new_segment()
                self.segment.plan_ahead = self.segment.is_lead_read = True
            return
        is_first = not (segment.in_brackets or segment.has_subject or self.has_figures)
        if is_first and self.context.announces(self.tokens, atom, self.sentence):
            # «Kế hoạch năm 2022 là: …»: what follows was set, not reached.
            self.context.kind = self.context.kind and "target"
            if atom.data:
                self.context.target = whole_year(atom.data)
            elif self.context.target is None:
                self.context.aim_at_told_year()
            segment.words = []
            return
        segment.plan_ahead = True
        segment.period = segment.period or (whole_year(atom.data) if atom.data else None)
        segment.is_lead_read = segment.is_lead_read or not segment.words

    def _names_target(self) -> bool:
        """«(hoàn thành) mục tiêu tăng trưởng kinh tế 9-10%»: the target itself, whatever came."""
        following = self.atoms[self.at + 1 : self.at + _NEAR_TARGET]
        if not following or following[0].kind != "name":
            return False
        for other in following[1:]:
            if other.kind == "amount":
                return True
            is_between = other.kind in {"period", "neutral", "qualifier"}
            if not is_between and self.tokens[other.start].word not in {"là", "(", ")"}:
                return False
        return False

    def _set_one(self) -> None:
        """Read the clause that begins here as a target; what follows it is as before."""
        if self.kind_before is None:
            self.kind_before = self.context.kind
        self.context.kind = "target"
        if self.draft is not None and not self.draft.is_empty:
            self.finish()
        self.segment = Segment(period=self.segment.period)

    def _return_to_kind(self) -> None:
        if self.kind_before is not None:
            self.context.kind, self.kind_before = self.kind_before, None

    def _is_of_year(self, draft: Draft) -> bool:
        """Say whether a figure is of a whole year, as the plan it is held to."""
        period = draft.period
        return period is None or (not period.part and period.months in {None, WHOLE_YEAR})

    def _is_either(self, atom: Atom) -> bool:
        """«đạt và vượt kế hoạch»: one or the other; «hoàn thành vượt mức» is more."""
        before = {token.word for token in self.tokens[max(0, atom.start - 4) : atom.start]}
        return bool({"và", "hoặc", ",", "/"} & before)

    def _is_capital(self, atom: Atom) -> bool:
        """«Giải ngân kế hoạch vốn … đạt»: what was allotted, a part of the name."""
        if self.segment.has_amount or self.segment.verbs or self.segment.in_brackets:
            return False
        return self._is_disbursed(atom) and self._verb_follows()

    def _changes_next(self) -> bool:
        """Say whether «tăng» or «giảm» is the next thing said."""
        following = self.atoms[self.at + 1 : self.at + 2]
        return any(atom.kind == "verb" and atom.data in UP_DOWN for atom in following)

    def _amount_is_next(self) -> bool:
        following = [atom.kind for atom in self.atoms[self.at + 1 : self.at + 3]]
        return following[:1] == ["amount"] or following == ["qualifier", "amount"]

    def _amount_follows(self) -> bool:
        for atom in self.atoms[self.at + 1 : self.at + 6]:
            if atom.kind == "amount" and not self._is_idle(atom.data):
                return True
            if atom.kind == "mark" or self.tokens[atom.start].word in {*CONTRASTING, "và"}:
                return False
        return False
