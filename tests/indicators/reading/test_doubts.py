"""What is told in a way that leaves something open is doubted, never stored unseen."""

from datetime import date

import pytest

from indicators.catalogue import subjects
from indicators.reading import read

PUBLISHED = date(2023, 12, 10)


def one(text):
    [row] = read(text, subjects(), published=PUBLISHED)
    return row


@pytest.mark.parametrize(
    ("told", "is_doubted"),
    [
        ("Tính đến ngày 20/11/2023", True),
        ("Tính đến ngày 20/11", True),
        ("Đến ngày 15.11", True),
        ("Tính đến ngày 30/11/2023", False),
        ("Tính đến hết tháng 11", False),
    ],
)
def test_a_month_that_is_not_over_is_doubted(told, is_doubted):
    row = one(f"{told}, kim ngạch xuất khẩu đạt 365 triệu USD.")
    assert (row.year, row.months, row.part) == (2023, 11, "")
    assert any("chưa hết tháng" in doubt for doubt in row.doubts) is is_doubted


def test_a_day_holds_for_its_own_paragraph_only():
    within, after = read(
        "Năm 2023, sản xuất phát triển.\n"
        "Đến ngày 15/11, kim ngạch xuất khẩu đạt 365 triệu USD.\n"
        "Thu ngân sách đạt 7.200 tỷ đồng.",
        subjects(),
        published=PUBLISHED,
    )
    assert (within.months, len(within.doubts)) == (11, 1)
    assert (after.months, after.doubts) == (12, ())


def test_a_year_that_is_not_after_the_one_compared_with_is_doubted():
    row = one("Thu ngân sách năm 2022 đạt 7.200 tỷ đồng, tăng 4,2% so với cùng kỳ năm 2022.")
    assert any("không sau năm" in doubt for doubt in row.doubts)


def test_the_year_follows_the_one_whose_months_are_compared_with():
    row = one("Thu ngân sách đạt 7.200 tỷ đồng, tăng 4,2% so với cùng kỳ năm 2022.")
    assert row.year == 2023


@pytest.mark.parametrize("base", ["quý trước", "cùng kỳ năm 2019"])
def test_a_rate_on_another_base_is_no_rate_of_the_year(base):
    text = f"9 tháng năm 2023, chỉ số sản xuất công nghiệp tăng 7,1% so với {base}."
    row = one(text)
    assert row.growth_base == base
    assert any("một kỳ khác" in doubt for doubt in row.doubts)


def test_wages_of_a_month_are_no_income_of_a_year():
    row = one("Năm 2023, thu nhập bình quân đạt 6,4 triệu đồng/người/tháng.")
    assert row.code is None
    assert any("đơn vị" in doubt for doubt in row.doubts)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Năm 2023, có 12 dự án mới, tổng vốn đăng ký 2.140 tỷ đồng.", None),
        ("Năm 2023, doanh nghiệp mới có tổng vốn đăng ký 2.140 tỷ đồng.", "DNVON"),
        ("Năm 2023, thu ngân sách địa phương đạt 2.140 tỷ đồng.", None),
        ("Năm 2023, thu ngân sách của địa phương đạt 2.140 tỷ đồng.", "THUNS"),
        ("Năm 2023, kim ngạch xuất khẩu hàng địa phương đạt 214 triệu USD.", None),
    ],
)
def test_a_narrower_or_another_thing_is_not_the_indicator(text, code):
    assert {row.code for row in read(text, subjects(), published=PUBLISHED)} == {code}


def test_months_without_a_year_behind_another_year_are_doubted():
    _, row = read(
        "Năm 2022, kim ngạch xuất khẩu đạt 400 triệu USD. 9 tháng đầu năm, kim ngạch xuất khẩu "
        "đạt 320 triệu USD.",
        subjects(),
        published=PUBLISHED,
    )
    assert (row.months, row.value) == (9, 320)
    assert any("không nêu năm" in doubt for doubt in row.doubts)
