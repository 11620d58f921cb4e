"""What a sentence inherits: the period and the kind its paragraph or section speaks of."""

from datetime import date
from itertools import pairwise

from indicators.reading import sections
from indicators.reading.periods import (
    THIS_MONTH,
    THIS_QUARTER,
    WHOLE_YEAR,
    Period,
    year_number,
)
from indicators.reading.resolving import is_coming, resolved
from indicators.reading.sections import REACHED, SET

_OPENING = 12  # words
_LATE = 10  # month from which targets may be those of the next year
_LONGEST_HEADING = 25  # words
_PLANNING_MONTHS = 3  # plans of a year are still told in its first months
_SURELY_SET = {("mục", "tiêu"), ("phương", "hướng"), ("phấn", "đấu")}
_LONG_CELL = 12  # words; a line without figures and longer than this ends a section of targets


class Context:
    """The running state of a text, told line by line and sentence by sentence."""

    def __init__(self, published: date | None, own: str):
        self.published = published
        self.own = own  # the article's own province
        self.place: str | None = None  # of the heading or the sentence that turned to it
        self.stated: int | None = None  # year of which a heading states a target
        self.named: str | None = None  # the last place that was named
        self.result: Period | None = None  # of the whole text so far
        self.target: Period | None = None
        self.kind = "result"
        self.month = self.quarter = ""  # what the text is about, for «trong tháng», «trong quý»
        self.last: Period | None = None  # of the last figure
        self.is_reported = False  # the sentence says what was reached
        self.is_structure = False  # shares of the economy are told in this paragraph
        self.is_separate = False  # the line is about «riêng tháng 6»
        self._section_kind = "result"
        self._last_kind = ""  # of the last figure of the line before
        self._aims: set[int] = set()  # years the targets of the line are of
        self._paragraph: Period | None = None
        self._line_has_period = self._line_has_figures = False
        self._before_sentence: tuple[Period | None, Period | None] = None, None

    def begin_line(self, *, goes_on: bool = False) -> None:
        """Forget what only the last line said, unless this one begins with «Trong đó»."""
        follows_targets = goes_on and self._last_kind == "target"
        if follows_targets and self.target is None and self._is_under_way(self.result):
            self.target = whole_year(self.result.year)
        self.kind = "target" if follows_targets else self._section_kind
        self._last_kind = ""
        self._aims = set()
        self.is_separate = False
        is_told_of = self._line_has_period and not self._line_has_figures
        told = self.result if is_told_of else self.last
        self._paragraph = told if goes_on else None
        self._line_has_period = self._line_has_figures = False

    def begin_sentence(self, atoms, tokens) -> None:
        """See whether a sentence opens targets, or returns to what was reached."""
        self._before_sentence = self.result, self._paragraph
        self.is_reported = sections.is_reported(atoms)
        planned = sections.heading(tokens)
        if planned is not None and not sections.plans(atoms[:1]):
            self._open(planned, tokens)
        elif sections.is_of_plan(tokens) and not self.is_reported:
            self.kind = "target"
        elif sections.sets_indicators(tokens, self.published) and not self.is_reported:
            self.kind = "target"
            told = [atom.data for atom in atoms if atom.kind == "period" and atom.data.year]
            self.target = sections.coming(atoms) or (told[-1] if told else self.target)
        if sections.resolves(tokens, atoms):
            self._last_kind = "target"
        if self.kind != "result" and not sections.plans(atoms):
            self._reconsider(atoms, tokens)

    def _open(self, planned: Period, tokens) -> None:
        """Begin a section headed by the plan of a year or of several."""
        year = sections.first_year(planned)
        if not year and is_coming(planned) and self.published is not None:
            year = self.published.year
        self.target = planned
        is_ahead = self.published is not None and year >= self.published.year
        sure = is_ahead and (
            planned.is_span or sections.is_called_plan(tokens) or is_coming(planned)
        )
        self.kind = self._section_kind = "target" if sure or self._may_be_ahead(year) else ""

    def _reconsider(self, atoms, tokens) -> None:
        """Hold a sentence among targets to what it says itself."""
        planned = self.target.year if self.target is not None else None
        is_ahead = self._section_kind == "target" and (
            planned is not None and self._may_be_ahead(planned)
        )
        if sections.beside_an_estimate(tokens):
            self.kind = self._section_kind = "target"
        elif (
            self._returns(atoms)
            or sections.is_over(tokens, atoms, self.published, planned)
            or (sections.compares(atoms) and not is_ahead)
        ):
            self.kind = self._section_kind = "result"
            self._keep_year()
        elif self.kind == "" and sections.ranges(atoms):
            self.kind = "target"
        elif self.kind == "" and self.is_reported:
            self.kind = "result"
            self._keep_year()

    def _is_over(self, year: int) -> bool:
        return self.published is None or year < self.published.year or (
            year == self.published.year and self.published.month >= _LATE
        )  # fmt: skip

    def _keep_year(self) -> None:
        """Let the year of «Các chỉ tiêu chủ yếu năm 2023» hold for what was reached of them."""
        if self.result is None and self.target is not None and self.target.year is not None:
            self.result = None if self._is_ahead(self.target) else self.target

    def _returns(self, atoms) -> bool:
        """Say whether the first number of a sentence, or all of it, is of a year that is over."""
        told = [atom.data for atom in sections.before_number(atoms) if atom.kind == "period"]
        bases = [atom.data.period for atom in atoms[:2] if atom.kind == "base"]
        if not told and bases and bases[0] is not None and bases[0].year is not None:
            # «So với năm 2022, kim ngạch xuất khẩu tăng 6%» of the year after
            told = [whole_year(bases[0].year + 1)]
        if not told or told[-1].is_until:
            return False
        period, target = told[-1], self.target
        if period.relative == -1:
            return True
        if period.year is None or target is None or target.year is None:
            return False
        return period.year < target.year and self._is_over(period.year)

    def meet_heading(self, sentences) -> None:
        """Open a section of targets at «Một số chỉ tiêu chủ yếu năm 2024», «Mục tiêu:»."""
        tokens = [token for sentence in sentences for token in sentence.tokens]
        if sentences[-1].closes or len(tokens) > _LONGEST_HEADING:
            return
        words = [token.word for token in tokens]
        if REACHED & set(words):
            if "kết" in words and "quả" in words:
                self.leave_targets()
            return
        couples = set(pairwise(words))
        years = [year for token in tokens if (year := year_number(token))]
        is_set = bool(couples & SET)
        if (is_set and years and self._may_be_ahead(years[-1])) or couples & _SURELY_SET:
            self.kind = "target"
            if not sections.states(tokens):
                self._section_kind = "target"
            elif years:  # «Tỉnh đặt mục tiêu tăng trưởng 9% trong năm 2024» is complete
                self.stated = years[-1]
            if years:
                self.target = whole_year(years[-1])

    def _may_be_ahead(self, year: int) -> bool:
        """Say whether a plan for ``year`` can be new when the text was published."""
        if self.published is None:
            return False
        return year > self.published.year or (
            year == self.published.year and self.published.month <= _PLANNING_MONTHS
        )

    def aim(self, period: Period | None) -> None:
        """Speak of targets from here; ``period`` was told before: «Năm 2024, Sở phấn đấu …»."""
        self.kind = "target"
        if period is not None and (period.year is not None or period.relative is not None):
            self.target = period
            self.result, self._paragraph = self._before_sentence
        elif period is None and self.target is None and is_coming(self._paragraph):
            self.target = self._paragraph
        elif period is None and self.target is None and self._is_under_way(self.result):
            self.target = whole_year(self.result.year)

    def aim_at_told_year(self) -> None:
        """Take the year the results are of for «kế hoạch đặt ra đối với …» beside them."""
        year = resolved(self._paragraph or self.result, self.published)[0]
        self.target = whole_year(year) if year else None

    def aside(self) -> tuple:
        """Return what brackets may change."""
        return self.kind, self._paragraph, self.result, self.target

    def resume(self, aside: tuple) -> None:
        """Go on as before the brackets."""
        self.kind, self._paragraph, self.result, self.target = aside

    def notice_structure(self, tokens) -> None:
        """Note that the shares of the economy are told: «Cơ cấu kinh tế: …»."""
        words = [token.word for token in tokens]
        for index in range(len(words) - 1):
            if words[index : index + 2] == ["cơ", "cấu"]:
                following = words[index + 2 : index + 8]
                self.is_structure = (
                    not following
                    or bool({"kinh", "grdp", "gdp", "ngành", "các", "tổng"} & set(following))
                    or following[0] in {":", "."}
                )
                return

    def announces(self, tokens, atom, sentence) -> bool:
        """Say whether «kế hoạch», «chỉ tiêu» at ``atom`` opens a list of what is to be reached."""
        words = {token.word for token in tokens[: atom.start]}
        if words & REACHED or atom.start > _OPENING or self.is_reported:
            return False
        following = tokens[atom.end].word if atom.end < len(tokens) else ":"
        year = atom.data
        if following == ":" and tokens[atom.end - 1].word == "giao":
            return True  # «Chỉ tiêu được giao: …»
        if following in {"đối", "cho"} and tokens[atom.end - 1].word in {"ra", "giao", "đặt"}:
            return True  # «kế hoạch đặt ra đối với công nghiệp là 24-25%, …»
        is_ahead = (
            year is not None
            and self.published is not None
            and (
                year > self.published.year
                or (year == self.published.year and self.published.month <= 3)
            )
        )
        if following in {":", "là"} or any(t.word == ":" for t in tokens[atom.end : atom.end + 8]):
            return True if year or self.target is not None else is_ahead
        return is_ahead and not sentence.closes

    def end_line(self, *, has_figures: bool, opens: bool, words: int, closes: bool) -> None:
        """Keep or leave a section of targets: ``opens`` says the line announces what follows."""
        if len(self._aims) > 1:
            self.target = None  # «… năm 2020 và … vào năm 2030»: of which one, is open from here
        if self.kind != "result" and opens:
            self._section_kind = self.kind
        elif (self.kind == "result" and (opens or closes or words > _LONG_CELL)) or (
            not has_figures and closes and words > _LONG_CELL
        ):
            self._section_kind = "result"

    def meet(
        self, period: Period, *, is_target: bool, leads: bool, begins: bool, opens: bool
    ) -> None:
        """
        Take note of a period a sentence speaks of.

        ``leads`` if the line is about it, ``begins`` if it stands first in the sentence,
        ``opens`` if nothing stands before it in its clause.
        """
        if period.is_span or period.years:
            if leads and begins and period.is_span and not is_target:
                self._paragraph = period  # «Trong 5 năm qua, …»
            return
        if is_target:
            if self.target is not None and self.target.is_span and period.is_until:
                return  # «đến năm 2025» of one among the targets of some years
            if period.year is not None or period.relative is not None or is_coming(period):
                self.target = period
            return
        if self._is_ahead(period):
            self.target = whole_year(period.year)
            return
        if self._paragraph is not None and self._paragraph.is_span and not opens:
            return  # one of the years told together
        outer = self._paragraph or self.result
        if self._is_of_text(period, outer):
            outer = self.result  # «Năm 2022 …; 9 tháng …» in a text on nine months of 2023
        period = period.within(outer)
        self._paragraph = period
        if self._looks_back(period) or (period.day and self.result is not None):
            return
        if leads and (not self._line_has_period or self._is_fuller(period)):
            self.result = period
            self._line_has_period = True

    def _is_fuller(self, period: Period) -> bool:
        """Say whether ``period`` tells better than the one before what a line is about."""
        told = self.result
        if told is None or period.months is None:
            return False
        # «Thực hiện kế hoạch năm 2021, 6 tháng đầu năm 2021 …»
        is_narrower = not self._line_has_figures and period.year == told.year and (
            told.months == WHOLE_YEAR and period.months < WHOLE_YEAR
        )  # fmt: skip
        return bool(told.part) or is_narrower

    def _is_of_text(self, period: Period, outer: Period | None) -> bool:
        """Say whether a part of a year without its year is of the year the text is about."""
        is_open = period.year is None and period.relative is None and _is_part(period)
        return is_open and outer is not None and outer is not self.result and (
            self._looks_back(outer)
        )  # fmt: skip

    def _looks_back(self, period: Period) -> bool:
        """Say whether a year is told that was over before the months the text is about."""
        about = self.result
        if about is None or not _is_part(about) or _is_part(period) or period.year is None:
            return False
        year = resolved(about, self.published)[0]
        return year is not None and period.year < year

    def period(self, own: Period | None, kind: str) -> Period | None:
        """Return the period of a row that itself says ``own``."""
        if kind != "result":
            outer = self.target
            if own is None:
                return outer
            if own.year is None and own.relative is None:
                return own.within(outer or self.result)
            return own
        inherited = self._paragraph or self.result
        return inherited if own is None else own.within(inherited)

    def this_part(self, period: Period) -> Period:
        """Return «trong tháng», «trong quý» as the month, the quarter the text is about."""
        if period.part.startswith("tháng ") and period.part[6:].isdigit():
            self.month = self.month or period.part
        elif period.part.startswith("quý "):
            self.quarter = self.quarter or period.part
        elif period.part == THIS_MONTH and self.month:
            return period._replace(part=self.month)
        elif period.part == THIS_QUARTER and self.quarter:
            return period._replace(part=self.quarter)
        return period

    def this_year(self, period: Period, atoms, before: Period | None) -> Period:
        """
        Return «năm nay» as the year it means.

        The one after the year it is compared with; in January it may be the year just over.
        Behind «8 tháng năm 2023 …» it is no more than as many months.
        """
        is_part = before is not None and (before.part or before.months not in {None, WHOLE_YEAR})
        if is_part:
            period = period._replace(months=before.months, part=before.part)
        bases = [atom.data.period for atom in atoms if atom.kind == "base" and atom.data.period]
        for year in [base.year for base in bases if base.year is not None]:
            return period._replace(year=year + 1, relative=None)
        is_planned = self.kind != "result" or sections.plans(atoms)
        if self.published is None or self.published.month > 1 or is_planned:
            return period
        over = self.result.year if self.result is not None else None
        year = over if over == self.published.year - 1 else None
        return period._replace(year=year, relative=None)

    def note_figure(self, period: Period | None, kind: str) -> None:
        """Remember the period of a figure; the first one holds until another is named."""
        self._last_kind = kind
        self._line_has_figures = True
        if kind == "target" and period is not None and period.year is not None:
            self._aims.add(period.year)
        if period is None or period.is_span:
            return
        self.last = period
        if self.result is None and period.year is not None:
            self.result = period

    def leave_targets(self) -> None:
        """Return to results: «Phát biểu tại hội nghị …»."""
        self.kind = self._section_kind = "result"

    def _is_under_way(self, period: Period | None) -> bool:
        """Say whether a whole year is told of that targets can still be meant for."""
        published = self.published
        return (
            published is not None and period is not None and published.month < _LATE
            and period.months == WHOLE_YEAR and period.year == published.year
        )  # fmt: skip

    def _is_ahead(self, period: Period) -> bool:
        return (
            self.published is not None
            and period.year is not None
            and period.year > self.published.year
        )


def _is_part(period: Period) -> bool:
    return bool(period.part) or period.months not in {None, WHOLE_YEAR}


def whole_year(year: int) -> Period:
    """Return the period of a year."""
    return Period(year=year, months=WHOLE_YEAR)
