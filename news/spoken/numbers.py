"""Signs beside figures, and the figures themselves."""

from news.spoken import numerals
from news.spoken.rules import LETTER, Rule, any_of, rule, words

SIGNS = {"<": "dưới", ">": "trên", "≤": "không quá", "≥": "ít nhất", "≈": "khoảng", "~": "khoảng"}
_COUNTED = any_of(
    words("""
    phần trăm, tỷ, tỉ, triệu, nghìn, ngàn, lần, điểm, tấn, tạ, mét, ki lô, héc ta, đô la, đồng
    mê ga, gi ga, độ, người
""")
)

RULES: tuple[Rule, ...] = (
    rule(rf"[{''.join(SIGNS)}](?: ?=)?(?= ?\d)", lambda match: f" {SIGNS[match[0][0]]} "),
    rule(r"(?<![\w%)])-(?=\d)|− ?(?=\d)", " âm "),
    rule(r"± ?(?=\d)", " cộng trừ ", needs="±"),
    rule(r"(?<![\w)])\+ ?(?=\d)|(?<=\d)\+(?=\d)", " cộng "),
    rule(r"(?<=\d) ?[x×] ?(?=\d)", " nhân "),
    # A decimal point is English habit: "4.5%".
    rule(
        rf"(?<![\d.,])(\d{{1,3}})\.(\d{{1,2}})(?= (?:{_COUNTED})\b(?! (?:ai eo|tô phồ|GPA)))",
        r"\1,\2",
    ),
    rule(
        rf"(?<![\d.,])([1-9]\d{{6,11}})(?= (?:{_COUNTED})\b)",
        lambda match: numerals.cardinal(int(match[1])),
    ),
    rule(r"(?<=\d):(?=\d)", ", ", needs=":"),
    rule(rf"(?<=\w)-?(?=\d)(?<!\d)|(?<=\d)-?(?={LETTER})", " "),
    rule(r"\d+(?:[.,]\d+)*", lambda match: numerals.figure(match[0])),
)
