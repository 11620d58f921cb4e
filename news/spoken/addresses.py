"""E-mail and web addresses, telephone and other numbers that are read figure by figure."""

import re

from news.spoken import numerals
from news.spoken.abbreviations import FOREIGN_SMALL
from news.spoken.letters import spell, syllables
from news.spoken.rules import CLOSED, COUNTED, Rule, follows, near, rule, words

_HOST = r"(?:[A-Za-z0-9-]{1,63}\.){1,8}"
_PATH = r"[^\s,;()<>]{0,2000}(?<![.:!?])"
_DOMAINS = "vn|com|net|org|gov|edu|info|asia|online|shop|io|me|ly|tv|app"
_SIGNS = {"@": " a còng ", ".": " chấm ", "_": " gạch dưới ", "-": " gạch ngang ", "+": " cộng "}
# The ends of addresses as people say them.
_ENDS = {"com": "com", "gov": "gov", "net": "nét", "edu": "e đu", "org": "o rờ gờ"}

CALLED_BY_FIGURES = words("""
    bcđ, ban chỉ đạo, tổ công tác, đề án, sư đoàn, lữ đoàn, trung đoàn, tiểu đoàn, hải đoàn, hải đội
    bệnh viện, bệnh viện quân y, quân y, chương trình, đoàn đặc công, bv, vàng, nhẫn, nhẫn trơn
    tổ tuần tra, đoàn kiểm tra số, đoàn giám sát số, tổ công tác số, boeing
""")

CALLED = words("""
    gọi, tổng đài, đường dây nóng, hotline, báo cháy, cấp cứu, liên hệ, bấm máy, quay số, điện thoại
""")
NUMBER_CALLED = words("qua số, đến số, tới số, vào số, theo số, số máy")


# Nobody needs to hear the name of a file.
FILE_KINDS = {"pdf": "pê đê ép"}


def _address(match: re.Match) -> str:
    """Read an e-mail address, or the host of a web address: no listener can note a path."""
    host = re.sub(r"^(?:[a-z]{3,5}://)?(?:www\.)?", "", match[0], flags=re.IGNORECASE)
    host = re.split(r"[/?#]", host)[0]
    return re.sub(r"[A-Za-z]+|\d+|[@._+-]", _address_part, host)


def _address_part(match: re.Match) -> str:
    part = match[0]
    if part.isdigit():
        return f" {numerals.digit_by_digit(part)} "
    if part in _SIGNS:
        return _SIGNS[part]
    lower = part.lower()
    if known := _ENDS.get(lower) or FOREIGN_SMALL.get(lower):
        return known
    if parted := syllables(lower):
        return " ".join(parted)
    return lower if len(lower) > 4 and re.search(r"[aeiouy]", lower) else spell(part)


def _phone(match: re.Match) -> str:
    groups = re.findall(r"\d+", match[0])
    # Hotlines ("1900 1234") are shorter; a date ("01-01-2024") must not pass for a number.
    if len("".join(groups)) < (8 if match[0].startswith("1") else 9):
        return match[0]
    plus = "cộng " if match[0].startswith("+") else ""
    return plus + ", ".join(map(numerals.digit_by_digit, groups))


def _code(match: re.Match) -> str:
    main, *branch = match[2].split("-")
    words = [numerals.digit_by_digit(re.sub(r"\D", "", part)) for part in (main, *branch)]
    return match[1] + " gạch ngang ".join(words)


def _numbered(match: re.Match) -> str:
    """Read the number of "Ban Chỉ đạo 389" or "Lữ đoàn 125" as people call it."""
    if not follows(match, *CALLED_BY_FIGURES):
        return match[0]
    # In "389/TP" the mark says "of".
    return numerals.digit_by_digit(match[1]) + " " * match[0].endswith("/")


def _emergency(match: re.Match) -> str:
    # "đường dây nóng: 0900… hoặc 113": the first number is long when it has become words.
    reach = 160 if follows(match, " hoặc", " và", ",") else 64
    called = near(match, *CALLED, reach=reach) or follows(match, *NUMBER_CALLED)
    return numerals.digit_by_digit(match[0]) if called else match[0]


def _file(match: re.Match) -> str:
    kind = FILE_KINDS.get(match[2].lower(), "đính kèm")
    return kind if follows(match, "tệp", "tập tin") else f"tệp {kind}"


def _hashtag(match: re.Match) -> str:
    """Part the words of a tag at their capitals: "#HangViet"."""
    return re.sub(r"(?<=[a-zà-ỹ])(?=[A-ZĐ])", " ", match[1])


RULES: tuple[Rule, ...] = (
    rule(rf"(?<![\w.+-])[\w.+-]{{1,64}}@{_HOST}[A-Za-z]{{2,24}}", _address, needs="@"),
    rule(rf"(?i:https?://|ftp://){_PATH}", _address, needs="://"),
    rule(rf"(?i:(?<![\w.-]){_HOST}(?:{_DOMAINS})\b)(?!\.\w)(?:/{_PATH})?", _address, needs="."),
    rule(
        r"(?<![\w.])([\w%()-]{1,80})\.(pdf|docx?|xlsx?|pptx?|zip|rar|jpe?g|png)(?!\w)",
        _file,
        needs=".",
    ),
    rule(r"(?<![\w&])#(?=\w)(\w{1,80})", _hashtag, needs="#"),
    rule(
        r"(?<![\w.,+/-])(?:\+84|\(\+84\)|\(?0\d{1,4}\)?|1[89]00)(?:[ .-]{1,2}\d{1,8}){1,4}"
        r"(?![\d/]|[.,]\d)",
        _phone,
    ),
    rule(
        r"\b((?i:mã số thuế|mã số doanh nghiệp|mst|số tài khoản|stk|cccd|cmnd|căn cước công dân|"
        r"tổng đài|hotline|đường dây nóng|đầu số|số máy|máy lẻ|gọi số|mã bưu chính)"
        r"(?: số| là)?:? ?)(\d[\d .]{1,18}\d(?:-\d{3,5})?)(?![\d/%]|[.,]\d| ?(?:tỷ|triệu))",
        _code,
    ),
    # "gọi 120 thanh niên" calls people, not a number.
    rule(
        r"\b((?i:gọi|cấp cứu):? ?)(1022|1[89]00[\d .]{4,8}\d|\d[\d .]{6,18}\d)(?![\d/%]|[.,]\d)",
        _code,
    ),
    rule(r"(?<![\w.,])()(\d{10}-\d{3})(?!\d)", _code),
    # Of a lottery.
    rule(
        r"\b((?i:giải (?:đặc biệt|nhất|nhì|ba|tư|năm|sáu)|vé số|dãy số|số trúng thưởng):? )"
        r"(\d{4,6})(?![.,]\d|\w| ?(?:đồng|người|thí sinh|triệu|USD))",
        _code,
    ),
    rule(
        r"(?<= )(?:11[1-5]|1022)(?![\w/%-]|[.,]\d)"
        rf"(?:{CLOSED}|(?= (?:tiếp nhận|ngay|nếu|hỗ trợ)\b))",
        _emergency,
    ),
    rule(
        r"(?<= )(?:(?<=tra số )|(?<=sát số )|(?!(?:19|20)\d\d))([1-9]\d{2,3})"
        rf"(?:/(?=(?:TP|ĐP|QG)(?!\w))|(?![\w%-]|[.,/]\d)"
        rf"(?! (?:{COUNTED}|suất|hộ|hồ sơ|sản phẩm|đại biểu|học sinh)\b))",
        _numbered,
    ),
)
