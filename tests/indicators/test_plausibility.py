"""What is hardly meant is said, never refused."""

import pytest

from indicators.plausibility import oddities
from tests.indicators.builders import figure_in_memory


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"result": "35.36", "previous": "31554"}, "Thực hiện 35,36 chênh hơn 100 lần"),
        ({"result": "6100000", "target": "5000"}, "so với kế hoạch (5.000)"),
        ({"target": "40", "previous": "35360"}, "Kế hoạch 40 chênh hơn 100 lần"),
        (
            {"result": "-6.5", "unit": "trạm"},
            "−6,5 trạm là số âm, mà chỉ tiêu này không thể âm.",
        ),
    ],
)
def test_another_magnitude_and_a_negative_count_are_odd(changes, words):
    (sentence,) = oddities(figure_in_memory(**changes))
    assert words in sentence


@pytest.mark.parametrize("value", ["-5", "997"])
def test_a_share_lies_within_the_whole(value):
    figure = figure_in_memory(unit="%", result=value)
    assert oddities(figure) == []
    figure.indicator.name = "Tỷ lệ hộ sử dụng điện"
    assert "100%" in oddities(figure)[0]


def test_a_stored_number_is_a_neighbour_too():
    former = figure_in_memory(result="59350")
    assert "số đã lưu (59.350)" in oddities(figure_in_memory(result="59.35"), former)[0]


@pytest.mark.parametrize(
    "changes",
    [
        {"result": "35360", "previous": "31554", "target": "33857"},
        {"result": "-4.81", "previous": "12", "unit": "%"},
        {"result": "-20", "previous": "15"},
        {"result": "0", "previous": "31554"},
        {"result": None},
    ],
)
def test_what_happens_is_not_odd(changes):
    assert oddities(figure_in_memory(**changes)) == []
