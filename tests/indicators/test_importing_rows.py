"""What the rows of an uploaded table are taken to say, and what they are refused for."""

from decimal import Decimal

import pytest
from django.contrib.auth.models import User
from django.urls import reverse
from openpyxl.styles import Alignment

from indicators.entry import Grid
from indicators.importing import files
from indicators.importing.names import Names, UnknownName
from indicators.importing.parts import Parts
from indicators.importing.plans import plan
from indicators.importing.tables import Table
from indicators.models import Figure, Indicator
from indicators.period import Period
from indicators.reading import Subject
from tests.indicators.builders import make_figure, make_indicator
from tests.indicators.spreadsheets import csv, xlsx
from tests.indicators.uploads import NO_SOURCE


def planned(place, upload, months=12):
    table, _ = Table.of_file(files.read(upload))
    return plan(Table(table.kept), Period(place, 2023, months), NO_SOURCE)


def only(place, upload, months=12):
    (line,) = planned(place, upload, months).lines
    return line


def test_a_row_shifted_by_a_comma_is_refused(place, output):
    line = only(place, csv("Chỉ tiêu,KH năm 2023,TH năm 2023\nGiá trị SXCN,40000,5,41250,5\n"))
    assert "Ô D2 nằm ngoài các cột có tiêu đề" in line.refusals[0]


def test_another_result_takes_along_what_was_said_of_the_old_one(place, output):
    stored = {"stated_growth": "12.06", "stated_over_plan": "4.44", "stated_outcome": "exceeded"}
    make_figure(indicator=output, territory=place, result=5, target=4, **stored)
    headings = ["Chỉ tiêu", "KH", "TH", "So với cùng kỳ (%)"]
    bare = only(place, xlsx(headings, [output.name, 4, 6, None]))
    after = bare.after
    assert (after.stated_growth, after.stated_over_plan, after.stated_outcome) == (None, None, "")
    assert ("Tăng, giảm theo nguồn (%)", "12,06", "") in bare.changes
    told = only(place, xlsx(headings, [output.name, 4, 6, 112.06]))
    assert told.after.stated_growth == Decimal("12.06")
    same = only(place, xlsx(headings, [output.name, None, 5, None]))
    assert same.state.name == "SAME"


def test_another_plan_is_no_longer_derived_nor_grown_as_the_old_one(place, output):
    make_figure(
        indicator=output, territory=place, result=5, target=4, target_is_derived=True,
        target_stated_growth=3,
    )  # fmt: skip
    after = only(place, xlsx(["Chỉ tiêu", "KH"], [output.name, 6])).after
    assert (after.target_is_derived, after.target_stated_growth) == (False, None)


@pytest.mark.parametrize("target", ["KH năm 2023", "KH", "KH cả năm 2023"])
def test_the_plan_of_the_year_is_no_plan_of_nine_months(place, output, target):
    rows = [["Chỉ tiêu", target, "Ước TH 9 tháng", "Đánh giá"], [output.name, 400, 305, "Đạt"]]
    made = planned(place, xlsx(*rows), months=9)
    after = made.lines[0].after
    assert (after.target, after.result, after.stated_over_plan) == (None, 305, None)
    assert (after.note, after.stated_outcome) == ("Bằng 76,25% kế hoạch cả năm.", "")
    assert f"Cột “{target}” nói về kế hoạch cả năm" in made.remarks[0]


def test_a_plan_of_nine_months_is_theirs(place, output):
    rows = [["Chỉ tiêu", "KH 9 tháng", "TH 9 tháng", "TH/KH (%)"], [output.name, 300, 305, 101.67]]
    made = planned(place, xlsx(*rows), months=9)
    assert (made.lines[0].after.target, made.lines[0].after.note) == (300, "")
    assert made.remarks == []


def test_a_number_of_another_size_is_warned_of(place, output):
    make_figure(indicator=output, territory=place, year=2022, result=35360)
    line = only(place, xlsx(["Chỉ tiêu", "TH"], [output.name, "35,36"]))
    assert "chênh hơn 100 lần" in line.warnings[0]


