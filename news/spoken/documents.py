"""Numbers of documents, standards, number plates, map positions and other codes."""

import re

from news.spoken import numerals
from news.spoken.abbreviations import ABBREVIATIONS, FOREIGN
from news.spoken.letters import LETTERS, reads_as_word, spell
from news.spoken.rules import LETTER, YEAR, Rule, any_of, follows, near, rule, table

# What the letters mean inside the number of a document; elsewhere some mean other things.
IN_NUMBERS = table("""
    NQ=nghị quyết; NĐ=nghị định; QĐ=quyết định; TT=thông tư; TTLT=thông tư liên tịch; CT=chỉ thị
    KH=kế hoạch; TB=thông báo; BC=báo cáo; CV=công văn; TTr=tờ trình; KL=kết luận; CTr=chương trình
    CTHĐ=chương trình hành động; ĐA=đề án; HD=hướng dẫn; QC=quy chế; QyĐ=quy định; QĐi=quy định
    CĐ=công điện; GM=giấy mời; BB=biên bản; PA=phương án; PL=pháp lệnh; L=luật; QH=Quốc hội
    LCT=lệnh Chủ tịch nước; CTN=Chủ tịch nước; CP=Chính phủ; TTg=Thủ tướng; BTC=Bộ Tài chính
    TW=trung ương; TU=tỉnh ủy; VBHN=văn bản hợp nhất; QLTM=quản lý thương mại
    QLCN=quản lý công nghiệp
    QLNL=quản lý năng lượng; VP=văn phòng; VPCP=văn phòng Chính phủ; KTN=kinh tế ngành
    KTTH=kinh tế tổng hợp; TCKH=tài chính kế hoạch; UBTVQH=ủy ban thường vụ Quốc hội
    NVY=nghiệp vụ y; NVD=nghiệp vụ dược; QLNS=quản lý ngân sách; QLCS=quản lý công sản
    QLGCS=quản lý giá, công sản; CAT=công an tỉnh
    CCTHADS=chi cục thi hành án dân sự; CTHADS=cục thi hành án dân sự; CTK=cục thống kê
    CHQ=cục hải quan; HQ=hải quan; NVDTPC=nghiệp vụ, dự toán, pháp chế
    TTHT=tuyên truyền, hỗ trợ; TTKT=thanh tra, kiểm tra; TCHC=tổ chức hành chính
    TCCB=tổ chức cán bộ; TCBC=tổ chức biên chế; TCCQ=tổ chức chính quyền; HCTC=hành chính, tư pháp
    XDKTVB=xây dựng, kiểm tra văn bản; NC=nội chính; TH=tổng hợp; VX=văn xã; KGVX=khoa giáo, văn xã
    NNTN=nông nghiệp, tài nguyên; KT=kinh tế; ĐTKT=đầu tư, kinh tế; CN=công nghiệp; XL=xử lý
    HĐBC=hội đồng bầu cử; HĐ=hợp đồng; GP=giấy phép
    UBBC=ủy ban bầu cử; TTTN=thị trường trong nước
    HĐTS=hội đồng tuyển sinh; TM=thư mời; UQ=ủy quyền; XPHC=xử phạt hành chính; PV=pê vê
    QCPH=quy chế phối hợp; CTPH=chương trình phối hợp
""")
# An office of the province is its field with these letters before it: "SGDĐT", "VPUBND".
OFFICES = table("S=Sở; VP=văn phòng; TT=trung tâm; CC=chi cục; BQL=ban quản lý; P=phòng; B=Bộ")
FIELDS = table("""
    NNMT=Nông nghiệp và Môi trường; VHTTDL=Văn hóa, Thể thao và Du lịch; TP=Tư pháp; YT=Y tế
    GDĐT=Giáo dục và Đào tạo; KHCN=Khoa học và Công nghệ; NV=Nội vụ; XD=Xây dựng; CT=Công Thương
    TTTT=Thông tin và Truyền thông; LĐTBXH=Lao động, Thương binh và Xã hội; DTTG=Dân tộc và Tôn giáo
    GTVT=Giao thông vận tải; GTVTXD=Giao thông vận tải, Xây dựng; DL=Du lịch; NgV=Ngoại vụ
    VHTT=Văn hóa và Thể thao; QHKT=Quy hoạch, Kiến trúc; NNPTNT=Nông nghiệp và Phát triển nông thôn
    TC=Tài chính; HĐND=hội đồng nhân dân; UBND=ủy ban nhân dân; TNMT=Tài nguyên và Môi trường
    KKT=khu kinh tế; KCN=khu công nghiệp; DA=dự án; ĐTXD=đầu tư xây dựng; TK=thống kê
    KL=kiểm lâm; TL=thủy lợi; CNTY=chăn nuôi, thú y; TS=thủy sản; QLTT=quản lý thị trường
    KHĐT=Kế hoạch và Đầu tư; NN=Nông nghiệp; DS=dân số
    ATVSTP=an toàn vệ sinh thực phẩm; PTNT=phát triển nông thôn
""")
STANDARDS = table("""
    ISO/IEC=i sô i e xê; ISO=i sô; TCVN ISO=tiêu chuẩn Việt Nam i sô; TCVN=tiêu chuẩn Việt Nam
    TCVN ISO/IEC=tiêu chuẩn Việt Nam i sô i e xê; QCVN=quy chuẩn Việt Nam; TCCS=tiêu chuẩn cơ sở
    QCĐP=quy chuẩn địa phương; IEC=i e xê; IATF=i a tê ép; OHSAS=ô hát ét sì a ét sì; EN=e en nờ
    FSSC=ép ét sì ét sì xê; SA=ét sì a; ASTM=a ét sì tê em mờ; BS EN=bê ét sì e en nờ
    JIS=gi i ét sì
""")
# Letters that mean something else beside these others: "34/CT-TTHT" comes from a tax office.
_COURTS = table("""
    HS=hình sự; DS=dân sự; HC=hành chính; LĐ=lao động; HNGĐ=hôn nhân gia đình
    KDTM=kinh doanh thương mại; ST=sơ thẩm; PT=phúc thẩm; QĐST=quyết định sơ thẩm
    QĐPT=quyết định phúc thẩm
""")
_OF_A_COURT = re.compile(r"(?:HS|DS|HC|LĐ|HNGĐ|KDTM)-(?:ST|PT)(?!\w)|QĐ(?:ST|PT)-")
_BESIDE = {
    "CT": (re.compile(r"/CT-(?:TTHT|TTKT|QLN|KK|KTNB|HKDCN|NVDTPC)"), "cục thuế"),
    "TCT": (re.compile(r"/TCT-"), "Tổng cục Thuế"),
    "QLĐT": (re.compile(r"/BQLK"), "quản lý đầu tư"),
} | {letters: (_OF_A_COURT, said) for letters, said in _COURTS.items()}
# "của Chính phủ" is said once, though the number tells it too: "80/2021/NĐ-CP của Chính phủ".
_ISSUERS = {
    "CP": "Chính phủ",
    "TTg": "Thủ tướng",
    "UBTVQH": "Ủy ban Thường vụ Quốc hội",
    "UBND": "Ủy ban nhân dân",
    "HĐND": "Hội đồng nhân dân",
    "BCT": "Bộ Công Thương",
}
_DIRECTIONS = dict(zip("BNĐTEWS", "bắc bắc đông tây đông tây nam".split(), strict=True))


