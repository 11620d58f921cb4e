import re

import pytest

from indicators.headlines import LATEST_YEARS, LEAST_COLUMNS, Headlines
from indicators.models import Figure
from indicators.series import first_target_after
from tests.indicators.builders import (
    figure_in_memory,
    make_figure,
    make_group,
    make_indicator,
    make_territory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def home():
    return make_territory(is_home=True)


def make_series(home, results, **changes):
    """Return a headline indicator with a result in each of these years."""
    indicator = make_indicator(is_headline=True, **changes)
    for year, result in results.items():
        make_figure(indicator=indicator, territory=home, year=year, result=result)
    return indicator


def test_a_card_is_about_the_newest_result_and_the_plan_after_it(home):
    indicator = make_series(home, {2022: "90", 2023: "100"})
    plan = make_figure(indicator=indicator, territory=home, year=2024, result=None, target="110")
    (card,) = Headlines.newest().cards
    assert card.latest.year == 2023
    assert card.next_target == plan


def test_the_next_plan_is_the_first_after_the_newest_result():
    def year(number, **changes):
        return figure_in_memory(year=number, **changes)

    plans = [year(2024, target="110"), year(2025, target="120"), year(2026, stated_outcome="met")]
    reported = [year(2022, target="80"), year(2023, result="100")]
    assert first_target_after(reported[-1], [*reported, *plans[:2]]) is plans[0]
    assert first_target_after(plans[2], [*reported, *plans]) is None


def test_an_indicator_without_a_result_has_no_card(home):
    planned = make_indicator(is_headline=True)
    make_figure(indicator=planned, territory=home, result=None, target="110")
    assert Headlines.newest().cards == []


def test_all_cards_name_the_same_years(home):
    make_series(home, {2020: "1", 2021: "2", 2022: "3", 2023: "4"})
    make_series(home, {2023: "7"})
    charts = [chart for _, chart in Headlines.newest().cards_with_charts]
    assert [[column.year for column in chart.columns] for chart in charts] == [
        [2020, 2021, 2022, 2023]
    ] * 2
    assert charts[1].columns[0].result_bar is None


def test_a_long_history_shows_its_end(home):
    make_series(home, {year: str(year) for year in range(2000, 2024)})
    assert list(Headlines.newest().years) == list(range(2024 - LATEST_YEARS, 2024))


def test_a_plan_for_a_far_year_does_not_push_results_off_the_card(home):
    indicator = make_series(home, {2022: "90", 2023: "100"})
    make_figure(indicator=indicator, territory=home, year=2030, result=None, target="200")
    assert list(Headlines.newest().years) == [2022, 2023, 2024]


def test_a_single_year_stands_at_the_beginning_of_a_drawing_with_room(home):
    make_series(home, {2023: "100"})
    ((_, chart),) = Headlines.newest().cards_with_charts
    (column,) = chart.columns
    assert column.middle == f"{50 / LEAST_COLUMNS:.2f}%"
    assert column.result_bar.height > 0


@pytest.mark.parametrize(
    ("results", "zero_at"),
    [
        ({2022: "5", 2023: "10"}, "bottom"),
        ({2022: "-5", 2023: "10"}, "between"),
        ({2022: "-5", 2023: "-10"}, "top"),
        ({2023: "0"}, "bottom"),
    ],
)
def test_every_card_draws_from_zero(home, results, zero_at):
    make_series(home, results)
    ((_, chart),) = Headlines.newest().cards_with_charts
    ends = {y for column in chart.columns for y in (column.result_y, chart.zero_y)}
    places = {"top": chart.zero_y == min(ends), "bottom": chart.zero_y == max(ends)}
    assert places.get(zero_at, min(ends) < chart.zero_y < max(ends))
    for column in chart.columns:
        bar = column.result_bar
        assert chart.zero_y in {bar.y, bar.y + bar.height} or bar.height == 1


def test_a_year_that_is_known_by_its_growth_alone_is_told_but_not_drawn(client, home):
    indicator = make_series(home, {2022: "90"})
    make_figure(indicator=indicator, territory=home, year=2023, result=None, stated_growth="4")
    ((card, chart),) = Headlines.newest().cards_with_charts
    assert card.latest.year == 2023
    assert card.next_target is None
    assert chart.words == "Năm 2022: thực hiện 90 tỷ đồng."
    assert [column.year for column in chart.columns] == [2022, 2023]
    page = re.sub(r"<[^>]+>|\s", " ", client.get("/").content.decode())
    assert "Năm 2023 tăng 4% so với năm 2022" in " ".join(page.split())


def test_growth_alone_is_enough_for_a_card(client, home):
    make_figure(
        indicator=make_indicator(is_headline=True), territory=home, result=None, stated_growth="4"
    )
    page = client.get("/").content.decode()
    assert "tăng 4%" in page
    Figure.objects.update(target=120)
    planned = client.get("/").content.decode()
    assert "Kế hoạch 120 tỷ đồng; chưa công bố số thực hiện" in planned
    assert "Chưa có kết quả" not in planned
    assert "—" not in page.partition("headline-figure__period")[2].partition("</ul>")[0]


def test_a_break_is_drawn_and_told_where_a_card_has_figures_on_both_sides(home):
    home.breaks.create(year=2023, reason="hợp nhất hai tỉnh")
    make_series(home, {2022: "40", 2023: "98"})
    make_series(home, {2023: "7"})
    make_series(home, {2021: "1", 2022: "2"})
    cards = Headlines.newest().cards_with_charts
    assert [len(chart.breaks) for _, chart in cards] == [1, 0, 0]
    assert cards[0][1].words.endswith("Từ năm 2023 địa bàn thay đổi: hợp nhất hai tỉnh.")


def test_two_indicators_of_one_name_are_two_cards(home):
    group = make_group()
    for code in ("A", "B"):
        make_series(
            home, {2021: "1", 2022: "2", 2023: "3"}, name="Tên chung", code=code, group=group
        )
    cards = Headlines.newest().cards
    assert [len(card.figures) for card in cards] == [3, 3]


def test_a_card_without_recent_figures_says_so(client, home):
    make_series(home, {2010: "1"})
    make_series(home, {2023: "1"})
    page = client.get("/").content.decode()
    assert "Sau năm 2010 chưa có kết quả mới." in page
    assert 'aria-label=""' not in page
