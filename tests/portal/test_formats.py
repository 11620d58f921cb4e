from datetime import UTC, date, datetime

import pytest
from django.utils import timezone
from django.utils.formats import date_format


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("DATE_FORMAT", "ngày 02/01/2024"),
        ("SHORT_DATE_FORMAT", "02/01/2024"),
        ("YEAR_MONTH_FORMAT", "tháng 1/2024"),
    ],
)
def test_days_are_written_with_a_zero_before_one_digit(name, words):
    assert date_format(date(2024, 1, 2), name) == words


def test_a_moment_is_written_the_hour_first():
    moment = timezone.localtime(datetime(2024, 1, 2, 9, 30, tzinfo=UTC))
    assert date_format(moment, "DATETIME_FORMAT") == "16:30 ngày 02/01/2024"
