"""Two people type the same figures: what one stored meanwhile, another does not overwrite."""

import pytest
from django.utils import timezone

from indicators.entry import Grid
from indicators.entry.grid import seen_in
from indicators.models import Figure
from indicators.period import Period
from tests.indicators.builders import make_figure
from tests.indicators.test_entry_grid import address, cell, page_of, sent_again, typed_into

pytestmark = pytest.mark.django_db


def test_nobody_overwrites_what_another_stored_meanwhile(officer, place, retail):
    figure = make_figure(indicator=retail, territory=place, year=2024, result=8)
    other = make_figure(territory=place, year=2024, result=1)
    data = typed_into(
        page_of(officer, place),
        **{cell(retail, "result"): "9", cell(other.indicator, "target"): "2"},
    )
    figure.result = 10
    figure.save()
    response = officer.post(address(place), data)
    page = response.content.decode()
    assert "đã lưu dòng này sau khi trang được mở. Đang lưu: TH 10." in page
    assert f'name="{retail.pk}-result" value="9"' in page
    assert Figure.objects.get(pk=other.pk).target is None
    again = officer.post(address(place), sent_again(response))
    assert again.status_code == 200  # to save once more is no consent
    figure.refresh_from_db()
    assert figure.result == 10
    ticked = {f"{retail.pk}-overwrite": figure.updated_at.isoformat()}
    assert officer.post(address(place), sent_again(again, **ticked)).status_code == 302
    figure.refresh_from_db()
    assert figure.result == 9


def test_a_consent_outlives_another_rows_mistake_and_touches_only_what_was_typed(
    officer, place, retail
):
    figure = make_figure(indicator=retail, territory=place, year=2024, result=8, target=6)
    other = make_figure(territory=place, year=2024, result=1)
    wrong = cell(other.indicator, "result")
    data = typed_into(page_of(officer, place), **{cell(retail, "result"): "9", wrong: "?"})
    Figure.objects.filter(pk=figure.pk).update(target=7, updated_at=timezone.now())
    figure.refresh_from_db()
    data[f"{retail.pk}-overwrite"] = figure.updated_at.isoformat()
    response = officer.post(address(place), data)
    assert response.context["grid"].wrong[0].indicator == other.indicator
    mended = sent_again(response, **{wrong.replace("__", "-"): "2"})
    assert officer.post(address(place), mended).status_code == 302
    figure.refresh_from_db()
    assert (figure.result, figure.target) == (9, 7)


def test_what_is_stored_between_comparing_and_saving_is_not_overwritten(place, retail):
    figure = make_figure(indicator=retail, territory=place, year=2024, result=8)
    seen = Grid(Period(place, 2024)).seen
    data = {f"{retail.pk}-target": "", f"{retail.pk}-result": "9", "_revision": seen}
    grid = Grid(Period(place, 2024), data)
    figure.result = 10
    figure.save()
    nothing = {"article": None, "source": "", "note": "", "stage": ""}
    assert grid.save(nothing, by=None, may_delete=True, data=data, log=print) is None
    figure.refresh_from_db()
    assert figure.result == 10


def test_a_row_nobody_touched_follows_what_another_stored(officer, place, retail):
    figure = make_figure(indicator=retail, territory=place, year=2024, result=8)
    data = typed_into(page_of(officer, place))
    figure.result = 10
    figure.save()
    assert officer.post(address(place), data).status_code == 302
    figure.refresh_from_db()
    assert figure.result == 10


@pytest.mark.parametrize("sent", ["", "{", "[]", '{"1": 5}', '{"1": ["", [1]]}', "[" * 10_000])
def test_what_a_page_showed_is_not_believed_when_it_makes_no_sense(sent):
    assert seen_in(sent) == {}


def test_a_page_that_forgot_what_it_showed_overwrites_nothing(officer, place, retail):
    figure = make_figure(indicator=retail, territory=place, year=2024, result=8)
    data = typed_into(page_of(officer, place), **{cell(retail, "result"): "9"})
    page = officer.post(address(place), data | {"_revision": ""}).content.decode()
    assert "Đang lưu: TH 8." in page
    figure.refresh_from_db()
    assert figure.result == 8
