"""Whose figures they are: the reader is told its own territory, and marks every other."""

from datetime import date

import pytest

from indicators.catalogue import subjects
from indicators.reading import read

OWN = ("Trà Vinh", "tỉnh Trà Vinh")
FIGURE = "Năm 2023, kim ngạch xuất khẩu đạt 430 triệu USD."


def places(text, own=OWN):
    return [row.place for row in read(text, subjects(), published=date(2024, 1, 10), own=own)]


@pytest.mark.parametrize(
    ("before", "place"),
    [
        ("", None),
        ("UBND tỉnh Trà Vinh họp ngày 5/1. ", None),
        ("Đoàn công tác của tỉnh Bến Tre đến thăm. ", None),
        ("Theo báo cáo của UBND tỉnh Bến Tre: ", "Bến Tre"),
        ("Sở Công Thương Bến Tre họp báo. Tỉnh Bến Tre có nhiều khởi sắc. ", "Bến Tre"),
        ("UBND huyện Cầu Kè họp; kinh tế của huyện phát triển. ", "huyện Cầu Kè"),
        ("Kinh tế nước ta phục hồi. Việt Nam xuất siêu lớn. ", "cả nước"),
        ("Tình hình cả nước tốt lên, Việt Nam xuất siêu; tỉnh ta cũng vậy. ", None),
    ],
)
def test_a_figure_without_a_place_is_of_what_its_text_is_about(before, place):
    assert places(before + FIGURE) == [place]


def test_the_own_territory_is_recognised_in_the_text_of_another():
    text = (
        "UBND tỉnh Bến Tre họp báo. Năm 2023, kim ngạch xuất khẩu của Bến Tre đạt 1.300 triệu USD; "
        "kim ngạch xuất khẩu của tỉnh Trà Vinh đạt 430 triệu USD."
    )
    assert places(text) == ["Bến Tre", None]


def test_without_a_territory_of_its_own_the_reader_takes_that_of_the_text():
    text = "UBND tỉnh Bến Tre họp báo tại Bến Tre. " + FIGURE
    assert places(text, own=()) == [None]
