"""One number as typed, at every door it can come in by: read the same or refused, never another."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from indicators import notation, stated
from indicators.forms import NumberField, RowForm
from indicators.importing.numbers import of_program, reader
from indicators.models import Indicator
from indicators.notation import Notation


def in_grid(decimals):
    def read(typed):
        indicator = Indicator(pk=1, name="Bán lẻ", unit="tỷ đồng", decimals=decimals)
        form = RowForm({"1-result": typed}, indicator=indicator)
        if not form.is_valid():
            raise ValueError
        return form.cleaned_data["result"].value

    return read


DOORS = {
    "grid": in_grid(1),
    "precise": in_grid(3),
    "form": NumberField().clean,
    "file": reader(Notation.UNKNOWN, Notation.UNKNOWN),
    "vietnamese": reader(Notation.VIETNAMESE, Notation.UNKNOWN),
    "english": reader(Notation.ENGLISH, Notation.UNKNOWN),
    "export": of_program,
}
# By door, in their order; «-» is refused.
TABLE = """
typed       grid    precise form    file    vietnamese english export
0.123       -       -       -       0.123   -       0.123   0.123
0.500       -       -       -       0.5     -       0.5     0.5
0.123.456   -       -       -       -       -       -       -
0,123       0.123   0.123   0.123   0.123   0.123   -       -
35,360      -       35.36   -       -       -       35360   -
2,250       -       2.25    -       -       -       2250    -
2,25        2.25    2.25    2.25    2.25    2.25    -       -
2,2500      2.25    2.25    2.25    2.25    2.25    -       -
1.234       1234    1234    1234    1234    1234    -       1.234
1,234.5     -       -       -       1234.5  -       1234.5  -
1.234,5     1234.5  1234.5  1234.5  1234.5  1234.5  -       -
12_34       -       -       -       -       -       -       -
35_360      35360   35360   35360   35360   35360   35360   -
1_234_567,8 1234567.8 1234567.8 1234567.8 1234567.8 1234567.8 - -
0_123       -       -       -       -       -       -       -
−_4,81      -4.81   -4.81   -4.81   -4.81   -4.81   -       -
"""
LINES = [line.split() for line in TABLE.strip().splitlines()[1:]]


@pytest.mark.parametrize("space", [" ", "\xa0", "\u202f"])
@pytest.mark.parametrize("line", LINES, ids=[line[0] for line in LINES])
def test_a_number_is_read_the_same_or_refused_at_every_door(line, space):
    typed, *expected = line
    found = []
    for read in DOORS.values():
        try:
            found.append(read(typed.replace("_", space)))
        except (ValueError, ValidationError):
            found.append("-")
    assert found == [said if said == "-" else Decimal(said) for said in expected]


@pytest.mark.parametrize(
    "value", ["35.365", "2.25", "-35.365", "0.123", "1234.567", "35360", "12.3456"]
)
def test_a_stored_number_is_shown_so_that_it_is_read_the_same_again(value):
    value = Decimal(value)
    shown = notation.typed(value)
    assert stated.number(shown) == stated.number(shown, is_precise=True) == value
    assert stated.read(stated.written(stated.Stated(value, None, "over"))).value == value


def test_a_refusal_says_how_to_write_what_was_meant():
    with pytest.raises(ValueError, match=r"Hãy ghi 35\.360 hoặc 35,36"):
        stated.number("35,360")


@pytest.mark.parametrize(
    ("typed", "change"),
    [("giảm 4,81", "-4.81"), ("giảm −4,81%", "-4.81"), ("-4,81", "-4.81"), ("tăng 5", "5")],
)
def test_a_fall_stays_a_fall(typed, change):
    assert stated.change(typed) == Decimal(change)


@pytest.mark.parametrize(
    ("read", "typed", "sentence"),
    [
        (stated.change, "tăng -5", "nói tăng mà ghi số âm"),
        (stated.over_plan, "vượt −5", "nói vượt mà ghi số âm"),
    ],
)
def test_a_word_and_a_sign_that_disagree_are_refused(read, typed, sentence):
    with pytest.raises(ValueError, match=sentence):
        read(typed)


@pytest.mark.parametrize(
    ("typed", "qualifier"),
    [
        ("vào khoảng 5", "about"),
        ("chừng 5", "about"),
        ("ước tính 5", "estimated"),
        ("ước tính đạt trên 5", "over"),
        ("dự báo 5", "expected"),
        ("không cao hơn 5", "at_most"),
        ("nhiều nhất 5", "at_most"),
        ("không ít hơn 5", "at_least"),
        ("ngót 5", "nearly"),
    ],
)
def test_the_word_before_a_number_is_kept_with_it(typed, qualifier):
    assert stated.read(typed) == (5, None, qualifier)
