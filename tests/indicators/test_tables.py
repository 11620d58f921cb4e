import pytest

from indicators import tables
from indicators.sources import Row
from tests.indicators.builders import figure_in_memory


def cells_of(columns, figure):
    """Return the figure's cells as heading → value and note."""
    cells = [(column.heading, column.cell(figure)) for column in columns]
    return {heading: f"{cell.value} {cell.note}".strip() for heading, cell in cells}


def test_a_year_with_results_has_the_columns_of_the_standard_table():
    figure = figure_in_memory(result="110", target="100", previous="88", stage="preliminary")
    assert cells_of(tables.of_results(2023), figure) == {
        "TH 2022": "88",
        "KH 2023": "100",
        "TH 2023": "110 sơ\N{NO-BREAK SPACE}bộ",
        "TH/KH (%)": "110 vượt\N{NO-BREAK SPACE}10% kế hoạch",
        "TH/TH 2022 (%)": "125 tăng\N{NO-BREAK SPACE}25%",
    }


def test_an_estimate_is_called_one_once():
    estimated = {"result": "110", "stage": "estimated"}
    column = tables.of_series()[1]
    assert column.cell(figure_in_memory(**estimated)).note == "ước\N{NO-BREAK SPACE}tính"
    assert column.cell(figure_in_memory(**estimated, result_qualifier="estimated")).note == ""


def test_a_year_of_plans_is_held_against_the_year_before():
    figure = figure_in_memory(target="110", previous="88")
    assert cells_of(tables.of_targets(2023), figure) == {
        "TH 2022": "88",
        "KH 2023": "110",
        "KH/TH 2022 (%)": "125 tăng\N{NO-BREAK SPACE}25%",
    }


def test_a_series_says_the_change_in_words():
    cells = cells_of(tables.of_series(), figure_in_memory(result="110", previous="100"))
    assert cells["So với năm trước"] == "tăng\N{NO-BREAK SPACE}10%"
    assert cells_of(tables.of_series(), figure_in_memory(result="1"))["So với năm trước"] == "—"


def test_a_growth_that_the_numbers_contradict_is_said_to_be_the_source_s():
    figure = figure_in_memory(result="48000", previous="45228", stated_growth="7.14")
    for column in (tables.of_series()[3], tables.of_results(2023)[4]):
        cell = column.cell(figure)
        told = f"{cell.value} {cell.note}".replace("\N{NO-BREAK SPACE}", " ")
        assert "nguồn ghi tăng 7,14%" in told


@pytest.mark.parametrize(
    "columns", [tables.of_results(2023), tables.of_targets(2023), tables.of_series()]
)
def test_one_column_of_each_table_is_what_readers_look_for_first(columns):
    assert sum(column.is_main for column in columns) == 1


def test_a_number_never_leaves_the_word_before_it():
    figure = figure_in_memory(result="35360", result_qualifier="over")
    cell = tables.of_series()[1].cell(figure)
    assert cell.value == "trên\N{NO-BREAK SPACE}35.360"


@pytest.mark.parametrize(("longest", "wide"), [("1.234,5", False), ("1.234.567.890,1234", True)])
def test_a_table_of_long_numbers_is_wide(longest, wide):
    assert tables.is_wide([["1", "2 KH 3", "4"], [longest] * 3, ["vượt nhiều lần", "", ""]]) is wide


def test_a_table_without_lines_is_not_wide():
    assert tables.is_wide([]) is False


def test_a_cell_with_a_note_is_not_missing():
    attainment = tables.of_results(2023)[3]
    assert attainment.cell(figure_in_memory(result="1")).is_missing
    assert not attainment.cell(figure_in_memory(result="1", stated_outcome="met")).is_missing


def test_a_column_sorts_by_the_number_it_prints():
    figure = figure_in_memory(result="110", target="100", previous="88", result_qualifier="over")
    amounts = [column.cell(figure).amount for column in tables.of_results(2023)]
    assert [amount[:3] for amount in amounts] == ["88", "100", "110", "110", "125"]
    assert tables.of_results(2023)[0].cell(figure_in_memory(result="1")).amount == ""


def test_across_a_break_the_change_is_refused_and_a_restated_base_is_shown():
    merged = {"result": "110", "break_reason": "hợp nhất hai tỉnh"}
    change = tables.of_series()[3]
    refused = change.cell(figure_in_memory(**merged))
    assert refused.value == "—"
    assert refused.note.replace("\N{NO-BREAK SPACE}", " ") == (
        "không so được với năm 2022: hợp nhất hai tỉnh"
    )
    restated = figure_in_memory(**merged, previous="88", restated_previous="88")
    assert change.cell(restated).note.replace("\N{NO-BREAK SPACE}", " ") == (
        "so với 88, năm 2022 tính lại theo địa bàn mới"
    )
    before = tables.of_results(2023)[0].cell(restated)
    assert (before.value, before.note) == ("88", "tính\N{NO-BREAK SPACE}lại theo địa bàn mới")


def test_a_judgement_ranks_from_exceeded_to_missed_and_none_has_no_rank():
    figures = [
        figure_in_memory(result="110", target="100"),
        figure_in_memory(result="100", target="100"),
        figure_in_memory(result="90", target="100"),
        figure_in_memory(result="90"),
    ]
    lines = tables.lines([Row(figure, None) for figure in figures], [])
    assert [line.rank for line in lines] == [0, 1, 2, ""]
