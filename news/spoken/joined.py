"""Figures joined by a mark that makes no range: scales, scores, mixtures and parts of a code."""

import re

from news.spoken import numerals
from news.spoken.letters import CAPITAL
from news.spoken.rules import CLOSED, COUNTED, RANGED, YEAR, Rule, follows, near, rule, words

# "1/2000" is the first month of a year unless one of these is near.
SCALED = words("""
    tỷ lệ, tỉ lệ, quy hoạch, bản đồ, bản vẽ, đồ án, phân khu, chi tiết, địa hình, địa chính, qhct
    qhpk
""")
SCORED = words("""
    tỷ số, tỉ số, đánh bại, chung kết, bán kết, tứ kết, vòng bảng, trận đấu, bàn thắng, ghi bàn
    gỡ hòa, bóng đá, bóng chuyền, thắng đội, thua đội, hòa đội
""")
SCORE_AFTER = words("tỷ số, tỉ số, tỷ số là, thắng, thua, hòa, dẫn, dẫn trước, chung cuộc, đậm")
# A hyphen after these parts a day from its month.
DAY_AFTER = words("ngày, sáng, trưa, chiều, tối, đêm, hôm, từ, đến, vào, trước")
# Two years and no range: "năm học 2024-2025".
_SEASON = re.compile(
    r"\b(?i:năm học|niên học|niên khóa|niên vụ|mùa giải|mùa khô|mùa mưa|học kỳ|khóa học|giải"
    r"|(?<!nhiệm )(?<!phục )(?<!dịch )vụ)"
    r"(?: [^\d,;.()]{1,24})? ?$"
)
PERIODS = words("giai đoạn, thời kỳ, nhiệm kỳ, các năm, năm, đoạn")
_IS_CLOSED = re.compile(CLOSED, re.MULTILINE)


def _scale(match: re.Match) -> str:
    if follows(match, "tháng") or not near(match, *SCALED):
        return match[0]
    return f"một phần {numerals.cardinal(int(match[1].replace('.', '')))}"


def _score(match: re.Match) -> str:
    """Read "thắng 2-1" and "thắng đội bạn 2-1 ở chung kết"."""
    if not follows(match, *SCORE_AFTER) and not _is_far_score(match):
        return match[0]
    return f"{numerals.figure(match[1])} {numerals.figure(match[2])}"


def _is_far_score(match: re.Match) -> bool:
    if ":" in match[0]:
        return False  # a time of the clock: "chung kết lúc 19:30"
    closed = _IS_CLOSED.match(match.string, match.end())
    return bool(closed) and near(match, *SCORED) and not follows(match, *DAY_AFTER)


def _season(match: re.Match) -> str:
    """Read "năm học 2024-2025" and "2024/25" as two years, "giai đoạn 2021-25" as a range."""
    first, mark, second = int(match[1]), match[2], int(match[3])
    if second in (first + 1, (first + 1) % 100):
        before = match.string[max(0, match.start() - 40) : match.start()]
        return (
            f"{first}, {first + 1}"
            if mark == "/" or _SEASON.search(before)
            else f"{first} đến {first + 1}"
        )
    if mark == "-" and first % 100 < second < 100 and follows(match, *PERIODS):
        return f"{first} đến {first // 100 * 100 + second}"
    return match[0]


def _competition(match: re.Match) -> str:
    return "1 chọi " if near(match, "lệ chọi") else match[0]


def _shares(match: re.Match) -> str:
    """Part the shares of one whole: "60% - 40%"."""
    first, second = int(match[1]), int(match[2])
    return f"{first}%, {second}%" if first >= second and first + second == 100 else match[0]


def _room(match: re.Match) -> str:
    """Read the floor and the room of "căn hộ B2-1205"."""
    house = match[1].replace("-", ", ")
    floor, room = int(match[2][:2]), match[2][2:]
    said = numerals.digit_by_digit(room) if room[0] == "0" else numerals.cardinal(int(room))
    return f"{house}{numerals.cardinal(floor)} {said}"


def _mixture(match: re.Match) -> str:
    parts = re.findall(r"\d+", match[0])
    # Two parts only where nothing else can be meant.
    return ", ".join(parts) if len(parts) > 2 or follows(match, "npk", "dap") else match[0]


def _falling(match: re.Match) -> str:
    """Part what falls, so is no range: "Boeing 787-9"."""
    return f"{match[1]}, {match[2]}" if int(match[1]) > int(match[2]) else match[0]


