"""Abbreviations of offices and news, titles, foreign words, and capitals nobody listed."""

import re

from news.spoken.letters import CAPITAL, LETTERS, reads_as_word, spell
from news.spoken.rules import LETTER, Rule, any_of, near, rule, table, table_of

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
# What a piece of land is for, as the land register writes it.
LAND = table("""
    ODT=ở đô thị; ONT=ở nông thôn; CLN=trồng cây lâu năm; HNK=trồng cây hằng năm khác
    BHK=bằng trồng cây hằng năm khác; LUC=chuyên trồng lúa nước; LUK=trồng lúa nước còn lại
    NTS=nuôi trồng thủy sản; SKC=cơ sở sản xuất phi nông nghiệp; TMD=thương mại dịch vụ
    RSX=rừng sản xuất; RPH=rừng phòng hộ
""")
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
    # In small letters, for a voice may spell capitals.
    return capitals.capitalize() if reads_as_word(capitals) else spell(capitals)


def _mixed(match: re.Match) -> str:
    """Part "vnEdu" and "ChatGPT" at their capitals, and spell what cannot be said."""
    parts = re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+", match[0])
    return " ".join(map(_part, parts))


def _part(part: str) -> str:
    if len(part) > 2 and not part.isupper() and re.search("[aeiouy]", part.lower()):
        return part
    return ABBREVIATIONS.get(part) or spell(part)


def _area(match: re.Match) -> str:
    """Read the use of a piece of land: "đất ODT 120 m2, CLN 300 m2"."""
    if not near(match, "đất"):
        return match[0]
    return LAND[match[0]]


FOREIGN_SMALL = {written: said for written, said in FOREIGN.items() if written.islower()}
_LETTERS = "[" + "".join(LETTERS) + "]"

# Before the rules that part words at their marks.
FOREIGN_RULES: tuple[Rule, ...] = (
    rule(rf"(?<![\w-])(?:{any_of(FOREIGN)}|(?i:{any_of(FOREIGN_SMALL)}))(?!\w)", _foreign),
)
RULES: tuple[Rule, ...] = (
    rule(rf"\(({any_of(ABBREVIATIONS)})\)", _in_brackets),
    rule(r"(?<!\w)T\.?T\.? ?-? ?(?=Huế\b)", "Thừa Thiên ", needs="Huế"),
    # Soldiers have commanders, parties and unions committees.
    rule(
        r"(?<!\w)BCH (?=(?i:bộ đội|biên phòng|quân sự|quân khu|phòng thủ))",
        "ban chỉ huy ",
        needs="BCH ",
    ),
    # A picture from the archive; after "Tin, ảnh" it would be a name.
    rule(r"(?<!\w)Ảnh: ?T\.?L(?!\w)", "Ảnh: tư liệu", needs="Ảnh"),
    rule(rf"(?<!\w)TCT (?={CAPITAL}[a-zà-ỹ])", "tổng công ty ", needs="TCT "),
    rule(rf"(?<!\w)(?:{any_of(LAND)})(?!\w)", _area),
    # A transformer; elsewhere a degree.
    rule(r"(?<=\d )MBA(?!\w)|(?<!\w)MBA(?= \d)", "máy biến áp", needs="MBA"),
    rule(r"(?<!\w)SN (?=(?:19|20)\d\d\b)", "sinh năm ", needs="SN "),
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
UNKNOWN: tuple[Rule, ...] = (
    rule(r"(?<!\w)(?=[A-Za-z]{0,12}[a-z][A-Z])[A-Za-z]{3,24}(?!\w)", _mixed),
    rule(rf"(?<!{LETTER}){_LETTERS}{{2,24}}(?!{LETTER})", _unknown),
)
