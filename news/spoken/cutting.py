"""Where one sentence ends and the next begins in a written paragraph."""

import re
from collections.abc import Iterator

LONG = 240  # characters; beyond them a semicolon ends a piece too
LONGEST = 1000  # characters; beyond them a piece is cut at a comma or a space
# Their full stop ends no sentence when a name or a number follows.
_ABBREVIATED = re.compile(
    r"(?:^|[\s(\"“.])(?:TP|Tp|tp|TX|Tx|tx|TT|Tt|PGS|GS|TS|ThS|Ths|BS|KS|TSKH|CN|DS|LS|KTS|NSND|NSƯT|BSCKI{1,2}|CKI{1,2}"
    r"|P|Q|H|X|Đ|St|Mr|Mrs|Dr|No|Tr|tr|T|Ng|QL|ĐT|TL|HL|Co|Ltd|[Vv]\.v|Km|Nxb|Th)$"
)
# "1. ", "II. ", "a. " at the beginning number what follows.
_NUMBERED = re.compile(r"\W*(?:\d{1,3}(?:\.\d{1,3})*|[IVX]{1,6}|[A-Za-zĐđ])$")
# Possessive, and never begun inside a run of marks: a text of marks alone takes no longer.
_END = re.compile(r"(?<![.!?…])[.!?…]++[\"'”’»)\]]*+(?=\s|$)|(?<=\w)\./\.?(?=\s|$)|\n++")
_SOFT_END = re.compile(r";(?=\s)")


def pieces(text: str) -> Iterator[tuple[int, int]]:
    """Yield where the sentences of ``text`` stand, without the spaces around them."""
    for start, end in _sentences(text):
        for first, last in _shorter(text, start, end):
            stretch = text[first:last]
            inside = stretch.strip()
            if inside:
                first += len(stretch) - len(stretch.lstrip())
                yield first, first + len(inside)


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for mark in _END.finditer(text):
        if "\n" in mark[0] or _ends(text, start, mark):
            yield start, mark.end()
            start = mark.end()
    yield start, len(text)


def _ends(text: str, start: int, mark: re.Match) -> bool:
    following = text[mark.end() : mark.end() + 40].lstrip()
    if not following:
        return True
    begins = following.lstrip("\"'“‘«([-–—•*+ ")[:1]
    # A small letter goes on with the sentence: "v.v. của", "A.B.C. là".
    if begins.islower():
        return mark[0][0] in "!?" and len(mark[0]) > 1
    if mark[0] != ".":
        return True
    before = text[max(start, mark.start() - 12) : mark.start()]
    if _ABBREVIATED.search(before):
        return False
    return not (mark.start() - start <= 12 and _NUMBERED.fullmatch(text[start : mark.start()]))


def _shorter(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    if end - start > LONG:
        for mark in _SOFT_END.finditer(text, start, end):
            yield from _bounded(text, start, mark.end())
            start = mark.end()
    yield from _bounded(text, start, end)


def _bounded(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while end - start > LONGEST:
        stop = max(text.rfind(mark, start, start + LONGEST) for mark in (", ", " "))
        # Half a piece at least, so that each cut gets on.
        if stop < start + LONGEST // 2:
            stop = start + LONGEST - 1
        yield start, stop + 1
        start = stop + 1
    yield start, end
