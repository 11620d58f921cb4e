"""How a confirmed table is stored: in few statements, by every rule, or not at all."""

from copy import copy

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.db import transaction

from indicators.importing import files
from indicators.importing.plans import plan
from indicators.importing.resource import refuse_unsound, store
from indicators.importing.tables import Table
from indicators.models import Figure, Revision
from indicators.period import Period
from tests.indicators.builders import make_figure, make_group, make_indicator
from tests.indicators.spreadsheets import HEADINGS, xlsx
from tests.indicators.uploads import NO_SOURCE, confirm, is_as_seen, look, planned


def test_figures_are_stored_with_their_entry_in_the_log_or_not_at_all(
    officer, place, output, monkeypatch
):
    response = look(officer, xlsx(HEADINGS, [1, "Giá trị SXCN", None, None, 5]))

    def fail(*args, **kwargs):
        raise RuntimeError("no log")

    with monkeypatch.context() as patched:
        patched.setattr(LogEntry.objects, "log_actions", fail)
        with pytest.raises(RuntimeError, match="no log"):
            confirm(officer, response)
    assert not Figure.objects.exists()
    confirm(officer, response)
    assert LogEntry.objects.get().change_message == "Nhập từ tệp bieu.xlsx."


def test_a_long_table_takes_no_more_queries_to_look_at_and_few_to_store(
    officer, place, django_assert_max_num_queries
):
    group = make_group()
    names = [make_indicator(group=group).name for _ in range(30)]
    upload = xlsx(["Chỉ tiêu", "TH năm 2023"], *([name, 5] for name in names))
    with django_assert_max_num_queries(20):
        response = look(officer, upload)
    assert len(response.context["plan"].to_store) == 30
    with django_assert_max_num_queries(30):
        confirm(officer, response)
    assert Figure.objects.count() == LogEntry.objects.count() == 30


def test_many_figures_are_replaced_in_few_queries_and_none_is_forgotten(
    officer, place, django_assert_max_num_queries
):
    group = make_group()
    figures = [
        make_figure(indicator=make_indicator(group=group), territory=place, result=result)
        for result in range(1, 31)
    ]
    known = {figure.pk: figure.updated_at for figure in Figure.objects.all()}
    rows = [[figure.indicator.name, figure.result + 100] for figure in figures]
    response = look(officer, xlsx(["Chỉ tiêu", "TH năm 2023"], *rows))
    with django_assert_max_num_queries(30):
        confirm(officer, response)
    assert [(one.result, one.figure.result) for one in Revision.objects.order_by("result")] == [
        (result, result + 100) for result in range(1, 31)
    ]
    for revision in Revision.objects.select_related("figure", "replaced_by"):
        assert revision.replaced_by.username == "quan-ly"
        assert revision.updated_at == known[revision.figure_id]
        assert revision.replaced_at == revision.figure.updated_at > revision.updated_at
    logged = LogEntry.objects.values_list("object_id", "change_message")
    assert set(logged) == {(str(pk), "Nhập từ tệp bieu.xlsx.") for pk in known}


def test_a_file_replaces_by_the_rules_by_which_one_figure_is_saved(officer, place, output, exports):
    make_figure(indicator=exports, territory=place, target=5, result=None)
    make_figure(
        indicator=output, territory=place, result=35360, stated_over_plan="4.44", target=33857,
        target_is_derived=True,
    )  # fmt: skip
    headings = ["Chỉ tiêu", "TH năm 2023", "Vượt kế hoạch theo nguồn (%)", "Ghi chú"]
    rows = [[exports.name, 6, None, "bổ\u200b sung"], [output.name, 36000, 5, None]]
    table, _ = Table.of_file(files.read(xlsx(headings, *rows)))
    lines = plan(table, Period(place, 2023), NO_SOURCE).to_store

    def said():
        figures, revisions = Figure.objects.order_by("pk"), Revision.objects.order_by("pk")
        return [one.said for one in figures], [one.said for one in revisions]

    with transaction.atomic():
        for line in lines:
            copy(line.after).save()
        one_by_one = said()
        transaction.set_rollback(True)
    assert not Revision.objects.exists()
    assert store(lines, User.objects.get())
    assert said() == one_by_one
    added_to, worked_out = Figure.objects.order_by("pk")
    assert (added_to.target, added_to.result, added_to.note) == (5, 6, "bổ sung")
    assert (worked_out.target, worked_out.target_is_derived) == (34286, True)


def test_a_figure_moved_to_another_year_since_is_looked_at_again(place, output):
    figure = make_figure(indicator=output, territory=place, result=5)
    (line,) = planned(place, [1, "Giá trị SXCN", None, None, None, 6])
    assert is_as_seen([line])
    Figure.objects.filter(pk=figure.pk).update(year=2019)
    assert not is_as_seen([line])


def test_the_rows_that_the_database_refuses_are_found_among_many(place, output):
    years = range(2001, 2010)
    rows = [["Giá trị SXCN", year, *([None, 5] if year % 4 == 0 else [7, None])] for year in years]
    headings = ["Chỉ tiêu", "Năm", "TH", "KH tăng so với năm trước, theo nguồn (%)"]
    table, _ = Table.of_file(files.read(xlsx(headings, *rows)))
    made = plan(table, Period(place, 2009), NO_SOURCE)
    refuse_unsound(made.to_store)
    assert [line.period.year for line in made.refused] == [2004, 2008]
    assert not Figure.objects.exists()
