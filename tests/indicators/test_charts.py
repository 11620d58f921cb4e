from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators import charts
from indicators.models import Indicator
from tests.indicators.builders import figure_in_memory


def figures(*years_with_values, **changes):
    return [
        figure_in_memory(year=year, result=result, target=target, **changes)
        for year, result, target in years_with_values
    ]


def test_without_numbers_there_is_no_chart():
    assert charts.chart([]) is None
    assert charts.chart([figure_in_memory(stated_growth="4")]) is None


def test_one_year_is_enough_for_a_chart():
    chart = charts.chart(figures((2023, "35360", "33857")))
    assert [column.year for column in chart.columns] == [2023]
    assert chart.columns[0].result_y < chart.columns[0].target_y < chart.zero_y


def test_bars_stand_on_zero_and_the_target_frames_the_result():
    column = charts.chart(figures((2023, "35360", "33857"))).columns[0]
    bar, frame = column.result_bar, column.target_frame
    assert bar.y + bar.height == frame.y + frame.height == column.zero_y
    assert frame.x < bar.x
    assert bar.x + bar.width < frame.x + frame.width


def test_a_year_without_a_figure_keeps_its_place_empty():
    chart = charts.chart(figures((2021, "45228", "44116"), (2023, "56180", None)))
    assert [column.year for column in chart.columns] == [2021, 2022, 2023]
    assert chart.columns[1].result_bar is None
    assert chart.columns[1].result_label == "—"
    assert chart.columns[2].target_frame is None


def test_negative_values_hang_below_zero():
    change = {"unit": "%", "measure": Indicator.Measure.CHANGE}
    chart = charts.chart(figures((2022, "-4.81", "2"), (2023, "8.7", "7"), **change))
    fall, rise = chart.columns
    assert fall.result_bar.y == chart.zero_y
    assert rise.result_bar.y + rise.result_bar.height == chart.zero_y
    assert any(tick.label.startswith("−") for tick in chart.ticks)


def test_very_large_values_get_room_for_their_numbers():
    small = charts.chart(figures((2022, "1", "2"), (2023, "3", "4")))
    large = charts.chart(figures((2022, "1", "2"), (2023, "99999999999999", "4")))
    assert large.width > small.width
    assert large.columns[1].result_label == "99.999.999.999.999"


def test_shares_close_together_are_points_on_an_axis_that_says_so():
    chart = charts.chart(figures((2022, "99.4", "99.5"), (2023, "99.61", "99.7"), unit="%"))
    assert chart.has_bars is False
    assert chart.axis_label == "% (trục không bắt đầu từ 0)"
    assert len(chart.result_lines) == len(chart.target_lines) == 1


def test_a_line_never_bridges_a_missing_year():
    chart = charts.chart(figures((2021, "99.4", None), (2023, "99.61", None), unit="%"))
    assert chart.result_lines == []


def test_a_range_of_targets_is_framed_to_its_far_end():
    figure = figure_in_memory(result="78", target="75", target_upper="80")
    column = charts.chart([figure]).columns[0]
    assert column.target_frame.y == column.target_upper_y < column.target_y
    assert column.target_label == "75–80"


def test_a_long_series_shows_its_end():
    series = figures(*((year, str(year), None) for year in range(1990, 2024)))
    years = [column.year for column in charts.chart(series).columns]
    assert years == list(range(2012, 2024))


def test_title_and_description_tell_what_the_drawing_shows():
    chart = charts.chart(
        [
            figure_in_memory(year=2022, target="40000", target_qualifier="over"),
            figure_in_memory(
                result="35360", result_qualifier="over", target="33857", target_is_derived=True
            ),
        ]
    )
    assert chart.title == "Chỉ tiêu, Trà Vinh, 2022–2023"
    assert chart.description == (
        "Năm 2022: kế hoạch trên 40.000 tỷ đồng. "
        "Năm 2023: thực hiện trên 35.360 tỷ đồng, kế hoạch 33.857 tỷ đồng (suy ra)."
    )


@pytest.mark.parametrize(
    ("values", "labels"),
    [
        (["35360", "33857"], ["0", "10.000", "20.000", "30.000", "40.000"]),
        (["0"], ["0", "0,5"]),
        (["4.3", "-4.81"], ["−5", "0", "5"]),
    ],
)
def test_the_axis_has_rounded_marks(values, labels):
    chart = charts.chart(
        [figure_in_memory(year=2000 + place, result=value) for place, value in enumerate(values)]
    )
    assert [tick.label for tick in chart.ticks] == labels


numbers = st.decimals("-99999999999999", "99999999999999", places=4)


@given(st.lists(st.tuples(numbers, numbers), min_size=1, max_size=14), st.booleans())
def test_every_mark_stays_inside_the_drawing(pairs, is_share):
    changes = {"unit": "%"} if is_share else {}
    series = figures(*((2000 + n, *pair) for n, pair in enumerate(pairs)), **changes)
    chart = charts.chart(series)
    bottom = charts.PLOT_TOP + charts.PLOT_HEIGHT
    for column in chart.columns:
        assert charts.PLOT_TOP <= column.result_y <= bottom
        assert charts.PLOT_TOP <= column.target_y <= bottom
        assert chart.left <= column.target_left < column.target_right <= chart.width
    assert 2 <= len(chart.ticks) <= 8


@pytest.mark.parametrize(
    ("result", "target", "lengths"),
    [
        ("35360", "33857", (240, 230)),
        ("50", "100", (120, 240)),
        ("5", "0", None),
        ("5", None, None),
    ],
)
def test_a_small_bar_is_filled_by_the_larger_of_the_two(result, target, lengths):
    figure = figure_in_memory(result=result, target=target)
    assert charts.share_of_target(figure, 240) == lengths


def test_places_are_whole_pixels_because_a_comma_would_break_the_drawing():
    column = charts.chart(figures((2023, "1234.5678", Decimal("987.6543")))).columns[0]
    assert all(isinstance(value, int) for value in (column.x, column.result_y, column.target_y))
