from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.formulas import (
    Assessment,
    Direction,
    assessment,
    attainment,
    growth_rate,
    implied_base,
    implied_plan,
    over_plan,
    share,
)

# Figures of the two departments' year-end reports: A is Trà Vinh 2023, B is Hưng Yên 2021.
IMPLIED_PLANS = [
    ("35360", "4.44", "33857"),  # A: giá trị sản xuất công nghiệp
    ("56180", "7.08", "52465"),  # A: tổng mức bán lẻ
    ("45228", "2.52", "44116"),  # B: tổng mức bán lẻ
    ("5167", "7.64", "4800"),  # B: kim ngạch xuất khẩu
    ("18660", "37.27", "13594"),  # B: thu ngân sách, đạt 137,27 %
]
GROWTHS = [
    ("5600", "5167", "8.38"),  # B: kế hoạch xuất khẩu 2022, như nguồn ghi
    ("48000", "45228", "6.13"),  # B: kế hoạch bán lẻ 2022, nguồn ghi 7,14
    ("90", "100", "-10"),
    ("0", "100", "-100"),
    ("-50", "-100", "50"),  # a smaller loss is growth
]
SHARES = [
    ("63.67", "100", "63.67"),  # B: công nghiệp, xây dựng
    ("93.63", "100", "93.63"),  # B: the three sectors together, product tax left out
]
amounts = st.decimals("0.01", "1000000000", places=2)
signed = st.one_of(amounts, amounts.map(lambda amount: -amount))


def rounded(value, places=2):
    return round(value, places)


@pytest.mark.parametrize(("result", "over", "plan"), IMPLIED_PLANS)
def test_a_plan_is_worked_out_from_the_rate_above_it(result, over, plan):
    assert rounded(implied_plan(Decimal(result), Decimal(over)), 0) == Decimal(plan)


@pytest.mark.parametrize(("result", "over", "plan"), IMPLIED_PLANS)
def test_the_rounded_plan_gives_the_stated_rate_back(result, over, plan):
    assert abs(over_plan(Decimal(result), Decimal(plan)) - Decimal(over)) < Decimal("0.01")


@pytest.mark.parametrize(("current", "base", "rate"), GROWTHS)
def test_growth_is_the_change_as_a_percentage_of_the_base(current, base, rate):
    assert rounded(growth_rate(Decimal(current), Decimal(base))) == Decimal(rate)


@pytest.mark.parametrize(("part", "whole", "percent"), SHARES)
def test_a_share_is_a_percentage_of_the_whole(part, whole, percent):
    assert share(Decimal(part), Decimal(whole)) == Decimal(percent)


@pytest.mark.parametrize(
    ("result", "target", "percent"),
    [("35360", "33857", "104.44"), ("100", "100", "100"), ("0", "50", "0"), ("-5", "50", "-10")],
)
def test_attainment_is_the_result_as_a_percentage_of_the_target(result, target, percent):
    assert rounded(attainment(Decimal(result), Decimal(target))) == Decimal(percent)


@pytest.mark.parametrize("function", [growth_rate, attainment, over_plan, share])
@pytest.mark.parametrize("pair", [(None, Decimal(1)), (Decimal(1), None), (Decimal(1), Decimal(0))])
def test_what_cannot_be_said_is_none(function, pair):
    assert function(*pair) is None


@pytest.mark.parametrize("target", ["0", "-10"])
def test_a_target_that_is_not_positive_has_no_attainment(target):
    assert attainment(Decimal(5), Decimal(target)) is None


@pytest.mark.parametrize("rate", [Decimal(-100), Decimal(-250), None])
def test_nothing_is_implied_by_a_total_loss(rate):
    assert implied_base(Decimal(10), rate) is None
    assert implied_plan(Decimal(10), rate) is None


@pytest.mark.parametrize(
    ("result", "target", "upper", "direction", "expected"),
    [
        ("45228", "44116", None, Direction.HIGHER, Assessment.EXCEEDED),  # B: bán lẻ
        ("100", "100", None, Direction.HIGHER, Assessment.MET),
        ("99.61", "99.7", None, Direction.HIGHER, Assessment.MISSED),  # A: against 2024's target
        ("7.8", "7.5", "8.0", Direction.HIGHER, Assessment.MET),
        ("8.1", "7.5", "8.0", Direction.HIGHER, Assessment.EXCEEDED),
        ("7.4", "7.5", "8.0", Direction.HIGHER, Assessment.MISSED),
        ("2.1", "2.5", None, Direction.LOWER, Assessment.EXCEEDED),  # hao hụt
        ("2.6", "2.5", None, Direction.LOWER, Assessment.MISSED),
        (None, "2.5", None, Direction.HIGHER, Assessment.NO_RESULT),
        ("2.6", None, None, Direction.HIGHER, Assessment.NO_TARGET),
        ("2.6", "2.5", None, Direction.NONE, Assessment.NOT_ASSESSED),
    ],
)
def test_assessment_follows_the_direction_of_the_indicator(
    result, target, upper, direction, expected
):
    values = (None if value is None else Decimal(value) for value in (result, target, upper))
    assert assessment(*values, direction) == expected


