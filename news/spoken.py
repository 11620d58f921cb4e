"""
Written Vietnamese as it is read aloud: figures, dates, units, abbreviations, marks.

``RULES`` at the end is the whole of it: patterns tried one after another, each on the
text the one before left. The order matters and is explained there. Runs of spaces are
made one before the first rule, and every repetition in a pattern is bounded or can match
in one way only, so the time grows with the length of the text and no faster.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable

from news import numerals


def _table(text: str) -> dict[str, str]:
    """Read rows of "WRITTEN spoken words; WRITTEN spoken words"."""
    entries = (entry.strip() for entry in re.split(r"[;\n]", text))
    return dict(entry.split(" ", 1) for entry in entries if entry)


def _words(text: str) -> list[str]:
    return [word.strip() for word in re.split(r"[,\n]", text.strip())]


UNITS = _table("""
    % phần trăm; ‰ phần nghìn; USD đô la Mỹ; EUR ơ rô; VND đồng; VNĐ đồng; °C độ xê; oC độ xê
    km ki lô mét; cm xăng ti mét; mm mi li mét; km2 ki lô mét vuông; m2 mét vuông; m3 mét khối
    kg ki lô gam; kW ki lô oát; MW mê ga oát; GW gi ga oát; kWp ki lô oát đỉnh; MWp mê ga oát đỉnh
    kWh ki lô oát giờ; MWh mê ga oát giờ; GWh gi ga oát giờ
    kV ki lô vôn; kVA ki lô vôn am pe; MVA mê ga vôn am pe
""")
# These are letters or words of their own, so they count only after a figure or a slash.
SHORT_UNITS = _table("""
    m mét; g gam; l lít; ha héc ta; đ đồng; h giờ; s giây; V vôn; W oát; ° độ
""")
# "/" is "mỗi" before these; otherwise it is "trên" after a measure and a pause after other words.
EACH = _words("năm, tháng, quý, tuần, ngày, người, hộ, vụ")
MEASURES = _words("""
    đồng, Mỹ, trăm, mét, vuông, khối, gam, lít, tấn, tạ, ta, oát, vôn, giờ, lần
    người, hộ, con, cây, trạm
""")

ABBREVIATIONS = _table("""
    UBND ủy ban nhân dân; HĐND hội đồng nhân dân; MTTQ mặt trận tổ quốc
    UBMTTQ ủy ban mặt trận tổ quốc; BCH ban chấp hành; BCĐ ban chỉ đạo
    BQL ban quản lý; HĐQT hội đồng quản trị
    BCT Bộ Công Thương; SCT Sở Công Thương; BTTTT Bộ Thông tin và Truyền thông; TTg Thủ tướng
    TW trung ương; TƯ trung ương; T.Ư trung ương; NHNN ngân hàng nhà nước; CBCC cán bộ, công chức
    QLNN quản lý nhà nước; QLTT quản lý thị trường; NSNN ngân sách nhà nước
    TTHC thủ tục hành chính; CCHC cải cách hành chính; DVC dịch vụ công; CĐS chuyển đổi số
    CNTT công nghệ thông tin; KHCN khoa học công nghệ; TMĐT thương mại điện tử
    KT-XH kinh tế xã hội; CN-XD công nghiệp, xây dựng; TM-DV thương mại, dịch vụ
    NN-TS nông nghiệp, thủy sản; CNH-HĐH công nghiệp hóa, hiện đại hóa; NTM nông thôn mới
    DN doanh nghiệp; DNNN doanh nghiệp nhà nước; DNNVV doanh nghiệp nhỏ và vừa; HTX hợp tác xã
    TNHH trách nhiệm hữu hạn; MTV một thành viên
    SXCN sản xuất công nghiệp; SXKD sản xuất kinh doanh
    KCN khu công nghiệp; CCN cụm công nghiệp; TTTM trung tâm thương mại; XTTM xúc tiến thương mại
    XK xuất khẩu; NK nhập khẩu; XNK xuất nhập khẩu; XD xây dựng; C/O xê ô; OCOP ô cốp
    ATTP an toàn thực phẩm; VSATTP vệ sinh an toàn thực phẩm; PCCC phòng cháy chữa cháy
    ATGT an toàn giao thông; ANTT an ninh trật tự; GPMB giải phóng mặt bằng
    BHXH bảo hiểm xã hội; BHYT bảo hiểm y tế; GTGT giá trị gia tăng
    THCS trung học cơ sở; THPT trung học phổ thông; ĐVT đơn vị tính; SĐT số điện thoại
    COVID-19 cô vít mười chín; Covid-19 cô vít mười chín; TH/KH thực hiện trên kế hoạch
    PGS phó giáo sư; GS giáo sư; TS tiến sĩ; ThS thạc sĩ; TP thành phố; TPHCM thành phố Hồ Chí Minh
    HCM Hồ Chí Minh; ĐBSCL đồng bằng sông Cửu Long; QL quốc lộ
    ĐT: điện thoại:; Đ/c đồng chí; đ/c đồng chí; V/v về việc; v/v về việc
