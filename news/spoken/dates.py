"""Dates, months, quarters and times of the clock."""

import re

from news.spoken import numerals
from news.spoken.rules import BETWEEN, LETTER, YEAR, Rule, any_of, follows, rule, words

# "Đến nay, 10/12 xã" counts communes: "nay" alone does not announce a day.
DAY_AFTER = words("""
    ngày, sáng, trưa, chiều, tối, đêm, hôm, mùng, mồng, dịp, lễ, khánh, trước
    sáng nay, trưa nay, chiều nay, tối nay, hôm nay, hôm qua, ngày mai, sáng mai, chiều mai
    rạng sáng, thứ hai, thứ ba, thứ tư, thứ năm, thứ sáu, thứ bảy, chủ nhật, nghỉ lễ, sinh nhật
""")
# A day after these only if nothing counted follows: "từ 1/7", but "từ 1/3 số hộ".
MAYBE_DAY_AFTER = words("từ, kể từ, sau, vào, hết, đến, tới, từ nay đến, tính đến, đến hết")
LAW_AFTER = words("""
    số, nghị định, thông tư, luật, quyết định, nghị quyết, chỉ thị, kế hoạch, công văn, thông báo
""")
# Days of the year that need no word before them: "Ngày Nhà giáo Việt Nam 20/11".
FEASTS = words("""
    9/1, 3/2, 14/2, 27/2, 8/3, 26/3, 30/4, 1/5, 7/5, 15/5, 19/5, 1/6, 5/6, 21/6, 28/6, 27/7, 28/7
    19/8, 2/9, 10/10, 13/10, 14/10, 20/10, 9/11, 18/11, 20/11, 3/12, 22/12, 30/4-1/5, 30/4 - 1/5
""")
# Words before a feast's figures that say they are a share after all: "đạt 9/1", "chiếm 8/3".
SHARE_AFTER = words("""
    đạt, có, chiếm, được, khoảng, gần, hơn, trên, là, lệ, bằng, thành, giảm, tăng, còn, xếp
    thứ, hạng, số, với, trong, cho, lên, xuống
""")
# What tells that figures after "ngày" count something: "ngày 2-3 lần".
COUNTED = any_of(
    words("ngày, giờ, lần, tỷ, tỉ, triệu, nghìn, tấn, kg, km, người, lượt, ca, tháng, tuần, năm, m")
)
# Units that may stand at both ends of a range: "5% - 10%".
RANGED = any_of(
    words("""
    %, h, km, m, kg, ha, kV, MW, MWp, °C, tỷ, tỉ, triệu, nghìn, đồng, đ, USD, tấn, người, tháng
    ngày, năm, giờ, tuổi, phút, điểm
""")
)
_DASHED_DATE = rf"(?:\d\d?[.-]\d\d?[.-]{YEAR}|{YEAR}-\d\d-\d\d)"
_DAY = r"(?:0?[1-9]|[12]\d|3[01])"
_MONTH = r"(?:1[0-2]|0?[1-9])"
_SHORT = rf"{_DAY}[.-]{_MONTH}(?![\d/%-]|[.,]\d)"
_END = (
    r"(?= ?(?:[,;:)!?]|\.(?!\d)|$)| - "
    r"| (?:đến|tới|và|sẽ|năm|vừa|này|tại|hằng|hàng|là|đã|do|của)\b)"
)


def _date(match: re.Match) -> str:
    said = numerals.date(**match.groupdict())
    if said is None:
        return match[0]
    return said.removeprefix("ngày ") if follows(match, "ngày", "mùng", "mồng", "hôm") else said


def _short_dates(match: re.Match) -> str:
    return re.sub(r"(?P<day>\d+)/(?P<month>\d+)", _date, match[0])


def _feast(match: re.Match) -> str:
    return match[0] if follows(match, *SHARE_AFTER) else _short_dates(match)


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
    return said.removeprefix("ngày ") if match[1].lower().startswith("ngày") else said


def _score(match: re.Match) -> str:
    return f"{match[1]}{numerals.figure(match[2])} {numerals.figure(match[3])}"


