import unicodedata

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from news.models import Category
from portal import text
from portal.slugs import free_slug
from tests.builders import make_category

ODD = ("", " 1", "-1", "1.0", "²", "٣", "x", "9" * 19, "9" * 5000)  # no numbers of rows


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Đà Nẵng", "da-nang"),
        ("đường sắt", "duong-sat"),
        ("Chỉ tiêu kinh tế – xã hội", "chi-tieu-kinh-te-xa-hoi"),
        ("Hoà / hòa: 35.360 tỷ", "hoa-hoa-35360-ty"),
        ("Thuỷ sản".encode().decode(), "thuy-san"),
        (unicodedata.normalize("NFD", "Điện lực Hưng Yên"), "dien-luc-hung-yen"),
        ("!!!", ""),
    ],
)
def test_a_slug_keeps_every_letter_of_a_vietnamese_title(title, slug):
    assert text.slug(title) == slug


def test_a_long_slug_is_cut_between_words():
    assert text.slug("công nghiệp " * 30, max_length=30) == "cong-nghiep-cong-nghiep-cong"


@pytest.mark.django_db
def test_a_free_slug_is_numbered_when_taken():
    make_category(name="Công nghiệp")
    assert free_slug(Category, "Công nghiệp") == "cong-nghiep-2"
    assert free_slug(Category, "…") == "chuyen-muc"


@pytest.mark.parametrize(
    ("written", "number"),
    [("0", 0), ("007", 7), ("9" * 18, 10**18 - 1), *((odd, None) for odd in ODD)],
)
def test_a_number_is_what_a_column_can_hold(written, number):
    assert text.whole_number(written) == number


def test_clean_removes_what_cannot_be_seen():
    assert text.clean("\u202eXin\u200b ch\u0300ao\x00\r\n") == "Xin ch\u0300ao"


@pytest.mark.parametrize(
    ("letter", "mark"),
    [("a", "\u0323\u0301"), ("я", "\u0301\u0323"), ("", "\u0f73"), ("a", "\u0344")],
)
def test_marks_without_end_on_one_letter_are_cut_off(letter, mark):
    # Sorting them all would take minutes.
    assert len(text.clean(f"{letter}{mark * 100_000} ạ")) <= text.MOST_MARKS * 2 + 3


def test_texts_in_any_script_are_left_as_they_are():
    whole = (
        "Привет, это довольно длинное предложение " * 3
        + "ज़िन्दगी" * 9
        + "👍🏽" * 40
        + "e\u0323\u0300"
    )
    assert text.clean(whole) == unicodedata.normalize("NFC", whole)


@given(st.text())
def test_folding_keeps_every_position(written):
    assert len(text.fold(written)) == len(unicodedata.normalize("NFC", written))


@pytest.mark.django_db
def test_the_database_folds_as_python_does():
    letters = "".join(
        character
        for code in (*range(0x20, 0x250), *range(0x1E00, 0x1F00))
        if (character := chr(code)).isprintable()
        and unicodedata.normalize("NFC", character) == character
        and text.fold(character).isascii()
    )
    for written in (letters, unicodedata.normalize("NFD", "Điện LỰC Đồng Tháp Ữ Ặ Ỗ")):
        with connection.cursor() as cursor:
            cursor.execute("SELECT portal_fold(%s)", [written])
            assert cursor.fetchone()[0] == text.fold(written)
