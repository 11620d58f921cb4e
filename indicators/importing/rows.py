"""Rows of a table as statements: which figure, and what is said of it."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from indicators import notation, stated
from indicators.article_text import named
from indicators.importing import headings, numbers
from indicators.importing.headings import heading
from indicators.importing.names import (
    Names,
    UnknownName,
    amount_and_unit,
    factor,
    unit_in_brackets,
)
from indicators.importing.numbers import Notation
from indicators.importing.parts import Parts
from indicators.importing.sheets import Cell, Row, place
from indicators.importing.tables import Columns, Table
from indicators.models import Figure, Indicator, Territory
from indicators.period import Period
from portal.templatetags import portal
from portal.text import clean_line, fold, whole_number

_NUMERIC = headings.AMOUNTS | headings.RATIOS | {*headings.STATED}
# What reads a rate with a word: «tăng 9,6%», «đạt 94,8%».
_WORDED = {"attainment": stated.over_plan, "growth": stated.change, "target_growth": stated.change}
_LED_BY = ("tang ", "giam ", "vuot ", "dat ", "bang ")
_OUTCOMES = {
    "vuot": Figure.Outcome.EXCEEDED,
    "dat": Figure.Outcome.MET,
    "hoan thanh": Figure.Outcome.MET,
    "khong dat": Figure.Outcome.MISSED,
    "chua dat": Figure.Outcome.MISSED,
    "khong hoan thanh": Figure.Outcome.MISSED,
    "chua hoan thanh": Figure.Outcome.MISSED,
}
# What the export writes where there is nothing to judge.
_UNJUDGED = {"chua co ket qua", "chua giao ke hoach", "khong danh gia"}
_DIGIT = re.compile(r"\d")
_LETTER = re.compile(r"[^\W\d_]")
ONE = Decimal(1)
_YES = {"co", "x", "true", "1"}


class Said(NamedTuple):
    """What one row says. ``values`` are those of a Figure, ``rates`` still to be understood."""

    number: int  # of the row in its sheet
    name: str
    indicator: Indicator | None
    period: Period | None
    values: dict
    rates: dict[str, Decimal]  # by kind of column, as they stand there
    changes: dict[str, Decimal]  # those told in words, in percent above or below the base
    previous: stated.Stated
    year_target: Decimal | None  # the plan of the year, beside a result of some months
    outcome: str
    refusals: list[str]
    warnings: list[str]

    @property
    def says_something(self) -> bool:
        """Say whether there is anything to store of it, or to refuse."""
        stated = self.values.keys() - {"stage", "source", "note"}
        rates = self.rates or self.changes
        return bool(stated or rates or self.outcome or self.refusals)


class Reader:
    """Reads the rows of a table for one period."""

    def __init__(self, table: Table, columns: Columns, period: Period, names: Names):
        self.table = table
        self.columns = columns
        self.period = period
        self.names = names
        self._parts = Parts()
        self._readers = self._number_readers()
        territories = list(Territory.objects.all())
        by_code = {territory.code: territory for territory in territories}
        self._territory = cache(lambda written: by_code.get(written) or named(written, territories))

    def rows(self) -> list[Said]:
        return [said for row in self.table.rows if (said := self._read(row)) is not None]

    def _number_readers(self) -> dict[str, Callable[[str], Decimal]]:
        kinds = [kind for kind in _NUMERIC if kind in self.columns]
        texts = {
            kind: [row.cell(self.columns.held[kind]).text for row in self.table.rows]
            for kind in kinds
        }
        of_table = numbers.notation(words for column in texts.values() for words in column)
        if self.table.is_export and of_table in {Notation.UNKNOWN, Notation.ENGLISH}:
            return dict.fromkeys(kinds, numbers.of_program)
        return {kind: numbers.reader(numbers.notation(texts[kind]), of_table) for kind in kinds}

    def _cell(self, row: Row, kind: str) -> Cell:
        return row.cell(self.columns.held[kind]) if kind in self.columns else Cell()

    def _text(self, row: Row, kind: str) -> str:
        cell = self._cell(row, kind)
        return cell.text if cell.number is None else f"{cell.number.normalize():f}"

    def _read(self, row: Row) -> Said | None:
        name, code = self._text(row, "indicator"), self._text(row, "code")
        cells = {kind: self._cell(row, kind) for kind in _NUMERIC if kind in self.columns}
        if heading(name).kind == "indicator":
            return None  # the headings again, on the next page
        whole = self._whole_of(row, name, code)
        if not self._may_be_meant(name, code, cells.values()):
            return None  # the name of a group, a signature
        said = Said(
            row.number, name or code, None, None, {}, {}, {}, stated.NOTHING, None, "", [], []
        )
        if not name and not code:
            said.refusals.append("Dòng có số nhưng không có tên chỉ tiêu.")
            return said
        if (at := self.table.beyond(row)) is not None:
            said.refusals.append(
                f"Ô {place(at, row.number)} nằm ngoài các cột có tiêu đề: các ô của dòng có thể đã "
                "lệch cột. Trong tệp CSV, số như 40000,5 phải đặt trong ngoặc kép."
            )
            return said
        try:
            indicator = self.names.find(name, code)
            if whole is not None:
                raise ValueError(_part_of(whole, indicator))
            times = factor(self._unit(row, name), indicator)
            period = self._period(row)
        except (UnknownName, ValueError) as refusal:
            said.refusals.append(str(refusal))
            return said
        said = said._replace(indicator=indicator, period=period)
        told = {
            kind: self._stated(row, kind, said, times if kind in headings.AMOUNTS else ONE)
            for kind in sorted(_NUMERIC & self.columns.held.keys(), key=self.columns.held.get)
        }
        told = defaultdict(lambda: stated.NOTHING, told)
        self._values(row, said, told)
        self._more_values(row, said, told)
        return said._replace(
            previous=told["previous"],
            year_target=told["year_target"].value,
            outcome=self._outcome(row, said),
        )

    def _whole_of(self, row: Row, name: str, code: str) -> str | None:
        """Return what a row is a part of; None for no part, or one with a code of its own."""
        at = self.table.counted_in
        cell = Cell() if at is None else row.cell(at)
        counted = cell.text if cell.number is None else f"{cell.number.normalize():f}"
        whole = self._parts.whole(
            counted,
            name,
            indent=self._cell(row, "indicator").indent,
            is_known=bool(self.names.match(name, code)),
        )
        return None if code else whole

    def _may_be_meant(self, name: str, code: str, cells: Iterable[Cell]) -> bool:
        """Say whether a row is about a figure: of a known indicator, or with a number in it."""
        if self.names.match(name, code):
            return True
        if name or code:
            return any(cell.number is not None or _DIGIT.search(cell.text) for cell in cells)
        return any(
            cell.number is not None or (_DIGIT.search(cell.text) and not _LETTER.search(cell.text))
            for cell in cells
        )

    def _unit(self, row: Row, name: str) -> str:
        if "unit" in self.columns:
            return self._text(row, "unit") or unit_in_brackets(name)
        return unit_in_brackets(name) or self.table.unit

    def _period(self, row: Row) -> Period:
        """Return the row's own territory, year and months, else those of the whole file."""
        written = self._text(row, "territory_code") or self._text(row, "territory")
        territory = self.period.territory
        if written:
            territory = self._territory(written)
        if territory is None:
            words = f"Không có địa bàn nào tên “{written[:40]}”." if written else "Chưa rõ địa bàn."
            raise ValueError(words)
        year = self._whole(row, "year", self.period.year, range(1976, 2101))
        months = self._whole(row, "months", self.period.months, range(1, 13))
        return Period(territory, year, months)

    def _whole(self, row: Row, kind: str, usual: int | None, allowed: range) -> int:
        written = self._text(row, kind)
        value = whole_number(written) if written else usual
        if value is None or value not in allowed:
            named = {"year": "Năm", "months": "Số tháng"}[kind]
            raise ValueError(f"{named} “{written[:40]}” không hợp lệ.")
        return value

    def _values(self, row: Row, said: Said, told: dict[str, stated.Stated]) -> None:
        """Fill in target and result."""
        target, upper, result = told["target"], told["target_upper"], told["result"]
        if upper.value is not None and target.value is not None:
            if upper.value <= target.value:
                said.refusals.append("Cận trên của kế hoạch phải lớn hơn cận dưới.")
            target = target._replace(upper=upper.value)
        if target.value is not None:
            word = self._word(row, "target_qualifier", said) or target.qualifier
            is_derived = fold(self._text(row, "target_is_derived")) in _YES
            said.values.update(
                target=target.value,
                target_upper=target.upper,
                target_qualifier=word,
                target_is_derived=is_derived,
            )
        if result.upper is not None:
            at = place(self.columns.held["result"], row.number)
            said.refusals.append(f"Ô {at}: kết quả là một con số, không phải một khoảng.")
        elif result.value is not None:
            word = self._word(row, "result_qualifier", said) or result.qualifier
            said.values.update(result=result.value, result_qualifier=word)
        for kind, given in (("target", target), ("result", result)):
            if refusal := stated.misplaced_share(said.indicator, given):
                said.refusals.append(f"Ô {place(self.columns.held[kind], row.number)}: {refusal}")

    def _more_values(self, row: Row, said: Said, told: dict[str, stated.Stated]) -> None:
        for kind in headings.STATED:
            given = told[kind]
            if given.value is not None:
                said.values[kind] = round(given.value, 4 if kind in headings.AMOUNTS else 2)
        for kind in headings.RATIOS - said.changes.keys():
            if told[kind].value is not None:
                said.rates[kind] = told[kind].value
        for name, choices in (("stage", Figure.Stage), ("stated_outcome", Figure.Outcome)):
            if written := self._text(row, name):
                self._choose(name, choices, written, said)
        for kind in ("source", "note"):
            if written := clean_line(self._text(row, kind)):
                said.values[kind] = written

    def _choose(self, name: str, choices, written: str, said: Said) -> None:
        found = {fold(label): value for value, label in choices.choices if value}
        if fold(written) in found:
            said.values[name] = found[fold(written)]
        else:
            said.refusals.append(f"Không hiểu “{written[:40]}” ở cột “{self._said(name)}”.")

    def _word(self, row: Row, kind: str, said: Said) -> str:
        written = self._text(row, kind)
        found = {fold(label): value for value, label in Figure.Qualifier.choices if value}
        if written and fold(written) not in found:
            said.refusals.append(f"Không hiểu “{written[:40]}” ở cột “{self._said(kind)}”.")
        return found.get(fold(written), "")

    def _said(self, kind: str) -> str:
        return self.columns.headings[kind].said

    def _stated(self, row: Row, kind: str, said: Said, times: Decimal) -> stated.Stated:
        """Return what a cell says in the indicator's unit; what is wrong goes to ``said``."""
        cell = self._cell(row, kind)
        if numbers.is_missing(cell):
            return stated.NOTHING
        if kind == "attainment" and fold(_outcome_words(cell.text)) in _OUTCOMES:
            return stated.NOTHING
        at = place(self.columns.held[kind], row.number)
        try:
            if kind in _WORDED and fold(cell.text).startswith(_LED_BY):
                said.changes[kind] = _WORDED[kind](cell.text, self._readers[kind])
                return stated.NOTHING
            if kind in headings.AMOUNTS and (own := amount_and_unit(cell.text, said.indicator)):
                words, times = own  # the unit in the cell, whatever the column of units says
                cell = cell._replace(text=words)
            given = self._read_cell(cell, kind, said, at)
        except ValueError as refusal:
            said.refusals.append(f"Ô {at}: {refusal}")
            return stated.NOTHING
        if times == 1 or given.value is None:
            return given
        value, upper = (
            None if number is None else self._converted(number * times, said, at)
            for number in (given.value, given.upper)
        )
        return given._replace(value=value, upper=upper)

    def _converted(self, value: Decimal, said: Said, at: str) -> Decimal:
        kept = round(value, 4)
        if kept != value:
            said.warnings.append(f"Ô {at}: đổi đơn vị rồi làm tròn còn {portal.figure(kept)}.")
        if abs(kept) >= stated.LARGEST:
            said.refusals.append(f"Ô {at}: số quá lớn sau khi đổi đơn vị.")
        return kept

    def _read_cell(self, cell: Cell, kind: str, said: Said, at: str) -> stated.Stated:
        if cell.fault:
            raise ValueError(f"{cell.fault}.")
        if cell.number is None:
            words = numbers.without_notes(cell.text)
            if words.startswith("="):
                raise ValueError("công thức viết thành chữ, không phải số. Hãy ghi kết quả.")
            unit = said.indicator.unit if kind in headings.AMOUNTS else "%"
            return stated.read(words, unit, self._readers[kind])
        is_rate = kind not in headings.AMOUNTS
        if cell.is_percent and not (is_rate or said.indicator.is_percentage):
            raise ValueError(
                f"ô có định dạng phần trăm, còn chỉ tiêu tính bằng {said.indicator.unit}."
            )
        value = cell.number * 100 if cell.is_percent else cell.number
        kept = round(value, 4)
        if kept != value and not is_rate:
            said.warnings.append(f"Ô {at}: làm tròn còn {portal.figure(kept)}.")
        return stated.Stated(stated.fitting(kept))

    def _told_beside(self, row: Row, said: Said) -> list[str]:
        """Take «đạt 94,8%» in the column of outcomes for the rate it is; return what is odd."""
        if "attainment" in said.changes | said.rates:
            return []
        words = self._text(row, "outcome")
        try:
            said.changes["attainment"] = stated.over_plan(words)
        except ValueError:
            return [f"Không hiểu “{words[:40]}” ở cột “{self._said('outcome')}” nên bỏ qua."]
        return []

    def _outcome(self, row: Row, said: Said) -> str:
        """Return the outcome a row states in words: «Vượt», «Đạt KH», «Không đạt»."""
        for kind in ("outcome", "attainment"):
            written = fold(_outcome_words(self._text(row, kind)))
            if written in _OUTCOMES:
                return _OUTCOMES[written].value
            if kind == "outcome" and written.startswith(_LED_BY) and _DIGIT.search(written):
                said.warnings.extend(self._told_beside(row, said))
            elif kind == "outcome" and not (
                written in _UNJUDGED or notation.is_missing(self._text(row, kind))
            ):
                shown = self._text(row, kind)[:40]
                words = f"Không hiểu “{shown}” ở cột “{self._said(kind)}” nên bỏ qua."
                said.warnings.append(words)
        return ""


def _part_of(whole: str, indicator: Indicator) -> str:
    of = f" của “{whole[:80]}”" if whole else ""
    return (
        f"Dòng con{of}, không phải số chung của “{indicator.name}”. Nếu đúng là chỉ tiêu ấy, hãy "
        f"ghi mã {indicator.code} ở cột “Mã”."
    )


def _outcome_words(written: str) -> str:
    words = clean_line(written).strip(" .;")
    for ending in ("kế hoạch", "KH", "chỉ tiêu", "CT"):
        words = words.removesuffix(ending).strip()
    return words
