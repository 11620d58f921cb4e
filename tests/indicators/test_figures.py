"""What the database holds about figures and what is computed from it."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.core.serializers import deserialize, serialize
from django.db import IntegrityError, transaction

from indicators.formulas import Assessment
from indicators.models import Figure, Indicator
from tests.builders import make_article
from tests.indicators.builders import (
    figure_in_memory,
    make_figure,
    make_group,
    make_indicator,
    make_territory,
)

pytestmark = pytest.mark.django_db


def message_of(**changes):
    """Return what an editor is told when such a figure is refused."""
    figure = figure_in_memory(**changes)
    figure.indicator, figure.territory = make_indicator(), make_territory()
    with pytest.raises(ValidationError) as refusal:
        figure.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        figure.save()
    return refusal.value.messages


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({}, "Hãy nhập số kế hoạch hoặc số thực hiện."),
        ({"result": "1", "months": 13}, "Số tháng phải từ 1 đến 12."),
        ({"result": "1", "months": 0}, "Số tháng phải từ 1 đến 12."),
        ({"result": "1", "year": 1975}, "Năm phải từ 1976 đến 2100."),
        ({"target": "8", "target_upper": "7.5"}, "Cận trên của kế hoạch phải lớn hơn cận dưới."),
        ({"result": "1", "target_upper": "8"}, "Cận trên của kế hoạch phải lớn hơn cận dưới."),
    ],
)
def test_what_makes_no_sense_is_refused_in_words(changes, message):
    assert message in message_of(**changes)


def test_a_period_has_one_figure():
    figure = make_figure()
    again = Figure(
        indicator=figure.indicator, territory=figure.territory, year=2023, result=Decimal(5)
    )
    with pytest.raises(ValidationError, match="đã có số liệu cho địa bàn và kỳ này"):
        again.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        again.save()


def test_there_is_one_home_territory():
    make_territory(is_home=True)
    with pytest.raises(IntegrityError), transaction.atomic():
        make_territory(is_home=True)


@pytest.mark.parametrize(
    "statement",
    [{"stated_growth": "4"}, {"stated_over_plan": "4"}, {"stated_outcome": "met"}, {"target": "1"}],
)
def test_a_statement_without_a_result_is_worth_keeping(statement):
    assert make_figure(result=None, **statement).pk


def test_the_year_before_is_of_the_same_series():
    figure = make_figure(year=2023, result="110")
    same = {"indicator": figure.indicator, "territory": figure.territory}
    make_figure(year=2022, result="100", result_qualifier="over", **same)
    make_figure(year=2022, result="70", months=9, **same)
    make_figure(year=2022, result="60", indicator=figure.indicator)
    brought = Figure.objects.with_previous().get(pk=figure.pk)
    assert (brought.previous, brought.previous_qualifier) == (Decimal(100), "over")
    assert brought.growth == 10


def test_the_year_before_is_found_without_being_brought_along(django_assert_num_queries):
    figure = make_figure(year=2023)
    make_figure(year=2022, result="80", indicator=figure.indicator, territory=figure.territory)
    with django_assert_num_queries(2):  # the year before, and whether the series broke
        assert (figure.previous, figure.previous_qualifier) == (Decimal(80), "")
    assert make_figure(year=2023).previous is None


def test_what_the_source_states_goes_before_what_is_computed():
    figure = figure_in_memory(
        result="5167",
        target="4800",
        stated_over_plan="7.64",
        stated_growth="14.82",
        previous="4000",
    )
    assert figure.attainment == Decimal("107.64")
    assert figure.growth == Decimal("14.82")
    assert round(figure.computed_growth, 2) == Decimal("29.18")


def test_the_year_before_is_worked_out_from_stated_growth_and_marked():
    figure = figure_in_memory(result="35360", stated_growth="12.06")
    assert figure.previous_result == 31555
    assert figure.previous_is_derived is True


def test_percentages_differ_by_points():
    figure = figure_in_memory(unit="%", decimals=2, result="99.61", stated_growth="0.21")
    assert figure.previous_result == Decimal("99.40")
    assert figure.growth_index is None
    assert figure_in_memory(unit="%", result="99.61", previous="99.4").growth == Decimal("0.21")


def test_a_rate_of_change_is_its_own_growth():
    figure = figure_in_memory(
        unit="%", measure=Indicator.Measure.CHANGE, result="26.08", target="8.7", previous="-2"
    )
    assert figure.growth == Decimal("26.08")
    assert figure.growth_index == Decimal("126.08")
    assert figure.attainment is None
    assert figure.previous_is_derived is False
    assert figure.assessment == Assessment.EXCEEDED


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"result": "99.61", "stated_outcome": "exceeded"}, Assessment.EXCEEDED),
        ({"target": "100", "stated_outcome": "missed"}, Assessment.MISSED),
        ({"result": "100", "target": "90", "stated_outcome": "missed"}, Assessment.EXCEEDED),
        ({"result": "18660", "stated_over_plan": "37.27"}, Assessment.EXCEEDED),
        ({"stated_over_plan": "-3"}, Assessment.MISSED),
        ({"stated_over_plan": "-3", "direction": "lower"}, Assessment.EXCEEDED),
        ({"result": "5", "stated_outcome": "met", "direction": "none"}, Assessment.NOT_ASSESSED),
    ],
)
def test_words_of_the_source_judge_where_numbers_cannot(changes, expected):
    assert figure_in_memory(**changes).assessment == expected


def test_the_latest_year_has_results_not_merely_targets():
    assert Figure.objects.latest_year() is None
    make_figure(year=2025, result=None, target="5")
    assert Figure.objects.latest_year() == 2025
    make_figure(year=2023)
    make_figure(year=2024, months=9)
    assert Figure.objects.latest_year() == 2023
    assert Figure.objects.years() == [2025, 2023]


def test_the_latest_year_is_the_home_territory_s_own_while_it_has_any():
    elsewhere, home = make_territory(), make_territory(is_home=True)
    make_figure(territory=elsewhere, year=2025)
    assert Figure.objects.latest_year() == 2025
    make_figure(territory=home, year=2024, result=None, target="5")
    assert Figure.objects.latest_year() == 2024
    make_figure(territory=home, year=2023, result=None, stated_growth="5")
    assert Figure.objects.latest_year() == 2023


def test_headlines_are_whole_years_at_home_in_the_order_of_the_table():
    home, elsewhere = make_territory(is_home=True), make_territory()
    later = make_indicator(is_headline=True, group=make_group(position=9))
    first = make_indicator(is_headline=True, group=make_group(position=1))
    for indicator in (later, first, make_indicator(is_headline=False)):
        make_figure(indicator=indicator, territory=home, year=2023)
        make_figure(indicator=indicator, territory=home, year=2022)
        make_figure(indicator=indicator, territory=home, year=2023, months=9)
        make_figure(indicator=indicator, territory=elsewhere, year=2024)
    shown = [(figure.indicator, figure.year) for figure in Figure.objects.headlines()]
    assert shown == [(first, 2022), (first, 2023), (later, 2022), (later, 2023)]


def test_an_article_the_public_may_not_read_is_not_brought_along_and_not_lost():
    draft, published = make_article(state="draft", published_at=None), make_article()
    hidden, shown = make_figure(article=draft), make_figure(article=published)
    brought = {figure.pk: figure for figure in Figure.objects.with_published_article()}
    assert brought[hidden.pk].article is None
    assert brought[shown.pk].article == published
    brought[hidden.pk].save()
    assert Figure.objects.get(pk=hidden.pk).article == draft


def test_figures_are_named_by_what_identifies_them(tmp_path):
    figure = make_figure(result="35360")
    dumped = serialize(
        "json", [figure], use_natural_primary_keys=True, use_natural_foreign_keys=True
    )
    Figure.objects.filter(pk=figure.pk).update(result=1)
    for loaded in deserialize("json", dumped):
        loaded.save()
    assert Figure.objects.get().result == 35360


def test_an_indicator_takes_its_address_from_its_name():
    assert make_indicator(name="Tổng mức bán lẻ").slug == "tong-muc-ban-le"
    assert make_indicator(name="Đường dây hạ thế").slug == "duong-day-ha-the"


def test_models_and_migrations_agree():
    call_command("makemigrations", "indicators", check=True, dry_run=True, verbosity=0)


@pytest.mark.parametrize(
    ("months", "words"),
    [
        (12, "năm 2023"),
        (9, "9 tháng đầu năm 2023"),
        (2, "2 tháng đầu năm 2023"),
        (1, "tháng 01 năm 2023"),
    ],
)
def test_a_period_is_named_as_offices_name_it(months, words):
    assert figure_in_memory(months=months).period == words
