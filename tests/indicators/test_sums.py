"""The calculations readers are shown, with the figures of the two departments' reports."""

import pytest

from indicators.models import Indicator
from indicators.sums import sums
from tests.indicators.builders import figure_in_memory


def test_the_sums_behind_derived_numbers_are_written_out():
    assert sums(
        figure_in_memory(
            result="35360",
            stated_growth="12.06",
            stated_over_plan="4.44",
            target="33857",
            target_is_derived=True,
        )
    ) == [
        "Kế hoạch suy ra: 35.360 ÷ (100% + 4,44%) = 33.857 tỷ đồng.",
        "Năm 2022 suy ra: 35.360 ÷ (100% + 12,06%) = 31.555 tỷ đồng.",
    ]


def test_the_sums_behind_published_numbers_are_written_out():
    figure = figure_in_memory(result="110", target="100", previous="88")
    assert sums(figure) == [
        "So với kế hoạch: 110 ÷ 100 = 110%.",
        "So với năm 2022: 110 ÷ 88 = 125%.",
    ]


def test_a_rate_of_change_needs_no_sum_even_when_the_year_before_is_known():
    figure = figure_in_memory(
        measure=Indicator.Measure.CHANGE, unit="%", result="26.08", previous="9.9"
    )
    assert sums(figure) == []


def test_a_base_that_was_restated_is_called_so():
    figure = figure_in_memory(
        result="110", previous="88", restated_previous="88", break_reason="hợp nhất hai tỉnh"
    )
    assert sums(figure) == [
        "So với năm 2022 tính lại theo địa bàn mới: 110 ÷ 88 = 125%.",
    ]


@pytest.mark.parametrize(
    "numbers",
    [
        {"result": "10", "target": "0", "stated_over_plan": "5"},
        {"result": "10", "target": "-3", "stated_over_plan": "5"},
        {"result": "10", "previous": "0", "stated_growth": "100"},
    ],
)
def test_of_nothing_and_of_a_loss_there_is_no_share_and_no_sum(numbers):
    assert sums(figure_in_memory(**numbers)) == []
