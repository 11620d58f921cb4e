"""
Tables pasted as text: columns by tabs, bars or wide spaces, or one cell to a line.

Only tables whose heading row says what each column holds are read here; any other line is prose.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from indicators.reading import numbers, units
from indicators.reading.amounts import Amount
from indicators.reading.drafts import HUNDRED, Change, Draft
from indicators.reading.finishing import readings
from indicators.reading.periods import Period, period_at
from indicators.reading.source import Source, Token, words
from indicators.reading.subjects import Names
from indicators.reading.words import NEUTRAL_AFTER

_SEPARATOR = re.compile(r"\s*\|\s*|\t| {3,}")
_NUMBER = re.compile(r"[<>≤≥+-]? ?\d[\d.,]*(?: ?- ?\d[\d.,]*)? ?%?")
_BLANK = {"", "-", "–", "—", "…", "...", "x", "*"}
_LONGEST_CELL = 100  # characters of a heading's cell
_LONGEST_LINE = 2000  # characters
_MOST_COLUMNS = 30
_MOST_LINES = 12  # of a heading with a line for each cell
_LONGEST_HEADING = 14  # words of a heading cell
_OUTCOMES = (("không đạt", "missed"), ("chưa đạt", "missed"), ("vượt", "exceeded"), ("đạt", "met"))
_SIGNS = {">": "over", "<": "at_most", "≥": "at_least", "≤": "at_most"}


class Cell(NamedTuple):
    """A cell with its place in the plain text."""

    text: str
    start: int

    @property
    def end(self) -> int:
        """Return the place after the cell."""
        return self.start + len(self.text)


class Column(NamedTuple):
    """What the cells under a heading hold."""

    role: str  # name unit order result target plan growth note other
    period: Period | None = None


class Row(NamedTuple):
    """A row of a table with the columns of its heading."""

    cells: list[Cell]
    columns: list[Column]


def rows(source: Source) -> tuple[dict[int, list[Row]], set[int]]:
    """Return the rows of all tables by the line each begins in, and all lines of tables."""
    lines = list(_lines(source.plain))
    found: dict[int, list[Row]] = {}
    taken: set[int] = set()
    for reader in (_by_columns, _by_lines):
        for number, used, row in reader(lines, taken):
            if row is not None:
                found.setdefault(number, []).append(row)
            taken |= used
    return found, taken


def read(row: Row, names: Names, notation: numbers.Notation, context, source: Source) -> list:
    """Return the readings of one row: its result and its target."""
    by_role: dict[str, list[tuple[Cell, Column]]] = {}
    for cell, column in zip(row.cells, row.columns, strict=False):
        by_role.setdefault(column.role, []).append((cell, column))
    name = by_role["name"][0][0]
    draft = _named(name, names)
    if draft is None:
        return []
    unit = _unit(name, by_role.get("unit"))
    filled = [cell for cell in row.cells if cell.text]
    span = filled[0].start, filled[-1].end
    draft.start, draft.end = span
    found = []
    results = by_role.get("result", [])
    for role, kind in (("target", "target"), ("result", "result")):
        cells = [(c, column) for c, column in by_role.get(role, []) if c.text not in _BLANK]
        if not cells:
            continue
        cell, column = max(cells, key=lambda pair: _year(pair[1]))
        made = draft.again(column.period, kind)
        made.start, made.end = span
        made.amount, made.qualifier = _amount(cell, unit, notation), _SIGNS.get(cell.text[0], "")
        made.is_reporting = True
        if kind == "result":
            _compare(made, by_role, notation)
            earlier = [
                pair for pair in results if pair[0] is not cell and pair[0].text not in _BLANK
            ]
            if earlier:
                before, its = max(earlier, key=lambda pair: _year(pair[1]))
                made.previous = _amount(before, unit, notation), its.period
        if made.amount.unit is None:
            made.amount = None
            made.doubts.append("không rõ đơn vị tính trong bảng")
        found += readings(made, context, source, span)
    return found


def _compare(draft: Draft, by_role, notation) -> None:
    for cell, _ in by_role.get("plan", []):
        number = numbers.parse(_bare(cell.text), notation) if cell.text not in _BLANK else None
        if number is not None and number.value is not None:
            draft.plan, draft.plan_digits = number.value - HUNDRED, number.digits
    for cell, column in by_role.get("growth", []):
        if cell.text in _BLANK:
            continue
        number = numbers.parse(_bare(cell.text), notation)
        value = number.value
        if value is not None and column.period is not None and column.period.is_until:
            value = value - HUNDRED  # a ratio: 112,06 of the year before
        elif value is not None and cell.text.startswith("-"):
            value = -value
        draft.changes.append(Change(value, number.digits, "%", "", None, number.doubt))
        break
    for cell, _ in by_role.get("note", []):
        text = cell.text.lower()
        draft.outcome = draft.outcome or next(
            (outcome for word, outcome in _OUTCOMES if text.startswith(word)), ""
        )


def _named(cell: Cell, names: Names) -> Draft | None:
    tokens = [
        token._replace(start=token.start + cell.start, end=token.end + cell.start)
        for token in words(cell.text)
    ]
    while tokens and (tokens[0].kind != "word" or len(tokens[0].word) == 1):
        tokens = tokens[1:]
    if not tokens:
        return None
    match = names.at(tokens, 0)
    if match is None:
        return Draft(words=(tokens[0].start, cell.end))
    is_narrowed = _has_more(tokens, match.end)
    last = tokens[match.end - 1].end
    return Draft(subjects=match.subjects, words=(tokens[0].start, last), is_narrowed=is_narrowed)


def _has_more(tokens: list[Token], index: int) -> bool:
    """Say whether words outside brackets go on after the name."""
    depth = 0
    while index < len(tokens):
        token = tokens[index]
        neutral = NEUTRAL_AFTER.at(tokens, index)
        if token.word == "(":
            depth += 1
        elif token.word == ")":
            depth -= 1
        elif neutral is not None:
            index = neutral[1]
            continue
        elif not depth and token.kind == "word":
            return True
        index += 1
    return False


def _unit(name: Cell, column) -> units.Unit | None:
    if column and (found := _unit_of(column[0][0].text)):
        return found
    begin = 0
    while (opened := name.text.find("(", begin)) >= 0:
        found = _unit_of(name.text[opened + 1 :])
        if found is not None:
            return found
        begin = opened + 1
    return None


def _unit_of(text: str) -> units.Unit | None:
    tokens = words(text)
    if not tokens:
        return None
    found = units.unit_at(tokens, 0)
    return found[0] if found is not None and found[0].has_measure else None


def _amount(cell: Cell, unit: units.Unit | None, notation) -> Amount:
    text = cell.text.lstrip("<>≤≥+ ").rstrip("% ")
    low, dash, high = text.partition("-") if not text.startswith("-") else (text, "", "")
    number = numbers.parse(low.strip().lstrip("-"), notation)
    if low.startswith("-") and number.value is not None:
        number = number._replace(value=-number.value)
    upper = numbers.parse(high.strip(), notation) if dash else None
    return Amount(number, upper, unit, "", "")


def _bare(text: str) -> str:
    return text.strip("<>≤≥+-% ")


def _year(column: Column) -> int:
    return column.period.year or 0 if column.period else 0


def _lines(plain: str) -> Iterator[Cell]:
    position = 0
    for line in plain.split("\n"):
        yield Cell(line, position)
        position += len(line) + 1


def _by_columns(lines: list[Cell], taken: set[int]):
    columns = None
    for number, line in enumerate(lines):
        cells = _cells(line) if len(line.text) <= _LONGEST_LINE else []
        if not 3 <= len(cells) <= _MOST_COLUMNS:
            if line.text.strip():
                columns = None
            continue
        heading = _columns([cell.text for cell in cells])
        if heading is not None:
            columns = heading
            yield number, {number}, None
        elif columns is not None and len(cells) <= len(columns) and _fits(cells, columns):
            yield number, {number}, Row(cells, columns)
        elif columns is not None and not any(_NUMBER.fullmatch(cell.text) for cell in cells):
            yield number, {number}, None


def _by_lines(lines: list[Cell], taken: set[int]):
    filled = [
        (number, Cell(line.text.strip(), line.start + len(line.text) - len(line.text.lstrip())))
        for number, line in enumerate(lines)
        if line.text.strip() and number not in taken
    ]
    roles = [_role(cell.text) for _, cell in filled]
    index = 0
    while index < len(filled):
        width = 0
        while index + width < len(filled) and width < _MOST_LINES and roles[index + width]:
            width += 1
        columns = _checked([role or Column("other") for role in roles[index : index + width]])
        if columns is None:
            index += 1
            continue
        yield filled[index][0], {number for number, _ in filled[index : index + width]}, None
        index += width
        misses = 0
        while index + width <= len(filled) and misses <= width:
            chunk = filled[index : index + width]
            cells = [cell for _, cell in chunk]
            if _fits(cells, columns):
                yield chunk[0][0], {number for number, _ in chunk}, Row(cells, columns)
                index, misses = index + width, 0
            else:
                index, misses = index + 1, misses + 1


def _cells(line: Cell) -> list[Cell]:
    cells, begin = [], 0
    text = line.text
    for match in _SEPARATOR.finditer(text):
        cells.append(_stripped(text[begin : match.start()], line.start + begin))
        begin = match.end()
    cells.append(_stripped(text[begin:], line.start + begin))
    if "|" in text:
        while cells and not cells[0].text:
            cells = cells[1:]
        while cells and not cells[-1].text:
            cells = cells[:-1]
    return cells


def _stripped(text: str, start: int) -> Cell:
    return Cell(text.strip(), start + len(text) - len(text.lstrip()))


def _fits(cells: list[Cell], columns: list[Column]) -> bool:
    """Say whether the cells can stand under the headings: numbers under numbers, a name."""
    has_number = False
    for cell, column in zip(cells, columns, strict=False):
        if column.role == "name" and (not cell.text or _NUMBER.fullmatch(cell.text)):
            return False
        if column.role in {"result", "target", "plan", "growth"}:
            is_number = bool(_NUMBER.fullmatch(cell.text))
            if not is_number and cell.text not in _BLANK:
                return False
            has_number = has_number or is_number
    return has_number


def _columns(cells: list[str]) -> list[Column] | None:
    return _checked([_role(cell) or Column("other") for cell in cells])


def _checked(columns: list[Column]) -> list[Column] | None:
    """Return the columns if they make a heading: one of names, others of numbers."""
    roles = [column.role for column in columns]
    told = sum(role in {"result", "target", "plan", "growth"} for role in roles)
    return columns if roles.count("name") == 1 and told and len(columns) >= 3 else None


def _role(text: str) -> Column | None:
    """Return what a heading says of its column, None if it is no heading."""
    if len(text) > _LONGEST_CELL:
        return None
    tokens = words(text)
    lower = " ".join(token.word for token in tokens)
    if not tokens or len(tokens) > _LONGEST_HEADING or _NUMBER.fullmatch(text):
        return None
    if lower in {"stt", "tt", "số tt", "số thứ tự"}:
        return Column("order")
    if "đvt" in lower or lower.startswith(("đơn vị", "đv tính")):
        return Column("unit")
    if lower.startswith(("ghi chú", "đánh giá", "kết quả đánh giá", "so với nq")):
        return Column("note")
    if lower in {"chỉ tiêu", "chỉ tiêu chủ yếu", "tên chỉ tiêu", "nội dung", "các chỉ tiêu",
                 "danh mục", "một số chỉ tiêu", "chỉ tiêu kinh tế"}:  # fmt: skip
        return Column("name")
    initial = {token.word for token in tokens}
    has_plan = bool(initial & {"kh", "kế", "dự", "dt", "mục", "nq"}) and "dự kiến" not in lower
    has_result = bool(initial & {"th", "thực", "ước", "kết", "tht"})
    is_ratio = (
        "%" in initial or "so" in initial or ("/" in initial and has_plan) or "tăng" in initial
    )
    period = _period(tokens)
    if is_ratio:
        if has_plan:
            return Column("plan")
        is_rate = "tăng" in initial or "giảm" in initial
        return Column("growth", Period(is_until=not is_rate))
    if has_result:
        return Column("result", period)
    if has_plan:
        return Column("target", period)
    if period is not None and len(tokens) <= 4:
        return Column("result", period)
    return None


def _period(tokens: list[Token]) -> Period | None:
    found: Period | None = None
    for index in range(len(tokens)):
        here = period_at(tokens, index)
        if here is not None and (found is None or found.year is None):
            found = (
                here[0] if found is None else here[0]._replace(months=found.months, part=found.part)
            )
            if found.year is not None:
                break
    return found