def _number(match: re.Match) -> str:
    """
    Read "01/NQ-CP" as "không một trên nghị quyết Chính phủ".

    Between figures "/" is said; between letters it only parts them.
    """
    figures = re.match(r"\d+(?:\.\d{3})?(?:[/-]\d+)*[a-z]?", match[0])[0]
    said = " trên ".join(_figures(part) for part in re.split("[/-]", figures))
    rest = match[0][len(figures) :]
    link = " trên " if rest.startswith("/") else " "
    if follows(match, "quy định", "quy định số"):
        rest = rest.replace("QĐ", "QyĐ")
    rest = _issued(rest, match.string[match.end() : match.end() + 40])
    letters = re.sub(rf"[/&-]|\d+|{LETTER}+", _letters, rest)
    return f"{said}{link}{letters.strip()}"


def _issued(rest: str, after: str) -> str:
    """Leave the issuer out of the number where the words after it name it: "của Chính phủ"."""
    written = re.search(r"-([^/-]+)$", rest)
    issuer = _ISSUERS.get(written[1]) if written else None
    if not (issuer and after.startswith(" của ")):
        return rest
    named = after.removeprefix(" của ").lower().startswith((issuer.lower(), written[1].lower()))
    return rest[: written.start()] if named else rest


def _figures(part: str) -> str:
    letter = part[-1] if part[-1].isalpha() else ""
    return f"{numerals.figure(part.rstrip(letter) if letter else part)} {spell(letter)}".strip()


