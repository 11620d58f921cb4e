"""What no longer holds, or never held, of the number beside it."""

from indicators import proposals
from indicators.importing.tables import Columns
from indicators.models import Figure

# What is said of a result, or of a plan, and does not hold of another one.
_OF_RESULT = {"stated_growth": None, "stated_over_plan": None, "stated_outcome": ""}
_OF_TARGET = {"target_stated_growth": None, "target_is_derived": False}
_SHARE_ENDS = "kế hoạch cả năm."


def no_longer_said(before: Figure, values: dict) -> dict:
    """Return what was said of a number that gives way to another, as not said any more."""
    gone = {}
    if "result" in values and values["result"] != before.result:
        gone |= _OF_RESULT
    if "target" in values and any(
        values.get(name) != getattr(before, name) for name in ("target", "target_upper")
    ):
        gone |= _OF_TARGET
    return gone


def about_year(columns: Columns) -> list[str]:
    """Say what is made of a plan of the year beside results of some months."""
    said = [
        columns.headings[kind].said
        for kind in ("year_target", "attainment")
        if columns.is_against_year and kind in columns
    ]
    if not said:
        return []
    named = "”, “".join(said)
    words = (
        f"Cột “{named}” nói về kế hoạch cả năm nên không dùng làm kế hoạch của kỳ này; tỷ lệ so "
        "với kế hoạch cả năm được ghi ở ghi chú. Nếu là kế hoạch của kỳ thì hãy ghi số tháng ở "
        "tiêu đề, ví dụ “KH 9 tháng”."
    )
    return [words]


def with_share(note: str, over_plan) -> str:
    """Return a note with what some months make of the year's plan; another's note is left."""
    if over_plan is None or (note and not note.endswith(_SHARE_ENDS)):
        return note
    return proposals.share_of_year(round(over_plan, 2))
