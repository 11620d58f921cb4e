"""What the reader knows and what it proposes."""

from decimal import Decimal
from typing import NamedTuple


class Subject(NamedTuple):
    """An indicator as the reader knows it."""

    code: str
    names: tuple[str, ...]  # its name and all synonyms, as people write them
    unit: str  # "tỷ đồng", "triệu USD", "%", "hộ", "km" …
    is_change: bool = False  # the number itself is a rate of change: IIP, GRDP growth


class Reading(NamedTuple):
    """One proposed row; what is not certain is empty, and ``doubts`` say why."""

    code: str | None  # None: subject not known or not certain
    subject: str  # the words of the text that name the indicator
    place: str | None  # None: the article's own territory
    kind: str  # "result" | "target" | ""
    year: int | None
    months: int | None  # 12 whole year, 1–11 cumulative from January
    part: str  # "tháng 5", "quý III": a period that is not counted from January
    value: Decimal | None  # in ``unit``
    upper: Decimal | None  # of a range, whose lower end is ``value``
    unit: str
    qualifier: str  # "" estimated expected over nearly about at_least at_most
    digits: int  # decimals as written, after conversion: −2 for «35,4 nghìn tỷ» in tỷ đồng
    growth: Decimal | None  # signed
    growth_unit: str  # "%" | "điểm %" | ""
    growth_digits: int | None
    growth_qualifier: str
    growth_base: str  # "" the year before, the same period of it; else the words
    plan: Decimal | None  # by how many percent over the plan
    plan_digits: int | None
    outcome: str  # "" exceeded met missed: said in words only
    previous: Decimal | None  # the value of the year before, where the clause gives it
    sentence: str  # as written
    start: int  # of the row's own clause in the text
    end: int
    doubts: tuple[str, ...]  # Vietnamese, one for each field left empty or uncertain