def _letters(match: re.Match) -> str:
    part = match[0]
    if part in "/-":
        return " "
    if part == "&":
        return " và "
    if part.isdigit():
        say = numerals.digit_by_digit if follows(match, "bcđ") else numerals.figure
        return f" {say(part)} "
    if (beside := _BESIDE.get(part)) and beside[0].search(match.string):
        return beside[1]
    return IN_NUMBERS.get(part) or _office(part) or ABBREVIATIONS.get(part) or spell(part)


def _office(letters: str) -> str | None:
    for written, said in OFFICES.items():
        if letters.startswith(written) and (field := FIELDS.get(letters.removeprefix(written))):
            return f"{said} {field}"
    return None


def _standard(match: re.Match) -> str:
    # "/BYT" after it tells who issued it.
    name, number, year, issuer = match.groups()
    numbered = re.findall(r"\d+|[A-Z]+", number)
    parts = [numerals.figure(part) if part.isdigit() else spell(part) for part in numbered]
    called = STANDARDS[name]
    for word in ("tiêu chuẩn ", "quy chuẩn "):
        if follows(match, word.rstrip()):
            called = called.removeprefix(word)
    said = f"{called} {', '.join(parts)}" + (f", {numerals.figure(year)}" if year else "")
    return said + (f", {ABBREVIATIONS.get(issuer) or spell(issuer)}" if issuer else "")


def _plate(match: re.Match) -> str:
    province, series, number = match.groups()
    figures = [numerals.digit_by_digit(part) for part in re.findall(r"\d+", number)]
    return f"{numerals.cardinal(int(province))} {_spelled(series)}, {' '.join(figures)}"


def _spelled(code: str) -> str:
    parts = re.findall(rf"\d+|{LETTER}+", code)
    return " ".join(numerals.figure(part) if part.isdigit() else spell(part) for part in parts)


def _code(match: re.Match) -> str:
    """Read letters with figures: "H5N1", "ST25", "5G", "B.1.1.529"."""
    said = []
    for part in re.findall(rf"\d+|{LETTER}+|\.(?=\d)", match[0]):
        if part == ".":
            said.append("chấm")
        elif part.isdigit():
            # The last part of "B.1.1.529" counts nothing.
            say = numerals.digit_by_digit if "." in match[0] and len(part) > 2 else numerals.figure
            said.append(say(part))
        else:
            said.append(part if reads_as_word(part) and len(part) > 3 else _known(part))
    return " ".join(said)


def _known(letters: str) -> str:
    return ABBREVIATIONS.get(letters) or FOREIGN.get(letters) or spell(letters)


