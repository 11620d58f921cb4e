"""What a percentage says of the indicator at hand: a change, a share, a ratio, the rate itself."""

from indicators.reading.amounts import Amount
from indicators.reading.around import AVERAGE
from indicators.reading.atoms import Atom
from indicators.reading.comparisons import Base
from indicators.reading.drafts import HUNDRED, Change, Draft
from indicators.reading.hedges import DENIED
from indicators.reading.periods import WHOLE_YEAR, Period
from indicators.reading.plans import Plans
from indicators.reading.segments import UP_DOWN
from indicators.reading.words import BOUNDS

# «đạt 35% so với cùng kỳ» may mean a rise of 35% or a fall by two thirds.
LOWEST_RATIO = 40
_LONGEST_MANNER = 3  # words between «tăng» and its number


class Rates(Plans):
    """The part of the reader that meets percentages; the sentence at hand is set by its heir."""

    def _times(self, amount: Amount, qualifier: str) -> bool:
        value = amount.number.value
        if self._is_of_target():
            return False  # «(mục tiêu đến năm 2020 gấp 2 lần năm 2015)»
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

    def _is_of_target(self) -> bool:
        """Say whether brackets tell the target of a result by how many times it is something."""
        is_target = self.segment.plan_ahead or self.context.kind == "target"
        return self.segment.in_brackets and is_target and self.draft.kind == "result"

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
        is_range = amount.upper is not None
        if segment.verb == "from" and segment.first is None and self._goes_on(is_range):
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
        is_undated = draft.period is None or draft.period is self.local
        if draft.kind == "target" and is_undated and self._is_average(atom):
            draft.period = Period(is_span=True)  # of the years the targets are set for
        is_rate = bool(direction) or (draft.is_change and draft.is_empty)
        if is_rate and draft.kind == "result" and self._is_average(atom):
            period = draft.whole_period(self.context)
            if draft.amount is not None or period is None or not period.is_span:
                draft.doubts.append(AVERAGE)
                if draft.is_empty and draft.period is None:
                    draft.period = Period(is_span=True)
                return True
        if direction:
            if base_said is not None and base_said.kind == "plan":
                return self._over_plan(amount, base_said, direction, qualifier)
            return self._changed(amount, direction, qualifier, base)
        if base_said is not None and base_said.kind == "plan":
            if draft.amount is None and draft.subjects and self._are_shares(draft):
                return self._level(atom, amount, qualifier)
            self._turn_to_planned()
            return self._attained(amount)
        is_ratio = not (self._is_rate(amount) or self._is_share())
        if base_said is not None and amount.unit.dimension == "%" and is_ratio:
            return self._ratio(amount, base_said, qualifier)
        if self._is_part_of_whole(atom):
            return False
        return self._level(atom, amount, qualifier)

    def _turn_to_planned(self) -> None:
        """«…, hoàn thành 100% chỉ tiêu thu ngân sách»: of what is named behind the plan."""
        kinds = [other.kind for other in self.atoms[self.at + 1 : self.at + 3]]
        if self.segment.has_subject or kinds != ["plan", "name"]:
            return
        name = self.atoms[self.at + 2]
        if name.data.subjects != self.draft.subjects and not self.draft.is_empty:
            self._open(name.data.subjects, name.start, name.end, False)

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

    def _narrow_to_month(self, draft: Draft, period: Period | None) -> None:
        """«(5 tháng …) đạt 3,4 tỷ USD; lũy kế 5 tháng đạt 14,8»: the first is of the month."""
        whole = draft.whole_period(self.context)
        if period is None or whole is None or draft.amount is None:
            return
        if period.year not in {None, whole.year}:
            return
        if period.months is None or period.months != whole.months or period.months == WHOLE_YEAR:
            return
        is_quarterly = period.months % 3 == 0
        month = f"tháng {period.months}"
        if is_quarterly and self.context.month != month:
            draft.period = whole._replace(months=None)  # the month or the quarter
        else:
            draft.period = Period(year=whole.year, relative=whole.relative, part=month)

    def _again(self) -> None:
        """Begin another row of the same indicator: another period, or the target."""
        draft, period = self.draft, self.segment.period
        kind = self.context.kind
        if kind == "target" and self.segment.in_brackets and self._is_earlier(period):
            kind = "result"  # «mục tiêu tăng 8,5% (năm 2022 tăng 9%)»
        following = draft.again(period or draft.period, kind)
        self._narrow_to_month(draft, period)
        if kind == "result":
            following.outcome, self.pending = self.pending, ""
        atom = self.atoms[self.at]
        following.start = self.tokens[atom.start].start
        following.end = self.tokens[atom.end - 1].end
        self.finish()
        self.draft = following


def direction_after_from(verbs: list[str]) -> bool:
    """Say whether «từ … lên …» was followed by another «tăng» or «giảm»."""
    return "from" in verbs and any(verb in UP_DOWN for verb in verbs[verbs.index("from") :])
