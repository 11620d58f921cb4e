"""Raw copied text, headings that turn to another province, numbers that contradict others."""

from datetime import date
from decimal import Decimal

from indicators.catalogue import subjects
from indicators.reading import read
from indicators.reading.agreement import DOUBT
from indicators.reading.tidying import tidied

KNOWN = subjects()


def rows(text):
    return read(text, KNOWN, published=date(2024, 1, 10))


def test_tidying_keeps_every_letter_in_its_place():
    text = "Nãm 2023, https://vi.du/2020/anh.jpg kim ngạch xuất khẩu của toàn tỉnh tăng 5% so\nvới"
    tidy = tidied(text)
    assert len(tidy) == len(text)
    assert tidy.startswith("Năm 2023,  ")
    assert tidy.endswith("so với")
    assert "2020" not in tidy


def test_cells_and_items_on_lines_of_their_own_are_not_joined():
    text = "Giá trị sản xuất công nghiệp\ntỷ đồng\n35.360\n- kim ngạch xuất khẩu\n- thu ngân sách"
    assert tidied(text) == text


def test_two_numbers_for_one_thing_are_both_doubted():
    text = (
        "Kim ngạch xuất khẩu năm 2023 đạt 500 triệu USD.\n"
        "Kim ngạch xuất khẩu năm 2023 đạt 650 triệu USD."
    )
    assert [DOUBT in row.doubts for row in rows(text)] == [True, True]


def test_a_title_that_rounds_what_its_text_says_contradicts_nothing():
    text = (
        "Kim ngạch xuất khẩu năm 2023 đạt gần 500 triệu USD\n"
        "Năm 2023, kim ngạch xuất khẩu đạt 498,7 triệu USD."
    )
    assert not any(row.doubts for row in rows(text))


def test_a_narrowed_name_is_shown_whole():
    (row,) = rows("Năm 2023, kim ngạch xuất khẩu thủy sản đạt 95 triệu USD.")
    assert row.code is None
    assert row.subject == "kim ngạch xuất khẩu thủy sản"


def test_a_branch_with_commas_is_shown_whole():
    name = "cung cấp nước, hoạt động quản lý và xử lý rác thải, nước thải"
    text = f"Năm 2023, công nghiệp khai khoáng giảm 2,5%; {name} tăng 6,1%."
    assert [row.subject for row in rows(text)][1] == name


def test_a_province_told_of_after_another_keeps_its_figures():
    text = (
        "Bắc Ninh\nNăm 2023, GRDP giảm 9,3%.\n"
        "Hải Dương\nNăm 2023, GRDP tăng 8,2%.\nThu ngân sách đạt 18.200 tỷ đồng."
    )
    assert [(row.place, row.value) for row in rows(text)] == [
        ("Bắc Ninh", Decimal("-9.3")),
        ("Hải Dương", Decimal("8.2")),
        ("Hải Dương", Decimal("18200")),
    ]
