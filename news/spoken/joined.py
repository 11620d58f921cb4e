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
    """Read "2024/25" as the years from autumn to spring."""
    first, second = int(match[1]), int(match[2])
    return f"{first} đến {first + 1}" if second in (first + 1, (first + 1) % 100) else match[0]


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
    rule(r"(?<![\w.,/-])((?:19|20)\d\d)[/-](\d{4}|\d\d)(?![\d/]|[.,]\d)", _season),
    rule(rf"\b((?i:lần)(?: thứ)? (?:\d{{1,2}}|[IVXL]{{1,6}})) ?[-/] ?(?={YEAR})", r"\1, năm "),
    # Parts of a fertiliser, a line-up: "16-16-8".
    rule(r"(?<![\w.,/-])\d{1,3}(?: ?- ?\d{1,3}){1,3}(?![\d-]|[.,/]\d)", _mixture),
    rule(
        r"(?<![\w.,/-])(?!(?:19|20)\d\d-)(3[2-9]|[4-9]\d|\d{3,4})-(\d{1,3})"
        rf"(?![\w%/-]|[.,]\d| ?(?:{RANGED})(?!\w)| (?:{COUNTED})\b)",
        _falling,
    ),
    rule(r"(?<!\w)([A-ZĐ]{1,2})(\d{1,3}) ?- ?(?=\1\d{1,3}(?!\w))", r"\1\2 đến "),
    # "lô A2-15", but not the months of "T1-3/2024".
    rule(r"(?<!\w)([A-ZĐ]{1,3}\d{1,4}[A-ZĐ]?)-(?=\d{1,4}(?![\w/]|[.,]\d))", r"\1, "),
)
