"""Who is spoken of, what is said: the grammar of clauses."""

from datetime import date
from decimal import Decimal

import pytest

from indicators.catalogue import subjects
from indicators.reading import Subject, read

PUBLISHED = date(2024, 1, 10)


def rows(text, known=None, published=PUBLISHED):
    return read(text, subjects() if known is None else known, published=published)


def one(text, **options):
    [row] = rows(text, **options)
    return row


def test_a_name_with_a_narrowing_word_is_not_the_indicator():
    for narrowed in (
        "kim ngạch xuất khẩu thủy sản",
        "kim ngạch xuất khẩu của khu vực FDI",
        "kim ngạch xuất khẩu trừ dầu thô",
        "kim ngạch xuất khẩu (trừ dầu thô)",
        "tỷ trọng kim ngạch xuất khẩu",
    ):
        row = one(f"Năm 2023, {narrowed} đạt 215 triệu USD, tăng 3%.")
        assert row.code is None, narrowed


@pytest.mark.parametrize(
    "kept",
    [
        "kim ngạch xuất khẩu toàn tỉnh",
        "kim ngạch xuất khẩu trên địa bàn tỉnh",
        "tổng giá trị kim ngạch xuất khẩu hàng hóa của tỉnh",
        "kim ngạch xuất khẩu cả năm tiếp tục tăng trưởng khá,",
        "KNXK",
    ],
)
def test_words_that_narrow_nothing_leave_the_indicator(kept):
    assert one(f"Năm 2023, {kept} ước đạt 215 triệu USD.").code == "KNXK"


def test_a_part_is_never_given_the_value_of_the_whole():
    whole, part = rows(
        "Năm 2023, thu ngân sách đạt 9.000 tỷ đồng; trong đó, thu tiền sử dụng đất 1.200 tỷ đồng."
    )
    assert (whole.code, whole.value) == ("THUNS", 9000)
    assert (part.code, part.value, part.subject) == (None, 1200, "thu tiền sử dụng đất")


def test_a_share_of_an_indicator_is_not_the_indicator():
    found = rows("Năm 2023, thị trường châu Á chiếm 63% trong tổng kim ngạch xuất khẩu, tăng 10%.")
    assert all(row.code is None for row in found)


def test_brackets_speak_of_their_own_and_the_clause_goes_on_after_them():
    inner, outer = sorted(
        rows(
            "Năm 2023, tổng mức bán lẻ đạt 6.710 tỷ đồng (trong đó, thu ngân sách đạt 12 tỷ đồng), "
            "tăng 8% so với năm 2022."
        ),
        key=lambda row: row.code,
    )
    assert (inner.code, inner.value, inner.growth) == ("THUNS", 12, None)
    assert (outer.code, outer.value, outer.growth) == ("TMBL", 6710, 8)


def test_last_years_rate_in_brackets_is_left_out():
    row = one("Năm 2023, chỉ số sản xuất công nghiệp tăng 4,4% (cùng kỳ tăng 1,5%).")
    assert row.value == Decimal("4.4")


def test_a_unit_that_does_not_fit_leaves_the_indicator_open_and_says_so():
    row = one("Năm 2023, kim ngạch xuất khẩu đạt 215 tỷ đồng.")
    assert row.code is None
    assert any("đơn vị" in doubt for doubt in row.doubts)


def test_indicators_of_one_name_are_told_apart_by_their_units():
    size, growth = rows("Năm 2023, GRDP đạt 98.600 tỷ đồng. GRDP tăng 7,2%.")
    assert (size.code, size.value) == ("GRDPQM", 98600)
    assert (growth.code, growth.value) == ("GRDP", Decimal("7.2"))


def test_a_rate_of_change_is_the_value_where_the_indicator_is_one():
    row = one("Năm 2023, chỉ số sản xuất công nghiệp giảm 4,2%.")
    assert (row.value, row.growth) == (Decimal("-4.2"), None)