@pytest.mark.parametrize(
    ("result", "target", "direction", "words", "expected"),
    [
        ("7.5", "7.6", Direction.LOWER, {"bound": -1}, Assessment.EXCEEDED),  # hao hụt ≤ 7,6
        ("7.6", "7.6", Direction.LOWER, {"bound": -1}, Assessment.MET),
        ("7.7", "7.6", Direction.LOWER, {"bound": -1}, Assessment.MISSED),
        ("96", "95", Direction.HIGHER, {"bound": 1}, Assessment.EXCEEDED),
        ("94", "95", Direction.HIGHER, {"bound": 1}, Assessment.MISSED),
        ("3.9", "4", Direction.HIGHER, {"bound": -1}, Assessment.MET),  # CPI không quá 4 %
        ("4.1", "4", Direction.HIGHER, {"bound": -1}, Assessment.MISSED),
        ("5", "4", Direction.LOWER, {"bound": 1}, Assessment.MET),
        ("3", "4", Direction.LOWER, {"bound": 1}, Assessment.MISSED),
        ("430", "430", Direction.HIGHER, {"leaning": 1}, Assessment.EXCEEDED),  # trên 430
        ("430", "430", Direction.HIGHER, {"leaning": -1}, Assessment.MISSED),  # gần 430
        ("430", "430", Direction.LOWER, {"leaning": -1}, Assessment.EXCEEDED),
        ("431", "430", Direction.HIGHER, {"leaning": -1}, Assessment.EXCEEDED),
    ],
)
def test_the_words_before_the_numbers_count(result, target, direction, words, expected):
    assert assessment(Decimal(result), Decimal(target), None, direction, **words) == expected


@pytest.mark.parametrize("direction", [Direction.HIGHER, Direction.LOWER])
@pytest.mark.parametrize(
    ("result", "expected"),
    [("0", Assessment.MET), ("-1", "below"), ("1", "above")],
)
def test_a_target_of_zero_is_a_target(result, direction, expected):
    """No result is ever held against a number near zero in its place."""
    wanted = "above" if direction == Direction.HIGHER else "below"
    if expected in {"above", "below"}:
        expected = Assessment.EXCEEDED if expected == wanted else Assessment.MISSED
    assert assessment(Decimal(result), Decimal(0), None, direction) == expected
    assert attainment(Decimal(result), Decimal(0)) is None


@pytest.mark.parametrize("result", ["0", "-80"])
def test_no_plan_is_implied_by_a_result_that_is_not_positive(result):
    assert implied_plan(Decimal(result), Decimal(5)) is None


def test_a_loss_that_grew_was_greater_before():
    assert implied_base(Decimal(-80), Decimal(20)) == -100
    assert implied_base(Decimal(-80), Decimal(100)) is None
    assert implied_base(Decimal(0), Decimal(5)) is None


@given(signed, st.decimals("-99", "99", places=2))
def test_growth_and_the_implied_base_undo_each_other(current, rate):
    base = implied_base(current, rate)
    assert abs(growth_rate(current, base) - rate) < Decimal("0.000001")


@given(amounts, amounts)
def test_the_rate_above_a_plan_and_the_implied_plan_undo_each_other(result, target):
    plan = implied_plan(result, over_plan(result, target))
    assert abs(plan - target) <= target / 10**9


@given(amounts, amounts, st.one_of(st.none(), amounts))
def test_lower_is_better_mirrors_higher_is_better(result, target, width):
    upper = None if width is None else target + width
    higher = assessment(result, target, upper, Direction.HIGHER)
    lower = assessment(result, target, upper, Direction.LOWER)
    mirror = {
        Assessment.EXCEEDED: Assessment.MISSED,
        Assessment.MISSED: Assessment.EXCEEDED,
        Assessment.MET: Assessment.MET,
    }
    assert lower == mirror[higher]


@given(amounts, amounts)
def test_exceeded_means_more_than_one_hundred_percent(result, target):
    exceeded = assessment(result, target) == Assessment.EXCEEDED
    assert exceeded == (attainment(result, target) > 100)
