"""What becomes of a row when its clause is over: its indicator, its period, its doubts."""

from dataclasses import replace
from decimal import Decimal

from indicators.reading import units
from indicators.reading.comparisons import Base
from indicators.reading.drafts import HUNDRED, RANGE_OF_CHANGE, Change, Draft
from indicators.reading.hedges import without_numbers
from indicators.reading.periods import WHOLE_YEAR, Period
from indicators.reading.resolving import is_coming, resolved
from indicators.reading.rows import Reading, Subject
from indicators.reading.subjects import fitting, unit_or_own

_FEW = 10  # of a unit of millions: «2,938 triệu USD»
_MILLIONS = 6
_WHOLE_ECONOMY = 1000  # tỷ đồng; a GRDP of «126,484 tỷ đồng» is 126.484 of them
_GROUP = 3  # digits between two marks of thousands
_LOWEST_PLAN = -60
FAR_BELOW = "tỷ lệ so với kế hoạch quá thấp đối với cả năm: không rõ là tỷ lệ gì"
_QUARTERS = {3: "I", 6: "II", 9: "III", 12: "IV"}
_LAST_DAYS = 25  # a month told until this day or later is as good as over
_REPORTING = 9  # month from which a year's results are told
OPEN_YEAR = "kỳ số liệu không nêu năm: có thể của năm trước hoặc năm nay"
WITHIN_MONTH = "số liệu tính đến một ngày trong tháng, chưa hết tháng"
EARLIER = "năm của số liệu không sau năm được đem ra so sánh"
OTHER_BASE = "tốc độ so với một kỳ khác, không phải so với năm trước"
OUTDATED = "không rõ mục tiêu của năm nào: năm nêu phía trên đã qua"
# «103,495 triệu đồng» of an indicator told in tỷ đồng: a hundred thousand triệu may be meant.
_TINY = "số quá nhỏ so với chỉ tiêu: không rõ dấu phẩy phân cách hàng nghìn hay thập phân"
# «đạt 108,2%» of a rate of change: an index, the year before being 100.
LOWEST_INDEX = 80


def readings(draft: Draft, context, source, sentence: tuple[int, int]) -> list[Reading]:
    """Return the rows ``draft`` makes: none if it says nothing certain enough to be shown."""
    rows = _Finished(draft, context, source, sentence).rows()
    if draft.is_supposed:
        return [without_numbers(row) for row in rows if row.code]
    return [
        row
        for row in rows
        if row.value is not None or row.growth is not None or row.plan is not None
        or row.outcome or row.doubts
    ]  # fmt: skip


