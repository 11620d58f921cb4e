"""What a number says of the indicator at hand: its level, or one told beside it."""

from indicators.reading import units
from indicators.reading.amounts import Amount
from indicators.reading.around import OF_EACH
from indicators.reading.atoms import Atom
from indicators.reading.drafts import Draft
from indicators.reading.hedges import DENIED
from indicators.reading.periods import WHOLE_YEAR
from indicators.reading.phrases import is_noun_phrase
from indicators.reading.rates import Rates
from indicators.reading.segments import UP_DOWN
from indicators.reading.words import BOUNDS

_LONGEST_WHOLE = 10  # atoms of what a share is of
_OF_NUMBER = frozenset("so của và trong với là đối tương về trên mỗi một nhưng còn cho".split())


class Figures(Rates):
    """The part of the reader that meets numbers; the sentence at hand is set by its heir."""

    def _amount(self, atom: Atom) -> None:
        self._read_lead()
        segment, amount = self.segment, atom.data
        unit = amount.unit
        if self._is_of_the_base(amount):
            return
        qualifier = self._qualifier_of(amount)
        was_first = not segment.has_amount
        segment.has_amount = True
        if unit is None:
            unit = self._counted_unit(atom)
            if unit is None:
                return
            amount = amount._replace(unit=unit)
        is_open = not segment.has_subject or self.draft is None or not self.draft.subjects
        inverted = self._inverted(atom) if is_open and segment.verb != "share" else None
        if inverted is not None and was_first:
            subjects, first, end = inverted
            self._open(subjects, first, end, self._is_addition(atom))
            self.draft.start = min(self.draft.start, self.tokens[atom.start].start)
        self._name_by_unit(atom, unit)
        if was_first and unit.dimension == "%":
            self._name_by_whole(atom)
        if self.draft is None:
            return
        if (
            unit.dimension in units.IDLE
            and unit.dimension != "lần"
            and not any(units.same_kind(unit, subject.unit) for subject in self.draft.subjects)
        ):
            return
        self.has_figures = True
        if atom.start in self.supposed:
            self._suppose(atom)
            return
        planned = self._set_beside(amount)
        if unit.dimension == "lần":
            told = self._times(amount, qualifier)
        elif unit.dimension in {"%", "‰", "điểm %"}:
            told = self._percent(atom, amount, qualifier)
        else:
            told = self._level(atom, amount, qualifier)
        if told and self.draft in self.listed:
            self.listed = []
        if told and self.draft.inherited is None:
            self.draft.inherited = self.context.period(None, self.draft.kind)
        if told:
            self.context.note_figure(self.draft.whole_period(self.context), self.draft.kind)
            self.draft.reach(self.tokens[atom.end - 1].end)
        if told and planned is not None:
            self._plan_beside(planned)
        segment.qualifiers = []

    def _suppose(self, atom: Atom) -> None:
        """Take no number of «nếu …, chỉ đạt 38.000 tỷ đồng»."""
        draft = self.draft
        if draft.is_empty:
            draft.is_supposed = True
            draft.reach(self.tokens[atom.end - 1].end)

    def _name_by_unit(self, atom: Atom, unit: units.Unit) -> None:
        """Name the row of «…; cuối năm còn 3.414 hộ nghèo» by what is counted."""
        segment = self.segment
        if segment.has_subject or not segment.is_new_part or segment.verb != "reach":
            return
        if unit.dimension in units.COUNTED and " " in unit.dimension:
            self._open((), atom.end - len(unit.dimension.split()), atom.end, False)

    def _name_by_whole(self, atom: Atom) -> None:
        """Name the row of «…; trên 78% số xã đạt chuẩn» by what the share is of."""
        segment = self.segment
        before = self.atoms[self.at - 1] if self.at else None
        if before is not None and before.kind == "qualifier" and self.at > 1:
            before = self.atoms[self.at - 2]
        is_bare = not (segment.words or segment.verbs or segment.has_subject or segment.base)
        if before is None or before.data not in {";", ","} or not is_bare or segment.in_brackets:
            return
        end = atom.end
        for other in self.atoms[self.at + 1 : self.at + _LONGEST_WHOLE]:
            if other.kind not in {"word", "name", "neutral"} or self.tokens[end].word in _OF_NUMBER:
                break
            end = other.end
        words = list(range(atom.end, end))
        if is_noun_phrase(self.tokens, words) and not segment.plan_ahead:
            self._open((), atom.end, end, False)
            self.draft.start = self.tokens[atom.start].start

    def _is_of_the_base(self, amount: Amount) -> bool:
        """«cao hơn mức tăng cùng kỳ năm trước (6,13%)»: the number of what it is compared with."""
        segment = self.segment
        if not (segment.in_brackets and self.outer) or segment.verbs or segment.words:
            return False
        around = self.outer[-1][0]
        return not amount.sign and not around.has_amount and around.base is not None

    def _counted_unit(self, atom: Atom) -> units.Unit | None:
        """Return what «Số doanh nghiệp thành lập mới là 1.980» counts."""
        draft = self.draft
        following = self.tokens[atom.end].kind if atom.end < len(self.tokens) else "mark"
        if draft is None or draft.amount is not None or following != "mark":
            return None
        if self.segment.verb != "reach" or len(draft.subjects) != 1:
            return None
        unit = units.unit(draft.subjects[0].unit)
        return unit if unit is not None and unit.dimension in units.COUNTED else None

    def _inverted(self, atom: Atom):
        """Return the indicator named after its number: «3.150 km đường dây trung thế»."""
        unit_start = atom.start + 1
        for index in range(unit_start, min(atom.end + 1, len(self.tokens))):
            match = self.names.at(self.tokens, index)
            if (
                match is not None
                and match.end - index > 1
                and match.end >= atom.end
                and (not match.numbers)
            ):
                return match.subjects, index, match.end
        return None

    def _is_addition(self, atom: Atom) -> bool:
        """«đề nghị công nhận thêm 2 sản phẩm»: not how many there are."""
        before = [token.word for token in self.tokens[max(0, atom.start - 5) : atom.start]]
        return before[-1:] == ["thêm"] or ("đề" in before and "nghị" in before)

    def _qualifier_of(self, amount: Amount) -> str:
        if amount.after:
            return amount.after
        said = self.segment.qualifiers
        bounds = [qualifier for qualifier in said if qualifier in BOUNDS]
        if amount.upper is not None:
            bounds = [qualifier for qualifier in bounds if qualifier != "at_least"]
        others = [qualifier for qualifier in said if qualifier not in BOUNDS]
        return bounds[-1] if bounds else others[0] if others else ""

    def _level(self, atom: Atom, amount: Amount, qualifier: str) -> bool:
        segment, draft = self.segment, self.draft
        verb = segment.verb
        if segment.is_aside and segment.in_brackets:
            return False
        is_percent = amount.unit.dimension in {"%", "‰", "điểm %"}
        if verb in DENIED:
            return self._not_reached(atom, amount, qualifier, self._base_after())
        if verb in UP_DOWN and not is_percent:
            return self._differs_from_plan(UP_DOWN[verb])
        if not is_percent and self._is_of_each(atom):
            draft.doubts.append(OF_EACH)
            return True
        is_bare = segment.in_brackets and not (segment.verbs or segment.plan_ahead)
        if verb == "same_worth" or (is_percent and is_bare and draft.changes):
            return False
        if verb == "beyond" and not is_percent and self._differs_from_plan(1):
            return True
        if segment.verbs[-2:] == ["beyond", "reach"]:
            return False
        is_other = segment.period is not None and segment.period is not draft.period
        if draft.is_change and draft.changes and not is_other and not segment.plan_ahead:
            return False
        is_range = amount.upper is not None
        if verb == "from" and segment.first is None and self._goes_on(is_range):
            segment.first = amount
            return True
        is_planned = segment.plan_ahead and segment.base is None and verb != "beyond"
        if is_planned and not (draft.is_empty and draft.kind == "target"):
            self._planned(amount, qualifier)
            return True
        if draft.amount is not None or (
            draft.changes and segment.period is not None and (segment.period is not draft.period)
        ):
            is_other = segment.period is not None and segment.period is not draft.period
            if segment.in_brackets:
                return self._beside(amount, qualifier)
            is_other = is_other or self._dates_itself()
            if not is_other and draft.kind == self.context.kind:
                self._part_from(draft)
                return False
            self._again()
            draft = self.draft
        is_beyond = verb == "beyond" and not qualifier and self._base_after() is None
        draft.amount = amount
        draft.qualifier = "over" if is_beyond else qualifier  # «vượt 107.500 tỷ đồng»
        draft.is_reporting = verb == "reach"
        draft.kind = self.context.kind
        if segment.first is not None:
            draft.previous = (segment.first, segment.first_period)
        return True

    def _dates_itself(self) -> bool:
        """«đạt 52 triệu đồng và đạt 95 triệu đồng vào năm 2030»: another year's, told behind."""
        draft, at = self.draft, self.at + 1
        if at < len(self.atoms) and self.tokens[self.atoms[at].start].word in {"vào", "trong"}:
            at += self.atoms[at].kind == "word"
        if draft.amount is None or draft.period is None or at >= len(self.atoms):
            return False
        period = self.atoms[at].data if self.atoms[at].kind == "period" else None
        if period is None or period.year in {None, draft.period.year}:
            return False
        self.consumed.add(at)
        self.segment.period = period
        return True

    def _part_from(self, draft: Draft) -> None:
        """Let no comparison with a second number go back to the first: «…; trong đó 70 tỷ …»."""
        if self.segment.is_new_part and not self.segment.in_brackets:
            self.finish()

    def _beside(self, amount: Amount, qualifier: str) -> bool:
        """Take «(năm 2018: 31.220 tỷ đồng)» or «(mục tiêu 1,9 tỷ USD)» beside the result."""
        draft, period = self.draft, self.segment.period
        if self.context.kind == "target" and draft.kind != "target":
            self._planned(amount, qualifier)
            return True
        if period is None:
            return False
        if period.relative == -1 or (period.year is not None and period.months == WHOLE_YEAR):
            draft.previous = draft.previous or (amount, period)
            return False
        inner = draft.again(period, self.context.kind)
        inner.amount, inner.qualifier, inner.is_reporting = amount, qualifier, True
        inner.start = self.tokens[self.atoms[self.at].start].start
        inner.end = self.tokens[self.atoms[self.at].end - 1].end
        self.draft = inner
        return True
