"""The figures' columns on the pages: the standard table of a year, the series of an indicator."""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from indicators import wording
from indicators.formulas import Assessment
from indicators.models import Figure
from indicators.sources import Row, Source
from portal.templatetags import portal

ROOM = 46  # letters of numbers beside each other that fit where a table is narrowest

_ATTAINMENT = "TH/KH (%)", "So với kế hoạch (%)"
_RANKS = {Assessment.EXCEEDED: 0, Assessment.MET: 1, Assessment.MISSED: 2}
_UNBROKEN = "\N{NO-BREAK SPACE}"


class Column(NamedTuple):
    heading: str  # above the column, as short as in the printed report
    label: str  # before the value where a narrow screen shows each row as a card
    value: Callable[[Figure], str]
    note: Callable[[Figure], str] = lambda figure: ""
    amount: str = ""  # name of the number the column sorts by
    is_main: bool = False  # what a reader looks for first

    def cell(self, figure: Figure) -> "Cell":
        """Return the figure's cell; a number never leaves the word before it: «trên 35.360»."""
        value, note = self.value(figure), self.note(figure)
        amount = getattr(figure, self.amount) if self.amount else None
        return Cell(
            self.label,
            unbroken(value),
            note.replace(" ", _UNBROKEN, 1),
            "" if amount is None else f"{amount:f}",
            self.is_main,
            is_missing=value == portal.MISSING and not note,
        )


class Cell(NamedTuple):
    """What a template takes apart in one step: of a page's time most goes into its cells."""

    label: str
    value: str
    note: str  # smaller, after the value
    amount: str  # with a decimal point; empty when missing
    is_main: bool
    is_missing: bool


class Line(NamedTuple):
    figure: Figure
    source: Source | None
    cells: list[Cell]
    assessment: Assessment

    @property
    def words(self) -> list[str]:
        return [f"{cell.value} {cell.note}" for cell in self.cells]

    @property
    def rank(self) -> int | str:
        """Return the place of a judgement from the best, 0; nothing where none was passed."""
        return _RANKS.get(self.assessment, "")


def unbroken(words: str) -> str:
    """Return words whose last stays with the one before: «không quá 4,6» breaks after «không»."""
    return _UNBROKEN.join(words.rsplit(" ", 1))


def lines(rows: list[Row], columns: list[Column]) -> list[Line]:
    """Return the lines of a table: each figure with its source and its cells."""
    return [
        Line(figure, source, [column.cell(figure) for column in columns], figure.assessment)
        for figure, source in rows
    ]


def is_wide(rows: Iterable[list[str]]) -> bool:
    """Say whether the columns of these words, none broken, may want more than the page has."""
    return sum(max(map(_longest, column)) for column in zip(*rows, strict=True)) > ROOM


def of_results(year: int) -> list[Column]:
    """Return the numbers of a year with results."""
    before = year - 1
    index = f"TH/TH {before} (%)", f"So với năm {before} (%)"
    return [
        _year_before(year),
        Column(f"KH {year}", f"Kế hoạch {year}", wording.target, _target_note, "target"),
        Column(f"TH {year}", f"Thực hiện {year}", wording.result, _stage, "result", is_main=True),
        Column(*_ATTAINMENT, _attainment, wording.against_plan, "attainment"),
        Column(*index, _growth_index, _growth, "growth_index"),
    ]


def of_targets(year: int) -> list[Column]:
    """Return the numbers of a year that has only been planned."""
    before = year - 1
    planned = f"KH {year}", f"Kế hoạch {year}"
    index = f"KH/TH {before} (%)", f"So với năm {before} (%)"
    return [
        _year_before(year),
        Column(*planned, wording.target, _target_note, "target", is_main=True),
        Column(*index, _target_index, _target_growth, "target_growth_index"),
    ]


def of_series() -> list[Column]:
    """Return the numbers of one indicator, a period in each row."""
    return [
        Column("Kế hoạch", "Kế hoạch", wording.target, _target_note),
        Column("Thực hiện", "Thực hiện", wording.result, _stage, is_main=True),
        Column(*_ATTAINMENT, _attainment, wording.against_plan),
        Column("So với năm trước", "So với năm trước", _growth_or_dash, _base),
    ]


def _longest(words):
    return max(map(len, words.split(" ")))


def _year_before(year):
    named = f"TH {year - 1}", f"Thực hiện {year - 1}"
    return Column(*named, wording.previous, _previous_note, "previous_result")


def _previous_note(figure):
    return wording.DERIVED if figure.previous_is_derived else wording.restatement(figure)


def _target_note(figure):
    return wording.DERIVED if figure.target_is_derived else ""


def _stage(figure):
    """Return how settled a result is, unless the word before the number says so: «ước 26,08»."""
    if not figure.stage or _is_said_to_be_estimated(figure):
        return ""
    return figure.get_stage_display().lower()


def _is_said_to_be_estimated(figure):
    return (
        figure.stage == Figure.Stage.ESTIMATED
        and figure.result_qualifier == Figure.Qualifier.ESTIMATED
    )


def _attainment(figure):
    return portal.percent(figure.attainment)


def _growth_index(figure):
    return portal.percent(figure.growth_index)


def _growth(figure):
    return _as_stated(wording.growth(figure) or wording.refusal(figure), figure.growth_disagrees)


def _base(figure):
    """Return what the change is one from, where that is not the year before as shown."""
    restated = wording.restatement(figure)
    if not restated or figure.growth is None:
        return wording.explained_refusal(figure)
    before = wording.number(figure.restated_previous)
    return f"so với {before}, năm {figure.year - 1} {restated}"


def _growth_or_dash(figure):
    return _as_stated(wording.growth(figure), figure.growth_disagrees) or portal.MISSING


def _target_index(figure):
    return portal.percent(figure.target_growth_index)


def _target_growth(figure):
    return _as_stated(
        wording.target_growth(figure) or wording.refusal(figure), figure.target_growth_disagrees
    )


def _as_stated(words, disagrees):
    return f"nguồn ghi {words}" if disagrees else words
