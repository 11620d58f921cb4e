"""Dates, months, quarters and times of the clock."""

import re

from news.spoken import days, numerals
from news.spoken.rules import (
    BETWEEN,
    COUNTED,
    LETTER,
    RANGED,
    YEAR,
    Rule,
    any_of,
    follows,
    rule,
    words,
)

# "Đến nay, 10/12 xã" counts communes: "nay" alone does not announce a day.
DAY_AFTER = words("""
    ngày, sáng, trưa, chiều, tối, đêm, khuya, hôm, mùng, mồng, dịp, lễ, khánh, trước
    sáng nay, trưa nay, chiều nay, tối nay, hôm nay, hôm qua, ngày mai, sáng mai, chiều mai
    rạng sáng, thứ hai, thứ ba, thứ tư, thứ năm, thứ sáu, thứ bảy, chủ nhật, nghỉ lễ, sinh nhật
""")
LAW_AFTER = words("""
    số, nghị định, thông tư, luật, quyết định, nghị quyết, chỉ thị, kế hoạch, công văn, thông báo
""")
_DASHED_DATE = rf"(?:\d\d?[.-]\d\d?[.-]{YEAR}|{YEAR}-\d\d-\d\d)"
_DAY = r"(?:0?[1-9]|[12]\d|3[01])"
_MONTH = r"(?:1[0-2]|0?[1-9])"
_SHORT = rf"{_DAY}[.-]{_MONTH}(?![\d/%-]|[.,]\d)"


def _date(match: re.Match) -> str:
    said = numerals.date(**match.groupdict())
    if said is None:
        return match[0]
    return said.removeprefix("ngày ") if follows(match, "ngày", "mùng", "mồng", "hôm") else said


def _short_dates(match: re.Match) -> str:
    said = re.sub(r"(?P<day>\d+)/(?P<month>\d+)", _date, match[0])
    # "trong 3 ngày 25, 26 và 27/6" says "ngày" once for all of them.
    counted = re.search(r"\d $", match.string[max(0, match.start() - 2) : match.start()])
    if counted and match[0].startswith("ngày"):
        announced, _, dates = said.partition(" ")
        return f"{announced} {dates.replace('ngày ', '')}"
    return said


def _month_of_year(match: re.Match) -> str:
    number, year = int(match[1]), match[2]
    if follows(match, "quý", "đợt", "vụ"):
        return f"{numerals.cardinal(number)} năm {year}"
    month = "" if follows(match, "tháng") else "tháng "
    return f"{month}{numerals.month_name(number)} năm {year}"


def _ordinal(match: re.Match) -> str:
    say = numerals.ordinal if match[1].lower() == "thứ" else numerals.month_name
    return f"{match[1]} {say(int(match[2]))}"


def _days_after(match: re.Match) -> str:
    """Read the days of "ngày 15-3"; the word before them has been said."""
    said = re.sub(
        r"(?P<day>\d+)[.-](?P<month>\d+)", lambda day: numerals.date(**day.groupdict()), match[2]
    )
    return said.removeprefix("ngày ") if match[1].lower().startswith(("ngày", "hôm")) else said