class _Finished:
    def __init__(self, draft: Draft, context, source, sentence):
        self.draft, self.context, self.source = draft, context, source
        self.sentence = sentence
        self.doubts: list[str] = []

    def rows(self) -> list[Reading]:
        draft = self.draft
        if draft.amount is None and draft.share is not None:
            draft.amount = draft.share
        if not draft.is_named or (draft.is_empty and not draft.doubts):
            return []
        subject = self._subject()
        if subject is None and not self._may_be_shown():
            return []
        if subject is not None and subject.is_change:
            return self._rows_of_changes(subject)
        return [self._row(subject, self._level(subject), self._best_change())]

    def _subject(self) -> Subject | None:
        draft = self.draft
        if not draft.subjects or draft.is_narrowed:
            return None
        unit = draft.amount.unit if draft.amount else None
        is_told = draft.amount is not None and draft.amount.number.value is not None
        if draft.is_branch and not is_told:
            return None  # «khu vực dịch vụ tăng 5,6%»: the branch, not its share
        if unit is not None and not unit.has_measure:
            return _level_of(draft.subjects)
        if unit is None and draft.plan is not None and not draft.changes:
            return _level_of(draft.subjects)
        found = fitting(draft.subjects, unit)
        if found is not None:
            return found
        self.doubts.append(
            f"đơn vị “{unit.written}” không hợp với chỉ tiêu (đơn vị {draft.subjects[0].unit})"
        )
        return None

    def _may_be_shown(self) -> bool:
        """Unknown things are shown only when they surely are indicators."""
        draft = self.draft
        if draft.amount is not None:
            unit = draft.amount.unit
            if unit is None:
                return False
            is_counted = unit.dimension in units.COUNTED
            return (
                not is_counted or bool(draft.changes) or draft.plan is not None or draft.is_narrowed
            )
        has_name = " " in self.source.written(*draft.words).strip()
        return bool(draft.changes) or (draft.plan is not None and has_name)

    def _rows_of_changes(self, subject: Subject) -> list[Reading]:
        draft = self.draft
        rows = []
        for change in self._own_changes():
            rows.append(
                self._row(
                    subject,
                    (change.value, change.upper, "%" if change.unit != "điểm %" else change.unit,
                     change.qualifier, change.digits, change.doubt),
                    None, base=change.base,
                )
            )  # fmt: skip
        if not rows or (draft.amount is not None and not self._amount_is_index(rows)):
            level = self._level(subject)
            if draft.amount is None or level[0] is not None or level[5]:
                rows.insert(0, self._row(subject, level, None))
        if len(rows) > 1:
            rows[1:] = [row._replace(plan=None, plan_digits=None, outcome="") for row in rows[1:]]
        return rows

    def _own_changes(self) -> list[Change]:
        """
        Return the changes that are the indicator's value.

        «GRDP tăng 5,12%, thấp hơn kế hoạch 1,88 điểm %» and «đạt 7,58%, tăng 2,97%» compare
        rates with rates.
        """
        draft = self.draft
        own = [change for change in draft.changes if change.unit != "điểm %"]
        amount = draft.amount
        value = amount.number.value if amount is not None else None
        is_rate = value is not None and amount.unit is not None and amount.unit.dimension == "%"
        return [] if is_rate and value < LOWEST_INDEX else own

    def _amount_is_index(self, rows) -> bool:
        """«đạt 108,2%, tăng 8,2%»: the same told twice."""
        value = self.draft.amount.number.value
        return value is not None and any(
            (row.value is not None and value - HUNDRED == row.value) or row.value == value
            for row in rows
        )

    def _level(self, subject: Subject | None):
        """Return value, upper, unit, qualifier, digits and a doubt."""
        draft = self.draft
        amount = draft.amount
        if amount is None:
            return None, None, subject.unit if subject else "", "", 0, ""
        number, upper = amount.number, amount.upper
        unit = amount.unit
        qualifier = draft.qualifier
        if subject is not None:
            unit = unit_or_own(unit, subject)
        if number.value is None or (upper is not None and upper.value is None):
            doubt = number.doubt or upper.doubt
            return None, None, subject.unit if subject else unit.written, qualifier, 0, doubt
        if subject is None or not units.same_kind(unit, subject.unit):
            return number.value, upper and upper.value, unit.written, qualifier, number.digits, ""
        value, digits = units.converted(number.value, number.digits, unit, subject.unit)
        if value < 1 and number.digits == _GROUP and digits > _GROUP:
            return None, None, subject.unit, qualifier, 0, _TINY
        if number.digits == _GROUP and value < _FEW and unit.power >= _MILLIONS and (
            digits == _GROUP and unit.dimension in {"đồng", "USD"}
        ):  # fmt: skip
            return None, None, subject.unit, qualifier, 0, _TINY
        top = units.converted(upper.value, upper.digits, unit, subject.unit)[0] if upper else None
        if top is not None and top < value:
            return None, None, subject.unit, qualifier, 0, "khoảng giá trị viết ngược"
        if digits == _GROUP and value < _WHOLE_ECONOMY and top is None and (
            unit.dimension == "đồng" and unit.power > _MILLIONS and "GRDP" in subject.names
        ):  # fmt: skip
            return value, top, subject.unit, qualifier, digits, _TINY
        if subject.is_change and value > LOWEST_INDEX and draft.is_reporting and not draft.changes:
            value, top = value - HUNDRED, top and top - HUNDRED
        return value, top, subject.unit, qualifier, digits, ""

    def _best_change(self) -> Change | None:
        """Return the comparison with the year before, if there are several."""
        for change in self.draft.changes:
            if not self._base_words(change.base):
                return change
        return self.draft.changes[0] if self.draft.changes else None

    def _base_words(self, base: Base | None) -> str:
        if base is None or base.kind == "plan":
            return ""
        if base.kind == "previous":
            return self._far_back(base)
        if base.kind == "other":
            return base.words
        period = base.period
        own = self.draft.whole_period(self.context)
        year = resolved(own, self.context.published)[0] or self._year_after_base()
        if period.relative == -1 or (
            period.year is not None and year is not None and period.year == year - 1
        ):
            is_same = (
                own is None
                or period.part == own.part
                or (period.months == WHOLE_YEAR and not period.part)
            )
            return "" if is_same else base.words
        if (
            period.year is None
            and period.relative is None
            and not period.part
            and (own is not None and period.months == own.months)
        ):
            return ""
        return base.words

    def _far_back(self, base: Base) -> str:
        """Return «cùng kỳ năm 2019» for a year more than one before that of the figure."""
        if base.period is None or base.period.year is None:
            return ""
        year = resolved(self.draft.whole_period(self.context), self.context.published)[0]
        is_far = year is not None and base.period.year < year - 1
        return f"cùng kỳ năm {base.period.year}" if is_far else ""

    def _row(self, subject, level, change: Change | None, base: Base | None = None) -> Reading:
        draft = self.draft
        value, upper, unit, qualifier, digits, doubt = level
        if change is not None and change.upper is not None:
            change = replace(change, value=None, doubt=RANGE_OF_CHANGE)
        doubts = [*self.doubts, *draft.doubts]
        if doubt:
            doubts.append(doubt)
        if change is not None and change.doubt:
            doubts.append(change.doubt)
        period = draft.whole_period(self.context)
        year, year_doubt = resolved(period, self.context.published)
        if year is None and (period is None or not period.is_span):
            year = self._year_after_base()
            year_doubt = "" if year else year_doubt
        if year is not None and draft.kind == "result" and draft.compared_year >= year:
            following = draft.compared_year + 1
            is_open = not self._is_dated() and self._is_recent(following)
            year, year_doubt = (following, "") if is_open else (year, EARLIER)
        kind = self._kind(year, period)
        if not kind and draft.kind == "result" and not self._is_dated():
            year = self._year_after_base()
            kind = "result" if year else ""
            year_doubt = "" if year else "không rõ năm của số liệu"
            period = draft.period = Period(year=year, months=WHOLE_YEAR)
        if kind == "target" and self._is_outdated(year):
            period, year, year_doubt = None, None, OUTDATED
        if year_doubt:
            doubts.append(year_doubt)
        if not kind:
            doubts.append("không rõ là thực hiện hay kế hoạch")
        if kind == "result" and self._is_of_another_year(year):
            doubts.append(OPEN_YEAR)
        months, part = self._months(period, kind)
        if period is not None and 0 < period.day < _LAST_DAYS and kind == "result":
            doubts.append(WITHIN_MONTH)
        plan = draft.plan
        if plan is not None and plan < _LOWEST_PLAN and months == WHOLE_YEAR and kind == "result":
            plan = None
            doubts.append(FAR_BELOW)
        if (
            months is not None
            and months < WHOLE_YEAR
            and draft.period is None
            and {"tháng trước", f"tháng {months - 1}"} & draft.bases
        ):
            months, part = None, f"tháng {months}"
        elif months in _QUARTERS and draft.period is None and "quý trước" in draft.bases:
            months, part = None, f"quý {_QUARTERS[months]}"
        if months is None and not part and year is not None:
            doubts.append("không rõ số tháng của số liệu")
        base = base if base is not None else change.base if change else None
        if subject is not None and subject.is_change and not part and self._base_words(base):
            doubts.append(OTHER_BASE)
        text = self.source.written
        previous = self._previous(subject, year)
        if draft.is_narrowed and draft.subjects:
            doubts.append("tên có thêm phần giới hạn phạm vi: không phải chỉ tiêu chung")
        return Reading(
            code=subject.code if subject else None,
            subject=" ".join(text(*(draft.shown or draft.words)).split()),
            place=draft.place,
            kind=kind,
            year=year,
            months=months,
            part=part,
            value=value,
            upper=upper,
            unit=unit,
            qualifier=qualifier if value is not None or doubt else "",
            digits=digits,
            growth=change.value if change else None,
            growth_unit=change.unit if change and change.value is not None else "",
            growth_digits=change.digits if change else None,
            growth_qualifier=change.qualifier if change else "",
            growth_base=self._base_words(base),
            plan=plan,
            plan_digits=None if plan is None else draft.plan_digits,
            outcome=self._outcome(kind),
            previous=previous,
            sentence=text(*self.sentence).strip(),
            start=self.source.place(draft.start),
            end=self.source.end_place(draft.end),
            doubts=tuple(dict.fromkeys(doubts)),
        )

    def _is_of_another_year(self, year: int | None) -> bool:
        """«Năm 2022 …; 9 tháng đầu năm …», told in October 2023: of which year, is open."""
        own = self.draft.period
        if own is None or year is None or own.year or own.relative is not None or own.is_to_date:
            return False
        is_part = bool(own.part) or own.months not in {None, WHOLE_YEAR}
        likely = resolved(own, self.context.published)[0]
        return is_part and likely == year + 1

    def _is_outdated(self, year: int | None) -> bool:
        """Say whether a target would be of a year gone by that its clause does not name."""
        published = self.context.published
        is_past = published is not None and year is not None and year < published.year
        return is_past and not self._is_dated()

    def _is_dated(self) -> bool:
        """Say whether the clause itself names its year."""
        own = self.draft.period
        return own is not None and (own.year is not None or own.relative is not None)

    def _outcome(self, kind: str) -> str:
        draft = self.draft
        if draft.plan is not None:
            return ""
        return draft.outcome or (draft.verdict if kind == "result" else "")

    def _kind(self, year: int | None, period: Period | None) -> str:
        draft, published = self.draft, self.context.published
        is_ahead = published is not None and year is not None and (
            year > published.year or (year == published.year and is_coming(period, published))
        )  # fmt: skip
        is_to_come = published is not None and period is not None and period.is_span and (
            min(period.years, default=0) > published.year
        )  # fmt: skip
        if draft.kind == "result" and (is_ahead or is_to_come):
            return "target"
        if draft.kind == "result" and year and year == self.context.stated and not self._is_dated():
            return ""  # under «Năm 2017: phấn đấu GRDP tăng 7%»
        # A whole year is not reported half way through it, unless as an estimate.
        is_early = published is not None and published.month < _REPORTING and year == published.year
        is_whole = period is not None and period.months == WHOLE_YEAR and not period.part
        is_estimate = draft.qualifier in {"estimated", "expected"} or any(
            change.qualifier in {"estimated", "expected"} for change in draft.changes
        )
        return "" if draft.kind == "result" and is_early and is_whole and not is_estimate else (
            draft.kind
        )  # fmt: skip

    def _year_after_base(self) -> int | None:
        """Return the year that follows the one it is compared with: «cùng kỳ năm 2022»."""
        for change in self.draft.changes:
            base = change.base
            if (
                base is not None
                and base.period is not None
                and base.period.year is not None
                and (base.kind == "previous" or self._is_recent(base.period.year + 1))
            ):
                return base.period.year + 1
        return None

    def _is_recent(self, year: int) -> bool:
        published = self.context.published
        return published is not None and published.year - 1 <= year <= published.year

    def _months(self, period: Period | None, kind: str) -> tuple[int | None, str]:
        if period is None or period.is_span:
            return None, ""
        if period.part:
            return None, period.part
        if period.months is not None:
            return period.months, ""
        return (WHOLE_YEAR, "") if kind == "target" else (None, "")

    def _previous(self, subject: Subject | None, year: int | None) -> Decimal | None:
        if self.draft.previous is None or subject is None:
            return None
        amount, period = self.draft.previous
        is_before = period is not None and (
            period.relative == -1
            or (period.year is not None and year is not None and period.year == year - 1)
        )
        if not is_before:
            return None
        unit = amount.unit
        if unit is None or amount.number.value is None or not units.same_kind(unit, subject.unit):
            return None
        return units.converted(amount.number.value, amount.number.digits, unit, subject.unit)[0]


def _level_of(subjects: tuple[Subject, ...]) -> Subject:
    """Return the indicator of a name that is a level, else the first."""
    return next((subject for subject in subjects if not subject.is_change), subjects[0])
