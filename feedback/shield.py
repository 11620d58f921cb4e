"""
The shield: somebody's data in a text are found before everybody reads it.

What is found is replaced by words that say what stood there, so that nothing can be guessed
back and a screen reader says it. Numbers of documents, amounts, dates and codes of companies
stay; so do the department's own telephone and mail. The patterns read a copy of the text that
has the same length without marks, in small letters; each repeats a bounded number of times,
which keeps the time proportional to the length of the text. What a break of the line parts is
looked for in further copies, in which every other such break is a blank.
"""

import re
import unicodedata
from collections.abc import Iterable
from typing import NamedTuple

from django.conf import settings

PHONE, EMAIL, IDENTITY = "phone", "email", "identity"
ACCOUNT, TAX, PLATE, ADDRESS = "account", "tax", "plate", "address"
LABELS = {
    PHONE: "số điện thoại",
    EMAIL: "thư điện tử",
    IDENTITY: "số giấy tờ tùy thân",
    ACCOUNT: "số tài khoản",
    TAX: "mã số thuế",
    PLATE: "biển số xe",
    ADDRESS: "địa chỉ",
}


class Finding(NamedTuple):
    kind: str
    start: int  # in the composed text (NFC), as stored texts are
    end: int
    text: str

    @property
    def label(self) -> str:
        return LABELS[self.kind]

    @property
    def mask(self) -> str:
        return f"[{self.label}]"