@pytest.mark.parametrize(
    ("title", "year"),
    [
        ("KẾT QUẢ NĂM 2022, KẾ HOẠCH NĂM 2023", None),
        ("BIỂU TỔNG HỢP NĂM 2023", 2023),
        ("BIỂU NĂM 2023 (kèm theo Báo cáo ngày 05/01/2024)", 2023),
        ("BIỂU NĂM 2023, ngày 5 tháng 1 năm 2024", 2023),
    ],
)
def test_a_title_of_two_years_guesses_none(title, year):
    table, _ = Table.of_file(files.read(xlsx([title], ["Chỉ tiêu", "KH", "TH"])))
    assert table.year == year


@pytest.mark.parametrize("counted", [("1", "1.1"), ("1", "-"), ("1", "a"), ("", "+")])
def test_a_part_is_not_taken_for_the_whole(place, output, counted):
    upper, lower = counted
    make_indicator(name="Bán lẻ")
    rows = [["STT", "Chỉ tiêu", "TH"], [upper, "Bán lẻ", 9], [lower, "Giá trị SXCN", 5]]
    whole, part = planned(place, xlsx(*rows)).lines
    assert whole.state.name == "NEW"
    assert "Dòng con của “Bán lẻ”" in part.refusals[0]


def moved_in(*depths):
    """Return what moves the names of the rows below the headings in, each so far."""

    def change(book):
        for row, depth in enumerate(depths, start=2):
            book.active.cell(row, 2).alignment = Alignment(indent=depth)

    return change


@pytest.mark.parametrize(
    ("depths", "parts"),
    [
        ((0, 0, 0), []),
        ((0, 1, 0), ["Bán lẻ"]),
        ((0, 1, 1), ["Bán lẻ", "Du lịch"]),
        ((0, 1, 2), ["Bán lẻ", "Du lịch"]),
        ((1, 1, 2), ["Du lịch"]),
        ((1, 1, 1), []),  # the whole column
    ],
)
def test_what_only_stands_farther_in_is_a_part_of_what_is_above(place, output, depths, parts):
    names = ["Giá trị SXCN", "Bán lẻ", "Du lịch"]
    for name in names[1:]:
        make_indicator(name=name)
    rows = [["STT", "Chỉ tiêu", "TH"], *([None, name, 5] for name in names)]
    made = planned(place, xlsx(*rows, change=moved_in(*depths)))
    assert [line.name for line in made.refused] == parts
    assert all("Dòng con của “" in line.refusals[0] for line in made.refused)


def test_below_a_group_or_counted_on_its_own_a_row_farther_in_is_no_part(place, output):
    make_indicator(name="Bán lẻ")
    make_indicator(name="Du lịch")
    group, known = [["I", "Công nghiệp", None]], [[None, "Giá trị SXCN", 5]]
    others = [["1", "Bán lẻ", 5], ["2", "Du lịch", 5]]
    for rows, depths in ((group + known, (0, 1)), (known + others, (0, 1, 1))):
        headings = [["STT", "Chỉ tiêu", "TH"]]
        made = planned(place, xlsx(*headings, *rows, change=moved_in(*depths)))
        assert not made.refused


def test_within_is_a_part_unless_its_code_is_given(place, output):
    rows = [["Mã", "Chỉ tiêu", "TH"], [None, "Trong đó: Giá trị SXCN", 5]]
    assert only(place, xlsx(*rows)).refusals[0].startswith("Dòng con, không phải")
    rows[1][0] = "GTSX"
    assert only(place, xlsx(*rows)).state.name == "NEW"


def test_below_a_group_nothing_is_a_part():
    parts = Parts()
    assert parts.whole("I", "Công nghiệp", is_known=False) is None
    assert parts.whole("1", "Giá trị SXCN", is_known=True) is None
    assert parts.whole("2", "Bán lẻ", is_known=True) is None
    assert parts.whole("II", "Thương mại", is_known=False) is None
    assert parts.whole("-", "Xuất khẩu", is_known=True) is None


@pytest.mark.parametrize(
    ("growth", "plan_", "stated"),
    [
        ("tăng 9,6%", "vượt 4,4%", ("9.6", "4.4")),
        ("giảm 3%", "đạt 94,8%", ("-3", "-5.2")),
        ("giảm 3% so với cùng kỳ", "bằng 76,25% kế hoạch", ("-3", "-23.75")),
    ],
)
def test_rates_are_understood_in_words(place, output, growth, plan_, stated):
    headings = ["Chỉ tiêu", "TH", "So với cùng kỳ (%)", "TH/KH (%)"]
    after = only(place, xlsx(headings, [output.name, 5, growth, plan_])).after
    assert (after.stated_growth, after.stated_over_plan) == tuple(map(Decimal, stated))


