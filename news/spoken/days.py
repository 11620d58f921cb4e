"""Days without a year: feasts, places named after a day, and days some words announce."""

import re

from news.spoken import numerals
from news.spoken.letters import CAPITAL
from news.spoken.rules import CLOSED, COUNTED, RANGED, YEAR, Rule, follows, near, rule, words

FEASTS = words("""
    1/1, 9/1, 3/2, 14/2, 27/2, 8/3, 26/3, 30/4, 1/5, 7/5, 15/5, 19/5, 1/6, 5/6, 21/6, 28/6, 27/7
    28/7, 19/8, 2/9, 10/10, 13/10, 14/10, 20/10, 7/11, 9/11, 18/11, 20/11, 3/12, 22/12
""")
# What is said near a feast: "Tết Thiếu nhi 1-6". Without it "1-6" is a range.
FEAST_WORDS = words("""
    ngày, tết, lễ, dịp, kỷ niệm, chào mừng, quốc khánh, quốc tế, nghỉ, cách mạng, thành lập, tháng
    truyền thống, thi đua, huy hiệu, hướng tới
""")
# Named after a day more often than not: "Quảng trường 2/4".
PLACES = words("""
    quảng trường, công viên, tượng đài, sân vận động, bệnh viện, cung thiếu nhi, khách sạn
""")
MAYBE_PLACES = words("""
    cầu, đường, trường, nông trường, lâm trường, xí nghiệp, nhà máy, công ty, hợp tác xã, htx, chợ
    ngã ba, ngã tư, phố, kênh, hồ, thcs, thpt, tiểu học, mầm non, mẫu giáo, rạp, nhà văn hóa, phường
    bước chân
""")
# A day after these whatever follows: "tính đến 5/9 toàn tỉnh".
UNTIL = words("""
    tính đến, kể từ, tính từ, đến hết, từ nay đến, từ nay tới, tính tới, bắt đầu từ, chậm nhất
    hạn chót, hạn chót là, hạn cuối, hạn cuối là, thời hạn là
""")
# A day after these only if it can be no share: "đến 31/10 mới đạt", but "đến 9/10 xã".
MAYBE_UNTIL = words("""
    từ, sau, vào, hết, đến, tới, trước, khai giảng, tựu trường, khai mạc, bế mạc, khởi công, diễn ra
""")
# Words that say the figures are a share or a number after all: "đạt 9/1", "hẻm 15/3".
NO_DAY_AFTER = words("""
    đạt, có, chiếm, được, khoảng, gần, hơn, trên, là, lệ, bằng, thành, giảm, tăng, còn, xếp
    thứ, hạng, số, với, trong, cho, lên, xuống, hẻm, ngõ, kiệt, ngách, lô, thửa, nhà, lớp, tờ
    huyết áp, bản đồ, thắng, thua, vượt, phiếu
""")
# The parts of these numbers are told apart: "tờ bản đồ 15-3".
PLOT_AFTER = words("thửa, tờ, bản đồ, lô, thửa số")
# With a point they are marks and versions: "IELTS từ 7.5".
MARKED = words("""
    ai eo, tô ích, tô phồ, gpa, hsk, jlpt, phiên bản, chính phủ
""")
MARK_AFTER = words("cấp, cấp từ, hệ số, hệ số từ")
# With a point after these they are quantities, written the English way: "đạt 8.5".
QUANTITY_AFTER = words("""
    đạt, chiếm, khoảng, gần, hơn, giảm, tăng, còn, vượt, độ lớn, học bạ từ, học bạ trên
    trung bình từ, trung bình đạt, điểm, điểm từ, điểm trên
""")
COMMON_SHARES = words("1/2, 1/3, 2/3, 1/4, 3/4")
AROUND_THE_CLOCK = ("24/7", "24-7")
# "30-4 và 1-5"
_AFTER_A_DAY = re.compile(r"\d[/.-]\d\d? ?(?:,|và|-|đến(?: ngày)?) ?$")
# "từ 1-10 đến 31-12"
_UNTIL_A_DAY = re.compile(
    r" (?:đến|tới)(?: hết)?(?: ngày)? (?:1[3-9]|2\d|3[01])[/-](?:1[0-2]|0?[1-9])(?![\d/-])"
)
# "từ 2/3 đến 3/4 diện tích"
_UNTIL_A_SHARE = re.compile(
    r" (?:đến|tới) \d\d?/\d\d? (?:số|tổng|diện tích|dân số|chiều|sản lượng|thời gian|quãng)\b"
)
_AFTER_A_CLOCK = re.compile(r"(?:giờ|phút),? $")
_OR_MORE = re.compile(r" trở (?:lên|xuống)\b")
# "Ngày Quốc tế Người cao tuổi 1-10"
_NAMED = re.compile(rf"\bNgày {CAPITAL}")
_IS_CLOSED = re.compile(CLOSED, re.MULTILINE)


