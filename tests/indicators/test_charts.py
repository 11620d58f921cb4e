from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators import charts
from indicators.models import Indicator, SeriesBreak
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


def test_bars_stand_on_zero_and_the_tick_reaches_beyond_the_bar():
    column = charts.chart(figures((2023, "35360", "33857"))).columns[0]
    bar = column.result_bar
    assert bar.y + bar.height == column.zero_y
    assert bar.x == -bar.width // 2
    assert column.reach > bar.width // 2


def test_a_bar_beyond_its_target_is_cut_there_and_a_shorter_one_is_not():
    chart = charts.chart(figures((2022, "30000", "33857"), (2023, "35360", "33857")))
    missed, exceeded = chart.columns
    assert missed.notches == []
    assert exceeded.notches == [exceeded.target_y]


def test_a_year_without_a_figure_keeps_its_place_empty():
    chart = charts.chart(figures((2021, "45228", "44116"), (2023, "56180", None)))
    assert [column.year for column in chart.columns] == [2021, 2022, 2023]
    empty, last = chart.columns[1:]
    assert empty.result_bar is None
    assert empty.result_label == "—"
    assert empty.words == ""
    assert last.target_ticks == []


def test_columns_share_the_width_evenly():
    chart = charts.chart(figures((2021, "1", None), (2022, "2", None), (2024, "3", None)))
    assert [column.middle for column in chart.columns] == ["12.50%", "37.50%", "62.50%", "87.50%"]
    assert [column.left for column in chart.columns] == ["0.00%", "25.00%", "50.00%", "75.00%"]
    assert {column.width for column in chart.columns} == {"25.00%"}


def test_negative_values_hang_below_zero():
    change = {"unit": "%", "measure": Indicator.Measure.CHANGE}
    chart = charts.chart(figures((2022, "-4.81", "2"), (2023, "8.7", "7"), **change))
    fall, rise = chart.columns
    assert fall.result_bar.y == chart.zero_y
    assert rise.result_bar.y + rise.result_bar.height == chart.zero_y
    assert any(mark.label.startswith("−") for mark in chart.marks)


def test_numbers_are_printed_only_where_they_have_room():
    few = charts.chart(figures((2022, "35360", "33857"), (2023, "35360", "33857")))
    assert few.fits_narrow
    several = charts.chart(figures(*((year, "35360", "33857") for year in range(2018, 2023))))
    assert several.fits_wide
    assert not several.fits_narrow
    many = charts.chart(figures(*((year, "35360", "33857") for year in range(2014, 2024))))
    assert not many.fits_wide
    assert many.height < several.height


def test_in_a_long_series_every_other_year_may_go_unnamed_but_never_the_last():
    chart = charts.chart(figures(*((year, "1", None) for year in range(2014, 2024))))
    assert [column.year for column in chart.columns if not column.is_minor] == list(
        range(2015, 2024, 2)
    )
    short = charts.chart(figures((2022, "1", None), (2023, "1", None)))
    assert not any(column.is_minor for column in short.columns)


def test_shares_close_together_are_points_on_an_axis_that_says_so():
    chart = charts.chart(figures((2022, "99.4", "99.5"), (2023, "99.61", "99.7"), unit="%"))
    assert chart.has_bars is False
    assert chart.note == "trục không bắt đầu từ 0"
    assert len(chart.result_lines) == len(chart.target_lines) == 1
    assert chart.result_lines[0].x1 == chart.columns[0].middle


def test_a_line_never_bridges_a_missing_year():
    chart = charts.chart(figures((2021, "99.4", None), (2023, "99.61", None), unit="%"))
    assert chart.result_lines == []


def test_a_break_stands_between_its_years_and_no_line_crosses_it():
    merger = SeriesBreak(year=2023, reason="hợp nhất hai tỉnh")
    series = figures((2021, "99", "98"), (2022, "99.4", "99.5"), (2023, "99", "99.7"), unit="%")
    chart = charts.chart(series, [merger])
    (found,) = chart.breaks
    assert found.x == chart.columns[2].left
    assert found.label == "Đổi địa bàn"
    assert found.opens_left
    assert found.words == "Từ năm 2023 địa bàn thay đổi: hợp nhất hai tỉnh"
    assert [line.x2 for line in chart.result_lines] == [chart.columns[1].middle]
    assert [line.x2 for line in chart.target_lines] == [chart.columns[1].middle]


def test_a_break_in_a_year_without_a_figure_still_parts_its_neighbours():
    series = figures((2021, "1", None), (2023, "2", None))
    (found,) = charts.chart(series, [SeriesBreak(year=2022)]).breaks
    assert (found.year, found.x) == (2022, "33.33%")


@pytest.mark.parametrize("year", [2020, 2021, 2024])
def test_a_break_before_or_after_what_is_drawn_is_not_marked(year):
    series = figures((2021, "1", None), (2023, "2", None))
    assert charts.chart(series, [SeriesBreak(year=year)]).breaks == []


def test_several_breaks_are_numbered_in_the_order_of_years():
    series = figures(*((year, "1", None) for year in range(2018, 2024)))
    breaks = [SeriesBreak(year=year) for year in (2022, 2020)]
    found = charts.chart(series, breaks).breaks
    assert [(mark.year, mark.label) for mark in found] == [(2020, "1"), (2022, "2")]


def test_a_range_of_targets_has_a_tick_at_either_end():
    figure = figure_in_memory(result="78", target="75", target_upper="80")
    column = charts.chart([figure]).columns[0]
    assert column.target_ticks == [column.target_y, column.target_upper_y]
    frame = column.target_range
    assert (frame.y, frame.y + frame.height) == (column.target_upper_y, column.target_y)
    assert column.target_label == "75–80"


def test_a_long_series_shows_its_end():
    series = figures(*((year, str(year), None) for year in range(1990, 2024)))
    years = [column.year for column in charts.chart(series).columns]
    assert years == list(range(2014, 2024))


def test_the_title_and_the_words_of_each_year_tell_what_the_drawing_shows():
    chart = charts.chart(
        [
            figure_in_memory(year=2022, target="40000", target_qualifier="over"),
            figure_in_memory(
                result="35360", result_qualifier="over", target="33857", target_is_derived=True
            ),
        ]
    )
    assert chart.title == "Chỉ tiêu, Trà Vinh, 2022–2023"
    assert [column.words for column in chart.columns] == [
        "Năm 2022: kế hoạch trên 40.000 tỷ đồng",
        "Năm 2023: thực hiện trên 35.360 tỷ đồng, kế hoạch 33.857 tỷ đồng (suy ra)",
    ]


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
    assert [mark.label for mark in chart.marks] == labels


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
        # Even in the narrowest drawing a tick stays within its column.
        assert 2 * column.reach <= (charts.NARROW - 60) / len(chart.columns)
    assert 2 <= len(chart.marks) <= 8


def test_heights_are_whole_pixels_because_a_comma_would_break_the_drawing():
    column = charts.chart(figures((2023, "1234.5678", Decimal("987.6543")))).columns[0]
    assert all(isinstance(y, int) for y in (column.result_y, column.target_y, column.reach))
