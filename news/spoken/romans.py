"""Roman numerals and what they count."""

import re
from collections.abc import Callable

from news.spoken import numerals
from news.spoken.letters import CAPITAL
from news.spoken.rules import BETWEEN, LETTER, Rule, any_of, follows, rule, words

ROMAN_AFTER = words("""
    quý, khóa, khoá, thứ, cấp, loại, hạng, điện, nhóm, bậc, chương, phần, mục, bảng, phụ lục
    kỳ, tập, thế kỷ, vùng, đại hội, đợt, khu vực, giai đoạn, lần, giải, quân khu, quân đoàn, học kỳ
    độ, kỳ họp, hợp phần, phân khu, tuyến, tiểu dự án, dự án, quyển, hội nghị, festival, khối
    phường, đô thị, mẫu, trung cấp, cơ sở, tổ máy
""")
# What is numbered after its name: "KCN Yên Phong I". A person's name may end in a letter.
NUMBERED = words("""
    KCN, CCN, KKT, KĐT, KDC, khu công nghiệp, cụm công nghiệp, khu kinh tế, khu đô thị, khu dân cư
    nhiệt điện, thủy điện, điện lực, điện gió, điện mặt trời, trường, THPT, THCS, tiểu học, mầm non
    bệnh viện, xi măng, phổ thông, nhà máy, cảng, hồ chứa, trạm bơm, NMNĐ, NMTĐ
""")
_ROMAN = r"[IVXLC]{1,8}"
# In "loại C", "nhóm C" the letter is meant.
_LETTERS = ("L", "C")


def _list(match: re.Match) -> str:
    say = numerals.ordinal if match["word"].lower() == "thứ" else numerals.cardinal
    numbers = re.sub(r" ?- ?", " đến ", match["list"])
    return match["word"] + re.sub(_ROMAN, lambda numeral: read(numeral[0], say), numbers)


def read(letters: str, say: Callable[[int], str] = numerals.cardinal) -> str:
    value = None if letters in _LETTERS else numerals.roman(letters)
    return letters if value is None else say(value)


def _alone(match: re.Match) -> str:
    return read(match[0], numerals.ordinal if follows(match, "thứ") else numerals.cardinal)


RULES: tuple[Rule, ...] = (
    rule(rf"(?<!\w)TK\.? ?(?={_ROMAN}(?!\w))", "thế kỷ ", needs="TK"),
    rule(rf"\b((?i:thế kỷ) {_ROMAN}) ?- ?(?=thế kỷ)", r"\1 đến ", needs="thế kỷ"),
    rule(
        rf"\b(?P<word>(?i:{any_of(ROMAN_AFTER)}))"
        rf"(?P<list> {_ROMAN}(?:{BETWEEN}{_ROMAN}(?!\w)){{0,6}})(?!\w| MĂNG)",
        _list,
    ),
    rule(
        rf"\b((?i:{any_of(NUMBERED)})(?: {CAPITAL}{LETTER}{{0,8}}){{0,5}}?"
        rf" {CAPITAL}[a-zà-ỹ]{{1,7}} )"
        r"([IVX]{1,5})(?![\w'])",
        lambda match: match[1] + read(match[2]),
    ),
    rule(rf"^([IVX]{{1,6}})(?=[.,)/-] ?{CAPITAL})", lambda match: read(match[1])),
    rule(r"^([IVX]{1,6})(?=[.)] )", lambda match: read(match[1])),
)
# After headlines became small letters: "XI MĂNG" is no eleven.
AFTER_HEADLINES: tuple[Rule, ...] = (
    rule(r"(?<![\w.])[IVX]{2,6}(?![\w'])", _alone),
    rule(
        r"(?<=\()(?:iii|ii|iv|ix|i|viii|vii|vi|v|x)(?=\))",
        lambda match: read(match[0].upper()),
    ),
)