def test_a_rate_may_stand_beside_the_word_in_the_last_column(place, output):
    after = only(place, xlsx(["Chỉ tiêu", "TH", "Đánh giá"], [output.name, 5, "Đạt 94,8%"])).after
    assert after.stated_over_plan == Decimal("-5.2")


@pytest.mark.parametrize("words", ["-", "–", "x", "…", "...", "không có", "Chưa giao"])
def test_words_for_nothing_are_nothing(place, output, words):
    after = only(place, xlsx(["Chỉ tiêu", "KH", "TH"], [output.name, words, 5])).after
    assert after.target is None


@pytest.mark.parametrize(
    ("typed", "result"), [("41,2 nghìn tỷ đồng", 41200), ("ước 41,2 tỷ đồng", "41.2")]
)
def test_the_unit_in_a_cell_goes_before_that_of_its_row(place, output, typed, result):
    rows = [["Chỉ tiêu", "ĐVT", "TH"], [output.name, "nghìn tỷ đồng", typed]]
    assert only(place, xlsx(*rows)).after.result == Decimal(result)


def test_indicators_are_known_by_their_usual_names_and_by_code():
    indicator = Indicator(pk=1, code="TMBL", name="Bán lẻ hàng hóa của tỉnh")
    names = Names([indicator], [Subject("TMBL", ("Tổng mức bán lẻ",), "tỷ đồng")])
    assert names.find("Tổng mức bán lẻ", "") == names.find("tmbl", "") == indicator
    with pytest.raises(UnknownName, match="Gần nhất là “Tổng mức bán lẻ”"):
        names.find("Mức", "")


def test_cells_are_refused_in_the_order_of_their_columns_with_the_reason(place, output):
    headings = ["Chỉ tiêu", "TH năm 2022", "KH năm 2023", "TH năm 2023"]
    rows = [[output.name, "35,360", "x1", "41.250"], ["Khác", "1.234,5", None, None]]
    line, _ = planned(place, xlsx(headings, *rows)).lines
    assert [refusal[:5] for refusal in line.refusals] == ["Ô B2:", "Ô C2:"]
    assert "những số khác trong bảng viết kiểu Việt Nam" in line.refusals[0]


def test_a_source_typed_in_the_preview_is_taken_as_it_is_confirmed(client, place, output):
    client.force_login(User.objects.create_superuser("quan-ly"))
    address = reverse("admin:indicators_figure_import")
    shown = client.post(address, {"file": xlsx(["Chỉ tiêu", "TH năm 2023"], [output.name, 5])})
    sent = {**shown.context["form"].data, "source": "Báo cáo 12", "note": "sơ bộ"}
    kept = {"sheet": shown.context["sheet"], "digest": shown.context["digest"], "_confirm": "1"}
    assert client.post(address, sent | kept).status_code == 302
    assert (Figure.objects.get().source, Figure.objects.get().note) == ("Báo cáo 12", "sơ bộ")


def test_rows_that_are_only_dressed_are_not_missed():
    def dress(book):
        for row in (2_001, 5_000):
            book.active.cell(row, 1).number_format = "0.00"

    _, remarks = Table.of_file(files.read(xlsx(["Chỉ tiêu", "KH"], ["GTSX", 5], change=dress)))
    assert remarks == []


def test_the_grid_asks_to_look_again_at_a_number_of_another_size(place, output):
    make_figure(indicator=output, territory=place, year=2022, result=35360)
    make_figure(indicator=output, territory=place, result=36)
    (row,) = Grid(Period(place, 2023)).rows
    assert "chênh hơn 100 lần" in row.oddities[0]


@pytest.mark.parametrize("words", ["-", "…", "chưa giao"])
def test_words_for_nothing_leave_a_row_of_the_grid_empty(place, output, words):
    typed = {f"{output.pk}-{name}": words for name in ("target", "result", "growth", "over_plan")}
    (row,) = Grid(Period(place, 2023), typed).rows
    assert not row.changes
    typed[f"{output.pk}-result"] = "5"
    (row,) = Grid(Period(place, 2023), typed).rows
    figure = row.figure_typed()
    assert (figure.target, figure.result, figure.stated_growth) == (None, 5, None)
    assert not row.form.errors
