"""What a sentence inherits: the period and the kind its paragraph or section speaks of."""

from datetime import date
from itertools import pairwise

from indicators.reading.periods import WHOLE_YEAR, Period, year_number

_REACHED = frozenset("kết quả đã hoàn thành vượt hiện so với bằng đạt được".split())
_OPENING = 12  # words
_LONGEST_HEADING = 25  # words
_PLANNING_MONTHS = 3  # plans of a year are still told in its first months
_SET = {("chỉ", "tiêu"), ("mục", "tiêu"), ("kế", "hoạch"), ("nhiệm", "vụ"), ("phương", "hướng")}
_SURELY_SET = {("mục", "tiêu"), ("phương", "hướng"), ("phấn", "đấu")}
_LONG_CELL = 12  # words; a line without figures and longer than this ends a section of targets


class Context:
    """The running state of a text, told line by line and sentence by sentence."""

    def __init__(self, published: date | None, own: str):
        self.published = published
        self.own = own  # the article's own province
        self.result: Period | None = None  # of the whole text so far
        self.target: Period | None = None
        self.kind = "result"
        self.is_structure = False  # shares of the economy are told in this paragraph
        self._section_kind = "result"
        self._paragraph: Period | None = None
        self._line_has_period = False
        self._before_sentence: tuple[Period | None, Period | None] = None, None

    def begin_line(self, *, goes_on: bool = False) -> None:
        """Forget what only the last line said, unless this one begins with «Trong đó»."""
        self.kind = self._section_kind
        if not goes_on:
            self._paragraph = None
        self._line_has_period = False

    def begin_sentence(self, atoms) -> None:
        """Return to results where a sentence begins with a period that is over."""
        self._before_sentence = self.result, self._paragraph
        if self.kind != "target":
            return
        for atom in atoms[:3]:
            if atom.kind != "period":
                continue
            year = atom.data.year
            if atom.data.relative == -1 or (
                year is not None
                and self.target is not None
                and self.target.year is not None
                and year < self.target.year
                and not atom.data.is_until
            ):
                self.kind = self._section_kind = "result"

    def meet_heading(self, sentences) -> None:
        """Open a section of targets at «Một số chỉ tiêu chủ yếu năm 2024», «Mục tiêu:»."""
        tokens = [token for sentence in sentences for token in sentence.tokens]
        if sentences[-1].closes or len(tokens) > _LONGEST_HEADING:
            return
        words = [token.word for token in tokens]
        if _REACHED & set(words):
            if "kết" in words and "quả" in words:
                self.leave_targets()
            return
        couples = set(pairwise(words))
        years = [year for token in tokens if (year := year_number(token))]
        is_set = bool(couples & _SET)
        if (is_set and years and self._may_be_ahead(years[-1])) or couples & _SURELY_SET:
            self.kind = self._section_kind = "target"
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
                    or bool({"kinh", "grdp", "ngành", "các", "tổng"} & set(following))
                    or following[0] in {":", "."}
                )
                return

    def announces(self, tokens, atom, sentence) -> bool:
        """Say whether «kế hoạch», «chỉ tiêu» at ``atom`` opens a list of what is to be reached."""
        words = {token.word for token in tokens[: atom.start]}
        if words & _REACHED or atom.start > _OPENING:
            return False
        following = tokens[atom.end].word if atom.end < len(tokens) else ":"
        year = atom.data
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
        if self.kind == "target" and opens:
            self._section_kind = "target"
        elif (self.kind == "result" and (opens or closes or words > _LONG_CELL)) or (
            not has_figures and closes and words > _LONG_CELL
        ):
            self._section_kind = "result"

    def meet(self, period: Period, *, is_target: bool, leads: bool) -> None:
        """Take note of a period a sentence speaks of; ``leads`` if the line is about it."""
        if period.is_span or period.years:
            return
        if is_target:
            if period.year is not None or period.relative is not None:
                self.target = period
            return
        if self._is_ahead(period):
            self.target = whole_year(period.year)
            return
        period = period.within(self._paragraph if self._paragraph else self.result)
        self._paragraph = period
        is_fuller = self.result is not None and self.result.part and period.months is not None
        if leads and (not self._line_has_period or is_fuller):
            self.result = period
            self._line_has_period = True

    def period(self, own: Period | None, kind: str) -> Period | None:
        """Return the period of a row that itself says ``own``."""
        if kind == "target":
            outer = self.target
            if own is None:
                return outer
            if own.year is None and own.relative is None:
                return own.within(outer or self.result)
            return own
        inherited = self._paragraph or self.result
        return inherited if own is None else own.within(inherited)

    def leave_targets(self) -> None:
        """Return to results: «Phát biểu tại hội nghị …»."""
        self.kind = self._section_kind = "result"

    def _is_ahead(self, period: Period) -> bool:
        return (
            self.published is not None
            and period.year is not None
            and period.year > self.published.year
        )


def whole_year(year: int) -> Period:
    """Return the period of a year."""
    return Period(year=year, months=WHOLE_YEAR)