def _position(match: re.Match) -> str:
    degrees, minutes, seconds, direction = match.groups()
    degrees = degrees.replace(".", ",")
    said = f"{numerals.figure(degrees)} độ"
    if minutes:
        said += f" {numerals.figure(minutes)} phút"
    if seconds:
        said += f" {numerals.figure(seconds)} giây"
    if not direction:
        return said
    circle = " kinh" if direction in "ĐTEW" else " vĩ"
    if near(match, "vĩ tuyến", "kinh tuyến", reach=24):
        circle = ""
    return f"{said}{circle} {_DIRECTIONS[direction]}"


def _joined_code(match: re.Match) -> str:
    """Read "VN-TGOR-0123" part by part."""
    parts = match[0].split("-")
    return ", ".join(numerals.digit_by_digit(p) if p.isdigit() else spell(p) for p in parts)


def _tariff(match: re.Match) -> str:
    """Read the number of a kind of goods: "mã HS 7210.41.11"."""
    if not near(match, "mã", "hs", reach=32):
        return match[0]
    return ", ".join(map(numerals.digit_by_digit, match[0].split(".")))


def _vehicle(match: re.Match) -> str:
    """Read "VN1234" or "KN 491", which people call by their figures."""
    kind, number = match.groups()
    return f"{spell(kind)} {numerals.digit_by_digit(number)}"


def _flight(match: re.Match) -> str:
    near_one = near(match, "chuyến bay", "máy bay", "tàu bay", "hàng không")
    return _vehicle(match) if near_one or match[1] == "VN" else match[0]


def _ship(match: re.Match) -> str:
    if not near(match, "tàu", reach=24):
        return match[0]
    owner = ABBREVIATIONS.get(match[1])
    if not owner or follows(match, owner):
        return _vehicle(match)
    return f"{owner} {numerals.digit_by_digit(match[2])}"


def _wish(match: re.Match) -> str:
    """Read "NV1" of those who apply to a school."""
    applied = near(match, "nguyện vọng", "tuyển", "thí sinh", "điểm chuẩn")
    return f"nguyện vọng {match[1]}" if applied else match[0]


def _aircraft(match: re.Match) -> str:
    name, letter, number, kind = match.groups("")
    if not (name or near(match, "máy bay", "tàu bay", "airbus")):
        return match[0]
    said = " ".join(filter(None, (name, spell(letter), numerals.digit_by_digit(number))))
    return f"{said}, {numerals.digit_by_digit(kind)}" if kind else said


def _letters_and_year(match: re.Match) -> str:
    """Read the code "SP.05/2025", whose point and mark only part it."""
    letters, *figures = match.groups()
    said = [spell(part) for part in re.findall(rf"{LETTER}+", letters)]
    return ", ".join((*said, *map(numerals.figure, figures)))


_CODE = "[" + "".join(letter for letter in LETTERS if letter.isalpha()) + "]"

