"""What a number says of the indicator at hand: a level, a change, a plan, a share."""

from indicators.reading import units
from indicators.reading.amounts import Amount
from indicators.reading.around import AVERAGE, OF_EACH
from indicators.reading.atoms import Atom
from indicators.reading.comparisons import Base
from indicators.reading.drafts import HUNDRED, Change, Draft
from indicators.reading.hedges import DENIED
from indicators.reading.periods import WHOLE_YEAR
from indicators.reading.plans import Plans
from indicators.reading.segments import UP_DOWN
from indicators.reading.words import BOUNDS

# «đạt 35% so với cùng kỳ» may mean a rise of 35% or a fall by two thirds.
LOWEST_RATIO = 40
_LONGEST_MANNER = 3  # words between «tăng» and its number


class Figures(Plans):
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
        inverted = self._inverted(atom) if is_open else None
        if inverted is not None and was_first:
            subjects, first, end = inverted
            self._open(subjects, first, end, self._is_addition(atom))
            self.draft.start = min(self.draft.start, self.tokens[atom.start].start)
        self._name_by_unit(atom, unit)
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
            self.context.note_figure(self.draft.whole_period(self.context))
            self.draft.reach(self.tokens[atom.end - 1].end)
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

    def _times(self, amount: Amount, qualifier: str) -> bool:
        value = amount.number.value
        if self._leads_to_pace(self.atoms[self.at]):
            return False  # «gấp 1,5 lần mức tăng của năm trước»
        if self.segment.verb != "times":
            if "up" in self.segment.verbs and not self.draft.changes:
                self.draft.doubts.append(
                    "“tăng … lần”: không rõ là gấp lên hay tăng thêm chừng ấy lần"
                )
                return True
            return False
        digits = max(amount.number.digits - 2, 0)
        base = self._base_after()
        if base is not None and base.kind == "plan":
            if value is not None:
                self.draft.plan, self.draft.plan_digits = (value - 1) * HUNDRED, digits
            return True
        self._add_change(
            Change(
                None if value is None else (value - 1) * HUNDRED,
                digits, "%", qualifier if qualifier in BOUNDS else "", base,
                amount.number.doubt,
            )
        )  # fmt: skip
        return True

    def _percent(self, atom: Atom, amount: Amount, qualifier: str) -> bool:
        segment, draft = self.segment, self.draft
        base = self._base_after()
        verbs = segment.verbs
        direction = next((UP_DOWN[verb] for verb in reversed(verbs) if verb in UP_DOWN), 0)
        if draft.is_rate and not direction:
            direction = 1
        if amount.sign:
            direction = -1 if amount.sign == "-" else 1
        if segment.verb == "contribute":
            return False
        if segment.verb == "share":
            if draft.share is None:
                draft.share, draft.qualifier = amount, draft.qualifier or qualifier
            return True
        if segment.verb == "from" and segment.first is None and self._goes_on():
            segment.first = amount
            return True
        if segment.first is not None and not direction_after_from(verbs):
            return self._level(atom, amount, qualifier)
        if (
            (segment.in_brackets or self._is_beside())
            and segment.base is not None
            and not segment.has_subject
            and (base is None)
        ):
            return False  # «(cùng kỳ tăng 13,1%)»: last year's
        if verbs[-2:] == ["beyond", "reach"] or ("beyond" in verbs and not self._is_close()):
            return False  # «vượt mức kế hoạch là 8,42%», «vượt mức bình quân cả nước 9,1%»
        if segment.is_aside or self._is_in_number(atom):
            return False
        if segment.verb in DENIED:
            return self._not_reached(atom, amount, qualifier, base)
        if "beyond" in verbs and (direction or draft.is_rate):
            # «vượt mức tăng 5,12% của năm trước», «vượt tốc độ tăng … so với kế hoạch là 8,42%»
            said = base or segment.base
            if said is not None and said.kind == "plan":
                draft.outcome = draft.outcome or "exceeded"
            return False
        if "beyond" in verbs:
            return self._over_plan(amount, base, 1, qualifier)
        if not direction and not verbs and draft.is_listed and draft.is_change:
            direction = self.direction
        base_said = base or segment.base
        if direction and base_said is None and segment.plan_ahead:
            self._planned(amount, qualifier, direction)  # «(KH tăng 8%)»
            return True
        if direction and segment.between > _LONGEST_MANNER and verbs[-1] in {"to", "reach"}:
            return False  # «tăng mức sản xuất xi măng lên 4,1%»: the rate of that
        if direction and draft.kind == "result" and self._is_average(atom):
            period = draft.whole_period(self.context)
            if draft.amount is not None or period is None or not period.is_span:
                draft.doubts.append(AVERAGE)
                return True
        if direction:
            if base_said is not None and base_said.kind == "plan":
                return self._over_plan(amount, base_said, direction, qualifier)
            return self._changed(amount, direction, qualifier, base)
        if base_said is not None and base_said.kind == "plan":
            if draft.amount is None and draft.subjects and self._are_shares(draft):
                return self._level(atom, amount, qualifier)
            return self._attained(amount)
        is_ratio = not (self._is_rate(amount) or self._is_share())
        if base_said is not None and amount.unit.dimension == "%" and is_ratio:
            return self._ratio(amount, base_said, qualifier)
        if self._is_part_of_whole(atom):
            return False
        return self._level(atom, amount, qualifier)

    def _is_in_number(self, atom: Atom) -> bool:
        """«(vốn) tăng 41,97% về số lượng dự án»: the rate of how many, not of how much."""
        following = [token.word for token in self.tokens[atom.end : atom.end + 2]]
        told = self.draft.amount
        is_money = told is not None and told.unit.dimension in {"đồng", "USD"}
        return is_money and following in (["về", "số"], ["về", "lượng"])

    def _is_rate(self, amount: Amount) -> bool:
        """«GRDP đạt 4,5% so với cùng kỳ»: the rate itself, no ratio."""
        value = amount.number.value
        return self.draft.is_change and value is not None and value < HUNDRED / 2

    def _is_share(self) -> bool:
        """«Tỷ lệ hộ nghèo so với cùng kỳ là 2,1%»: the share itself, no ratio."""
        name = self.source.plain[slice(*self.draft.words)].lower()
        return name.startswith(("tỷ lệ", "tỉ lệ", "tỷ trọng", "tỉ trọng"))

    def _are_shares(self, draft: Draft) -> bool:
        """«Tỷ lệ giải ngân đạt 93,7% kế hoạch vốn»: the share itself."""
        return not draft.is_change and all(subject.unit == "%" for subject in draft.subjects)

    def _is_part_of_whole(self, atom: Atom) -> bool:
        """«bằng 85% tổng kim ngạch», «100% hồ sơ»: a share of what follows."""
        following = self.atoms[self.at + 1] if self.at + 1 < len(self.atoms) else None
        return following is not None and following.kind == "name"

    def _ratio(self, amount: Amount, base: Base, qualifier: str) -> bool:
        value, doubt = amount.number.value, amount.number.doubt
        if (
            value is not None
            and value < HUNDRED
            and not self.segment.verbs
            and self.draft.direction
        ):
            # «tăng 9,7% so với năm 2022 và 59% so với năm 2020»
            return self._changed(amount, self.draft.direction, qualifier, base)
        if value is not None and value < LOWEST_RATIO and not self._says_equal():
            # «tăng thấp, chỉ đạt 3,01% so với cùng kỳ»: the rate itself, or nobody knows what.
            if self.draft.direction:
                return self._changed(amount, self.draft.direction, qualifier, base)
            value, doubt = (
                None,
                f"«đạt {amount.number.value}% so với cùng kỳ»: không rõ là tỷ lệ gì",
            )
        return self._add_change(
            Change(
                None if value is None else value - HUNDRED, amount.number.digits, "%",
                qualifier if qualifier in BOUNDS else "", base, doubt,
            )
        )  # fmt: skip

    def _says_equal(self) -> bool:
        """Say whether the number follows «bằng»."""
        start = self.atoms[self.at].start
        return any(token.word == "bằng" for token in self.tokens[max(0, start - 3) : start])

    def _changed(self, amount: Amount, direction: int, qualifier: str, base: Base | None) -> bool:
        number, upper = amount.number, amount.upper
        value = None if number.value is None else direction * number.value
        top = None if upper is None or upper.value is None else direction * upper.value
        unit = "%" if amount.unit.dimension == "%" else amount.unit.dimension
        if self.draft.is_change is False and qualifier not in BOUNDS:
            qualifier = qualifier if self.draft.amount is None else ""
        base = base or self.segment.base or self.base
        self.direction = direction
        return self._add_change(
            Change(value, number.digits, unit, qualifier, base, number.doubt, top)
        )

    def _add_change(self, change: Change) -> bool:
        draft, segment = self.draft, self.segment
        if draft.changes and segment.period is not None and segment.period is not draft.period:
            self._again()
        self.draft.changes.append(change)
        if change.base is not None and change.base.kind != "plan":
            self.base = change.base
        return True

    def _again(self) -> None:
        """Begin another row of the same indicator: another period, or the target."""
        draft, period = self.draft, self.segment.period
        kind = self.context.kind
        if kind == "target" and self.segment.in_brackets and self._is_earlier(period):
            kind = "result"  # «mục tiêu tăng 8,5% (năm 2022 tăng 9%)»
        following = draft.again(period or draft.period, kind)
        atom = self.atoms[self.at]
        following.start = self.tokens[atom.start].start
        following.end = self.tokens[atom.end - 1].end
        self.finish()
        self.draft = following

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
        if verb == "from" and segment.first is None and self._goes_on():
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


def direction_after_from(verbs: list[str]) -> bool:
    """Say whether «từ … lên …» was followed by another «tăng» or «giảm»."""
    return "from" in verbs and any(verb in UP_DOWN for verb in verbs[verbs.index("from") :])
