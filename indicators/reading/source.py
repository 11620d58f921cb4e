"""
The text as the reader sees it: one kind of space, dash and letter, cut into words.

Everything found keeps its place in the text that was given, whatever its form: decomposed
letters, non-breaking spaces and tone marks in either position («hoà», «hòa») read alike.
"""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from indicators.reading.tidying import tidied
from portal.text import unaccented

# Letters that scanners and old keyboards put for «đ»; signs for ordinary ones.
_SAME = {
    "ð": "đ",
    "Ð": "Đ",
    "Ɖ": "Đ",
    "ƣ": "ư",
    "Ƣ": "Ư",
    "\u2028": "\n",
    "\u2029": "\n",
    "\x0b": "\n",
    "\x0c": "\n",
    "\x85": "\n",
    "\r": "\n",
    "\uff05": "%",
    "\ufe6a": "%",
    "\u2044": "/",
    "\u2215": "/",
    "\u29f8": "/",
    "\uff0f": "/",
    "\uff0c": ",",
    "\u201a": ",",
    "\uff0e": ".",
    "\uff1a": ":",
    "\u2236": ":",
    "\uff1b": ";",
    "\uff08": "(",
    "\uff09": ")",
    "\uff5e": "~",
    "\u223c": "~",
    "\uff0b": "+",
    "⩾": "≥",
    "⩽": "≤",
}
_INVISIBLE = {"\u00ad", "\ufeff", *(chr(code) for code in range(0x200B, 0x2010))}

# «tỷđồng»: the space between was lost.
_GLUED_UNIT = re.compile(
    r"(?P<multiple>tỷ|tỉ|triệu|nghìn|ngàn)(?=(?:đồng|usd|tỷ|tỉ|kwh|tấn)\b)", re.IGNORECASE
)
# Letters that a scanner puts for digits: «3l.554», «42.15O».
_DIGIT_LIKE = {"l", "i", "o"}
_WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+|\n|[^\s]")
# «hoà», «khoẻ», «thuỷ» as the older «hòa», «khỏe», «thủy»; in «quý» the u belongs to the q.
_NEW_TONES = {
    "oà": "òa", "oá": "óa", "oả": "ỏa", "oã": "õa", "oạ": "ọa",
    "oè": "òe", "oé": "óe", "oẻ": "ỏe", "oẽ": "õe", "oẹ": "ọe",
    "uỳ": "ùy", "uý": "úy", "uỷ": "ủy", "uỹ": "ũy", "uỵ": "ụy",
}  # fmt: skip
_MISTYPED = {"uớc": "ước", "tỉ": "tỷ", "kì": "kỳ", "quí": "quý", "luỹ": "lũy"}
# Words; longer ones are cut, so that reading stays linear in the length of any text.
_LONGEST_SENTENCE = 400
_SHORTENED, _MEASURED = {"tr", "triệu", "tỷ", "ng", "nghìn"}, {"usd", "đồng", "đ", "kwh"}
_LONGEST_TERM = 12  # words in the brackets of «(khóa XVII, nhiệm kỳ 2021-2026)»
_DATELINE = 12  # words of «TP. Hồ Chí Minh (TTXVN 1/12) –»
_AGENCIES = {"ttxvn", "vna", "vov", "vov1", "vtv", "tbtc", "chinhphu", "baochinhphu"}
# After these a full stop ends no sentence.
_ABBREVIATIONS = {"tp", "tx", "tt", "tr", "ts", "ths", "pgs", "gs", "ks", "bs", "q", "p", "h", "v"}


class Token(NamedTuple):
    """A word, a number or a mark."""

    word: str  # lower case, tone mark in the older position
    fold: str  # without marks
    start: int  # in the plain text
    end: int
    kind: str  # "word" | "number" | "mark"
    is_capital: bool


class Source:
    """A text, its plain form, and the way back from the one to the other."""

    def __init__(self, text: str):
        self.text = text
        self._at: Sequence[int]
        plain = {character: _plain(character) for character in set(text)}
        if unicodedata.is_normalized("NFC", text) and all(map(len, plain.values())):
            self.plain = text.translate(str.maketrans(plain))
            self._at = range(len(text) + 1)
        else:
            self.plain, self._at = _composed(text)
        self.plain = tidied(self.plain)

    def place(self, position: int) -> int:
        """Return the position in the given text of a position in the plain one."""
        return self._at[position]

    def end_place(self, position: int) -> int:
        """Return the end in the given text of a span that ends at ``position`` in the plain one."""
        if position <= 0:
            return 0
        last = self._at[position - 1]
        return self._at[bisect_right(self._at, last)]

    def written(self, start: int, end: int) -> str:
        """Return the words of the given text between two positions of the plain text."""
        return self.text[self.place(start) : max(self.place(start), self.end_place(end))]


