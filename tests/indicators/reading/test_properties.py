"""What holds for any text at all."""

import re
import unicodedata
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from indicators.catalogue import subjects
from indicators.reading import read
from tests.indicators.reading.labelled import passages

KNOWN = subjects()
# Those that are no rates: the value of a rate may be worked out from «bằng 108,2%».
LEVELS = [subject for subject in KNOWN if not subject.is_change]
PIECES = sorted(
    {piece for passage in passages() for piece in re.findall(r"\S+|\n", passage["text"])}
)
ODD = [
    "(",
    ")",
    "từ",
    "lên",
    "lần lượt",
    "|",
    "\t",
    "\n",
    "so với",
    "%",
    "1,2.3",
    "e\u0301",
    "\u200b",
]
TEXTS = st.one_of(
    st.lists(st.sampled_from(PIECES + ODD * 20), max_size=60).map(" ".join),
    st.text(max_size=200),
)
FEW = settings(max_examples=200, deadline=None)


@FEW
@given(TEXTS, st.sampled_from([None, date(2023, 7, 1), date(2024, 1, 5)]))
def test_any_text_is_read_and_every_row_points_into_it(text, published):
    for row in read(text, KNOWN, published=published):
        assert 0 <= row.start < row.end <= len(text)
        assert row.sentence in text
        told = (row.value, row.growth, row.plan)
        assert row.doubts or row.outcome or any(number is not None for number in told)


@FEW
@given(TEXTS)
def test_no_value_appears_whose_digits_are_not_in_its_sentence(text):
    for row in read(text, LEVELS, published=date(2024, 1, 5)):
        written = "".join(
            str(unicodedata.decimal(letter)) for letter in row.sentence if letter.isdecimal()
        )
        for number in (row.value, row.upper):
            if number is not None:
                digits = "".join(letter for letter in f"{number:f}" if letter.isdigit())
                assert digits.strip("0") in written


def test_composed_and_decomposed_text_are_read_alike():
    for passage in passages():
        forms = [
            [
                row._replace(start=0, end=0, subject="", sentence="", place="")
                for row in read(unicodedata.normalize(form, passage["text"]), KNOWN)
            ]
            for form in ("NFC", "NFD")
        ]
        assert forms[0] == forms[1]