""")
# Their full stop belongs to them and ends no sentence.
TITLES = _table("""
    TP thành phố; TX thị xã; TT thị trấn; PGS phó giáo sư; GS giáo sư; TS tiến sĩ
    ThS thạc sĩ; Ths thạc sĩ; BS bác sĩ; KS kỹ sư
""")
# Known by their letters although they hold a vowel; those without one need no list.
SPELLED = _words("""
    AI, CO, EU, EVFTA, EVN, FDI, FTA, IIP, ICT, IT, ISO, ODA, PCI, RCEP, UKVFTA, USA, WTO, VCCI
""")
# As said in foreign abbreviations: D is "đê" there, like Đ.
LETTERS = _table("""
    A a; B bê; C xê; D đê; Đ đê; E e; F ép; G giê; H hát; I i; J gi; K ca; L e lờ; M em mờ; N en nờ
    O ô; P pê; Q quy; R e rờ; S ét sì; T tê; U u; Ư ư; V vê; W vê kép; X ích xì; Y i dài; Z dét
""")
ROMAN_AFTER = _words("""
    quý, khóa, khoá, thứ, cấp, loại, hạng, điện, nhóm, bậc, chương, phần, mục, bảng, phụ lục, kỳ
    tập, thế kỷ, vùng, đại hội, đợt, khu vực, giai đoạn
""")
# "Đến nay, 10/12 xã" counts communes: "nay" alone does not announce a day.
DAY_AFTER = _words("""
    ngày, sáng, trưa, chiều, tối, đêm, hôm, mùng, mồng, dịp, lễ, khánh, trước
    sáng nay, trưa nay, chiều nay, tối nay, hôm nay, hôm qua, ngày mai
