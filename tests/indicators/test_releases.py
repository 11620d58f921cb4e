"""When new figures are due."""

from datetime import date

import pytest

from indicators.forms import MonthsField
from indicators.releases import next_release


@pytest.mark.parametrize(
    ("months", "today", "expected"),
    [
        ([], date(2026, 11, 22), None),
        ([1], date(2026, 11, 22), date(2027, 1, 1)),
        ([7, 1], date(2026, 2, 1), date(2026, 7, 1)),
        ([1, 11], date(2026, 11, 30), date(2026, 11, 1)),
        ([12], date(2026, 12, 31), date(2026, 12, 1)),
    ],
)
def test_the_next_release_is_the_coming_month_of_the_plan(months, today, expected):
    assert next_release(months, today) == expected


def test_months_are_ticked():
    field = MonthsField(required=False)
    assert field.clean(["7", "1"]) == [7, 1]
    assert field.clean([]) == []
