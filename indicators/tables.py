"""The figures' columns on the pages: the standard table of a year, the series of an indicator."""

from collections.abc import Callable
from typing import NamedTuple

from indicators import wording
from indicators.models import Figure
from indicators.sources import Row, Source
from portal.templatetags import portal

DERIVED = "suy ra"

_UNBROKEN = "\N{NO-BREAK SPACE}"


class Column(NamedTuple):
    heading: str  # above the column, as short as in the printed report
    label: str  # before the value where a narrow screen shows each row as a card
    value: Callable[[Figure], str]
    note: Callable[[Figure], str] = lambda figure: ""
    is_main: bool = False  # what a reader looks for first

    def cell(self, figure: Figure) -> "Cell":
        """Return the figure's cell; a number never leaves the word before it: «trên 35.360»."""
        value, note = self.value(figure), self.note(figure)
        return Cell(self, value.replace(" ", _UNBROKEN), note.replace(" ", _UNBROKEN, 1))


class Cell(NamedTuple):
    column: Column
    value: str
    note: str  # smaller, after the value

    @property
    def is_missing(self) -> bool:
        return self.value == portal.MISSING and not self.note


class Line(NamedTuple):
    figure: Figure
    source: Source | None
    cells: list[Cell]


def lines(rows: list[Row], columns: list[Column]) -> list[Line]:
    """Return the lines of a table: each figure with its source and its cells."""
    return [
        Line(figure, source, [column.cell(figure) for column in columns]) for figure, source in rows
    ]


def of_results(year: int) -> list[Column]:
    """Return the numbers of a year with results."""
    return [
        _year_before(year),
        Column(f"KH {year}", f"Kế hoạch {year}", wording.target, _target_note),
        Column(f"TH {year}", f"Thực hiện {year}", wording.result, _stage, is_main=True),
        Column("TH/KH (%)", "So với kế hoạch (%)", _attainment, wording.against_plan),
        Column(f"TH/TH {year - 1} (%)", f"So với năm {year - 1} (%)", _growth_index, _growth),
    ]


def of_targets(year: int) -> list[Column]:
    """Return the numbers of a year that has only been planned."""
    before = year - 1
    return [
        _year_before(year),
        Column(f"KH {year}", f"Kế hoạch {year}", wording.target, _target_note, is_main=True),
        Column(f"KH/TH {before} (%)", f"So với năm {before} (%)", _target_index, _target_growth),
    ]


def of_series() -> list[Column]:
    """Return the numbers of one indicator, a period in each row."""
    return [
        Column("Kế hoạch", "Kế hoạch", wording.target, _target_note),
        Column("Thực hiện", "Thực hiện", wording.result, _stage, is_main=True),
        Column("TH/KH (%)", "So với kế hoạch (%)", _attainment),
        Column("So với năm trước", "So với năm trước", _growth_or_dash),
    ]


def _year_before(year):
    before = year - 1
    return Column(f"TH {before}", f"Thực hiện {before}", wording.previous, _previous_note)


def _previous_note(figure):
    return DERIVED if figure.previous_is_derived else ""


def _target_note(figure):
    return DERIVED if figure.target_is_derived else ""


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
    return _as_stated(wording.growth(figure), figure.growth_disagrees)


def _growth_or_dash(figure):
    return wording.growth(figure) or portal.MISSING


def _target_index(figure):
    return portal.percent(figure.target_growth_index)


def _target_growth(figure):
    return _as_stated(wording.target_growth(figure), figure.target_growth_disagrees)


def _as_stated(words, disagrees):
    return f"nguồn ghi {words}" if disagrees else words