RULES: tuple[Rule, ...] = (
    rule(
        rf"(?<![\w.])([A-ZĐ]{{2,12}}\.(?:[A-ZĐ]{{1,6}}[.-])?)(?=[\d/-]{{0,5}}{YEAR})(\d{{1,4}})[/-](\d{{1,4}})(?![\d/-])",
        _letters_and_year,
    ),
    rule(
        rf"(?<!\w)({any_of(STANDARDS)})[ -]?(\d{{1,6}}(?:-\d{{1,3}}|-[A-Z]{{2}})?)"
        r"(?::(\d{4}))?(?:/([A-ZĐ]{2,8}))?(?!\w)",
        _standard,
    ),
    rule(
        r"(?<![\w/.,-])(?:\d{1,2}\.\d{3}|\d{1,5})(?:[/-]\d{4})?/[A-ZĐƯ]{1,8}[a-z]?[A-ZĐ]{0,8}\d{0,3}"
        r"(?:[/&-][A-ZĐƯ]{1,8}[a-z]?[A-ZĐ]{0,8}\d{0,3}){0,6}(?![\w/])"
        r"|(?<![\w/.,-])\d{1,5}-[A-ZĐ]{1,4}[a-z]?/[A-ZĐƯ]{2,8}(?:-[A-ZĐƯ]{1,8})?(?![\w/])",
        _number,
        needs="/",
    ),
    rule(r"(?<!\w)VN(?:-[A-Z]{2,6}){1,3}-\d{2,6}(?!\w)", _joined_code, needs="VN-"),
    rule(r"(?<!\w)VN-(?=2000(?!\w))", "vê en nờ ", needs="VN-"),
    # Flights; elsewhere "VN" is the country and "QH" the parliament.
    rule(r"(?<!\w)(VN|VJ|QH|BL|VU)[ -]?(\d{3,4})(?![\w/]|[.,]\d)", _flight),
    rule(r"(?<!\w)NV(\d{1,2})(?!\w)", _wish, needs="NV"),
    rule(r"(?<!\w)(KN|CSB|BP|HQ|SAR)[ -]?(\d{3,4})(?!\w)", _ship),
    rule(
        r"(?<!\w)(?:(Bô inh|Airbus) )?(A?)((?<=A)3[1-8]\d|(?<=Bô inh )7\d7)"
        r"(?:-(\d{1,3}))?(?![\w.]|,\d)",
        _aircraft,
    ),
    rule(r"(?<![\w.,])\d{4}\.\d\d(?:\.\d\d){0,2}(?![\w.]|,\d)", _tariff, needs="."),
    # The articles of a law and the classes of a school: "Điều 12b", "lớp 5g".
    rule(
        r"\b((?i:điều|khoản|phụ lục|lớp) \d{1,3})([a-zđ])(?![\w/])",
        lambda match: f"{match[1]} {spell(match[2])}",
    ),
    # Fishing boats: "QNg-95678-TS".
    rule(
        r"(?<!\w)([A-ZĐ]{1,2}[a-z]?)[- ](\d{4,5})[- ]?(TS)(?!\w)",
        lambda match: f"{spell(match[1])}, {numerals.digit_by_digit(match[2])}, {spell(match[3])}",
    ),
    rule(r"(?<![\w.,])(\d\d)[- ]?([A-ZĐ]{1,2}\d?) ?[- ] ?(\d{3}\.\d{2}|\d{4,5})(?!\w)", _plate),
    rule(
        r"(?<![\w.,])(\d{1,3}(?:[.,]\d)?) ?- ?(?=\d{1,3}(?:[.,]\d)?° ?[BNĐTEWS](?!\w))",
        r"\1 đến ",
        needs="°",
    ),
    # A place has two of them: "17,8°N - 112,3°E", "17,8 độ vĩ Bắc - 112,3 độ kinh Đông".
    rule(r"(?<=[°' y\d][BNĐTEWS]) ?- ?(?=\d{1,3}(?:[.,]\d{1,3})?°)", ", ", needs="°"),
    rule(r"\b(độ (?i:vĩ|kinh) (?i:bắc|nam|đông|tây)) ?- ?(?=\d)", r"\1, ", needs="độ"),
    rule(
        r"(?<![\w.,])(\d{1,3}(?:[.,]\d{1,3})?)°(?: ?(\d{1,2}(?:,\d{1,6})?)')?"
        r"(?: ?(\d{1,2}(?:,\d{1,6})?) giây)? ?([BNĐTEWS])(?!\w)",
        _position,
        needs="°",
    ),
    rule(
        r"(?<![\w.,])(\d{1,3})° ?(\d{1,2})'(?: ?(\d{1,2}(?:,\d+)?) giây)?()",
        _position,
        needs="°",
    ),
)
# After dates, times and units had their turn.
CODES: tuple[Rule, ...] = (
    rule(r"(?<![\w.])[A-Z](?:\.\d{1,4}){1,6}(?![\w%])", _code),
    rule(
        rf"(?<![\w.,])(?={_CODE}{{1,12}}\d|\d{{1,12}}{_CODE})(?:{_CODE}|\d){{2,24}}(?:\.\d{{1,3}})?(?!\w)",
        _code,
    ),
)
