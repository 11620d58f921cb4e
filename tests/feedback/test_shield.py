import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from feedback import shield
from tests.feedback.shield_cases import FOUND, STAYS

WORDS = [text for text, _, _ in FOUND] + STAYS
texts = st.one_of(
    st.text(max_size=120),
    st.lists(st.sampled_from([*WORDS, " ", ". ", "\n", "0", "-", "STK "]), max_size=6).map("".join),
    st.text("0123456789 .-()+@aoS\n", max_size=60),
)


@pytest.mark.parametrize(("text", "kind", "found"), FOUND)
def test_somebodys_data_are_found(text, kind, found):
    assert [(each.kind, each.text) for each in shield.findings(text)] == [(kind, found)]


@pytest.mark.parametrize("text", STAYS)
def test_what_is_nobodys_stays(text):
    assert shield.findings(text) == []


@given(texts)
@example("(0912345678")
def test_masking_twice_is_masking_once(text):
    once = shield.masked(text)
    assert shield.masked(once) == once


@given(texts)
def test_findings_are_in_order_apart_and_leave_nothing_of_themselves(text):
    end = 0
    for finding in shield.findings(text):
        assert end <= finding.start < finding.end
        assert finding.mask in shield.masked(text)
        end = finding.end


@given(texts)
def test_a_masked_text_is_hardly_longer(text):
    # The shortest finding is the number of a house, of one digit.
    assert len(shield.masked(text)) <= 20 * len(text) + 20


def test_the_departments_own_telephone_and_mail_stay(settings):
    settings.DEPARTMENT = settings.DEPARTMENT | {
        "phone": "(0294) 3840 123 – 3840 456",
        "email": "SoCongThuong@example.gov.vn",
    }
    text = "Xin gọi 0294.3840.123 hoặc viết đến socongthuong@example.gov.vn."
    assert shield.masked(text) == text
    assert shield.masked("Gọi 0294.3840.999") == "Gọi [số điện thoại]"


def test_what_staff_let_stand_stays_and_nothing_else():
    text = "Gọi 0912345678 hoặc 0987654321."
    assert shield.masked(text, ["0912345678"]) == "Gọi 0912345678 hoặc [số điện thoại]."


def test_a_text_in_pieces_is_read_composed():
    decomposed = unicodedata.normalize("NFD", "Số tài khoản 74102050123456 của tôi")
    assert shield.masked(decomposed) == "Số tài khoản [số tài khoản] của tôi"


@pytest.mark.parametrize("piece", ["0", "a.", "1.000", "stk 1 ", "số nhà 1/", "a@\n", "1234567\n"])
def test_a_hundred_thousand_hostile_characters_are_read_to_the_end(piece):
    text = piece * (100_000 // len(piece)) + " gọi 0912345678"
    assert shield.masked(text).endswith("[số điện thoại]")
