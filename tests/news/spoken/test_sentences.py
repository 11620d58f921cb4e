"""Which stretch of the written paragraph each spoken sentence belongs to."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from news.spoken import sentences, spoken
from news.spoken.tables import table_text


def written(text: str) -> list[str]:
    return [text[sentence.start : sentence.end] for sentence in sentences(text)]


@pytest.mark.parametrize(
    "parts",
    [
        ["TP. Trà Vinh đạt 1.250 MW.", "Ông A có ý kiến?", "Hết"],
        ["PGS.TS. Nguyễn Văn Hùng, P. 5, Q. 1 dự.", "Sáng 2/1 khai mạc!"],
        ["1. Kết quả đạt 5.", "Năm 2024 tăng."],
        ["Tăng 4,44% (số liệu ước tính).", "“Rất tốt.”", "Ông nói."],
        ["Có gạo, dừa, v.v. của tỉnh.", "Hết."],
        ["Xem www.abc.gov.vn.", "Gửi a@b.vn."],
        ["Hoàn thành nhiệm vụ./.", "Văn phòng Sở"],
        ["Còn nữa… Rồi tiếp"],
    ],
)
def test_a_sentence_ends_where_a_reader_would_stop(parts):
    if len(parts) == 1:
        parts = parts[0].split("… ")
        parts = [f"{parts[0]}…", *parts[1:]]
    assert written(" ".join(parts)) == parts


def test_a_sentence_says_what_its_stretch_of_the_text_says():
    text = "  Chiều 2/1, UBND tỉnh họp. \n\nIIP tăng 4,44%."
    assert [(text[one.start : one.end], one.spoken) for one in sentences(text)] == [
        ("Chiều 2/1, UBND tỉnh họp.", "Chiều ngày hai tháng một, ủy ban nhân dân tỉnh họp."),
        ("IIP tăng 4,44%.", "i i pê tăng bốn phẩy bốn mươi bốn phần trăm."),
    ]


def test_a_long_sentence_is_read_in_pieces_at_its_semicolons():
    text = "; ".join([f"chỉ tiêu thứ {number} đạt kế hoạch đề ra trong năm" for number in range(9)])
    assert len(sentences(text)) == 9
    assert len(sentences("thu tăng; chi giảm")) == 1


def test_what_cannot_be_said_is_no_sentence():
    assert sentences("😀 … — ***") == []
    assert written("Một. 😀 … Hai.") in (["Một.", "Hai."], ["Một.", "😀 … Hai."])


@given(st.text(max_size=400))
def test_sentences_stand_in_order_and_never_overlap(text):
    found = sentences(text)
    assert all(0 <= one.start < one.end <= len(text) for one in found)
    assert all(one.end <= following.start for one, following in pairwise(found))


def test_paragraphs_stay_apart_and_empty_ones_go():
    assert spoken("Năm 2024\r\n\r\n - 5 xã \u2029 quý II") == (
        "Năm hai nghìn không trăm hai mươi tư\nnăm xã\nquý hai"
    )


def test_a_small_table_is_read_row_by_row_and_a_large_one_announced():
    rows = [["Chỉ tiêu", "Năm 2023"], ["IIP", "8,7%"], ["", ""]]
    assert table_text("Kết quả năm 2023.", rows) == [
        "Bảng: Kết quả năm 2023.",
        "IIP: Năm 2023 8,7%.",
    ]
    assert table_text("Lớn", [["a"] * 5] * 9) == ["Bảng: Lớn."]
    assert table_text("", []) == ["Bảng số liệu."]
