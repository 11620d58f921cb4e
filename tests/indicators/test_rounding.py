"""What printed numbers allow, and when they contradict each other."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators import rounding
from indicators.rounding import Interval, allowed, allowed_change, allowed_rate, disagrees
from tests.indicators.builders import figure_in_memory


def interval(low, high):
    return Interval(Decimal(low), Decimal(high))


@pytest.mark.parametrize(
    ("number", "qualifier", "digits", "low", "high"),
    [
        ("7.14", "", None, "7.135", "7.145"),
        ("7.1", "", 2, "7.095", "7.105"),  # written «7,10»
        ("48000", "", None, "47999.5", "48000.5"),
        ("35400", "", -2, "35350", "35450"),  # «35,4 nghìn tỷ đồng» in tỷ đồng
        ("40000", "expected", None, "39999.5", "40000.5"),
        ("8200", "estimated", None, "8150", "8250"),
        ("45228", "estimated", None, "45227.5", "45228.5"),
        ("430", "over", None, "430", "440"),
        ("35360", "over", None, "35360", "35370"),
        ("6650", "nearly", None, "6640", "6650"),
        ("8200", "about", None, "8100", "8300"),
        ("99.6", "about", None, "99.5", "99.7"),
        ("7.6", "at_most", None, "-Infinity", "7.6"),
        ("7.6", "at_least", None, "7.6", "Infinity"),
        ("0", "", None, "-0.5", "0.5"),
        ("0", "over", None, "0", "1"),
        ("-4.81", "", None, "-4.815", "-4.805"),
    ],
)
def test_a_number_allows_what_its_digits_and_the_word_before_it_leave_open(
    number, qualifier, digits, low, high
):
    assert allowed(Decimal(number), qualifier, digits) == interval(low, high)


@pytest.mark.parametrize(
    ("rate", "qualifier", "other", "is_contradicted"),
    [
        ("30", "over", "45", False),
        ("30", "over", "29", True),
        ("30", "nearly", "12", False),
        ("30", "nearly", "31", True),
        ("-5", "over", "-9", False),
        ("-5", "over", "-4", True),
        ("-5", "nearly", "-3", False),
        ("-5", "at_least", "-9", False),
        ("-5", "at_least", "-4", True),
        ("-5", "at_most", "-4", False),
        ("-5", "at_most", "-6", True),
        ("30", "about", "41", True),
    ],
)
def test_a_rate_beyond_what_a_word_bounds_is_no_contradiction(
    rate, qualifier, other, is_contradicted
):
    stated, computed = allowed_rate(Decimal(rate), qualifier), interval(other, other)
    assert disagrees(stated, computed) is is_contradicted


@pytest.mark.parametrize(
    ("change", "qualifier", "low", "high"),
    [
        ("5", "over", "5", "6"),
        ("-5", "over", "-6", "-5"),
        ("-5", "nearly", "-5", "-4"),
        ("-2", "at_least", "-Infinity", "-2"),
        ("-2", "at_most", "-2", "Infinity"),
        ("-4.81", "", "-4.815", "-4.805"),
    ],
)
def test_of_a_fall_the_word_speaks_of_its_size(change, qualifier, low, high):
    assert allowed_change(Decimal(change), qualifier) == interval(low, high)


@pytest.mark.parametrize("direction", ["higher", "lower"])
@pytest.mark.parametrize("qualifier", ["at_least", "at_most"])
@given(target=st.integers(-20, 20), result=st.integers(-20, 20))
def test_a_rate_within_its_bound_is_never_missed_and_one_beyond_never_met(
    direction, qualifier, target, result
):
    """The verdict on «giảm tối thiểu 2%» and what the words allow are one reading."""
    figure = figure_in_memory(
        unit="%", measure="change", direction=direction, result=result, target=target,
        target_qualifier=qualifier,
    )  # fmt: skip
    bounds = allowed_rate(Decimal(target), qualifier)
    is_kept = bounds.low <= result <= bounds.high
    is_condition = (bounds.high.is_finite()) == (direction == "higher")
    if is_condition:  # against the direction: «CPI không quá 4 %» of what shall rise
        assert figure.assessment == ("met" if is_kept else "missed")
    elif result != target:
        assert figure.assessment == ("exceeded" if is_kept else "missed")
    else:
        assert figure.assessment == "met"


@pytest.mark.parametrize(
    ("current", "base", "stated", "is_contradicted"),
    [
        ("48000", "45228", "7.14", True),  # the report: 6,13
        ("5600", "5167", "8.38", False),
        ("48000", "45228", "6.1", False),
        ("12", "10", "22", False),  # 12,4 of 9,6 is 29 % more
        ("12", "10", "33", True),
        ("-5", "-10", "50", False),
        ("5", "0", "12", False),
        ("100", "100", "0", False),
    ],
)
def test_growth_is_contradicted_only_where_no_exact_values_give_it(
    current, base, stated, is_contradicted
):
    possible = rounding.growth(allowed(Decimal(current)), allowed(Decimal(base)))
    assert disagrees(allowed_rate(Decimal(stated)), possible) is is_contradicted


def test_what_is_not_known_or_unbounded_proves_nothing():
    number, bound = allowed(Decimal(5)), allowed(Decimal(5), "at_most")
    assert allowed(None) is None
    assert rounding.growth(number, None) is None
    assert rounding.growth(bound, number) is None
    assert rounding.over(number, allowed(Decimal(-5))) is None
    assert rounding.difference(bound, number) is None
    assert rounding.before_change(number, allowed(Decimal(-100))) is None
    assert disagrees(None, number) is False
    assert disagrees(number, None) is False


def test_a_plan_worked_back_from_a_rate_lies_where_its_rounding_leaves_it():
    plan = rounding.before_change(allowed(Decimal(35360), "over"), allowed(Decimal("4.44")))
    assert not disagrees(allowed(Decimal(33857)), plan)
    assert disagrees(allowed(Decimal(33800)), plan)


def test_a_loss_worked_back_from_a_rate_is_a_loss():
    before = rounding.before_change(allowed(Decimal(-80)), allowed(Decimal(20)))
    assert before.low < -100 < before.high < -98
    assert rounding.before_change(allowed(Decimal(0)), allowed(Decimal(20))) is None


amounts = st.decimals("0.01", 10**9, places=4, allow_nan=False)


signed = st.one_of(amounts, amounts.map(lambda amount: -amount))


@given(signed, signed, st.integers(0, 3), st.integers(0, 3))
def test_numbers_and_a_rate_rounded_from_exact_values_never_contradict(one, other, digits, places):
    current, base = round(one, digits), round(other, digits)
    exact = (one - other) / abs(other) * 100
    possible = rounding.growth(allowed(current, digits=digits), allowed(base, digits=digits))
    assert not disagrees(allowed_rate(round(exact, places), digits=places), possible)
