"""What is recomputed of stored figures, and the report on it."""

from decimal import Decimal

import pytest
from django.urls import reverse, reverse_lazy

from indicators.checking import stored
from indicators.checking.disagreement import What
from indicators.models import Figure, SeriesBreak
from portal.groups import EDITORS, FEEDBACK_OFFICERS
from tests.builders import make_article, make_staff
from tests.indicators.builders import (
    figure_in_memory,
    make_figure,
    make_indicator,
    make_territory,
)


def sentences(*figures):
    return [found.sentence for figure in figures for found in stored.of_figure(figure)]


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        (
            {"target": "48000", "previous": "45228", "target_stated_growth": "7.14"},
            "48.000 so với 45.228 là tăng 6,13%, nguồn ghi 7,14%.",
        ),
        (
            {"result": "90", "previous": "100", "stated_growth": "12"},
            "90 so với 100 là giảm 10%, nguồn ghi tăng 12%.",
        ),
        (
            {"result": "430", "result_qualifier": "over", "previous": "500", "stated_growth": "-4"},
            "Trên 430 so với 500 là giảm 14%, nguồn ghi 4%.",
        ),
        (
            {"result": "99.6", "previous": "99.4", "unit": "%", "stated_growth": "0.5"},
            "99,6 so với 99,4 là tăng 0,2 điểm %, nguồn ghi 0,5 điểm %.",
        ),
        (
            {"result": "35360", "target": "33000", "stated_over_plan": "4.44"},
            "35.360 so với kế hoạch 33.000 là vượt 7,15%, nguồn ghi vượt 4,44%.",
        ),
        (
            {"result": "97", "target": "100", "stated_over_plan": "2"},
            "97 so với kế hoạch 100 là đạt 97%, nguồn ghi vượt 2%.",
        ),
        (
            {"result": "9", "target": "10", "stated_over_plan": "40", "direction": "lower"},
            "9 so với kế hoạch 10 là thấp hơn 10%, nguồn ghi cao hơn 40%.",
        ),
        (
            {
                "result": "35360",
                "target": "34000",
                "target_is_derived": True,
                "stated_over_plan": "4.44",
            },
            "Kế hoạch suy ra từ 35.360 và tỷ lệ thực hiện 104,44% là 33.857, đang lưu 34.000.",
        ),
    ],
)
def test_what_does_not_follow_is_said_with_its_numbers(changes, sentence):
    assert sentences(figure_in_memory(**changes)) == [sentence]


@pytest.mark.parametrize(
    "changes",
    [
        {"target": "5600", "previous": "5167", "target_stated_growth": "8.38"},
        {"target": "48000", "previous": "45228", "target_stated_growth": "6.1"},
        {"target": "48000", "target_stated_growth": "7.14"},
        {"result": "430", "result_qualifier": "over", "previous": "455", "stated_growth": "-4.81"},
        {"result": "8200", "previous": "7600", "stated_growth": "9", "result_qualifier": "about"},
        {"result": "5", "previous": "0", "stated_growth": "12"},
        {"result": "26.08", "previous": "8", "stated_growth": "5", "measure": "change"},
        {"result": "99.61", "target": "99.4", "unit": "%", "stated_over_plan": "0.21"},
        {"result": "8", "target": "7", "target_upper": "8.5", "stated_over_plan": "30"},
        {"result": "8", "target": "0", "stated_over_plan": "30"},
        {"result": "8", "target": "7", "target_qualifier": "at_most", "stated_over_plan": "30"},
        {
            "result": "18660",
            "target": "13594",
            "target_is_derived": True,
            "stated_over_plan": "37.27",
        },
    ],
)
def test_what_can_follow_or_proves_nothing_is_passed_over(changes):
    assert sentences(figure_in_memory(**changes)) == []


def make_shares(*values, year=2021, territory=None, **changes):
    names = ["công nghiệp, xây dựng", "thương mại, dịch vụ", "nông nghiệp", "công nghiệp"]
    territory = territory or make_territory()
    for name, value in zip(names, values, strict=False):
        indicator = make_indicator(name=f"Tỷ trọng {name} trong cơ cấu kinh tế", unit="%")
        make_figure(indicator=indicator, territory=territory, year=year, result=value, **changes)


@pytest.mark.django_db
def test_shares_of_a_whole_are_too_many_only_above_it():
    make_shares("63.67", "21.28", "8.68", "50")  # the rest is tax; industry is within the first
    make_shares("33.33", "33.33", "33.34")
    make_shares("60", "44")
    found = stored.disagreements(Figure.objects.to_check())
    assert [(one.what, one.sentence) for one in found] == [
        (
            What.SHARES,
            "Các tỷ trọng trong cơ cấu kinh tế cộng lại là 104% (60% + 44%), quá 100%.",
        )
    ]


@pytest.mark.django_db
def test_nothing_is_compared_across_a_break_unless_it_was_restated():
    figure = make_figure(year=2025, result="300", stated_growth="8")
    same = {"indicator": figure.indicator, "territory": figure.territory}
    make_figure(year=2024, result="100", **same)
    assert len(stored.disagreements(Figure.objects.to_check())) == 1
    SeriesBreak.objects.create(territory=figure.territory, year=2025, reason="hợp nhất tỉnh")
    assert stored.disagreements(Figure.objects.to_check()) == []
    figure.restated_previous = Decimal(290)
    figure.save()
    (found,) = stored.disagreements(Figure.objects.to_check())
    assert found.sentence == "300 so với 290 là tăng 3,45%, nguồn ghi 8%."


# -- the report ------------------------------------------------------------------------


REPORT = reverse_lazy("admin:indicators_figure_check")


@pytest.fixture
def report(client, db):
    """What an editor reads on the report's page, narrowed as said."""
    client.force_login(make_staff(EDITORS))
    return lambda **query: client.get(REPORT, query).content.decode()


def test_the_report_names_each_contradiction_with_its_pages(report):
    article = make_article()
    figure = make_figure(result="90", target="100", stated_over_plan="5", article=article)
    page = report()
    assert "Đã tính lại 1 số liệu, có 1 chỗ không khớp." in page
    assert "90 so với kế hoạch 100 là đạt 90%, nguồn ghi vượt 5%." in page
    assert reverse("admin:indicators_figure_change", args=[figure.pk]) in page
    assert figure.indicator.get_absolute_url() in page
    assert reverse("admin:news_article_change", args=[article.pk]) in page
    assert "không có chỗ nào mâu thuẫn" not in page


def test_the_report_says_when_all_is_well_and_takes_odd_choices_calmly(report):
    figure = make_figure()
    assert "không có chỗ nào mâu thuẫn" in report(nam=figure.year)
    assert "Không có số liệu nào" in report(**{"nam": "9" * 17, "dia-ban": "'"})
    assert "Đã tính lại 1 số liệu" in report(nam="abc")


@pytest.mark.django_db
def test_the_report_is_for_whoever_may_see_figures(client):
    client.force_login(make_staff(FEEDBACK_OFFICERS))
    assert client.get(REPORT).status_code == 403


@pytest.mark.django_db
def test_many_figures_are_checked_in_one_query(django_assert_num_queries):
    territory = make_territory()
    for indicator in [make_indicator() for _ in range(3)]:
        for year in range(2018, 2024):
            make_figure(indicator=indicator, territory=territory, year=year, stated_growth="5")
    with django_assert_num_queries(1):
        found = stored.disagreements(Figure.objects.to_check())
    assert len(found) == 15
    assert [one.about.year for one in found[:4]] == [2023, 2023, 2023, 2022]
