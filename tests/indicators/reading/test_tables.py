"""Tables that were pasted as text."""

from datetime import date
from decimal import Decimal

from indicators.catalogue import subjects
from indicators.reading import read

HEADING = ("Chỉ tiêu", "ĐVT", "TH năm 2022", "KH năm 2023", "TH năm 2023", "TH/KH (%)")


def rows(text):
    return read(text, subjects(), published=date(2023, 12, 20))


def test_a_row_of_a_table_gives_its_result_and_its_target():
    row = ("Giá trị SXCN", "tỷ đồng", "31.554", "33.857", "35.360", "104,44")
    for separator in (" | ", "\t", "     "):
        target, result = rows(separator.join(HEADING) + "\n" + separator.join(row))
        assert (target.kind, target.value, target.year) == ("target", 33857, 2023)
        assert (result.kind, result.value, result.year) == ("result", 35360, 2023)
        assert (result.previous, result.plan) == (31554, Decimal("4.44"))


def test_a_table_with_a_line_for_each_cell_is_read():
    cells = ("Stt", "Chỉ tiêu chủ yếu", "KH năm 2023", "TH năm 2023", "Ghi chú", "1",
             "Thu ngân sách (tỷ đồng)", "7.213,5", "7.787", "Vượt")  # fmt: skip
    target, result = rows("\n\n".join(cells))
    assert (target.value, result.value, result.outcome) == (
        Decimal("7213.5"), 7787, "exceeded",
    )  # fmt: skip


def test_a_column_without_a_unit_leaves_the_value_open():
    found = rows("Chỉ tiêu | KH năm 2023 | TH năm 2023\nThu ngân sách | 7.213 | 7.787")
    assert {row.value for row in found} == {None}
    assert all("đơn vị" in " ".join(row.doubts) for row in found)


def test_a_row_that_does_not_fit_the_heading_is_left_out():
    heading = "Chỉ tiêu | ĐVT | KH năm 2023 | TH năm 2023"
    assert rows(heading + "\nThu ngân sách | tỷ đồng | xem phụ lục | theo báo cáo") == []


def test_lines_with_bars_but_no_heading_are_prose():
    [row] = rows("Năm 2023 | thu ngân sách đạt 7.787 tỷ đồng | tăng 3%")
    assert (row.code, row.value, row.growth) == ("THUNS", 7787, 3)
