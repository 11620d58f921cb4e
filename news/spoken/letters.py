"""Names of letters, and which groups of capitals are words of their own."""

import re
import unicodedata

from news.spoken.rules import LETTER, Rule, rule, table, words

# As said in foreign abbreviations: D is "đê" there, like Đ.
LETTERS = table("""
    A=a; Ă=á; Â=ớ; B=bê; C=xê; D=đê; Đ=đê; E=e; Ê=ê; F=ép; G=giê; H=hát; I=i; J=gi; K=ca; L=e lờ
    M=em mờ; N=en nờ; O=o; Ô=ô; Ơ=ơ; P=pê; Q=quy; R=e rờ; S=ét sì; T=tê; U=u; Ư=ư; V=vê; W=vê kép
    X=ích xì; Y=i dài; Z=dét
""") | {"O": "ô"}
_TONES = dict.fromkeys(map(ord, "\u0300\u0301\u0303\u0309\u0323"))
# Also those of the highlands: "Krông", "Pleiku".
_ONSET = (
    r"(?:NGH(?=[IEÊ])|NG(?![IEÊY])|NH|GH(?=[IEÊ])|GI|KH|TH|TR|CH|PH|QU|[BDĐHKLMNPRSTVX]"
    r"|[CG](?![EÊY])|[BCKP][LR]|ĐR|Y(?=[AEOU]))"
)
_NUCLEUS = (
    r"(?:UYÊ|UYA|UÔI|ƯƠI|ƯƠU|IÊU|YÊU|OAI|OAY|OAO|OEO|UÂY|UYU|UÊU|IÊ|YÊ|ƯƠ|UÔ|UÂ|UÊ|UY|OA|OĂ|OE|AI|AO|AU|AY"
    r"|ÂU|ÂY|EO|ÊU|IA|IU|OI|ÔI|ƠI|UA|UI|ƯA|ƯI|ƯU|UƠ|OO|[AĂÂEÊIOÔƠUƯY])"
)
_SYLLABLE = rf"{_ONSET}?{_NUCLEUS}(?:CH|NG|NH|[CKMNPT])?"
_IS_SYLLABLE = re.compile(_SYLLABLE)
# Vowels without their marks, as in names on signs: "VIET NAM".
_IS_WORD = re.compile(rf"{_SYLLABLE}(?:{_ONSET}{_NUCLEUS}(?:CH|NG|NH|[CMNPT])?){{0,3}}")
_CLUSTER = re.compile(r"[BCDFGHJKLMNPQRSTVWXZĐ]{3}")
_VOWELS = re.compile(r"[AEIOUY]")
CAPITAL = "[" + "".join(filter(str.isupper, map(chr, range(0x41, 0x1EFA)))) + "]"
_RUN = rf"(?<![\w.]){CAPITAL}{{2,24}}(?:(?: - |[ -]){CAPITAL}{{1,24}})*(?!\w)"


def spell(code: str) -> str:
    return " ".join(LETTERS.get(letter.upper(), letter) for letter in code)


def is_syllable(capitals: str) -> bool:
    """Tell whether a Vietnamese word could be written so."""
    return bool(_IS_SYLLABLE.fullmatch(_toneless(capitals)))


def reads_as_word(capitals: str) -> bool:
    """Tell whether unknown capitals are said as a word ("PAPI") or letter by letter ("DDCI")."""
    if len(capitals) < 3:
        return False
    if len(capitals) >= 5 and not _CLUSTER.search(capitals):
        return len(_VOWELS.findall(capitals)) >= 2
    return bool(_IS_WORD.fullmatch(capitals)) and capitals[0] not in "AEIOU"


_BARE_SYLLABLE = re.compile(
    rf"{_ONSET}?(?:UYE|IEU|YEU|UOI|UOU|IE|YE|UO|{_NUCLEUS})(?:CH|NG|NH|[CMNPT])?"
)


def syllables(word: str) -> list[str] | None:
    """Part small letters without marks into syllables: "socongthuong". None if they are none."""
    ways: list[list[str] | None] = [[]] + [None] * len(word)
    for end in range(1, len(word) + 1):
        for start in range(max(0, end - 7), end):
            known = ways[start]
            if known is None or not _BARE_SYLLABLE.fullmatch(word[start:end].upper()):
                continue
            if ways[end] is None or len(known) + 1 < len(ways[end]):
                ways[end] = [*known, word[start:end]]
    return ways[-1]


def has_marks(word: str) -> bool:
    return any(not letter.isascii() and letter != "Đ" for letter in word)


def _toneless(word: str) -> str:
    decomposed = unicodedata.normalize("NFD", word).translate(_TONES)
    return unicodedata.normalize("NFC", decomposed)


def _headline(match: re.Match) -> str:
    """
    Write a headline in small letters: its words are no abbreviations.

    A word with Vietnamese marks shows that the capitals around it are words too.
    """
    run = match[0]
    parts = re.findall(rf"{LETTER}+", run)
    if not any(len(part) > 1 and has_marks(part) and is_syllable(part) for part in parts):
        return run
    if len(parts) == 1 and run in KEPT:
        return run
    return re.sub(
        rf"{LETTER}+", lambda part: part[0].lower() if is_syllable(part[0]) else part[0], run
    )


# Abbreviations that look like a word when they stand alone.
KEPT = words("TƯ, NGƯT, NSƯT, NNƯT")
LETTER_AFTER = words("điểm, tiết, ý, mục, nhóm, loại, hạng, khối, lớp, tổ, dãy, lô, khu, vitamin")


def _initials(match: re.Match) -> str:
    """Read the name of somebody who is not to be known: "N.T.H."."""
    return spell(match[1].replace(".", ""))


def _blood(match: re.Match) -> str:
    sign = " dương" if match[1] == "+" else " âm" if match[1] == "-" else ""
    return f"rờ hát{sign}"


# "nhóm máu O, Rh-", before the sign is lost.
BLOOD: tuple[Rule, ...] = (
    rule(r"\b((?i:nhóm máu) )(AB|A|B|O)(?!\w)", lambda match: match[1] + spell(match[2])),
    rule(r"(?<!\w)Rh ?\(?(?:D ?\)? ?)?([-+](?!\w))?\)?", _blood, needs="Rh"),
)
# Three and more before the abbreviations: "P.V" alone is a reporter.
INITIALS: tuple[Rule, ...] = (rule(r"(?<![\w.])([A-ZĐ](?:\.[A-ZĐ]){2,4})(?![\w'])", _initials),)
HEADLINES: tuple[Rule, ...] = (rule(_RUN, _headline),)
# "điểm y khoản 1", but "tổ y tế".
_ITEM = r"(?:[a-xzđ](?!\w)|y(?= ?(?:[,.;:)]|khoản|$)))"
SINGLE: tuple[Rule, ...] = (
    rule(
        rf"\b((?i:{'|'.join(LETTER_AFTER)}) )"
        rf"({_ITEM}(?:(?:, ?| và | hoặc ){_ITEM}){{0,8}})(?=[ ,.;:)]|$)",
        lambda match: match[1] + re.sub(r"\b\w\b", lambda one: spell(one[0]), match[2]),
    ),
    rule(r"(?<![\w.])([A-ZĐ]\.[A-ZĐ])(?![\w'])", _initials),
    # Vowels are words too: "Y tế", "Ô Môn".
    rule(rf"(?<!{LETTER})(?<!['.])([B-DF-HJ-NP-TV-XZĐ])(?![\w'])", lambda match: spell(match[1])),
)
