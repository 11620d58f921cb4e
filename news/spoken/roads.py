"""Roads by their class and number, and kilometre posts along them."""

import re

from news.spoken import numerals
from news.spoken.letters import spell
from news.spoken.rules import Rule, any_of, follows, near, rule, table, words

ROADS = table("""
    QL=quốc lộ; ĐT=đường tỉnh; TL=tỉnh lộ; HL=hương lộ; ĐH=đường huyện; ĐX=đường xã
    ĐTL=đường tỉnh lộ; CT=cao tốc; LTL=liên tỉnh lộ; ĐL=đại lộ
""")
# The class has been said already: "quốc lộ QL1A", "tỉnh lộ ĐT.605".
CLASSES = words("""
    quốc lộ, tỉnh lộ, đường tỉnh, hương lộ, huyện lộ, đường huyện, đường xã, liên xã, cao tốc
    liên tỉnh lộ, đại lộ
""")
_POST = r"(\d{1,4}|\d\.\d{3})(?: ?\+ ?(\d{1,3}))?"


def _road(match: re.Match) -> str:
    if near(match, "tải trọng", "hoạt tải"):
        return match[0]  # "HL93" is a load that bridges are built for
    name = ROADS[match[1]]
    if follows(match, *CLASSES):
        name = ""
    elif follows(match, "đường"):
        name = name.removeprefix("đường ")
    number = " ".join((spell(match[2]), numerals.figure(match[3]), spell(match[4])))
    return f"{name} {number}"


def _post(match: re.Match) -> str:
    said = f"ki lô mét {numerals.figure(match[1].lstrip('0') or '0')}"
    metres = int(match[2] or 0)
    return f"{said} cộng {numerals.cardinal(metres)}" if metres else said


RULES: tuple[Rule, ...] = (
    rule(
        rf"(?<!\w)((?:{any_of(ROADS)})[ .]{{0,2}}N?\d{{1,3}}[A-Za-z]?) - "
        rf"(?=(?:{any_of(ROADS)})[ .]{{0,2}}N?\d)",
        r"\1, ",
    ),
    rule(rf"(?<!\w)({any_of(ROADS)})[ .]{{0,2}}(N?)(\d{{1,3}})([A-Za-z]?)(?![\w%]|[.,/]\d)", _road),
    # Along dykes: "K12+500".
    rule(r"(?<!\w)K(?=\d{1,3}\+\d{3}(?!\d))", "Km", needs="+"),
    rule(rf"(?<!\w)(K[mM] ?{_POST}) ?[-→] ?(?=(?:K[mM] ?)?\d)", r"\1 đến "),
    rule(rf"(?<![\w/])(?:K[mM] ?|(?<!\d )km ){_POST}(?![\w.,/]\d|\w)", _post),
)
