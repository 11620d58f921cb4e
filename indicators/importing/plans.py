"""What an import would change, row by row, before anything is stored."""

import hashlib
from collections import defaultdict
from copy import copy
from dataclasses import dataclass, field, replace
from decimal import Decimal
from enum import StrEnum

from django.utils.text import capfirst

from indicators import formulas, wording
from indicators.formulas import Assessment
from indicators.importing.names import Names
from indicators.importing.rates import Meaning, meaning, says_the_same
from indicators.importing.rows import Reader, Said
from indicators.importing.superseded import about_year, no_longer_said, with_share
from indicators.importing.tables import Columns, Table
from indicators.models import Figure, Indicator, SeriesBreak
from indicators.period import Period
from indicators.plausibility import oddities
from indicators.stated import in_brief, written
from indicators.titles import TitleOf, public_title
from portal.templatetags import portal

Stage = Figure.Stage
_RATE_OF = {"attainment": "stated_over_plan", "growth": "stated_growth",
            "target_growth": "target_stated_growth"}  # fmt: skip
# Taken from the form as they are confirmed: to type them asks for no second preview.
_SAID_BY_FORM = {"article_id", "source", "note"}
# The columns of a figure that an import may write, in the order in which changes are told.
FIELDS = (
    "target", "target_upper", "target_qualifier", "target_is_derived", "target_stated_growth",
    "result", "result_qualifier", "stage", "restated_previous", "stated_growth",
    "stated_over_plan", "stated_outcome", "article_id", "source", "note",
)  # fmt: skip


class State(StrEnum):
    NEW = "Thêm mới"
    CHANGED = "Sửa"
    SAME = "Không đổi"
    REFUSED = "Từ chối"


@dataclass
class Line:
    """One row of the preview."""

    number: int
    name: str
    period: Period | None
    indicator: Indicator | None
    refusals: list[str]
    warnings: list[str]
    before: Figure | None = None
    after: Figure | None = None
    title_of: TitleOf = public_title

    @property
    def state(self) -> State:
        if self.refusals:
            return State.REFUSED
        if self.before is None:
            return State.NEW
        return State.CHANGED if self.changed_fields else State.SAME

    @property
    def changed_fields(self) -> list[str]:
        if self.after is None:
            return []
        return [
            name
            for name in FIELDS
            if self.before is None or getattr(self.after, name) != getattr(self.before, name)
        ]

    @property
    def changes(self) -> list[tuple[str, str, str]]:
        """Return (what, as it is, as it will be) in the words of the page."""
        if self.after is None:
            return []
        figures = (self.before or Figure(), self.after)
        now, then = (in_brief(figure, self.title_of) for figure in figures)
        return [(capfirst(what), now[what], then[what]) for what in then if now[what] != then[what]]

    @property
    def stored(self) -> dict:
        """Return what is to be stored, by column."""
        return {name: getattr(self.after, name) for name in self.changed_fields}


@dataclass
class Plan:
    """The whole preview, for one period and source."""

    lines: list[Line] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)

    def of(self, *states: State) -> list[Line]:
        return [line for line in self.lines if line.state in states]

    @property
    def to_store(self) -> list[Line]:
        return self.of(State.NEW, State.CHANGED)

    @property
    def refused(self) -> list[Line]:
        return self.of(State.REFUSED)

    @property
    def counts(self) -> list[tuple[str, int]]:
        return [(state.value, len(self.of(state))) for state in State]

    @property
    def digest(self) -> str:
        """Return what tells this plan from every other: what is stored now, what the rows say."""
        said = [
            (line.number, line.state, line.before and line.before.updated_at.isoformat(),
             line.before and line.before.pk, line.period,
             sorted(str(item) for item in line.stored.items() if item[0] not in _SAID_BY_FORM))
            for line in self.lines
        ]  # fmt: skip
        return hashlib.sha256(repr(said).encode()).hexdigest()


def plan(table: Table, period: Period, source: dict, title_of: TitleOf = public_title) -> Plan:
    """
    Return what importing ``table`` would do; asks the database, stores nothing.

    ``source`` is what SourceForm read: article, source, note and stage for changed rows. Raises
    ImportRefusal where two columns mean the same.
    """
    columns = table.for_period(period.year, period.months)
    names = Names(Indicator.objects.all(), Indicator.objects.subjects())
    read = Reader(table, columns, period, names).rows()
    rows = [said for said in read if said.says_something]
    stored = _Stored(rows)
    _refuse_twins(rows)
    changes = _Changes(rows, columns, stored, source)
    made = Plan(
        [replace(changes.line(said), title_of=title_of) for said in rows],
        [f"Không dùng cột “{heading}”." for heading in columns.passed_over],
    )
    made.remarks.extend(changes.remarks)
    if silent := len(read) - len(rows):
        made.remarks.append(f"{silent} chỉ tiêu không có số kế hoạch hay thực hiện nên bỏ qua.")
    return made