def _composed(text: str) -> tuple[str, list[int]]:
    """Return ``text`` composed and plain, and where each of its characters came from."""
    characters: list[str] = []
    places: list[int] = []
    position = 0
    while position < len(text):
        end = position + 1
        while end < len(text) and unicodedata.combining(text[end]):
            end += 1
        for character in unicodedata.normalize("NFC", text[position:end]):
            plain = _plain(character)
            if plain:
                characters.append(plain)
                places.append(position)
        position = end
    places.append(len(text))
    return "".join(characters), places


class Sentence(NamedTuple):
    """A sentence with its words and what is known of the line it stands in."""

    tokens: list[Token]
    start: int
    end: int
    line: int  # number of the line
    is_line_start: bool
    is_line_end: bool
    closes: bool  # ends with a full stop: no heading, no table cell


def sentences(source: Source) -> list[Sentence]:
    """Return the sentences of ``source``, lines apart."""
    found = []
    position = 0
    for number, line in enumerate(source.plain.split("\n")):
        found += _sentences_of_line(line, position, number)
        position += len(line) + 1
    return found


def is_caption(line: Sequence[Sentence]) -> bool:
    """Say whether a line stands under a picture: «… (Ảnh: TTXVN)»."""
    tokens = [token for sentence in line for token in sentence.tokens]
    return any(
        token.word == "ảnh" and following.word in {":", "-", "tư", "minh"}
        for token, following in pairwise(tokens)
    )


def words(text: str) -> list[Token]:
    """Return the words, numbers and marks of plain ``text``."""
    return _cut(text, 0)


def _cut(line: str, offset: int) -> list[Token]:
    tokens: list[Token] = []
    for match in _WORD.finditer(line):
        token = _token(match, offset)
        before = tokens[-1] if tokens else None
        if before is not None and before.end == token.start and _is_misread(before, token):
            written = before.word + token.word
            tokens[-1] = before._replace(word=written, fold=written, end=token.end, kind="number")
            continue
        if token.word in _MEASURED and _is_shortened(tokens):
            tokens.pop()  # «Tr.USD»
        cut = _glued_at(match[0]) if token.kind == "word" else 0
        if cut:
            tokens.append(
                Token(
                    token.word[:cut], token.fold[:cut], token.start, token.start + cut, "word",
                    token.is_capital,
                )
            )  # fmt: skip
            token = Token(
                token.word[cut:], token.fold[cut:], token.start + cut, token.end, "word", False
            )
        tokens.append(token)
    return tokens


def _is_shortened(tokens: list[Token]) -> bool:
    """Say whether the last words are «tr.» or the like, cut short before a unit."""
    return len(tokens) > 1 and tokens[-1].word == "." and tokens[-2].word in _SHORTENED


def _glued_at(written: str) -> int:
    """Return where a word that lost its space is to be cut, 0 for an ordinary one."""
    glued = _GLUED_UNIT.match(written)
    if glued is not None:
        return glued.end()
    lower = written.lower()
    for word in ("tăng", "giảm", "đạt", "năm"):
        if lower.endswith(word) and len(lower) > len(word):
            return len(lower) - len(word)
    return 0


def _is_misread(before: Token, token: Token) -> bool:
    """Say whether two tokens are one number with a letter or a mark where a digit should be."""
    if before.kind == "number":
        if token.word in _DIGIT_LIKE:
            return True
        has_letter = not before.word[-1].isdigit() or any(c in "lio" for c in before.word)
        return has_letter and (token.kind == "number" or token.word in {".", ","})
    return token.kind == "number" and before.word in {"l"} and before.kind == "word"