# Written in words or figures: "thứ hai - thứ sáu".
SPANS: tuple[Rule, ...] = (
    rule(
        r"\b((?i:thứ|tháng|quý|ngày|năm|lớp|bậc|hạng|cấp) \w{1,4}) ?- ?"
        r"(?=(?:(?:thứ|tháng|quý|ngày|năm|lớp|bậc|hạng|cấp) \w{1,4}|chủ nhật)\b)",
        r"\1 đến ",
    ),
)
RULES: tuple[Rule, ...] = (
    rule(rf"(?<![\w.,])(\d\d?)T[/-]?(?={YEAR})", r"\1 tháng/"),
    rule(rf"(?<!\w)T ?(1[0-2]|0?[1-9])[/.-](?={YEAR})", r"tháng \1/"),
    rule(rf"(?<!\w)Q([1-4])[/.-](?={YEAR})", r"quý \1/"),
    # The two feasts side by side: "nghỉ lễ 30/4 - 1/5".
    rule(
        r"(?<![Tt]ừ )(?<![Tt]ừ ngày )\b30([/-])0?4 ?- ?0?1([/-])0?5(?![\d/-])", r"30\g<1>4, 1\g<2>5"
    ),
    rule(rf"(?<=[Nn]ăm )({YEAR})/(?={YEAR})", r"\1 so với ", needs="/"),
    # A stamp: "09/05/2024 14:30".
    rule(rf"(/{YEAR}),? (?=\d\d?[:h]\d\d(?!\d))", r"\1, ", needs="/"),
    rule(rf"(?<=[Nn]gày )({_DAY}/{_MONTH})/(2\d)(?![\d/]|[.,]\d)", r"\1/20\2", needs="/"),
    # A hyphen is a part of some dates and stands between others, so those with hyphens go first.
    rule(rf"({_DASHED_DATE}) ?- ?(?={_DASHED_DATE})", r"\1 đến ", needs="-"),
    rule(rf"(?<![\d.,])(?P<year>{YEAR})-(?P<month>\d\d)-(?P<day>\d\d)(?!\d)", _date, needs="-"),
    rule(rf"(?<![\d.,/])(?P<day>\d\d?)[.-](?P<month>\d\d?)[.-](?P<year>{YEAR})", _date),
    rule(rf"(?<=[Tt]háng )(1[0-2]|0?[1-9])[.-]({YEAR})", _month_of_year),
    rule(rf"(?<=[Qq]uý )([1-4]|I{{1,3}}|IV)[.-](?={YEAR})", r"\1 năm "),
    rule(
        r"(?<!mỗi )(?<!một )(?<!hàng )(?<!hằng )(?<!/)"
        r"\b((?i:ngày|sáng|trưa|chiều|tối|đêm|khuya|hôm)(?: nay,?)? \(?)"
        rf"({_SHORT}(?:(?:, | và | đến | đến ngày ){_SHORT})?)(?! (?:{COUNTED})\b)",
        lambda match: match[1] + _days_after(match),
    ),
    days.OF_MONTH,
    days.WITH_HYPHEN,
    rule(rf"(\d(?: ?(?:{RANGED})(?!\w))?) ?- ?(?=\d)", r"\1 đến "),
    rule(rf"(?<![\d.,/])(?P<day>\d\d?)/(?P<month>\d\d?)/(?P<year>{YEAR})", _date, needs="/"),
    rule(r"(\d{1,2} giờ \d{1,2})(?:'| phút)(?!\w)", r"\1 phút"),
    rule(
        r"(?<![\d.,/])([01]?\d|2[0-3])[:hg]([0-5]\d)(?::([0-5]\d))?(?!\d)(?: ?phút|')?",
        lambda match: numerals.clock(*match.groups("")),
    ),
    rule(r"(?<=\d)g(?= (?:ngày|sáng|trưa|chiều|tối|đêm|cùng|đến)\b)", " giờ"),
    rule(r"(?<=\d)'(?!\w)", " phút", needs="'"),
    rule(
        rf"\b(?i:{any_of(DAY_AFTER)})(?: ?\(|, ?| )(?:\d\d?(?:/\d\d?)?{BETWEEN}){{0,4}}"
        r"\d\d?/\d\d?(?![\d/])",
        _short_dates,
        needs="/",
    ),
    rule(
        rf"\b([Tt]ừ )({_DAY})(?= (?:đến|tới) {_DAY}/{_MONTH}(?![\d/]|[.,]\d))",
        r"\1ngày \2",
        needs="/",
    ),
    rule(
        rf"\b[Tt]ừ (?:ngày )?{_DAY}(?:/{_MONTH})? (?:đến|tới) {_DAY}/{_MONTH}(?![\d/])"
        r"(?! (?:số|tổng|diện tích|dân số)\b)",
        _short_dates,
        needs="/",
    ),
    rule(
        rf"(?<=\(){_DAY}/{_MONTH}(?:(?:{BETWEEN}){_DAY}/{_MONTH})?(?=\))", _short_dates, needs="/"
    ),
    days.WITH_SLASH,
    rule(rf"\b((?i:{any_of(LAW_AFTER)}):? \d{{1,5}})/(?={YEAR})", r"\1 trên ", needs="/"),
    rule(rf"(?<![\d/.,])(1[0-2]|0?[1-9])/({YEAR})(?!/)", _month_of_year, needs="/"),
)
# After Roman numerals: "quý III/2023".
AFTER_ROMANS: tuple[Rule, ...] = (
    rule(rf"(?<={LETTER})/(?={YEAR})", " năm ", needs="/"),
    rule(r"\b((?i:tháng|thứ|ngã)) (\d\d?)(?![\d/]|[.,]\d| ?%)", _ordinal),
    rule(r"(?<=tháng )(?:một|1)(?= âm lịch)", "Giêng", needs="âm lịch"),
    rule(r"(?<=tháng )(?:mười hai|12)(?= âm lịch)", "Chạp", needs="âm lịch"),
    # A leading zero fills a form ("05 xã"); only after "số" it belongs to a code.
    rule(r"(?<![\w.,/:-])(?<![Ss]ố )(?<![Ss]ố: )(?<![Đđ]ề án )0(?=[1-9](?!\d|[.,/]\d))", ""),
)