class _Stored:
    """The figures an import may meet, and those of the years before, in three queries."""

    def __init__(self, rows: list[Said]):
        periods = {said.period for said in rows if said.period}
        years = {period.year for period in periods} | {period.year - 1 for period in periods}
        territories = {period.territory for period in periods}
        found = Figure.objects.filter(territory__in=territories, year__in=years).with_previous()
        found = found.select_related("indicator", "territory", "article").defer("article__body")
        self._figures = {
            (figure.indicator_id, figure.territory_id, figure.year, figure.months): figure
            for figure in found
        }
        self._breaks = {
            (broken.territory_id, broken.year): broken.reason
            for broken in SeriesBreak.objects.filter(territory__in=territories)
        }

    def figure(self, indicator: Indicator, period: Period, back: int = 0) -> Figure | None:
        key = (indicator.pk, period.territory.pk, period.year - back, period.months)
        return self._figures.get(key)

    def blank(self, indicator: Indicator, period: Period) -> Figure:
        """Return a new figure that knows the year before as a stored one would."""
        figure = Figure(indicator=indicator, **period.slot)
        figure.break_reason = self._breaks.get((period.territory.pk, period.year))
        before = None if figure.break_reason else self.figure(indicator, period, back=1)
        figure.previous = before.result if before else None
        figure.previous_qualifier = before.result_qualifier if before else ""
        return figure


