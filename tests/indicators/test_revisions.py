"""Every earlier statement of a figure is kept; growth does not leap over a broken series."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models.expressions import RawSQL

from indicators.models import Figure, Revision, SeriesBreak
from tests.indicators.builders import make_figure, make_indicator, make_territory

pytestmark = pytest.mark.django_db


def restate(figure, **changes):
    for name, value in changes.items():
        setattr(figure, name, value)
    figure.save()


def test_each_stage_of_a_result_is_kept_when_the_next_comes():
    figure = make_figure(result="35000", stage="estimated")
    restate(figure, result="35200", stage="preliminary")
    restate(figure, result="35360", stage="final")
    kept = figure.revisions.order_by("replaced_at")
    assert [(row.stage, row.result) for row in kept] == [
        ("estimated", Decimal(35000)),
        ("preliminary", Decimal(35200)),
    ]
    assert Figure.objects.get().result == 35360


def test_a_plan_that_gets_its_result_is_added_to_and_not_revised():
    figure = make_figure(result=None, target="40000")
    restate(figure, result=Decimal(41000), stage="estimated", note="Theo báo cáo năm.")
    assert not figure.revisions.exists()


def test_a_changed_plan_is_a_revision():
    figure = make_figure(target="40000", target_qualifier="over")
    restate(figure, target=Decimal(42000))
    assert figure.revisions.get().target == 40000


def test_saving_the_same_again_changes_nothing_and_no_date():
    figure = make_figure(result="35360.5")
    before = Figure.objects.get().updated_at
    restate(figure, result="35360.50")
    assert Figure.objects.get().updated_at == before
    assert not Revision.objects.exists()


def test_a_revision_says_when_it_was_said_and_when_no_more():
    figure = make_figure(result="1")
    said_at = Figure.objects.get().updated_at
    restate(figure, result="2")
    revision = figure.revisions.get()
    assert revision.updated_at == said_at
    assert revision.replaced_at == figure.updated_at > said_at


def test_a_derived_plan_follows_a_corrected_result():
    figure = make_figure(
        result="35360", stated_over_plan="4.44", target="33857", target_is_derived=True
    )
    restate(figure, result=Decimal(36000))
    assert (figure.target, figure.target_is_derived) == (Decimal(34470), True)
    restate(figure, target=Decimal(34000), target_is_derived=False, result=Decimal(36100))
    assert figure.target == 34000


@pytest.mark.parametrize(
    "changes",
    [
        {"result": RawSQL("'NaN'::numeric", [])},
        {"result": Decimal("-99999999999999")},
        {"stage": "guess"},
        {"result_qualifier": "maybe"},
        {"target_is_derived": True},
    ],
)
def test_the_table_takes_no_nonsense(changes):
    figure = make_figure()
    with pytest.raises(IntegrityError), transaction.atomic():
        Figure.objects.filter(pk=figure.pk).update(**changes)


def two_years(**changes):
    """Return 2025's figure of a territory that was merged that year; 2024 had half as much."""
    territory, indicator = make_territory(), make_indicator()
    SeriesBreak.objects.create(territory=territory, year=2025, reason="Hợp nhất hai tỉnh")
    series = {"indicator": indicator, "territory": territory}
    make_figure(year=2024, result="100", **series)
    figure = make_figure(year=2025, result="200", **series, **changes)
    return figure, Figure.objects.with_previous().get(pk=figure.pk)


def test_growth_across_a_break_is_refused():
    for figure in two_years():
        assert figure.previous is None
        assert figure.growth is None
        assert figure.growth_index is None
        assert figure.break_reason == "Hợp nhất hai tỉnh"


def test_growth_across_a_break_follows_from_the_restated_year_before():
    for figure in two_years(restated_previous="160"):
        assert figure.previous == 160
        assert figure.growth == 25


def test_the_years_after_a_break_are_one_series_again():
    figure, _ = two_years()
    series = {"indicator": figure.indicator, "territory": figure.territory}
    later = make_figure(year=2026, result="220", **series)
    assert later.growth == 10
    assert Figure.objects.with_previous().get(pk=later.pk).growth == 10


def test_a_year_has_one_break():
    territory = make_territory()
    SeriesBreak.objects.create(territory=territory, year=2025, reason="Hợp nhất")
    with pytest.raises(ValidationError, match="đã có mốc thay đổi"):
        SeriesBreak(territory=territory, year=2025, reason="Lần nữa").full_clean()


@pytest.mark.parametrize("code", ["", "SX CN", "SX/CN", "<b>"])
def test_a_code_is_plain(code):
    with pytest.raises(IntegrityError), transaction.atomic():
        make_indicator(code=code)
