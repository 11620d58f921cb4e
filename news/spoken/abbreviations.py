"""Abbreviations of offices and news, titles, foreign words, and capitals nobody listed."""

import re

from news.spoken.letters import CAPITAL, LETTERS, reads_as_word, spell
from news.spoken.rules import LETTER, Rule, any_of, rule, table, table_of

ABBREVIATIONS = table_of("abbreviations")
FOREIGN = table_of("foreign")
# Their full stop belongs to them and ends no sentence.
TITLES = table("""
    TP=thành phố; Tp=thành phố; TX=thị xã; Tx=thị xã; tx=thị xã; TT=thị trấn; Tt=thị trấn
    PGS=phó giáo sư; GS=giáo sư; TS=tiến sĩ; ThS=thạc sĩ; Ths=thạc sĩ; BS=bác sĩ; KS=kỹ sư
    TSKH=tiến sĩ khoa học; DS=dược sĩ; KTS=kiến trúc sư; LS=luật sư; CN=cử nhân
    BSCKI=bác sĩ chuyên khoa một; BSCKII=bác sĩ chuyên khoa hai; P=phường; Q=quận; H=huyện
    X=xã; tp=thành phố; Tr=trang; tr=trang
""")
# Before a name or a number, without a full stop.
BEFORE_NAMES = table("TT=thị trấn; TX=thị xã; TP=thành phố; DS=dược sĩ")
# After "trường" and beside other schools; elsewhere they mean other things.
SCHOOLS = table("MN=mầm non; MG=mẫu giáo; TH=tiểu học")


def _in_brackets(match: re.Match) -> str:
    """Leave out an abbreviation that stands right after the words it is short for."""
    before = match.string[max(0, match.start() - 90) : match.start()].rstrip().lower()
    return "" if before.endswith(ABBREVIATIONS[match[1]].lower()) else match[0]


def _foreign(match: re.Match) -> str:
    return FOREIGN.get(match[0]) or FOREIGN_SMALL.get(match[0].lower(), match[0])


def _unknown(match: re.Match) -> str:
    capitals = match[0]
    return capitals if reads_as_word(capitals) else spell(capitals)


FOREIGN_SMALL = {written: said for written, said in FOREIGN.items() if written.islower()}
_LETTERS = "[" + "".join(LETTERS) + "]"

# Before the rules that part words at their marks.
FOREIGN_RULES: tuple[Rule, ...] = (
    rule(rf"(?<![\w-])(?:{any_of(FOREIGN)}|(?i:{any_of(FOREIGN_SMALL)}))(?!\w)", _foreign),
)
RULES: tuple[Rule, ...] = (
    rule(rf"\(({any_of(ABBREVIATIONS)})\)", _in_brackets),
    rule(r"(?<!\w)T\.?T\.? ?-? ?(?=Huế\b)", "Thừa Thiên "),
    # Soldiers have commanders, parties and unions committees.
    rule(r"(?<!\w)BCH (?=(?i:bộ đội|biên phòng|quân sự|quân khu|phòng thủ))", "ban chỉ huy "),
    rule(r"(?<!\w)SN (?=(?:19|20)\d\d\b)", "sinh năm "),
    rule(
        rf"(?<!\w)(?:(?<=rường )({any_of(SCHOOLS)})(?!{LETTER})"
        rf"|({any_of(SCHOOLS)})(?=(?:, ?| và | ?- ?)(?:{any_of(SCHOOLS)}|THCS|THPT)(?!{LETTER})))",
        lambda match: SCHOOLS[match[1] or match[2]],
    ),
    rule(
        rf"(?<![\w.])((?:(?:{any_of(TITLES)})\.){{2,4}}) ?",
        lambda match: " ".join(TITLES[title] for title in match[1].split(".") if title) + " ",
    ),
    rule(
        rf"(?<![\w.])({any_of(TITLES)})\. ?(?={CAPITAL}[^\W\d_]|\d|HCM)",
        lambda match: TITLES[match[1]] + " ",
    ),
    rule(
        rf"(?<![\w.])({any_of(BEFORE_NAMES)}) (?={CAPITAL}[a-zà-ỹ])",
        lambda match: BEFORE_NAMES[match[1]] + " ",
    ),
    rule(
        rf"(?<!{LETTER})({any_of(ABBREVIATIONS)})(?!{LETTER})",
        lambda match: ABBREVIATIONS[match[1]],
    ),
)
UNKNOWN: tuple[Rule, ...] = (rule(rf"(?<!{LETTER}){_LETTERS}{{2,24}}(?!{LETTER})", _unknown),)