RULES: tuple[Rule, ...] = (
    # One house with two numbers: "số 12-14 Lê Lợi".
    rule(
        r"\b((?i:số(?: nhà)?|địa chỉ:?) \d{1,4}[A-Z]?) ?- ?(?=\d{1,4}[A-Z]?,? "
        rf"(?:đường|phố|đại lộ|ngõ|hẻm|{CAPITAL}[a-zà-ỹ]+ {CAPITAL}))",
        r"\1, ",
    ),
    rule(
        r"(?<![\w.,/])1 ?[/:] ?(\d{1,3}(?:00|(?:\.?000){1,2}))(?![\d/]|[.,]\d)",
        _scale,
    ),
    # Sets of a match: "(25-18, 18-25, 15-11)"; as days they would go up to twelve only.
    rule(
        r"(?<=\()(?=[^()]{0,40}-(?:1[3-9]|[2-9]\d)[,;)])\d{1,2}-\d{1,2}"
        r"(?:[,;] ?\d{1,2}-\d{1,2}){1,6}(?=\))",
        lambda match: match[0].replace("-", " "),
    ),
    rule(r"(?<![\w.,/-])(\d{1,2}) ?[-:] ?(\d{1,2})(?![\w/%-]|[.,]\d)", _score),
    rule(r"\b((?i:tỷ lệ|tỉ lệ)(?: xích| bản đồ| là)? \d{1,3}) ?: ?(?=\d)", r"\1 trên "),
    rule(
        r"(?<![\w.,/-])((?:19|20)\d\d)(?: ?(?=[/-] ?\d{4}))?([/-])(?: (?=\d{4}))?(\d{4}|\d\d)"
        r"(?![\d/-]|[.,]\d)",
        _season,
    ),
    rule(r"(?<![\d.,])(\d\d)% ?- ?(\d\d)%", _shares, needs="%"),
    # Prices to buy and to sell at make no range.
    rule(
        r"(\d[\d.,]{0,9}(?: triệu)?(?: đồng)?) ?- ?(?=\d[\d.,]{0,9} (?:triệu )?đồng/"
        r"(?:USD|(?:lượng|chỉ)[^.;\n]{0,8}mua vào))",
        r"\1, ",
    ),
    rule(r"\b((?i:báo động|BĐ) ?(?:I{1,3}|[123])) (?=\d{1,2}[.,]\d)", r"\1, "),
    rule(r"(?<![\w.,/])1[/:](?=\d)", _competition),
    # The second or the third dose, no share: "mũi 2/3".
    rule(r"\b((?i:mũi) \d)/(?=\d(?![\d/]))", r"\1, ", needs="/"),
    rule(r"(\d ?kVA) ?- ?(?=\d)", r"\1, ", needs="kVA"),
    # Oil: "diesel 0.05S".
    rule(r"(?<![\w.,])([0-3])\.(\d{1,3}S)(?!\w)", r"\1,\2", needs="."),
    rule(
        r"\b((?i:căn hộ|phòng)(?: số)? (?:[A-ZĐ]{1,2}\d{0,2}-)?)(?!(?:19|20)\d\d|\d\d00)(\d{4})"
        rf"(?:{CLOSED})",
        _room,
    ),
    rule(rf"\b((?i:lần)(?: thứ)? (?:\d{{1,2}}|[IVXL]{{1,6}})) ?[-/] ?(?={YEAR})", r"\1, năm "),
    # Parts of a fertiliser, a line-up: "16-16-8".
    rule(r"(?<![\w.,/-])\d{1,3}(?: ?- ?\d{1,3}){1,3}(?![\d-]|[.,/]\d)", _mixture),
    rule(
        r"(?<![\w.,/-])(?!(?:19|20)\d\d-)(3[2-9]|[4-9]\d|\d{3,4})-(\d{1,3})"
        rf"(?![\w%/-]|[.,]\d| ?(?:{RANGED})(?!\w)| (?:{COUNTED})\b)",
        _falling,
    ),
    rule(r"(?<!\w)([A-ZĐ]{1,2})(\d{1,3}) ?- ?(?=\1\d{1,3}(?!\w))", r"\1\2 đến ", needs="-"),
    # "lô A2-15", but not the months of "T1-3/2024".
    rule(r"(?<!\w)([A-ZĐ]{1,3}\d{1,4}[A-ZĐ]?)-(?=\d{1,4}(?![\w/]|[.,]\d))", r"\1, ", needs="-"),
)
