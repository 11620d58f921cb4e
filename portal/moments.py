"""How a moment is written on the pages, and which ones can be meant at all."""

from datetime import UTC, datetime, timedelta

from django.utils import timezone
from django.utils.formats import date_format

WEEKDAYS = ["thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật"]
FIRST_YEAR = 1990  # the oldest articles of former portals are younger

# What the database takes from anybody, imports of older articles included. Beyond it lie moments
# that Python cannot read back: the first of January 0001 here is a year before Christ in UTC.
EARLIEST = datetime(1969, 1, 1, tzinfo=UTC)
LATEST = datetime(2102, 1, 1, tzinfo=UTC)


def first_after(rows, at: datetime, *columns: str) -> datetime | None:
    """Return the first moment after ``at`` in columns of ``rows``; None without. A query each."""
    coming = (
        rows.filter(**{f"{column}__gt": at}).order_by(column).values_list(column, flat=True).first()
        for column in columns
    )
    return min(filter(None, coming), default=None)


def is_within_reason(value: datetime, years_ahead: int, at: datetime | None = None) -> bool:
    """Say whether a moment can be meant; compared by years, for year 1 has no other zones."""
    at = at or timezone.now()
    latest = at + timedelta(days=366 * years_ahead)
    return value.year >= FIRST_YEAR and value.year <= latest.year and value <= latest


def refusal(name: str, years_ahead: int) -> str:
    """Return what is said of a moment without reason: somebody's finger slipped."""
    return f"{name} phải từ năm {FIRST_YEAR} trở đi và không quá {years_ahead} năm kể từ hôm nay."


def said_at(moment: datetime) -> str:
    """Return a moment on the department's clock: «07:30 ngày 05/01/2026»."""
    return date_format(timezone.localtime(moment), "DATETIME_FORMAT")


def past(moment: datetime, at: datetime) -> str:
    """Return how many days ago a moment was, in words."""
    days = max((timezone.localdate(at) - timezone.localdate(moment)).days, 0)  # a clock set back
    return ("hôm nay", "hôm qua")[days] if days < 2 else f"{days} ngày trước"


def coming(moment: datetime, at: datetime) -> str:
    """Return a moment to come in words, on the department's clock."""
    local = timezone.localtime(moment)
    days = (local.date() - timezone.localdate(at)).days
    if days < 2:
        day = ("hôm nay", "ngày mai")[days]
    elif days < 7:
        day = f"{WEEKDAYS[local.weekday()]} {local:%d/%m}"
    else:
        day = f"ngày {local:%d/%m/%Y}"
    return f"{local:%H:%M} {day}"