class _Plain(dict):
    """Each character as patterns read it: no marks, small, digits of ASCII; one for one."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        if character.isdecimal():
            plain = str(unicodedata.decimal(character))
        elif character != "\n" and (
            character.isspace() or unicodedata.category(character) == "Cf"
        ):  # of those, the ones that cannot be seen at all
            plain = " "
        elif unicodedata.category(character) == "Pd":  # every hyphen and dash
            plain = "-"
        else:
            letter = {"đ": "d", "Đ": "d"}.get(character, character)
            plain = unicodedata.normalize("NFKD", letter)[:1].lower()
        self[code] = plain if len(plain) == 1 else character
        return self[code]


_PLAIN = _Plain()
MOST_ROUNDS = 8
_GONE = "\0"  # what was found or may stay; nothing else finds it again

# A few separators between two digits; what stands between a word and the number it announces.
_APART = r"[ ._\-()/]{0,3}"
_GAP = r"[^\d\n\0]{0,%d}?"


def _digits(least: int, most: int) -> str:
    return rf"\d(?:[ .\-]{{0,2}}\d){{{least - 1},{most - 1}}}(?!\d)"


def _announced(words: str, number: str, gap: int = 30) -> str:
    """Return the pattern of numbers, one or a few in a row, that a word before announces."""
    more = rf"(?:[ ,;/]{{1,3}}(?:(?:va|hoac|hay|-) )?{number}){{0,4}}"
    return rf"(?<![a-z])(?:{words})(?![a-z]){_GAP % gap}(?P<found>{number}{more})"


def _followed(number: str, words: str, gap: int = 20) -> str:
    return rf"(?<!\d)(?P<found>{number}){_GAP % gap}(?<![a-z])(?:{words})(?![a-z])"


_PAPERS = (
    r"cmnd|cmtnd|cmt|cccd|can cuoc|chung minh|so dinh danh|dinh danh ca nhan|so dinh danh ca nhan"
    r"|giay phep lai xe|gplx|bang lai|bhxh|bhyt|bao hiem y te|bao hiem xa hoi"
)
_PASSPORT = r"ho chieu|passport"
_BANKS = (
    r"stk|so tk|tk|so tai khoan|tai khoan|vietcombank|vcb|agribank|bidv|vietinbank|techcombank|tcb"
    r"|mb ?bank|mb|acb|sacombank|vp ?bank|tp ?bank|hd ?bank|shb|ocb|msb|vib|scb|eximbank|seabank"
    r"|abbank|lpbank|lienvietpostbank|kienlong ?bank|nam a bank|bac a bank|pvcombank|cake|timo"
    r"|ngan hang|momo|zalopay|viettelpay|vnpay"
)
_CALLS = (
    r"dien thoai|so dien thoai|dt|dtdd|sdt|dd|di dong|tel|phone|mobile|hotline|zalo|viber"
    r"|so may|goi so|goi|alo|nhan tin|lien he|lien lac|lh|fax"
)
_BANK_NUMBER = _digits(6, 19)
_PAPER_NUMBER = r"[a-z]{0,3}" + _digits(9, 13)
_SERIES = r"(?:[a-hk-npst-vxyz]{2}|[a-hk-npst-vxyz]\d?)"
_NAMED_DIGIT = r"(?:khong|mot|hai|ba|bon|tu|nam|lam|sau|bay|tam|chin)"

# Mail as it is written, with blanks, and in the disguises people give it against machines. The
# more a sign may mean something else, the better known has to be what follows it.
_BEFORE_AT = r"[\w+\-]{1,64}+(?:(?:\.| \. ?| ?[(\[](?:\.|dot|cham)[)\]] ?)[\w+\-]{1,64}+){0,5}+"
_SPELLED_BEFORE_AT = r"\w{1,64}+(?:(?:\.| cham )\w{1,64}+){0,3}+"
_AT = r"(?: ?(?:@|[(\[{<](?:@|at|a ?(?:cong|moc|vong))[)\]}>]) ?)"
_AT_IN_WORDS = r"(?: a ?(?:cong|moc|vong) )"
_AT_OR_NOT = r"(?:(?: ?[(\[{<]a[)\]}>] ?)| at | a )"
_DOT = r"(?:\.| ?[(\[](?:\.|dot|cham)[)\]] ?| (?:dot|cham) )"
_AT_LAST = rf"(?:{_DOT}| \. ?|\. |,)"  # only before an ending that is known
_HOST = r"[a-z\d\-]{1,63}+"
_ENDING = r"(?:com|vn|net|org|edu|gov|info|biz|us|asia)"
_MAILBOXES = (
    r"(?:gmail|googlemail|yahoo|ymail|hotmail|outlook|live|icloud|msn|zoho|proton ?mail|vnn|fpt)"
)
_MAILBOX = rf"{_MAILBOXES}(?:(?:{_AT_LAST}| )(?:com|net|vn|org|me)(?:(?:{_AT_LAST}| )vn)?)"
_DOMAIN = (
    rf"(?:{_HOST}(?:{_DOT}{_HOST}){{0,4}}{_DOT}[a-z]{{2,24}}"
    rf"|{_HOST}(?:{_AT_LAST}{_HOST}){{0,3}}{_AT_LAST}{_ENDING}|{_MAILBOX}|{_MAILBOXES})(?![a-z\d])"
)
_EMAIL = (
    rf"(?:{_BEFORE_AT}{_AT}|{_SPELLED_BEFORE_AT}{_AT_IN_WORDS}){_DOMAIN}"
    rf"|{_BEFORE_AT}{_AT_OR_NOT}{_MAILBOX}(?![a-z\d])"
    rf"|{_BEFORE_AT}[(\[]a[)\]](?:{_HOST}\.){{1,4}}{_ENDING}(?![a-z\d])"
)
# «gmail: nam1990»
_MAIL_NAME = (
    r"(?<![a-z])(?:gmail|e-?mail|thu dien tu)(?: cua (?:toi|em|minh))?(?: la| ?:) ?"
    r"(?P<found>[a-z][a-z._]{2,40}+\d{2,10}+)(?![\w@])"
)
# A citizen's number: province, then century and sex, year of birth, six more.
_CITIZEN = r"(?<!\d)0\d\d[ .\-]?[0-3]\d\d[ .\-]?\d{3}[ .\-]?\d{3}(?!\d)"
_FROM_ABROAD = (
    rf"(?<!\d)\(?(?:\+ ?84|0084|84){_APART}(?:\(?0\)?{_APART})?"
    rf"(?:[35789]\)?(?:{_APART}\d){{8}}|2\)?(?:{_APART}\d){{9}})(?!\d)"
)
_MOBILE = rf"(?<!\d)\(?[0o]{_APART}[35789](?:{_APART}\d){{8}}(?!\d)"
# Commas stand between numbers too, so the groups have to be a telephone's.
_WITH_COMMAS = r"(?<!\d)0[35789]\d\d, ?\d{3}, ?\d{3}(?!\d)(?!,\d)"
# Of a landline, and of a mobile as it was before 2018.
_LONGER = rf"(?<!\d)\(?0(?:2(?:{_APART}\d){{9}}|1[2689]\d(?:{_APART}\d){{7}})(?!\d)"
_SPOKEN = rf"(?<![a-z])(?:{_NAMED_DIGIT}[ ,.\-]{{1,3}}){{8,14}}{_NAMED_DIGIT}(?![a-z])"
_PLATE_WORDS = r"bien so|bien kiem soat|bks|bien xe|xe mang bien|xe bien"
_PLATE_NUMBER = rf"\d\d[ .\-]{{0,3}}{_SERIES}[ .\-]{{0,3}}(?:\d{{3}}[ .]\d\d|\d{{4,5}})(?!\d)"
_NUMBER = r"\d{1,4}[a-z]?(?:/\d{1,4}[a-z]?)"
_STREET = r"[ ,]{1,2}(?:duong|pho|hem|ngo|kiet|ngach|quoc lo|to) [^,.;\n\0]{1,40}"
_LIVES = (
    r"(?:thuong tru|tam tru|tru|ngu|nha|song|o) (?:tai|o)|dia chi(?: [a-z]{2,4}){0,2}"
    r"|nha toi(?: o)?"
)
# «số nhà 12» says enough; after «trú tại» a street or a number with strokes has to follow.
_HOUSE = (
    rf"(?<![a-z])(?:(?:so nha|nha so|(?:{_LIVES}) so)[ :]{{1,3}}"
    rf"(?P<found>{_NUMBER}{{0,4}}(?:{_STREET})?)"
    rf"|(?:{_LIVES})[ :]{{1,3}}(?P<also>{_NUMBER}{{0,4}}{_STREET}|{_NUMBER}{{1,4}}))"
    r"(?![\d/])(?!\.\d)"
)

# In this order: what an earlier one takes, a later one does not see.
_FINDERS = [
    (kind, re.compile(pattern))
    for kind, pattern in [
        (EMAIL, _EMAIL),
        (EMAIL, _MAIL_NAME),
        (IDENTITY, _announced(_PAPERS, _PAPER_NUMBER)),
        (IDENTITY, _announced(_PASSPORT, r"[a-z]\d{7,8}(?!\d)")),
        (IDENTITY, _followed(_digits(9, 12), _PAPERS, 12)),
        (TAX, _announced(r"mst|ma so thue", r"(?:8\d{9}|0\d{11})(?:-\d{3})?(?!\d)")),
        (TAX, _announced(r"(?:mst|ma so thue)(?: tncn)?(?: ca nhan| cua toi)", r"\d{10}(?!\d)")),
        (ACCOUNT, _announced(_BANKS, _BANK_NUMBER, 40)),
        (ACCOUNT, _followed(_digits(8, 19), _BANKS)),
        (IDENTITY, _CITIZEN),
        (PHONE, _FROM_ABROAD),
        (PHONE, _MOBILE),
        (PHONE, _WITH_COMMAS),
        (PHONE, _LONGER),
        (PHONE, _SPOKEN),
        (PHONE, _announced(_CALLS, rf"(?!1[89]00)\(?{_digits(7, 12)}", 15)),
        (PLATE, _announced(_PLATE_WORDS, _PLATE_NUMBER, 20)),
        (ADDRESS, _HOUSE),
    ]
]
# Of so many digits whatever stands before or after; what a break parts of them is one number.
_SHAPES = {_CITIZEN, _FROM_ABROAD, _MOBILE, _LONGER}
_SHAPED = [(kind, pattern) for kind, pattern in _FINDERS if pattern.pattern in _SHAPES]
# Written in capitals a plate needs no word beside it; a year after a letter is not one.
_PLATE = re.compile(
    r"(?<![\w.,/\-])(?:1[1-9]|[2-9]\d)(?:[.\-]?(?P<series>" + _SERIES + r")"
    r"| ?(?P<spaced>[a-z]\d))[ .\-]{0,3}"
    r"(?:\d{3}[ .]\d\d|(?!(?:19|20)\d\d(?!\d))\d{4,5})(?![\w/])(?![.,]\d)"
)

# What may stay, in the text as written: dates, amounts with their unit.
_KEPT = re.compile(
    r"(?<![\d+])(?:0?[1-9]|[12]\d|3[01]) ?[./\-–] ?(?:0?[1-9]|1[0-2]) ?[./\-–] ?"
    r"(?:1[5-9]|20)\d\d(?!\d)"
    r"|(?<!\d)\d{4}-\d\d-\d\d(?!\d)"
    r"|(?<![\d.])[1-9]\d{0,2}(?:[. ]\d{3}){1,6}(?:,\d{1,6})?"
    r" ?(?:tỷ|tỉ|triệu|nghìn|ngàn|đồng|đ|ty|trieu|nghin|ngan|dong|VNĐ|VND|USD|EUR|kWh|MWh|%)(?!\w)"
    r"|(?<![\d.])[1-9]\d{0,18}(?:,\d{1,6})?"
    r" ?(?:tỷ|tỉ|triệu|nghìn|ngàn|đồng|ty|trieu|nghin|ngan|dong|VNĐ|VND|USD|EUR|kWh|MWh|%)(?!\w)"
)
# And, in the plain copy, the public codes of companies and numbers of call centres.
_KEPT_PLAIN = re.compile(
    r"(?<![a-z])(?:mst|ma so thue|ma so doanh nghiep|ma doanh nghiep|ma so dn)(?![a-z])"
    r"(?! (?:tncn )?(?:ca nhan|cua toi))[^\d\n]{0,20}(?!8\d{9}(?!\d))\d{10}(?:-\d{3})?(?!\d)"
    r"|(?<!\d)1[89]00(?:[ .\-]{0,2}\d){4,6}(?!\d)"
)


# Where a break may part one number or an address of mail; items of a numbered list begin anew.
_BREAK = re.compile(
    r"(?:(?<=\d)|(?<=\d[ .\-]))\n(?= ?\d)(?! ?\d{1,2}[.)/] ?(?!\d))"
    r"|(?<=@)\n(?=[a-z\d])|(?<=[a-z\d])\n(?=@)"
)
_BREAK_AFTER_COLON = re.compile(r"(?<=:) ?\n(?= ?\d)")  # «Tài khoản:» and its number
LEAST_PARTED = 9  # digits of a number on two lines; shorter ones are rows of a table as well

_MASKS = re.compile("|".join(re.escape(f"[{label}]") for label in LABELS.values()))


def findings(text: str) -> list[Finding]:
    """Return what may be somebody's data, in order; the positions are those of NFC text."""
    text = unicodedata.normalize("NFC", text)
    plain = text.translate(_PLAIN)
    plain = _BREAK_AFTER_COLON.sub(lambda match: " " * len(match[0]), plain)
    for kept in (_MASKS, _KEPT):
        plain = _without(plain, [match.span() for match in kept.finditer(text)])
    plain = _without(plain, [match.span() for match in _KEPT_PLAIN.finditer(plain)])
    found = []
    # What is found may have hidden its neighbour: a telephone right after an address of mail.
    for _ in range(MOST_ROUNDS):
        # Before what a line of its own has, or half a number would be taken for a whole one.
        shaped, plain = _found_parted(plain, text, _SHAPED)
        whole, plain = _found(plain, text)
        parted, plain = _found_parted(plain, text)
        if not (shaped or whole or parted):
            break
        found += [*shaped, *whole, *parted]
    listed = (Finding(kind, start, end, text[start:end]) for kind, start, end in found)
    return sorted(
        (finding for finding in listed if not _is_own(finding)), key=lambda each: each.start
    )


