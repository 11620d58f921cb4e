"""When new figures of an indicator are due."""

from collections.abc import Iterable
from datetime import date


def next_release(months: Iterable[int], today: date) -> date | None:
    """
    Return the first day of the next of ``months`` (1–12), this month included.

    None where no month is named. The present month counts until it is over: figures «due in
    January» may come on its last day.
    """
    due = sorted(set(months))
    if not due:
        return None
    coming = next((month for month in due if month >= today.month), None)
    return date(today.year, coming, 1) if coming else date(today.year + 1, due[0], 1)