class _Changes:
    """Turns what rows say into what would be stored."""

    def __init__(self, rows: list[Said], columns: Columns, stored: _Stored, source: dict):
        self.stored = stored
        self.source = source
        self.is_against_year = columns.is_against_year
        self.remarks: list[str] = about_year(columns)
        self.meanings = {
            kind: self._meaning(kind, rows, columns) for kind in _RATE_OF if kind in columns
        }

    def _meaning(self, kind: str, rows: list[Said], columns: Columns) -> Meaning:
        pairs = [
            (said.rates[kind], self._computed(kind, said))
            for said in rows
            if kind in said.rates and _takes_rate(said.indicator, kind)
        ]
        heading = columns.headings[kind]
        found = meaning(pairs, heading.is_growth) if pairs else Meaning.UNKNOWN
        if pairs and found == Meaning.UNKNOWN:
            self.remarks.append(
                f"Không rõ cột “{heading.said}” ghi tỷ lệ (112,06) hay mức tăng (12,06) "
                "nên không dùng."
            )
        return found

    def _computed(self, kind: str, said: Said):
        target, result = said.values.get("target", said.year_target), said.values.get("result")
        if kind == "attainment":
            return formulas.over_plan(result, target)
        before = said.previous.value
        if before is None and (figure := self.stored.figure(said.indicator, said.period, back=1)):
            before = figure.result
        return formulas.growth_rate(result if kind == "growth" else target, before)

    def line(self, said: Said) -> Line:
        line = Line(said.number, said.name, said.period, said.indicator,
                    list(dict.fromkeys(said.refusals)), list(said.warnings))  # fmt: skip
        if line.refusals or said.indicator is None:
            return line
        before = line.before = self.stored.figure(said.indicator, said.period)
        after = copy(before) if before else self.stored.blank(said.indicator, said.period)
        self._apply_values(said, before, after)
        self._apply_rates(said, before, after, line)
        self._apply_outcome(said, after, line)
        self._apply_source(said, before, after, line)
        line.after = after
        if line.changed_fields:
            line.warnings.extend(oddities(after, before))
        self._warn_of_year_before(said, after, line)
        return line

    def _apply_values(self, said: Said, before: Figure | None, after: Figure) -> None:
        values = dict(said.values)
        stage = values.pop("stage", None)
        for kind in ("source", "note"):
            values.pop(kind, None)
        is_same_plan = before is not None and before.target == values.get("target")
        if is_same_plan and before.target_is_derived:
            values["target_is_derived"] = True  # a number seen before tells no new source
        if said.indicator.is_change and "result" not in values:
            change = self._change(said, "growth")
            if change is not None:
                values["result"] = change
        if before is not None:
            values = no_longer_said(before, values) | values
        for name, value in values.items():
            setattr(after, name, value)
        if stage is not None:
            after.stage = stage
        elif "result" in values and self.source["stage"]:
            is_same = before is not None and before.result == after.result
            if not is_same or Stage(self.source["stage"]).rank > Stage(before.stage).rank:
                after.stage = self.source["stage"]

    def _apply_rates(self, said: Said, before, after: Figure, line: Line) -> None:
        """State a rate only where neither what is stored nor the new numbers give it anyway."""
        for kind, name in _RATE_OF.items():
            change = self._change(said, kind)
            if change is None or not _takes_rate(said.indicator, kind):
                continue
            if kind == "attainment" and self.is_against_year:
                continue
            is_cleared = before and getattr(before, name) != getattr(after, name)
            figures = (after,) if is_cleared or not before else (before, after)
            shown = [getattr(figure, _SHOWN[kind]) for figure in figures]
            if any(says_the_same(change, seen) for seen in shown):
                continue
            if shown[-1] is not None:
                line.warnings.append(
                    f"{_LABEL_OF[kind]}: tệp ghi {portal.signed_percent(change)}%, tính từ các số "
                    f"được {portal.signed_percent(shown[-1])}%."
                )
            setattr(after, name, round(change, 2))

    def _change(self, said: Said, kind: str) -> Decimal | None:
        """Return a rate as what exceeds its base, as the row says in words or the column means."""
        if kind in said.changes:
            return said.changes[kind]
        if kind not in said.rates or self.meanings[kind] == Meaning.UNKNOWN:
            return None
        return self.meanings[kind].change(said.rates[kind])

    def _over_year(self, said: Said) -> Decimal | None:
        """Return by how many percent some months exceed the plan of the year, less than zero."""
        if not self.is_against_year or said.indicator.is_change:
            return None
        over = self._change(said, "attainment")
        computed = formulas.over_plan(said.values.get("result"), said.year_target)
        return computed if over is None else over

    def _apply_outcome(self, said: Said, after: Figure, line: Line) -> None:
        if self.is_against_year:
            return  # no verdict on some months
        if not said.outcome or after.assessment.value == said.outcome:
            return
        if after.assessment in {Assessment.NO_TARGET, Assessment.NO_RESULT}:
            after.stated_outcome = said.outcome
        elif after.assessment.is_judged:
            stated = Assessment(said.outcome).label
            line.warnings.append(
                f"Đánh giá: tệp ghi “{stated}”, theo các số là “{after.assessment.label}”."
            )

    def _apply_source(self, said: Said, before, after: Figure, line: Line) -> None:
        # What the export says of a figure is told by nobody anew.
        note, told = said.values.get("note"), said.values.get("source")
        tells_note = note is not None and (before is None or note != before.note)
        tells_source = told is not None and told not in _sources_of(before)
        after.note = note if tells_note else with_share(after.note, self._over_year(said))
        if tells_source:
            after.article, after.source = None, told
        if before is not None and not any(
            getattr(after, name) != getattr(before, name) for name in FIELDS
        ):
            return
        self._refuse_step_back(before, after, line)
        if not tells_source and (self.source["article"] or self.source["source"]):
            after.article, after.source = self.source["article"], self.source["source"]
        if not tells_note and self.source["note"]:
            after.note = self.source["note"]

    def _refuse_step_back(self, before, after: Figure, line: Line) -> None:
        if before is not None and Stage(after.stage).rank < Stage(before.stage).rank:
            line.refusals.append(
                f"Số đang lưu là số {before.get_stage_display().lower()}, không thay bằng số "
                f"{after.get_stage_display().lower() if after.stage else 'chưa rõ loại'}."
            )

    def _warn_of_year_before(self, said: Said, after: Figure, line: Line) -> None:
        figure = self.stored.figure(said.indicator, said.period, back=1)
        if said.previous.value is None or figure is None or figure.result is None:
            return
        digits = said.indicator.decimals
        if round(figure.result, digits) != round(said.previous.value, digits):
            line.warnings.append(
                f"TH năm {said.period.year - 1}: tệp ghi {written(said.previous)}, đang lưu "
                f"{wording.result(figure)}; số đang lưu được giữ nguyên."
            )


_SHOWN = {"attainment": "over_plan", "growth": "growth", "target_growth": "target_growth"}
_LABEL_OF = {"attainment": "So với kế hoạch", "growth": "So với năm trước",
             "target_growth": "Kế hoạch so với năm trước"}  # fmt: skip


def _takes_rate(indicator: Indicator | None, kind: str) -> bool:
    """Say whether a rate in percent can be stated of an indicator; points cannot be told apart."""
    if indicator is None or indicator.is_change:
        return False
    return kind == "attainment" or not indicator.is_percentage


def _sources_of(figure: Figure | None) -> set[str]:
    """Return how the export may name a figure's source."""
    if figure is None:
        return set()
    titled = "; ".join(filter(None, [figure.article and figure.article.title, figure.source]))
    return {figure.source, titled}


def _refuse_twins(rows: list[Said]) -> None:
    """Refuse all rows about the same figure: which of them is right, nobody knows."""
    about = defaultdict(list)
    for said in rows:
        if said.indicator is not None:
            about[said.indicator.pk, said.period].append(said)
    for twins in about.values():
        for said in twins if len(twins) > 1 else []:
            others = [str(other.number) for other in twins if other is not said]
            words = f"Trùng chỉ tiêu với dòng {', '.join(others[:5])}: hãy giữ một dòng."
            said.refusals.append(words)
