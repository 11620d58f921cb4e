"""When the words of an article still say the number that is stored."""

import pytest

from indicators.printed import say_the_same


@pytest.mark.parametrize(
    ("words", "stated"),
    [
        ("trên 35.360 tỷ đồng", "trên 35.360 tỷ đồng"),
        ("35360", "trên 35.360 tỷ đồng"),  # the bound may stand outside
        ("Đạt hơn 430 triệu USD", "trên 430 triệu USD"),
        ("mức giảm 2,50%", "giảm 2,5%"),
        ("âm 120 triệu USD", "−120 triệu USD"),
        ("-120", "−120 triệu USD"),
        ("5%", "tăng 5%"),
        ("từ 7,5 đến 8,0%", "tăng 7,5–8%"),
        ("giảm từ 2 đến 3%", "giảm 2–3%"),
        ("tăng trên 8%", "tăng trên 8%"),
        ("không đổi", "không đổi"),
    ],
)
def test_words_may_follow_the_grammar_of_a_sentence(words, stated):
    assert say_the_same(words, stated)


@pytest.mark.parametrize(
    ("words", "stated"),
    [
        ("tăng 5%", "giảm 5%"),
        ("giảm 2,5%", "tăng 2,5%"),
        ("2,5%", "giảm 2,5%"),
        ("120 triệu USD", "−120 triệu USD"),
        ("tăng 2–3%", "giảm 2–3%"),
        ("trên 430", "không quá 430"),
        ("trên 430", "gần 430"),
        ("dưới 430", "trên 430"),
        ("trên 430", "430"),
        ("35.360", "35.412"),
        ("35.36", "3.536"),
        ("tăng 7,5–8%", "tăng 7,5%"),
        ("không đổi", "tăng 5%"),
        ("tăng mạnh", "giảm mạnh"),
    ],
)
def test_another_sign_number_or_bound_is_another_statement(words, stated):
    assert not say_the_same(words, stated)
