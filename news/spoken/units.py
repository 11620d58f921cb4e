"""Units of measure and money."""

import re

from news.spoken.rules import LETTER, Rule, any_of, near, rule, table, table_of, words

UNITS = table_of("units")
# These are letters or words of their own, so they count only after a figure or a slash.
SHORT_UNITS = table("""
    m=mét; g=gam; l=lít; ha=héc ta; đ=đồng; h=giờ; s=giây; W=oát; °=độ; ºC=độ xê
    cp=cổ phiếu; TB=tê ra bai; MP=mê ga pích xeo; SGD=đô la Xin ga po
    CV=mã lực; HP=mã lực; Ha=héc ta; hl=héc tô lít; tr=triệu; k=nghìn
""")
# "A" is a current's unit near these alone: there are also "lớp 5A" and "Quốc lộ 1A".
CURRENT = words("dòng điện, cường độ, định mức, aptomat, áp tô mát, attomat, cầu dao, cầu chì")
VOLTAGE = words("điện, nguồn, pin, sạc, ắc quy, acquy, bình, adapter, tụ")
VOLTAGES = words("12, 24, 36, 48, 110, 120, 220, 230, 380, 400")
CURRENCIES = {
    "$": "đô la",
    "US$": "đô la Mỹ",
    "USD": "đô la Mỹ",
    "€": "ơ rô",
    "£": "bảng Anh",
    "¥": "yên",
}
_SCALE = r"(?: ?(?:nghìn|ngàn|triệu|tỷ|tỉ)(?: (?:tỷ|tỉ))?(?!\w))?"


def _unit(match: re.Match) -> str:
    link = " trên " if match[1] == "/" else f"{match[1]} "
    return link + (UNITS.get(match[2]) or SHORT_UNITS[match[2]])


def _ampere(match: re.Match) -> str:
    return f"{match[1]} am pe" if near(match, *CURRENT) else match[0]


def _volt(match: re.Match) -> str:
    # "mô hình 5V" has five things that begin with V.
    electric = near(match, *VOLTAGE) or match[1] in VOLTAGES
    return f"{match[1]} vôn" if electric else match[0]


def _money(match: re.Match) -> str:
    return f"{match[2]} {CURRENCIES[match[1]]}"


RULES: tuple[Rule, ...] = (
    rule(rf"(US\$|USD|[$€£¥]) ?(\d+(?:[.,]\d+)*{_SCALE})(?! ?(?:USD|đô))", _money),
    rule(
        r"(?<![\d.,])(\d++(?:[.,]\d++)*+) ?([€£¥]|(?<!US)\$)",
        lambda match: f"{match[1]} {CURRENCIES[match[2]]}",
    ),
    rule(r"(\d ?(?:m|cm|mm|km|MVA|MW)?) ?[x×] ?(?=\d)", r"\1 nhân "),
    rule(r" [x×] (?=\d)", " nhân "),
    rule(r"(?<=[A-Z]{3})/VN[DĐ](?!\w)", "/đồng Việt Nam", needs="/"),
    # "1m65", "3kg2"; "2m2" is an area.
    rule(
        r"(\d)(m|kg)(\d\d|(?<=m)[14-9]|(?<=g)\d)(?!\w|[.,]\d)",
        lambda match: f"{match[1]} {UNITS.get(match[2]) or SHORT_UNITS[match[2]]} {match[3]}",
    ),
    rule(r"(?<=\d) ?%(?=\w)", " phần trăm ", needs="%"),
    rule(rf"(/?)(?<!{LETTER})({any_of(UNITS)})(?!\w)", _unit),
    # Also far from a figure, but "ha" is a syllable too: "mỗi ha", "diện tích (ha)".
    rule(
        r"\b((?i:mỗi|một|từng|trăm|chục|hàng|diện tích|đơn vị|ĐVT)[,:]? \(?)ha(?![\w-])",
        r"\1héc ta",
    ),
    rule(r"(\d) ?A(?!\w)", _ampere),
    rule(r"(?<![\d.,])(\d{1,3}) ?V(?!\w)", _volt),
    rule(rf"(\d|/|\b(?:tỷ|tỉ|triệu|nghìn|ngàn|vạn)(?= )) ?({any_of(SHORT_UNITS)})(?!\w)", _unit),
)