def masked(text: str, shown_as_is: Iterable[str] = ()) -> str:
    """Return the text for everybody's eyes; what staff let stand (``shown_as_is``) stays."""
    text = unicodedata.normalize("NFC", text)
    stays = set(shown_as_is)
    parts, at = [], 0
    for finding in findings(text):
        if finding.text not in stays:
            parts += [text[at : finding.start], finding.mask]
            at = finding.end
    return "".join([*parts, text[at:]])


def _found(plain: str, text: str, finders=_FINDERS) -> tuple[list[tuple[str, int, int]], str]:
    """Return what every finder finds, and the plain copy without it."""
    found = []
    for kind, pattern in finders:
        spans = [_span(match, plain) for match in pattern.finditer(plain)]
        found += [(kind, *span) for span in spans]
        plain = _without(plain, spans)
    plates = [match.span() for match in _PLATE.finditer(plain) if _is_plate(match, text)]
    return [*found, *((PLATE, *span) for span in plates)], _without(plain, plates)


def _found_parted(
    plain: str, text: str, finders=_FINDERS
) -> tuple[list[tuple[str, int, int]], str]:
    """
    Return what is found where a line breaks, and the plain copy without it.

    One break at a time is a blank, never its neighbours, so that rows of numbers stay apart.
    """
    found = []
    breaks = [match.start() for match in _BREAK.finditer(plain)]
    for every_other in filter(None, (breaks[::2], breaks[1::2])):
        joined = list(plain)
        for at in every_other:
            joined[at] = " "
        more, _ = _found("".join(joined), text, finders)
        kept = [(kind, start, end) for kind, start, end in more if _may_be_parted(plain[start:end])]
        plain = _without(plain, [span for _, *span in kept])
        found += kept
    return found, plain