def _sentences_of_line(line: str, offset: int, number: int) -> list[Sentence]:
    tokens = _without_terms(_without_dateline(_cut(line, offset)))
    found: list[Sentence] = []
    begin = 0
    for index, token in enumerate(tokens):
        is_last = index == len(tokens) - 1
        is_endless = index - begin >= _LONGEST_SENTENCE
        if not is_last and not is_endless and not _ends_sentence(tokens, index):
            continue
        piece = tokens[begin : index + 1]
        found.append(
            Sentence(
                piece,
                piece[0].start,
                piece[-1].end,
                number,
                begin == 0,
                is_last,
                token.word in {".", "!", "?", "…"},
            )
        )
        begin = index + 1
    return found


def _without_dateline(tokens: list[Token]) -> list[Token]:
    """Leave out «Hà Nội (TTXVN 1/12) –»: where a report was written, not what it is about."""
    opening = [token.word for token in tokens[:_DATELINE]]
    if "(" not in opening[1:]:
        return tokens
    begin = opening.index("(", 1)
    if not all(token.is_capital or token.word in ".," for token in tokens[:begin]):
        return tokens
    if not any(word in _AGENCIES for word in opening[begin + 1 : begin + 2]):
        return tokens
    if ")" not in opening[begin:]:
        return tokens
    end = opening.index(")", begin) + 1
    return tokens[end + (tokens[end : end + 1] != [] and tokens[end].word in "-,:") :]


def _without_terms(tokens: list[Token]) -> list[Token]:
    """Leave out «(nhiệm kỳ 2021-2026)», the years of a council and of no figure."""
    found: list[Token] = []
    index = 0
    while index < len(tokens):
        end = _term_end(tokens, index) if tokens[index].word == "(" else index
        if end == index:
            found.append(tokens[index])
        index = max(end, index + 1)
    return found


def _term_end(tokens: list[Token], index: int) -> int:
    """Return the index after the brackets of a term, ``index`` for any others."""
    inside = []
    for end in range(index + 1, min(index + _LONGEST_TERM, len(tokens))):
        token = tokens[end]
        if token.word == ")":
            return end + 1 if ("nhiệm", "kỳ") in pairwise(inside) else index
        is_year = len(token.word) == 4 and token.word.isdigit()
        is_count = inside[-1:] in (["khóa"], ["thứ"], ["kỳ"]) and token.word.isdigit()
        if not (is_year or is_count or token.kind == "word" or token.word in "-/,"):
            return index
        inside.append(token.word)
    return index


def _ends_sentence(tokens: list[Token], index: int) -> bool:
    token, following = tokens[index], tokens[index + 1]
    if token.word not in {".", "!", "?"} or (following.start == token.end and token.word == "."):
        # «45%.Tổng mức» lacks its space but is two sentences all the same.
        return (
            token.word == "."
            and following.is_capital
            and index > 0
            and (tokens[index - 1].word == "%" or len(tokens[index - 1].word) > 3)
        )
    before = tokens[index - 1] if index else None
    if before is None or before.fold in _ABBREVIATIONS:
        return False
    if (before.kind == "number" and index <= 1) or (before.is_capital and len(before.word) == 1):
        return False  # «1. Công nghiệp», «II. Thương mại», «Nguyễn V. Nam»
    return following.is_capital or following.kind == "number" or following.kind == "mark"


def _token(match: re.Match, offset: int) -> Token:
    written = match[0]
    lower = written.lower()
    start, end = match.start() + offset, match.end() + offset
    if written[0].isdigit():
        return Token(written, written, start, end, "number", False)
    if not written[0].isalpha():
        return Token(written, written, start, end, "mark", False)
    lower, fold = _forms(lower)
    return Token(lower, fold, start, end, "word", written[0].isupper())


@lru_cache(maxsize=4096)
def _forms(lower: str) -> tuple[str, str]:
    """Return the usual spelling of a word, and that without marks."""
    if lower[-2:] in _NEW_TONES and lower[-3:-2] != "q":
        lower = lower[:-2] + _NEW_TONES[lower[-2:]]
    lower = _MISTYPED.get(lower, lower)
    return lower, unaccented(lower)


def _plain(character: str) -> str:
    if character in _INVISIBLE:
        return ""
    if character in _SAME:
        return _SAME[character]
    if character in "\n\t" or character.isascii():
        return character
    category = unicodedata.category(character)
    if category == "Zs":
        return " "
    if category == "Pd" or character == "−":
        return "-"
    if character.isdigit():
        # «²» and «①» are no digits of a number.
        return str(unicodedata.decimal(character)) if character.isdecimal() else "*"
    return "" if category in {"Cf", "Cs", "Mn"} else character
