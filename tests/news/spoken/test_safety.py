"""Text meant to break the reader, an engine or a shell."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from news.spoken import spoken
from news.spoken.cutting import LONGEST, pieces


@pytest.mark.parametrize(
    "text",
    ["", " ", "\n\n", "\x00\x01", "...", "-", "( )", "*" * 50, "\ud800", "\u0301", "\u202e\u200b",
     "😀🇻🇳", "中文 ខ្មែរ русский", "<speak>", "<break time='3s'/>"],
)  # fmt: skip
def test_text_without_words_gives_no_words(text):
    assert not any(character.isalnum() for character in spoken(text))


def test_decomposed_text_is_spoken_like_composed():
    text = "Sở Công Thương tỉnh: 35.360 tỷ đồng, tháng 4/2023, UBND"
    assert spoken(unicodedata.normalize("NFD", text)) == spoken(text)


def test_invisible_characters_and_odd_spaces_do_not_split_a_number():
    assert spoken("35\u200b.360\u00a0tỷ\u00a0đồng") == "ba mươi lăm nghìn ba trăm sáu mươi tỷ đồng"


ALLOWED = set(" \n,.;:!?-")


@given(st.text())
def test_nothing_but_words_and_pauses_is_left_of_any_text(text):
    left = {sign for sign in spoken(text) if not sign.isalpha() and not unicodedata.combining(sign)}
    assert left <= ALLOWED


@given(st.text(alphabet="0123456789.,:;/-+%() \nngàythángquýIVXhkmđ°²½@QĐU'\"<>&$"))
def test_nothing_but_words_and_pauses_is_left_of_figures_and_marks(text):
    assert {sign for sign in spoken(text) if not sign.isalpha()} <= ALLOWED


@given(st.integers(0, 10**18 - 1))
def test_grouped_and_grouped_with_decimals_begin_alike(number):
    grouped = f"{number:,}".replace(",", ".")
    assert spoken(f"{grouped},5") == f"{spoken(grouped)} phẩy năm"


HOLDING_UP = """
1 9 a A Đ a- A- a. A. 1. 1/ 1- 1:2 . ( A/ v. @a #a <a 1A TP. I 1x ° ' Ạ ẠA- $1 -1
a/ 1-1 1-1- Km1- A1- A.A. 1/2000
""".split()


@pytest.mark.parametrize("repeated", [*HOLDING_UP, " ", ", ", "ngày 1-", "1 - ", "; ", "thứ 1 "])
def test_text_made_to_hold_up_patterns_is_read(repeated):
    assert isinstance(spoken(repeated * (3_000 // len(repeated)) + "x"), str)


@pytest.mark.parametrize("repeated", [".", "./", "a.", "(", '"', "\n", "1", "…)", ";"])
def test_a_text_without_end_is_cut_into_pieces_of_bounded_length(repeated):
    found = list(pieces(repeated * (300_000 // len(repeated)) + "x"))
    assert max(end - start for start, end in found) <= LONGEST
