"""Numbers in Vietnamese notation and the units behind them."""

from decimal import Decimal

import pytest

from indicators.reading import numbers, units
from indicators.reading.source import words

VIETNAMESE, ENGLISH = numbers.Notation(3, 0), numbers.Notation(0, 3)


@pytest.mark.parametrize(
    ("written", "value", "digits"),
    [
        ("35.360", "35360", 0),
        ("4,44", "4.44", 2),
        ("1.234.567,8", "1234567.8", 1),
        ("3.798,254", "3798.254", 3),
        ("1,533", "1.533", 3),
        ("1,234,567", "1234567", 0),
        ("05", "5", 0),
        ("0,125", "0.125", 3),
    ],
)
def test_a_number_is_read_in_vietnamese_notation(written, value, digits):
    number = numbers.parse(written, VIETNAMESE)
    assert (number.value, number.digits, number.doubt) == (Decimal(value), digits, "")


@pytest.mark.parametrize(
    "written", ["5.6", "1,234.5", "12.34.56", "1,2,3", "2,250", "0.125", "3l.554", "9" * 30]
)
def test_a_number_that_may_mean_something_else_has_no_value_and_says_why(written):
    number = numbers.parse(written, VIETNAMESE)
    assert number.value is None
    assert "không chắc số" in number.doubt


@pytest.mark.parametrize("written", ["2.250", "2,345"])
def test_where_the_text_is_written_the_english_way_separators_are_not_trusted(written):
    assert numbers.parse(written, ENGLISH).value is None


def test_the_notation_of_a_text_is_told_by_numbers_that_have_one_meaning():
    assert numbers.notation(["4,44", "1.234,5", "35.360"]) == (2, 0)
    assert numbers.notation(["5.6", "1,234.5"]) == (0, 2)


@pytest.mark.parametrize(
    ("written", "wanted", "value", "digits"),
    [
        ("tỷ USD", "triệu USD", "1530", -1),
        ("nghìn tỷ đồng", "tỷ đồng", "1530", -1),
        ("triệu đô la Mỹ", "triệu USD", "1.53", 2),
        ("tỷ kWh", "triệu kWh", "1530", -1),
        ("ngàn tấn", "tấn", "1530", -1),
        ("triệu đồng/người/năm", "triệu đồng", "1.53", 2),
        ("triệu lượt", "lượt khách", "1530000", -4),
    ],
)
def test_a_value_is_told_in_the_unit_of_its_indicator(written, wanted, value, digits):
    unit, _ = units.unit_at(words(written), 0)
    assert units.same_kind(unit, wanted)
    assert units.converted(Decimal("1.53"), 2, unit, wanted) == (Decimal(value), digits)


@pytest.mark.parametrize(
    ("written", "wanted"),
    [("%", "tỷ đồng"), ("triệu USD", "tỷ đồng"), ("km", "hộ"), ("triệu đồng/người", "tỷ đồng")],
)
def test_a_unit_of_another_kind_does_not_fit(written, wanted):
    unit, _ = units.unit_at(words(written), 0)
    assert not units.same_kind(unit, wanted)


def test_a_multiple_without_a_measure_is_told_apart():
    unit, end = units.unit_at(words("160 triệu, tăng"), 1)
    assert (unit.power, unit.has_measure, end) == (6, False, 2)
