"""Years, months, parts of a year, and the places a clause speaks of."""

from datetime import date
from decimal import Decimal

import pytest

from indicators.catalogue import subjects
from indicators.reading import read
from indicators.reading.periods import Period, period_at
from indicators.reading.resolving import resolved
from indicators.reading.source import words


@pytest.mark.parametrize(
    ("written", "period"),
    [
        ("năm 2023", Period(2023, 12)),
        ("6 tháng đầu năm 2023", Period(2023, 6)),
        ("sáu tháng đầu năm", Period(None, 6)),
        ("lũy kế 10 tháng", Period(None, 10)),
        ("tính đến hết tháng 9/2022", Period(2022, 9)),
        ("tháng 5/2023", Period(2023, None, "tháng 5")),
        ("tháng mười một năm 2021", Period(2021, None, "tháng 11")),
        ("quý III năm 2023", Period(2023, None, "quý III")),
        ("quý 1-2024", Period(2024, None, "quý I")),
        ("nửa đầu năm 2023", Period(2023, 6)),
        ("6 tháng cuối năm", Period(None, None, "6 tháng cuối năm")),
        ("năm ngoái", Period(None, 12, relative=-1)),
        ("cả năm 2023", Period(2023, 12)),
        ("giai đoạn 2021-2025", Period(is_span=True, years=(2021, 2025))),
        ("năm 20214", Period()),
    ],
)
def test_a_period_is_read(written, period):
    tokens = words(written)
    found, end = period_at(tokens, 0)
    assert found._replace(is_until=False) == period
    assert end == len(tokens)


@pytest.mark.parametrize(
    ("period", "published", "year"),
    [
        (Period(is_vague=True, months=12), date(2023, 2, 2), 2022),
        (Period(is_vague=True, months=12), date(2023, 6, 2), None),
        (Period(is_vague=True, months=12), date(2023, 12, 2), 2023),
        (Period(months=9), date(2023, 10, 2), 2023),
        (Period(months=9), date(2023, 1, 20), 2022),
        (Period(relative=0), date(2023, 5, 2), 2023),
        (Period(relative=-1), date(2023, 5, 2), 2022),
        (Period(2021, 12), None, 2021),
        (None, date(2023, 5, 2), None),
    ],
)
def test_the_year_comes_from_the_words_else_with_caution_from_the_day_of_publishing(
    period, published, year
):
    found, doubt = resolved(period, published)
    assert found == year
    assert bool(doubt) is (year is None)


def _rows(text, published=date(2024, 1, 10)):
    return read(text, subjects(), published=published)


def test_what_a_figure_is_compared_with_is_not_its_year():
    [row] = _rows("Kim ngạch xuất khẩu 9 tháng đạt 540 triệu USD, tăng 4% so với cùng kỳ năm 2022.",
                  date(2023, 10, 3))  # fmt: skip
    assert (row.year, row.months, row.growth_base) == (2023, 9, "")


def test_the_heading_gives_the_year_of_the_sentences_under_it():
    rows = _rows("Kết quả năm 2022\nThu ngân sách đạt 9.412 tỷ đồng.\nGRDP tăng 6,1%.")
    assert [(row.code, row.year, row.months) for row in rows] == [
        ("THUNS", 2022, 12),
        ("GRDP", 2022, 12),
    ]


def test_the_year_of_a_price_base_is_no_period():
    [row] = _rows("Năm 2023, giá trị sản xuất công nghiệp (giá so sánh 2010) đạt 28.140 tỷ đồng.")
    assert row.year == 2023


def test_the_only_province_of_a_text_is_its_own_and_others_are_places():
    rows = _rows(
        "UBND tỉnh Trà Vinh báo cáo: năm 2023, GRDP tỉnh Trà Vinh tăng 8,1%; "
        "GRDP tỉnh Bến Tre tăng 5,2%; GRDP huyện Cầu Kè tăng 6%."
    )
    assert [row.place for row in rows] == [None, "tỉnh Bến Tre", "huyện Cầu Kè"]


def test_a_list_of_provinces_tells_the_indicator_named_before_it():
    rows = _rows(
        "Năm 2023, IIP tăng cao ở một số địa phương: Hải Phòng tăng 26,5%; Hà Nam tăng 8%."
    )
    assert [(row.code, row.place, row.value) for row in rows] == [
        ("IIP", "Hải Phòng", Decimal("26.5")),
        ("IIP", "Hà Nam", 8),
    ]


def test_being_first_in_the_country_does_not_make_the_country_the_place():
    [row] = _rows("Năm 2023, GRDP tăng 8,1%, đứng đầu cả nước.")
    assert row.place is None
