"""
Text cut into words, each with the forms by which it is compared.

A Vietnamese word has two: the folded one has no marks, the exact one has all of them. Both
treat alike what is only spelt differently: old and new places of the tone (hoà, hòa), i and
y at the end (kĩ, kỹ), capitals, decomposed letters. A number is one word however it is grouped.
"""

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

from portal import text as vietnamese

_TONES = {"\u0300": "2", "\u0301": "3", "\u0303": "4", "\u0309": "5", "\u0323": "6"}
# An open syllable is written with i or y alike; after a vowel they are different words.
_OPEN_Y = re.compile(r"(?P<start>qu|[bcdđghklmnpqrstvx]{1,3})y")
# «v», «vi», «x», «xi» are left out: letters and words («vi phạm», «xi măng») rather than numbers.
_ROMAN = {"i": "1", "ii": "2", "iii": "3", "iv": "4", "vii": "7", "viii": "8", "ix": "9"}

LONGEST_WORD = 60  # characters that are compared; PostgreSQL refuses very long ones
_GAP = "[ \u00a0\u202f]"
_WORD = re.compile(
    rf"""
    (?P<telephone>(?=(?:[ .-]?\d){{9,11}}(?!\d))0\d{{1,3}}(?:[ .-]\d{{2,4}}){{2,3}}(?!\d)
        | 1[89]00[ .]\d{{4,6}}(?!\d))
  | (?P<pointed>(?<!\d[.,])\d{{1,3}}(?:\.\d{{3}})+(?:,\d+)?(?!\d|[.,]\d))
  | (?P<comma>(?<!\d[.,])\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?(?!\d|[.,]\d))
  | (?P<spaced>(?<!\d[.,])\d{{1,3}}(?:{_GAP}\d{{3}})+(?:[.,]\d{{1,2}})?(?!\d|[.,]\d))
  | (?P<decimal>(?<!\d[.,])\d+[.,]\d+(?!\d|[.,]\d))
  | (?P<digits>\d+)
  | (?P<letters>[^\W\d_][^\W\d_\u0300-\u036f]*(?:(?:[\u0300-\u036f]|['’ʼ](?=[^\W\d_]))[^\W\d_]*)*)
    """,
    re.VERBOSE,
)


class Word(NamedTuple):
    folded: str
    exact: str  # begins with «=»; of a number the folded form
    start: int  # characters of the composed text
    end: int
    also: tuple[str, ...] = ()  # other readings: 35.360 may be 35360 or 35,36 written long
    parts: tuple[str, ...] = ()  # of a number grouped by spaces, which may be several

    @property
    def has_marks(self) -> bool:
        return self.exact != self.folded and self.exact != f"={self.folded}"


def composed(text: str) -> str:
    """Return ``text`` as positions in it are counted."""
    return unicodedata.normalize("NFC", text)


def words(text: str) -> list[Word]:
    """Return the words of a composed text in order; signs between them fall away."""
    return [_word(match) for match in _WORD.finditer(text)]


def _word(match: re.Match) -> Word:
    kind, written = match.lastgroup, match.group()
    if kind == "letters":
        folded, exact = forms(written)
        also = (_ROMAN[folded],) if folded in _ROMAN else ()
        return Word(folded, exact, *match.span(), also)
    readings, parts = _READ[kind](written[:LONGEST_WORD])
    return Word(readings[0], readings[0], *match.span(), tuple(readings[1:]), tuple(parts))


@lru_cache(maxsize=65_536)
def forms(written: str) -> tuple[str, str]:
    """Return the folded and the exact form of a word of letters."""
    lower = re.sub("['’ʼ]", "", written[:LONGEST_WORD]).lower()
    tone, letters = "", []
    for character in unicodedata.normalize("NFD", lower):
        if character in _TONES:
            tone = _TONES[character]
        else:
            letters.append(character)
    toneless = _i_for_y(unicodedata.normalize("NFC", "".join(letters)))
    return _i_for_y(vietnamese.unaccented(toneless).lower()), f"={toneless}{tone}"


def _i_for_y(word: str) -> str:
    match = _OPEN_Y.fullmatch(word)
    return f"{match['start']}i" if match else word


# -- numbers: their readings, best first, and the parts they may fall into -------------


def _telephone(written):
    return [re.sub(r"\D", "", written)], re.findall(r"\d+", written)


def _grouped(written, group, point):
    whole = written.replace(group, "").replace(point, ".")
    # One group and no fraction: the sign may as well have been the decimal one.
    is_open = written.count(group) == 1 and point not in written
    return ([whole, written.replace(group, ".")] if is_open else [whole]), []


def _spaced(written):
    return [re.sub(r"\s", "", written).replace(",", ".")], re.findall(r"\d+", written)


def _digits(written):
    # 02/01 is 2/1, but a telephone keeps its zero.
    return [written if len(written) > 8 else written.lstrip("0") or "0"], []


_READ = {
    "telephone": _telephone,
    "pointed": lambda written: _grouped(written, ".", ","),
    "comma": lambda written: _grouped(written, ",", "."),
    "spaced": _spaced,
    "decimal": lambda written: ([written.replace(",", ".")], []),
    "digits": _digits,
}
