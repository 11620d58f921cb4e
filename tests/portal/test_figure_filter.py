from decimal import Decimal

import pytest

from portal.templatetags.portal import duration, figure, percent, signed_percent


@pytest.mark.parametrize(
    ("value", "unit", "printed"),
    [
        (Decimal("1234567.80"), "tỷ đồng", "1.234.567,8 tỷ đồng"),
        (Decimal("35360.0000"), "tỷ đồng", "35.360 tỷ đồng"),
        (Decimal("99.61"), "%", "99,61%"),
        (Decimal("-4.81"), "", "−4,81"),
        (Decimal("1E+3"), "", "1.000"),
        (0, "", "0"),
        (None, "tỷ đồng", "—"),
    ],
)
def test_a_figure_is_printed_as_vietnamese_offices_do(value, unit, printed):
    assert figure(value, unit) == printed


def test_percentages_have_at_most_two_decimals():
    assert percent(Decimal("104.4433")) == "104,44"
    assert (percent(Decimal("0.125")), percent(Decimal("-0.125"))) == ("0,13", "−0,13")
    assert signed_percent(Decimal("12.06")) == "+12,06"
    assert signed_percent(Decimal("-4.81")) == "−4,81"
    assert signed_percent(Decimal("0.001")) == "0"
    assert signed_percent(None) == "—"


@pytest.mark.parametrize(
    ("seconds", "shown"), [(218, "3:38"), (59.6, "0:59"), (3725, "1:02:05"), (None, "—")]
)
def test_a_duration_is_shown_as_players_do(seconds, shown):
    assert duration(seconds) == shown