def test_an_absolute_change_is_no_rate():
    row = one("Năm 2023, thu ngân sách đạt 9.200 tỷ đồng, tăng 1.200 tỷ đồng so với năm 2022.")
    assert (row.value, row.growth) == (9200, None)


def test_increased_so_many_times_is_left_open():
    row = one("Năm 2023, doanh thu du lịch đạt 950 tỷ đồng, tăng 1,5 lần so với năm 2022.")
    assert row.growth is None
    assert any("lần" in doubt for doubt in row.doubts)


def test_a_comparison_with_the_month_before_is_named():
    row = one("Tháng 5/2023, tổng mức bán lẻ đạt 4.210 tỷ đồng, tăng 1,8% so với tháng trước.",
              published=date(2023, 6, 1))  # fmt: skip
    assert (row.growth, row.growth_base, row.part) == (Decimal("1.8"), "tháng trước", "tháng 5")


def test_a_comparison_with_an_earlier_year_is_named():
    row = one("Giá trị sản xuất công nghiệp năm 2023 đạt 78.000 tỷ đồng, gấp 1,38 lần năm 2020.")
    assert (row.growth, row.growth_base) == (38, "năm 2020")


def test_the_value_of_the_year_before_is_kept_where_the_clause_gives_it():
    row = one("Thu nhập bình quân tăng từ 52 triệu đồng năm 2022 lên 56,5 triệu đồng năm 2023.")
    assert (row.value, row.previous, row.year) == (Decimal("56.5"), 52, 2023)


def test_how_exactly_a_number_is_known_survives_conversion():
    assert one("Năm 2023, tổng mức bán lẻ đạt 35,4 nghìn tỷ đồng.").digits == -2


def test_targets_last_until_the_text_returns_to_results():
    found = rows(
        "Năm 2024, Sở phấn đấu: kim ngạch xuất khẩu đạt 450 triệu USD. Thu ngân sách đạt 9.800 tỷ "
        "đồng.\nPhát biểu tại hội nghị, lãnh đạo tỉnh biểu dương ngành: năm 2023 GRDP tăng 8%."
    )
    assert [(row.kind, row.year) for row in found] == [
        ("target", 2024), ("target", 2024), ("result", 2023),
    ]  # fmt: skip


def test_comparing_with_a_plan_sets_no_target():
    row = one("Năm 2023, thu ngân sách đạt 9.412 tỷ đồng, bằng 104,6% so với mục tiêu đề ra.")
    assert (row.kind, row.plan) == ("result", Decimal("4.6"))


def test_numbers_and_names_that_do_not_match_one_to_one_are_not_paired():
    found = rows(
        "Năm 2023, kim ngạch xuất khẩu, kim ngạch nhập khẩu lần lượt đạt 540, 320 và 12 triệu USD."
    )
    assert {row.value for row in found} == {None}
    assert all("nhiều hơn hoặc ít hơn" in " ".join(row.doubts) for row in found)


def test_an_unknown_indicator_keeps_its_words_and_units():
    row = one("Năm 2023, sản lượng xi măng đạt 1,25 triệu tấn, tăng 3,8%.")
    assert (row.code, row.subject, row.unit) == (None, "sản lượng xi măng", "triệu tấn")


@pytest.mark.parametrize(
    "idle",
    [
        "Nghị quyết số 01/NQ-CP ngày 05/01/2024 và Quyết định 1234/QĐ-UBND.",
        "Điện thoại 0294.3862.289, lúc 8 giờ 30 ngày 15/6.",
        "Chủ tịch UBND tỉnh tặng Bằng khen cho 2 tập thể và 5 cá nhân.",
        "Đây là năm thứ 4 liên tiếp tỉnh đứng thứ 12/63 về PCI.",
        "Căn cứ Điều 5, khoản 2 Luật Điện lực; ông Nguyễn Văn A, 52 tuổi.",
        "Có 14/15 chỉ tiêu đạt và vượt kế hoạch.",
    ],
)
def test_numbers_that_are_no_figures_make_no_rows(idle):
    assert rows(idle) == []