def _day(match: re.Match) -> str:
    """
    Read "31/10", "20-11" or "26.3" as a day if the words around it tell that it is one.

    A range never falls: "20-11" is a day where "11-20" is none, or else a score.
    """
    day, mark, month = match.groups()
    if mark == "." and _is_quantity(match):
        return f"{day},{month}"
    if said := numerals.date(day, month):
        if _is_figure(match):
            said = None
        elif follows(match, *PLACES, *MAYBE_PLACES) and _names_a_place(match):
            return said.removeprefix("ngày ")
        elif _is_day(match):
            return said.removeprefix("ngày ") if follows(match, "ngày", "mùng", "hôm") else said
    if mark == "-" and _falls(match):
        return f"{day}, {month}" if follows(match, *PLOT_AFTER) else f"{day} {month}"
    return match[0]


def _is_quantity(match: re.Match) -> bool:
    after = follows(match, *QUANTITY_AFTER) and not follows(match, "thời điểm từ", "thời điểm")
    return after and not near(match, *MARKED)


def _is_figure(match: re.Match) -> bool:
    if follows(match, *NO_DAY_AFTER) and not follows(match, *UNTIL):
        return True
    if match[2] == ".":
        marked = near(match, *MARKED) or follows(match, *MARK_AFTER)
        return marked or bool(_OR_MORE.match(match.string, match.end()))
    return match[2] == "/" and bool(_UNTIL_A_SHARE.match(match.string, match.end()))


def _days_of_month(match: re.Match) -> str:
    """Read "(5-10/8)" and "26-27/6/2025"; "5-6/10 điểm" are marks out of ten."""
    first, day, month, year = match.groups("")
    said = numerals.date(day, month, year)
    told = year or int(day) > int(month) or _at_a_pause(match)
    if said is None or not told or int(first) >= int(day) or follows(match, *NO_DAY_AFTER):
        return match[0]
    # "trong 2 ngày 14-15/10"
    if follows(match, "2 ngày", "hai ngày"):
        return f"{numerals.cardinal(int(first))} và {said.removeprefix('ngày ')}"
    begins = "" if follows(match, "ngày") else "ngày "
    return f"{begins}{numerals.cardinal(int(first))} đến {said}"


def _names_a_place(match: re.Match) -> bool:
    if f"{int(match[1])}/{int(match[3])}" in COMMON_SHARES:
        return _closed(match)
    if _is_feast(match) or _falls(match):
        return True
    return match[2] == "/" and (_closed(match) or follows(match, *PLACES))


def _is_day(match: re.Match) -> bool:
    mark = match[2]
    if follows(match, *UNTIL):
        return mark == "/" or _falls(match) or _closed(match)
    if follows(match, *MAYBE_UNTIL):
        if _falls(match) or _UNTIL_A_DAY.match(match.string, match.end()):
            return True
        return _closed(match) and (mark == "/" or _at_a_pause(match))
    if mark == "/" and _AFTER_A_CLOCK.search(_before(match, 8)):
        return _closed(match) or match.string.startswith(" (", match.end())
    return _is_day_of_note(match) or _is_plain_day(match)


def _is_day_of_note(match: re.Match) -> bool:
    if not near(match, *FEAST_WORDS):
        return False
    if _closed(match) and (_is_feast(match) or _NAMED.search(_before(match, 64))):
        return True
    if match[2] == "-" and _falls(match):
        return True
    paired = _AFTER_A_DAY.search(_before(match, 16))
    return _is_feast(match) and match[2] != "." and (_falls(match) or bool(paired))


def _is_plain_day(match: re.Match) -> bool:
    if match[0] in AROUND_THE_CLOCK or not _falls(match):
        return False
    if match[2] == "-":
        # Small figures make a score, unless they make a well-known day: "Bước chân 8-3".
        return int(match[1]) > (7 if _is_feast(match) else 12)
    return match[2] == "/" and int(match[1]) > 12 and _closed(match)


def _is_feast(match: re.Match) -> bool:
    return f"{int(match[1])}/{int(match[3])}" in FEASTS


def _falls(match: re.Match) -> bool:
    """Tell whether the figures fall: no range does, and no range is empty either."""
    day, month = int(match[1]), int(match[3])
    return day > month or (day == month and match[2] == "-")


def _before(match: re.Match, reach: int) -> str:
    return match.string[max(0, match.start() - reach) : match.start()]


def _at_a_pause(match: re.Match) -> bool:
    return match.string[match.end() : match.end() + 1] in ("", *",;.)")


def _closed(match: re.Match) -> bool:
    return bool(_IS_CLOSED.match(match.string, match.end()))


_NOT_COUNTED = (
    rf"(?:(?= năm (?:nay|trước|ngoái|{YEAR}))"
    rf"|(?![\w/%-]|[.,]\d| ?(?:{RANGED})(?!\w)| (?:{COUNTED})\b))"
)
OF_MONTH: Rule = rule(
    r"(?<![\w.,/-])(\d\d?) ?- ?(\d\d?)/(\d\d?)(?:/((?:19|20)\d\d))?(?![\w/]|[.,]\d)",
    _days_of_month,
)
WITH_HYPHEN: Rule = rule(rf"(?<![\w.,/-])(\d\d?)([.-])(\d\d?){_NOT_COUNTED}", _day)
# After the ranges: "30/4 - 1/5".
WITH_SLASH: Rule = rule(rf"(?<![\w.,/-])(\d\d?)(/)(\d\d?){_NOT_COUNTED}", _day)
