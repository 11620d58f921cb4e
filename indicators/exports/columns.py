"""What the files say of a figure: its keys, its statement, what follows from it."""

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from django.conf import settings
from django.utils import timezone

from indicators.models import Figure
from indicators.models.figures import Statement
from portal.numbers import half_up

Value = str | int | Decimal | bool | datetime | None


class Kind(StrEnum):
    """What a column holds; JSON, XLSX and CSVW each have their own word for it."""

    TEXT = "text"
    INTEGER = "integer"
    NUMBER = "number"  # exact, a string in JSON: «35360», «-4.81»
    FLAG = "flag"
    MOMENT = "moment"


class Column(NamedTuple):
    key: str  # in JSON and CSVW
    heading: str  # in CSV and XLSX
    width: int  # characters, in XLSX
    kind: Kind
    value: Callable[[Statement], Value]


def digits(value: Decimal) -> str:
    """Return a number without grouping, exponent or idle zeros: 35360, −4.81 as -4.81."""
    printed = f"{value or abs(value):f}"  # a change that rounds to −0 is none
    return printed.rstrip("0").rstrip(".") if "." in printed else printed


def moment(value: datetime) -> str:
    return timezone.localtime(value).isoformat(timespec="seconds")


def _own(key, heading, width, kind=Kind.TEXT):
    """Return the column of a field of the statement that goes by the same name."""
    return Column(key, heading, width, kind, lambda statement: getattr(statement, key))


def _rate(key, heading, width):
    """Return the column of a computed percentage, to two digits."""
    return Column(key, heading, width, Kind.NUMBER, lambda figure: _rounded(getattr(figure, key)))


# Which figure it is.
_TERRITORY = Column("territory", "Địa bàn", 14, Kind.TEXT, lambda figure: figure.territory.name)
_TERRITORY_CODE = Column(
    "territory_code", "Mã địa bàn", 14, Kind.TEXT, lambda figure: figure.territory.code
)
_GROUP = Column("group", "Nhóm", 18, Kind.TEXT, lambda figure: figure.indicator.group.name)
_CODE = Column("code", "Mã", 10, Kind.TEXT, lambda figure: figure.indicator.code)
_INDICATOR = Column("indicator", "Chỉ tiêu", 36, Kind.TEXT, lambda figure: figure.indicator.name)
_UNIT = Column("unit", "Đơn vị tính", 12, Kind.TEXT, lambda figure: figure.indicator.unit)
_YEAR = _own("year", "Năm", 6, Kind.INTEGER)
_MONTHS = _own("months", "Số tháng", 7, Kind.INTEGER)
_KEYS = [_TERRITORY, _GROUP, _CODE, _INDICATOR, _UNIT, _YEAR, _MONTHS]

# What a source states: of the figure now, and of each earlier statement.
_TARGET = [
    Column(
        "target_qualifier",
        "KH: từ đi trước số",
        9,
        Kind.TEXT,
        lambda statement: _word(Figure.Qualifier, statement.target_qualifier),
    ),
    _own("target", "KH", 12, Kind.NUMBER),
    _own("target_upper", "KH, cận trên", 12, Kind.NUMBER),
    _own("target_is_derived", "KH suy ra", 8, Kind.FLAG),
]
_RESULT = [
    Column(
        "result_qualifier",
        "TH: từ đi trước số",
        9,
        Kind.TEXT,
        lambda statement: _word(Figure.Qualifier, statement.result_qualifier),
    ),
    _own("result", "TH", 12, Kind.NUMBER),
    Column(
        "stage",
        "Loại số liệu",
        12,
        Kind.TEXT,
        lambda statement: _word(Figure.Stage, statement.stage),
    ),
]
_ORIGIN = [
    Column("source", "Nguồn", 40, Kind.TEXT, lambda statement: _source(statement)),
    Column("source_url", "Địa chỉ nguồn", 40, Kind.TEXT, lambda statement: _source_url(statement)),
    _own("note", "Ghi chú", 30),
    _own("updated_at", "Cập nhật lúc", 18, Kind.MOMENT),
]
_STATED = [
    _own("restated_previous", "TH năm trước, nguồn tính lại", 12, Kind.NUMBER),
    _own("stated_growth", "Tăng so với năm trước, theo nguồn (%)", 12, Kind.NUMBER),
    _own("stated_over_plan", "Vượt kế hoạch, theo nguồn (%)", 12, Kind.NUMBER),
    Column(
        "stated_outcome",
        "Kết luận theo nguồn",
        14,
        Kind.TEXT,
        lambda statement: _word(Figure.Outcome, statement.stated_outcome),
    ),
    _own("target_stated_growth", "KH tăng so với năm trước, theo nguồn (%)", 12, Kind.NUMBER),
]

# New columns come last: whoever counts columns finds the old ones where they were.
COLUMNS = [
    *_KEYS,
    _own("previous_result", "TH năm trước", 12, Kind.NUMBER),
    _own("previous_is_derived", "TH năm trước suy ra", 9, Kind.FLAG),
    *_TARGET,
    _rate("target_growth", "KH tăng so với năm trước (%)", 12),
    *_RESULT,
    _rate("attainment", "TH/KH (%)", 10),
    _rate("growth", "Tăng so với năm trước (%)", 12),
    Column("assessment", "Đánh giá", 14, Kind.TEXT, lambda figure: figure.assessment.label),
    *_ORIGIN,
    _TERRITORY_CODE,
    *_STATED,
    Column(
        "series_break",
        "Mốc thay đổi địa bàn",
        30,
        Kind.TEXT,
        lambda figure: figure.break_reason or "",
    ),
]
# An earlier statement by itself, and under the keys of its figure.
REVISION_COLUMNS = [
    *_TARGET,
    *_RESULT,
    *_STATED,
    *_ORIGIN,
    Column("replaced_at", "Thay lúc", 18, Kind.MOMENT, lambda revision: revision.replaced_at),
]
FIGURE_KEYS = [*_KEYS, _TERRITORY_CODE]


def record(statement: Statement, columns: list[Column]) -> dict:
    """Return a statement as JSON has it: numbers and moments as text, null for missing."""
    return {column.key: _plain(column.value(statement)) for column in columns}


def _plain(value):
    if isinstance(value, Decimal):
        return digits(value)
    return moment(value) if isinstance(value, datetime) else value


def _word(choices, value):
    return choices(value).label if value else ""


def _rounded(value):
    return None if value is None else half_up(value)


def _source(statement):
    title = statement.article.title if statement.article else ""
    return "; ".join(filter(None, [title, statement.source]))


def _source_url(statement):
    if not statement.article:
        return ""
    return settings.BASE_URL + statement.article.get_absolute_url()