""")
LAW_AFTER = _words("số, nghị định, thông tư, luật, quyết định, nghị quyết, chỉ thị")
SIGNS = {"<": "dưới", ">": "trên", "≤": "không quá", "≥": "ít nhất", "≈": "khoảng", "~": "khoảng"}
MARKS = {"&": "và", "=": "bằng", "×": "nhân", "±": "cộng trừ", "$": "đô la", "€": "ơ rô"}


def spoken(text: str) -> str:
    """
    Return ``text`` as words to be read aloud, one line for each paragraph.

    No figure is left in it; words that are not Vietnamese stay as they are. Accepts any
    text and raises nothing. ``numerals`` tells how decimals are read.
    """
    text = _plain(text)
    for pattern, spoken_form in RULES:
        text = pattern.sub(spoken_form, text)
    return "\n".join(line for line in map(str.strip, text.split("\n")) if line)


def sentences(text: str) -> list[str]:
    """Return ``spoken(text)`` cut after each sentence and paragraph."""
    return [sentence for sentence in re.split(r"(?<=[.!?]) |\n", spoken(text)) if sentence]


def _plain(text: str) -> str:
    """Return ``text`` composed, with one kind of digit, hyphen and space, and no quotes."""
    # The compatibility forms below make "m²" an "m2", as wanted, but also "10²" a "102".
    text = re.sub(r"(?<=\d)([²³])", r" mũ \1 ", text)
    text = unicodedata.normalize("NFKC", text)
    text = text.translate({ord(character): _plain_character(character) for character in set(text)})
    return re.sub(r" {2,}", " ", text)


def _plain_character(character: str) -> str:
    if character.isdigit():
        return str(unicodedata.digit(character))
    category = unicodedata.category(character)
    if character in "\n\r\v\f\x85" or category in ("Zl", "Zp"):
        return "\n"
    if category == "Pd":
        return "-"
    if character == "⁄":  # what the compatibility form of "½" is made with
        return "/"
    if category in ("Pi", "Pf", "Cf") or character == '"':
        return ""
    if category[0] in "CZ" or (category == "So" and character != "°"):
        return " "
    return character


def _spell(code: str) -> str:
    return " ".join(LETTERS.get(letter.upper(), letter) for letter in code)


def _follows(match: re.Match, *words: str) -> bool:
    before = match.string[max(0, match.start() - 12) : match.start()]
    return before.rstrip(" (").lower().endswith(words)


def _address(match: re.Match) -> str:
    """Read an e-mail address, or the host of a web address: no listener can note a path."""
    host = re.sub(r"^(?:https?://)?(?:www\.)?", "", match[0], flags=re.IGNORECASE)
    host = re.split(r"[/?#]", host)[0]
    return re.sub(r"[A-Za-z]+|\d+|[@._-]", _address_part, host)


def _address_part(match: re.Match) -> str:
    part = match[0]
    if part.isdigit():
        return f" {numerals.digit_by_digit(part)} "
    if part in "@._-":
        return {"@": " a còng ", ".": " chấm ", "_": " gạch dưới ", "-": " gạch ngang "}[part]
    return part if re.search(r"[aeiouy]", part, re.IGNORECASE) else _spell(part)


def _document_number(match: re.Match) -> str:
    return re.sub(rf"[/-]|\d+|{_LETTER}+", _document_part, match[0])


def _document_part(match: re.Match) -> str:
    part = match[0]
    if part in "/-":
        return " trên " if part == "/" else " "
    if part.isdigit():
        return f" {numerals.figure(part)} "
    return ABBREVIATIONS.get(part) or _spell(part)


def _phone(match: re.Match) -> str:
    groups = re.findall(r"\d+", match[0])
    # Hotlines ("1900 1234") are shorter; a date ("01-01-2024") must not pass for a number.
    if len("".join(groups)) < (8 if match[0].startswith("1") else 9):
        return match[0]
    plus = "cộng " if match[0].startswith("+") else ""
    return plus + ", ".join(map(numerals.digit_by_digit, groups))


def _date(match: re.Match) -> str:
    words = numerals.date(**match.groupdict())
    if words is None:
        return match[0]
    return words.removeprefix("ngày ") if _follows(match, "ngày", "mùng", "mồng", "hôm") else words


def _short_dates(match: re.Match) -> str:
    return re.sub(r"(?P<day>\d+)/(?P<month>\d+)", _date, match[0])


def _month_of_year(match: re.Match) -> str:
    number, year = int(match[1]), match[2]
    if _follows(match, "quý", "đợt"):
        return f"{numerals.cardinal(number)} năm {year}"
    month = "" if _follows(match, "tháng") else "tháng "
    return f"{month}{numerals.month_name(number)} năm {year}"


def _roman_list(match: re.Match) -> str:
    say = numerals.ordinal if match["word"].lower() == "thứ" else numerals.cardinal
    numbers = re.sub(r" ?- ?", " đến ", match["list"])
    return match["word"] + re.sub(_ROMAN, lambda numeral: _roman(numeral[0], say), numbers)


def _roman(letters: str, say: Callable[[int], str]) -> str:
    # In "loại C", "nhóm C" the letter is meant.
    value = None if letters in ("L", "C") else numerals.roman(letters)
    return letters if value is None else say(value)


def _ordinal(match: re.Match) -> str:
    say = numerals.ordinal if match[1].lower() == "thứ" else numerals.month_name
    return f"{match[1]} {say(int(match[2]))}"


def _unit(match: re.Match) -> str:
    link = " trên " if match[1] == "/" else f"{match[1]} "
    return link + (UNITS.get(match[2]) or SHORT_UNITS[match[2]])


def _part(match: re.Match) -> str:
    numerator, _, denominator = match[1].partition("/")
    return f"{numerator} phần {'tư' if denominator == '4' else denominator}"


def _abbreviation_in_brackets(match: re.Match) -> str:
    """Leave out an abbreviation that stands right after the words it is short for."""
    before = match.string[max(0, match.start() - 60) : match.start()].rstrip().lower()
    return "" if before.endswith(ABBREVIATIONS[match[1]].lower()) else match[0]


def _dash(match: re.Match) -> str:
    """Pause where a new item begins ("- Thương mại"), but not inside "kinh tế - xã hội"."""
    return f", {match[1]}" if match[1].isupper() else f" {match[1]}"


def _any_of(words: Iterable[str]) -> str:
    # The longest first: "km2" before "km".
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


def _rule(pattern: str, spoken_form: str | Callable[[re.Match], str]):
    return re.compile(pattern, re.MULTILINE), spoken_form


_LETTER = r"[^\W\d_]"
_YEAR = r"(?:19|20)\d\d(?!\d)"
_DASHED_DATE = rf"(?:\d\d?[.-]\d\d?[.-]{_YEAR}|{_YEAR}-\d\d-\d\d)"
_ROMAN = r"[IVXLC]{1,8}"
_BETWEEN = r"(?:, ?| ?- ?| và | đến | hoặc )"
_HOST = r"(?:[A-Za-z0-9-]{1,63}\.){1,8}"
_PATH = r"[^\s,;()<>]{0,2000}(?<![.:!?])"

RULES = (
    # What only the eye needs.
    _rule(rf"^ ?[-+*•·]+(?: |(?={_LETTER}))", ""),
    _rule(r"\./\.", "."),
    _rule(r"\b[vV]\.? ?v(?:\.{1,3}|(?!\w))", "vân vân"),
    # Codes, whose marks mean nothing to the rules below.
    _rule(rf"(?<![\w.+-])[\w.+-]{{1,64}}@{_HOST}[A-Za-z]{{2,24}}", _address),
    _rule(rf"(?i:https?://){_PATH}", _address),
    _rule(
        rf"(?i:(?<![\w.-]){_HOST}(?:vn|com|net|org|gov|edu|info)\b)(?!\.\w)(?:/{_PATH})?", _address
    ),
    _rule(
        rf"(?<![\w/.,-])(?=[\w-]{{1,40}}/)\d{{1,5}}(?:/{_YEAR})?(?:[/-][A-ZĐƯ]{{1,7}}[a-z]?\d{{0,2}})+(?![\w/])",
        _document_number,
    ),
    _rule(
        r"(?<![\w.,+/-])(?:\+84|\(?0\d{1,4}\)?|1[89]00)(?:[ .-]{1,2}\d{2,8}){1,4}(?![\d/]|[.,]\d)",
        _phone,
    ),
    # Dates and times, before their marks are taken for ranges, fractions and decimals.
    # A hyphen is a part of some dates and stands between others, so those with hyphens go first.
    _rule(rf"({_DASHED_DATE}) ?- ?(?={_DASHED_DATE})", r"\1 đến "),
    _rule(rf"(?<![\d.,])(?P<year>{_YEAR})-(?P<month>\d\d)-(?P<day>\d\d)(?!\d)", _date),
    _rule(rf"(?<![\d.,/])(?P<day>\d\d?)[.-](?P<month>\d\d?)[.-](?P<year>{_YEAR})", _date),
    _rule(rf"(?<=[Tt]háng )(1[0-2]|0?[1-9])-({_YEAR})", _month_of_year),
    _rule(r"(\d ?(?:%|h\b|km\b|m\b|kg\b|ha\b|kV\b)?) ?- ?(?=\d)", r"\1 đến "),
    _rule(rf"(?<![\d.,/])(?P<day>\d\d?)/(?P<month>\d\d?)/(?P<year>{_YEAR})", _date),
    _rule(
        r"(?<![\d.,])([01]?\d|2[0-3])[:hg]([0-5]\d)(?::([0-5]\d))?(?!\d)(?: ?phút|')?",
        lambda match: numerals.clock(*match.groups("")),
    ),
    _rule(
        rf"\b(?i:{_any_of(DAY_AFTER)})(?: ?\(|, ?| )(?:\d\d?(?:/\d\d?)?{_BETWEEN}){{0,4}}"
        r"\d\d?/\d\d?(?![\d/])",
        _short_dates,
    ),
    _rule(r"\b[Tt]ừ \d\d?(?:/\d\d?)? (?:đến|tới) \d\d?/\d\d?(?![\d/])", _short_dates),
    _rule(rf"\b((?i:{_any_of(LAW_AFTER)}):? \d{{1,5}})/(?={_YEAR})", r"\1 trên "),
    _rule(rf"(?<![\d/.,])(1[0-2]|0?[1-9])/({_YEAR})(?!/)", _month_of_year),
    _rule(
        rf"\b(?P<word>(?i:{_any_of(ROMAN_AFTER)}))(?P<list> {_ROMAN}(?:{_BETWEEN}{_ROMAN}){{0,6}})"
        r"(?!\w)",
        _roman_list,
    ),
    _rule(r"^([IVX]{1,6})(?=\. )", lambda match: _roman(match[1], numerals.cardinal)),
    _rule(rf"(?<={_LETTER})/(?={_YEAR})", " năm "),
    _rule(r"\b((?i:tháng|thứ)) (\d\d?)(?![\d/]|[.,]\d| ?%)", _ordinal),
    # A leading zero fills a form ("05 xã"); only after "số" it belongs to a code.
    _rule(r"(?<![\w.,/:-])(?<![Ss]ố )(?<![Ss]ố: )0(?=[1-9](?!\d|[.,/]\d))", ""),
    # Units and what "/" means beside them, then the other uses of "/".
    _rule(rf"(/?)(?<!{_LETTER})({_any_of(UNITS)})(?!\w)", _unit),
    _rule(rf"(\d|/|\b(?:tỷ|tỉ|triệu|nghìn|ngàn|vạn)(?= )) ?({_any_of(SHORT_UNITS)})(?!\w)", _unit),
    _rule(rf" ?/ ?(?=(?:{_any_of(EACH)})\b)", " mỗi "),
    _rule(r"(?<![\d/.,])(1/[2-5]|2/3|3/4)(?![\d/]|[.,]\d)", _part),
    _rule(rf"(\d|\b(?:{_any_of(MEASURES)})) ?/ ?(?=\w)", r"\1 trên "),
    # Abbreviations.
    _rule(rf"\(({_any_of(ABBREVIATIONS)})\)", _abbreviation_in_brackets),
    _rule(rf"(?<!{_LETTER})({_any_of(TITLES)})\. ?(?=\w)", lambda match: TITLES[match[1]] + " "),
    _rule(
        rf"(?<!{_LETTER})({_any_of(ABBREVIATIONS)})(?!{_LETTER})",
        lambda match: ABBREVIATIONS[match[1]],
    ),
    _rule(
        rf"(?<!{_LETTER})(?:{_any_of(SPELLED)}|[B-DF-HJ-NP-TV-XZĐ]{{2,6}})(?!{_LETTER})",
        lambda match: _spell(match[0]),
    ),
    # Signs beside figures, then the figures.
    _rule(rf"[{''.join(SIGNS)}](?= ?\d)", lambda match: f" {SIGNS[match[0]]} "),
    _rule(r"(?<![\w%)])-(?=\d)|− ?(?=\d)", " âm "),
    _rule(r"\+ ?(?=\d)", " cộng "),
    _rule(r"\$ ?(\d+(?:[.,]\d+)*)", r"\1 đô la"),
    _rule(r"(?<=\d) ?x ?(?=\d)", " nhân "),
    _rule(r"(?<=\d):(?=\d)", ", "),
    _rule(rf"(?<=\w)-?(?=\d)(?<!\d)|(?<=\d)-?(?={_LETTER})", " "),
    _rule(r"\d+(?:[.,]\d+)*", lambda match: numerals.figure(match[0])),
    # Marks: pauses stay, the rest goes.
    _rule(rf"[{''.join(MARKS)}]", lambda match: f" {MARKS[match[0]]} "),
    _rule(r"\.{2,}", "…"),
    _rule(r" ?… ?$", "."),
    _rule(r"[…()\[\]{}/|]", ", "),
    _rule(r" -+ (\w)", _dash),
    _rule(r"[*_#^~`\\<>+@−]|(?<!\w)-+|-+(?!\w)", " "),
    _rule(r" {2,}", " "),
    _rule(r" (?=[,.;:!?])", ""),
    _rule(r",(?: ?,)+", ","),
    _rule(r", ?(?=[.;:!?])|(?<=[.;:!?]),", ""),
    _rule(r"^[ ,.;:]+|[ ,;]{1,9}$", ""),
)