def test_a_department_brings_its_own_names():
    own = [Subject("TOM", ("Sản lượng tôm nuôi",), "tấn")]
    row = one("Năm 2023, sản lượng tôm nuôi đạt 85 nghìn tấn.", known=own)
    assert (row.code, row.value, row.unit) == ("TOM", 85000, "tấn")


def test_the_row_points_at_its_clause_in_the_text_as_given():
    text = "Mở đầu.\nNa\u0306m 2023, KNXK đạt 215 triệu USD, tăng 3%. Hết."
    row = one(text)
    assert text[row.start : row.end] == "KNXK đạt 215 triệu USD, tăng 3%"
    assert row.sentence == "Na\u0306m 2023, KNXK đạt 215 triệu USD, tăng 3%."


@pytest.mark.parametrize(
    "text",
    [
        "Nếu thiếu vốn, kim ngạch xuất khẩu năm 2023 chỉ đạt 333 triệu USD.",
        "Trường hợp thiếu vốn, kim ngạch xuất khẩu năm 2023 giảm 5,5%.",
        "Kim ngạch xuất khẩu năm 2023 sẽ đạt 333 triệu USD nếu có thêm vốn.",
        "Kim ngạch xuất khẩu năm 2023 không thể đạt 333 triệu USD.",
        "Kim ngạch xuất khẩu năm 2023 khó đạt 333 triệu USD.",
    ],
)
def test_what_was_not_reached_is_said_and_not_proposed(text):
    row = one(text)
    assert (row.code, row.value, row.growth) == ("KNXK", None, None)
    assert "không phải kết quả" in row.doubts[-1]


def test_a_missed_plan_is_the_target_and_no_result():
    target, result = rows("Kim ngạch xuất khẩu năm 2023 không đạt kế hoạch 333 triệu USD.")
    assert (target.kind, target.value) == ("target", 333)
    assert (result.kind, result.value, result.outcome) == ("result", None, "missed")


def test_a_shortfall_is_no_value():
    row = one("Kim ngạch xuất khẩu năm 2023 còn thiếu 33 triệu USD so với kế hoạch.")
    assert (row.value, row.outcome) == (None, "missed")


def test_how_a_number_is_counted_is_no_condition():
    assert one("Nếu so với năm 2022, kim ngạch xuất khẩu năm 2023 tăng 5,5%.").growth is not None


@pytest.mark.parametrize(
    ("text", "is_doubted"),
    [
        ("GRDP năm 2023 ước đạt 84,215 tỷ đồng, tăng 5,7%.", True),
        ("Quy mô GRDP năm 2023 đạt 103,778 tỷ đồng, tăng 6,02% và xếp thứ 20.", True),
        ("Tổng sản phẩm trên địa bàn tỉnh (GRDP) năm 2023 đạt 96,041 tỷ đồng, giảm 1,5%.", True),
        ("GRDP năm 2023 ước đạt 84,215 nghìn tỷ đồng, tăng 5,7%.", False),
        ("GRDP năm 2023 ước đạt 84.215,3 tỷ đồng.", False),
        ("Tổng thu ngân sách năm 2023 đạt 984,215 tỷ đồng, tăng 3,5%.", False),
    ],
)
def test_an_economy_of_some_tens_of_billions_is_doubted(text, is_doubted):
    assert any("quá nhỏ" in doubt for doubt in one(text).doubts) is is_doubted


def test_brackets_that_tell_a_number_are_kept_whatever_term_they_name():
    row = one("GRDP năm 2023 tăng 6,2% (bình quân nhiệm kỳ 2021-2025: 7,5%).")
    assert (row.year, row.value) == (2023, Decimal("6.2"))
    assert one("Kim ngạch xuất khẩu (nhiệm kỳ 2021-2026 năm 2023 đạt 40 triệu USD.").value == 40
