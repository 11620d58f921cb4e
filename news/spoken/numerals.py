"""Vietnamese words for numbers, dates and times of the clock written in figures."""

import re

DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
TEN = "mười"
TENS = "mươi"
EMPTY_TENS = "linh"  # northern, like the default voice; the south says "lẻ"
# Units that change their name after "mươi".
AFTER_TENS = {1: "mốt", 4: "tư", 5: "lăm"}
SCALES = ("", "nghìn", "triệu")
BILLION = "tỷ"
ROMAN = {"C": 100, "XC": 90, "L": 50, "XL": 40, "X": 10, "IX": 9, "V": 5, "IV": 4, "I": 1}
LONGEST_GROUPED = 18  # figures; "tỷ tỷ" and above are unheard of
LONGEST_UNGROUPED = 6  # figures in a row without grouping; from seven on it is a code

_GROUPED = re.compile(r"[1-9]\d{0,2}(?:\.\d{3})+(?:,\d+)?")
_PLAIN = re.compile(r"\d+(?:,\d+)?")
_ENGLISH = re.compile(r"[1-9]\d{0,2}(?:,\d{3}){2,}(?:\.\d+)?")


def cardinal(number: int) -> str:
    """
    Return ``number`` in words: 2022 is "hai nghìn không trăm hai mươi hai".

    From 0 to below 10**18; figures beyond it are read one by one.
    """
    if number >= 10**LONGEST_GROUPED:
        return digit_by_digit(str(number))
    return _below_billion(number) if number < 10**9 else _from_billion(number)


def digit_by_digit(figures: str) -> str:
    return " ".join(DIGITS[int(figure)] for figure in figures)


def figure(text: str) -> str:
    """
    Return in words a number as Vietnamese texts write it: "35.360", "4,44", "1.234,5".

    A point that does not group thousands is read aloud ("4.0": "bốn chấm không"), and
    several commas that do not group them separate a list. Leading zeros and seven or
    more figures without grouping mean a code, read figure by figure.
    """
    if _ENGLISH.fullmatch(text):
        text = text.translate(str.maketrans(",.", ".,"))
    if _GROUPED.fullmatch(text):
        whole, _, fraction = text.replace(".", "").partition(",")
        # Lengths are looked at first: int() refuses thousands of figures.
        words = cardinal(int(whole)) if len(whole) <= LONGEST_GROUPED else digit_by_digit(whole)
        return words + _fraction(fraction)
    if _PLAIN.fullmatch(text):
        whole, _, fraction = text.partition(",")
        # "2021,2022" lists two years.
        if len(whole) == len(fraction) == 4:
            return f"{_whole(whole)}, {_whole(fraction)}"
        return _whole(whole) + _fraction(fraction)
    items = (" chấm ".join(map(_whole, item.split("."))) for item in text.split(","))
    return (" phẩy " if text.count(",") == 1 else ", ").join(items)


def date(day: str, month: str, year: str = "") -> str | None:
    """Return "ngày … tháng …" and the year if given, or None if there is no such day."""
    if not (1 <= int(day) <= 31 and 1 <= int(month) <= 12):
        return None
    words = f"ngày {cardinal(int(day))} tháng {month_name(int(month))}"
    return f"{words} năm {cardinal(int(year))}" if year else words


def month_name(month: int) -> str:
    return "tư" if month == 4 else cardinal(month)


def ordinal(number: int) -> str:
    """Return the words that follow "thứ": "nhất", "hai", "ba", "tư", "năm"."""
    return {1: "nhất", 4: "tư"}.get(number) or cardinal(number)


def clock(hour: str, minute: str, second: str = "") -> str:
    words = f"{cardinal(int(hour))} giờ"
    if int(minute or 0) or int(second or 0):
        words += f" {cardinal(int(minute or 0))} phút"
    return f"{words} {cardinal(int(second))} giây" if int(second or 0) else words


def roman(letters: str) -> int | None:
    """Return the value of a Roman numeral in its usual form, else None."""
    values = [ROMAN.get(letter, 0) for letter in letters]
    total = sum(
        -value if value < following else value
        for value, following in zip(values, [*values[1:], 0], strict=True)
    )
    return total if letters and _to_roman(total) == letters else None


def _to_roman(number: int) -> str:
    written = ""
    for letters, value in ROMAN.items():
        count, number = divmod(number, value)
        written += letters * count
    return written


def _from_billion(number: int) -> str:
    billions, rest = divmod(number, 10**9)
    words = f"{_below_billion(billions)} {BILLION}"
    return f"{words} {_below_billion(rest, inside=True)}" if rest else words


def _below_billion(number: int, inside: bool = False) -> str:
    """Read groups of three; ``inside`` a larger number the first one shows its hundreds."""
    words = []
    for power in (2, 1, 0):
        group = number // 1000**power % 1000
        if group:
            words += [_group(group, inside=inside or bool(words)), SCALES[power]]
    return " ".join(filter(None, words)) or DIGITS[0]


def _group(number: int, inside: bool) -> str:
    hundreds, rest = divmod(number, 100)
    if not (hundreds or inside):
        return _below_hundred(rest)
    words = f"{DIGITS[hundreds]} trăm"
    if rest:
        words += f" {EMPTY_TENS} {DIGITS[rest]}" if rest < 10 else f" {_below_hundred(rest)}"
    return words


def _below_hundred(number: int) -> str:
    tens, unit = divmod(number, 10)
    if tens == 0:
        return DIGITS[unit]
    if tens == 1:
        return TEN if unit == 0 else f"{TEN} {'lăm' if unit == 5 else DIGITS[unit]}"
    words = f"{DIGITS[tens]} {TENS}"
    if unit == 0:
        return words
    # "bốn mươi bốn" keeps its echo: "bốn mươi tư" is rarely said.
    name = DIGITS[unit] if number == 44 else AFTER_TENS.get(unit, DIGITS[unit])
    return f"{words} {name}"


def _whole(figures: str) -> str:
    if len(figures) > LONGEST_UNGROUPED or (len(figures) > 1 and figures[0] == "0"):
        return digit_by_digit(figures)
    return cardinal(int(figures))


def _fraction(figures: str) -> str:
    """
    Return "phẩy" and the decimals, or nothing when there are none.

    One or two decimals are read as a number ("phẩy bốn mươi bốn"), unless a zero leads
    ("phẩy không năm"); three or more are read one by one ("phẩy một hai năm").
    """
    if not figures:
        return ""
    as_number = len(figures) <= 2 and figures[0] != "0"
    return f" phẩy {cardinal(int(figures)) if as_number else digit_by_digit(figures)}"
