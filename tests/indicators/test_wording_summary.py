"""The sentence that sums up how the indicators of a year stand."""

import pytest

from indicators import wording
from tests.indicators.builders import figure_in_memory
from tests.indicators.test_wording import industry, retail_target


def summary_of(figures):
    return wording.summary([figure.assessment for figure in figures], figures[0].year)


def test_the_summary_counts_what_has_a_plan():
    figures = [
        industry(),
        figure_in_memory(result="100", target="100"),
        figure_in_memory(result="90", target="100"),
        figure_in_memory(target="100"),
        figure_in_memory(result="5"),
        figure_in_memory(result="5", target="4", direction="none"),
    ]
    assert summary_of(figures) == (
        "Trong 4 chỉ tiêu có kế hoạch: 1 vượt, 1 đạt, 1 không đạt, 1 chưa có kết quả; "
        "1 chỉ tiêu chưa giao kế hoạch; 1 chỉ tiêu chỉ theo dõi, không đánh giá."
    )


@pytest.mark.parametrize(
    ("figures", "sentence"),
    [
        ([retail_target()], "1 chỉ tiêu được đặt ra cho năm 2022, chưa có kết quả."),
        (
            [figure_in_memory(result="5")],
            "Có số liệu của 1 chỉ tiêu, chưa chỉ tiêu nào có kế hoạch để so sánh.",
        ),
        ([industry()], "Trong 1 chỉ tiêu có kế hoạch: 1 vượt."),
        (
            [figure_in_memory(result="5", target="4", direction="none")],
            "Có số liệu của 1 chỉ tiêu, chỉ theo dõi, không đánh giá.",
        ),
    ],
)
def test_the_summary_fits_years_of_one_kind(figures, sentence):
    assert summary_of(figures) == sentence
