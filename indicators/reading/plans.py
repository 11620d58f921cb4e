"""What a number says of a plan: how far it was passed or missed, or what it had set."""

from indicators.reading import units
from indicators.reading.amounts import Amount
from indicators.reading.around import Around
from indicators.reading.atoms import Atom
from indicators.reading.comparisons import Base
from indicators.reading.drafts import HUNDRED, RANGE_OF_CHANGE, Change
from indicators.reading.finishing import readings
from indicators.reading.hedges import NOT_REACHED
from indicators.reading.periods import WHOLE_YEAR, Period
from indicators.reading.resolving import resolved

_CLOSE = 8  # atoms between a number and the target told beside it
_SETTING = frozenset("là đề ra đặt được giao mức".split())
_SET = (["đề", "ra"], ["đặt", "ra"], ["được", "giao"])


class Plans(Around):
    """The part of the reader that meets plans; the sentence at hand is set by its heir."""

    def _over_plan(self, amount: Amount, base: Base | None, direction: int, qualifier: str) -> bool:
        draft = self.draft
        said = base or self.segment.base
        if said is not None and said.kind != "plan":
            return self._changed(amount, direction, qualifier, said)
        if amount.unit.dimension == "điểm %" or draft.is_change:
            draft.outcome = "exceeded" if direction > 0 else "missed"
            return True
        if amount.upper is not None:
            draft.doubts.append(RANGE_OF_CHANGE)
        elif draft.plan is None and amount.number.value is not None:
            draft.plan = direction * amount.number.value
            draft.plan_digits = amount.number.digits
        elif amount.number.doubt:
            draft.doubts.append(amount.number.doubt)
        return True

    def _attained(self, amount: Amount) -> bool:
        draft = self.draft
        if self.segment.plan_ahead and self.segment.base is None and self._base_after() is None:
            return False
        if amount.number.value is None:
            draft.doubts.append(amount.number.doubt)
        elif draft.plan is None:
            draft.plan = amount.number.value - HUNDRED
            draft.plan_digits = amount.number.digits
        return True

    def _not_reached(self, atom: Atom, amount: Amount, qualifier: str, base: Base | None) -> bool:
        """«không đạt kế hoạch 450 triệu USD»: the target; «không đạt 450 triệu USD»: nothing."""
        segment, draft = self.segment, self.draft
        said = base or segment.base
        following = [token.word for token in self.tokens[atom.end : atom.end + 2]]
        is_set = segment.plan_ahead or (said is not None and said.kind == "plan")
        if not (is_set or following in _SET):
            draft.doubts.append(NOT_REACHED)
            return True
        if segment.verb == "fail":
            draft.outcome = "missed"
        if any(units.same_kind(amount.unit, subject.unit) for subject in draft.subjects):
            self._planned(amount, qualifier)
        elif segment.verb == "hardly":
            draft.doubts.append(NOT_REACHED)
        return True

    def _set_beside(self, amount: Amount) -> Atom | None:
        """Return the target of «đạt 6,1% so với kế hoạch là 7,5%»: both are the thing itself."""
        is_met = False
        for position in range(self.at + 1, min(self.at + _CLOSE, len(self.atoms))):
            atom = self.atoms[position]
            if atom.kind == "base" and atom.data.kind == "plan" and not is_met:
                is_met = True
            elif atom.kind == "amount":
                unit = atom.data.unit
                fits = unit is not None and (
                    amount.unit is not None and unit.dimension == amount.unit.dimension
                )
                if not (is_met and fits):
                    return None
                self.beside_plan.update(range(self.at + 1, position + 1))
                self.consumed.update(self.beside_plan)
                return atom
            elif not (atom.kind in {"after", "neutral"} or (is_met and self._sets(atom))):
                return None
        return None

    def _sets(self, atom: Atom) -> bool:
        """Say whether an atom may stand between «kế hoạch» and its number."""
        if atom.kind == "verb":
            return atom.data in {"reach", "reach_here", "up", "down"}
        return atom.kind == "qualifier" or self.tokens[atom.start].word in _SETTING

    def _plan_beside(self, told: Atom) -> None:
        """Make the row of the target that ``_set_beside`` found."""
        between = self.atoms[self.at + 1 : self.atoms.index(told)]
        said = [atom.data for atom in between if atom.kind == "qualifier"]
        falls = self.draft.changes and (self.draft.changes[-1].value or 0) < 0
        self._planned(told.data, said[-1] if said else "", -1 if falls else 1)

    def _differs_from_plan(self, direction: int) -> bool:
        """«còn thiếu 1.200 tỷ đồng so với kế hoạch»: by how much, no value."""
        base = self._base_after() or self.segment.base
        if base is None or base.kind != "plan":
            return False
        self.draft.outcome = self.draft.outcome or ("exceeded" if direction > 0 else "missed")
        return True

    def _year_behind(self) -> Period | None:
        """Return the year of «(mục tiêu) … đạt 1,4 tỷ USD vào năm 2025»."""
        for other in self.atoms[self.at + 1 : self.at + 3]:
            if other.kind == "period":
                return other.data if other.data.year else None
            if self.tokens[other.start].word not in {"vào", "trong"}:
                return None
        return None

    def _planned(self, amount: Amount, qualifier: str, direction: int = 1) -> None:
        """Make a row of «(kế hoạch 33.857 tỷ đồng)» beside the result."""
        draft = self.draft
        told = self._year_behind() or self.segment.period or draft.whole_period(self.context)
        year = resolved(told, self.context.published)[0]
        own = self.segment.period
        if year and own is not None and own.part:
            told = Period(year=year, part=own.part)  # «(kịch bản quý I là 11,79%)»
        else:
            told = Period(year=year, months=WHOLE_YEAR) if year else None
        target = draft.again(told, "target")
        target.start, target.end = draft.start, self.tokens[self.atoms[self.at].end - 1].end
        is_rate = amount.unit.dimension == "%" and not any(
            units.same_kind(amount.unit, subject.unit) for subject in draft.subjects
        )
        if is_rate and (draft.changes or draft.subjects):
            number = amount.number
            value = None if number.value is None else direction * number.value
            upper = amount.upper
            top = None if upper is None or upper.value is None else direction * upper.value
            target.changes.append(Change(value, number.digits, "%", "", None, number.doubt, top))
        else:
            target.amount, target.qualifier = amount, qualifier
        self.rows += readings(target, self.context, self.source, self._span(target))