def _may_be_parted(found: str) -> bool:
    """Say whether it is one thing on two lines rather than two figures."""
    if "\n" not in found:
        return False
    if "@" in found:
        return True
    above, below = (sum(map(str.isdigit, line)) for line in found.split("\n"))
    return "/" not in found and above >= 3 and below >= 2 and above + below >= LEAST_PARTED


def _without(plain: str, spans: list[tuple[int, int]]) -> str:
    parts, at = [], 0
    for start, end in spans:
        parts += [plain[at:start], _GONE * (end - start)]
        at = end
    return "".join([*parts, plain[at:]])


def _span(match: re.Match, plain: str) -> tuple[int, int]:
    """Return where the data stand: without the word before, a bracket that is not closed, …"""
    start, end = match.span(match.lastgroup or 0)
    while start < end and plain[start] in " .-":
        start += 1
    while end > start and plain[end - 1] in " .-":
        end -= 1
    if plain[start] == "(" and ")" not in plain[start:end]:
        start += 1
    return start, end


def _is_plate(match: re.Match, text: str) -> bool:
    letters = [letter for letter in text[slice(*match.span())] if letter.isalpha()]
    return all(letter.isupper() for letter in letters)


def _is_own(finding: Finding) -> bool:
    """Say whether it is the department's own telephone or mail, which everybody may read."""
    if finding.kind == EMAIL:
        return finding.text.lower() == settings.DEPARTMENT["email"].lower()
    if finding.kind == PHONE:
        dialled = _dialled(finding.text)
        return bool(dialled) and dialled in _dialled(settings.DEPARTMENT["phone"])
    return False


def _dialled(phone: str) -> str:
    digits = "".join(filter(str.isdigit, phone.translate(_PLAIN)))
    return re.sub(r"^(?:00)?84", "0", digits)