RULES: tuple[Rule, ...] = (
    rule(
        r"\b((?i:tỷ số|tỉ số|thắng|thua|hòa|dẫn trước|dẫn)(?: chung cuộc| đậm)?:? )"
        r"(\d{1,2}) ?[-:] ?(\d{1,2})(?![\d/%]|[.,]\d)",
        _score,
    ),
    rule(r"\b((?i:tỷ lệ|tỉ lệ)(?: xích| bản đồ| là)? \d{1,3}) ?: ?(?=\d)", r"\1 trên "),
    rule(rf"(?<!\w)T ?(1[0-2]|0?[1-9])[/.-](?={YEAR})", r"tháng \1/"),
    rule(rf"(?<!\w)Q([1-4])[/.-](?={YEAR})", r"quý \1/"),
    # A hyphen is a part of some dates and stands between others, so those with hyphens go first.
    rule(rf"({_DASHED_DATE}) ?- ?(?={_DASHED_DATE})", r"\1 đến "),
    rule(rf"(?<![\d.,])(?P<year>{YEAR})-(?P<month>\d\d)-(?P<day>\d\d)(?!\d)", _date),
    rule(rf"(?<![\d.,/])(?P<day>\d\d?)[.-](?P<month>\d\d?)[.-](?P<year>{YEAR})", _date),
    rule(rf"(?<=[Tt]háng )(1[0-2]|0?[1-9])[.-]({YEAR})", _month_of_year),
    rule(rf"(?<=[Qq]uý )([1-4]|I{{1,3}}|IV)[.-](?={YEAR})", r"\1 năm "),
    rule(
        r"(?<!mỗi )(?<!một )(?<!hàng )(?<!hằng )(?<!/)"
        r"\b((?i:ngày|sáng|trưa|chiều|tối|đêm)(?: nay,?)? \(?)"
        rf"({_SHORT}(?:(?:, | và | đến | đến ngày ){_SHORT})?)(?! (?:{COUNTED})\b)",
        lambda match: match[1] + _days_after(match),
    ),
    rule(
        r"\b((?i:thứ|tháng|quý|ngày|năm) \w{1,4}) ?- ?"
        r"(?=(?:(?:thứ|tháng|quý|ngày|năm) \w{1,4}|chủ nhật)\b)",
        r"\1 đến ",
    ),
    rule(rf"(\d(?: ?(?:{RANGED})(?!\w))?) ?- ?(?=\d)", r"\1 đến "),
    rule(rf"(?<![\d.,/])(?P<day>\d\d?)/(?P<month>\d\d?)/(?P<year>{YEAR})", _date),
    rule(r"(\d{1,2} giờ \d{1,2})(?:'| phút)(?!\w)", r"\1 phút"),
    rule(
        r"(?<![\d.,/])([01]?\d|2[0-3])[:hg]([0-5]\d)(?::([0-5]\d))?(?!\d)(?: ?phút|')?",
        lambda match: numerals.clock(*match.groups("")),
    ),
    rule(r"(?<=\d)g(?= (?:ngày|sáng|trưa|chiều|tối|đêm|cùng|đến)\b)", " giờ"),
    rule(r"(?<=\d)'(?!\w)", " phút"),
    rule(
        rf"\b(?i:{any_of(DAY_AFTER)})(?: ?\(|, ?| )(?:\d\d?(?:/\d\d?)?{BETWEEN}){{0,4}}"
        r"\d\d?/\d\d?(?![\d/])",
        _short_dates,
    ),
    rule(rf"\b([Tt]ừ )({_DAY})(?= (?:đến|tới) {_DAY}/{_MONTH}(?![\d/]|[.,]\d))", r"\1ngày \2"),
    rule(
        rf"\b[Tt]ừ (?:ngày )?{_DAY}(?:/{_MONTH})? (?:đến|tới) {_DAY}/{_MONTH}(?![\d/])",
        _short_dates,
    ),
    rule(rf"\b(?i:{any_of(MAYBE_DAY_AFTER)}) {_DAY}/{_MONTH}(?![\d/]|[.,]\d){_END}", _short_dates),
    rule(rf"(?<=\(){_DAY}/{_MONTH}(?:(?:{BETWEEN}){_DAY}/{_MONTH})?(?=\))", _short_dates),
    rule(rf"(?<={LETTER} )(?:{any_of(FEASTS)})(?![\d/]|[.,]\d){_END}", _feast),
    rule(rf"\b((?i:{any_of(LAW_AFTER)}):? \d{{1,5}})/(?={YEAR})", r"\1 trên "),
    rule(rf"(?<![\d/.,])(1[0-2]|0?[1-9])/({YEAR})(?!/)", _month_of_year),
)
# After Roman numerals: "quý III/2023".
AFTER_ROMANS: tuple[Rule, ...] = (
    rule(rf"(?<={LETTER})/(?={YEAR})", " năm "),
    rule(r"\b((?i:tháng|thứ)) (\d\d?)(?![\d/]|[.,]\d| ?%)", _ordinal),
    # A leading zero fills a form ("05 xã"); only after "số" it belongs to a code.
    rule(r"(?<![\w.,/:-])(?<![Ss]ố )(?<![Ss]ố: )(?<![Đđ]ề án )0(?=[1-9](?!\d|[.,/]\d))", ""),
)
