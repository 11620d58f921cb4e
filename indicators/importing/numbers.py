"""Numbers in the cells of a table, in the Vietnamese or the English notation, never guessed."""

import re
from collections.abc import Callable, Iterable
from decimal import Decimal

from indicators import notation as notations
from indicators.importing.sheets import Cell
from indicators.notation import EXAMPLE, Notation, plain, readings
from indicators.stated import fitting

_WRITTEN = re.compile(r"\d[\d.,]*\d|\d")
_PROGRAM = re.compile(r"[+-]?\d+(\.\d+)?", re.ASCII)

_NOTE_MARKS = re.compile(r"\s*(\*+|\(\*+\)|\(\d\)|[¹²³⁴⁵⁶⁷⁸⁹]+)$")


def notation(texts: Iterable[str]) -> Notation:
    """Return the notation of numbers that can be read in one way only."""
    found = set()
    for words in texts:
        for written in _WRITTEN.findall(words):
            values = readings(written)
            if len(values) == 1 and ("." in written or "," in written):
                found |= values.keys()
    if len(found) == 2:
        return Notation.MIXED
    return found.pop() if found else Notation.UNKNOWN


def reader(of_column: Notation, of_table: Notation) -> Callable[[str], Decimal]:
    """
    Return what reads the numbers of a column.

    «35.360» and «35,360» can each be read in two ways. Where the column, else the table, shows
    its notation the sign that groups thousands there is taken to group them here, and where
    nothing shows it the dot, as in any Vietnamese table; the other way round it is refused.
    """
    known = of_column if of_column != Notation.UNKNOWN else of_table
    usual = {Notation.UNKNOWN: Notation.VIETNAMESE}.get(known, known)

    def number(typed: str) -> Decimal:
        compact = plain(typed)
        values = readings(compact)
        if not values:
            raise ValueError(f"Không đọc được số “{typed[:40]}”.")
        if len(set(values.values())) == 1:
            is_own = len(values) == 2 or usual in values or known == Notation.UNKNOWN
            is_own = is_own or (known == Notation.MIXED and Notation.VIETNAMESE in values)
            if is_own:
                return fitting(next(iter(values.values())))
        elif usual in values and (("." in compact) == (usual == Notation.VIETNAMESE)):
            return fitting(values[usual])
        raise ValueError(
            f"“{typed[:40]}” có thể đọc theo hai cách viết số{_BESIDE[known]}. {EXAMPLE}"
        )

    return number


# What else stands in the column or the table and makes a number doubtful.
_BESIDE = {
    Notation.UNKNOWN: "",
    Notation.VIETNAMESE: ", mà những số khác trong bảng viết kiểu Việt Nam (35.360,5)",
    Notation.ENGLISH: ", mà những số khác trong bảng viết kiểu Anh (35,360.5)",
    Notation.MIXED: ", vì trong bảng có cả số viết kiểu Việt Nam (35.360,5) và kiểu Anh (35,360.5)",
}


def of_program(typed: str) -> Decimal:
    """Return a number as the portal's own CSV writes it: 35360.5, thousands never grouped."""
    if not _PROGRAM.fullmatch(typed) or len(typed) > 40:
        raise ValueError(f"Không đọc được số “{typed[:40]}”; tệp CSV của cổng ghi số như 35360.5.")
    return fitting(Decimal(typed))


def is_missing(cell: Cell) -> bool:
    return cell.number is None and not cell.fault and notations.is_missing(cell.text)


def without_notes(words: str) -> str:
    """Return what stands in a cell without marks of footnotes: «35.360 (1)», «430*»."""
    return _NOTE_MARKS.sub("", words)
