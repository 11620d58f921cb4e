"""
Raw copied text made readable without moving a letter: addresses, broken lines, a broken font.

Everything keeps its length, so that positions stay those of the text that was given.
"""

import re
from itertools import pairwise

_FILE_NAMES = (".jpg", ".jpeg", ".png", ".gif", ".webp", ".pdf", ".doc", ".docx", ".xls", ".xlsx")
_CHUNK = re.compile(r"\S+")
# A font of another code page: «nãm», «tãng», «hýởng» for «năm», «tăng», «hưởng».
_BROKEN_FONT = re.compile(r"\b(?:nãm|tãng)\b", re.IGNORECASE)
_BROKEN_A = re.compile(r"ã(?=m|n(?!h)|c(?!h)|p|t|k)|Ã(?=M|N(?!H)|C(?!H)|P|T|K)")
_BROKEN_U = re.compile(r"[ýÝ](?=[ơớờởỡợƠỚỜỞỠỢn])")
_BROKEN_KY = re.compile(r"cùng k[?\ufffd]{2}", re.IGNORECASE)
_LONG_LINE, _SHORT_LINE = 40, 12  # letters
_ENDS = frozenset(".!?:;…|\t")
_JOINING = frozenset("so với và của".split())
_UNFINISHED = frozenset("tăng giảm đạt so với là và của gần trên hơn khoảng bằng được từ".split())


def tidied(plain: str) -> str:
    """Return ``plain`` with addresses blanked, a broken font mended and broken lines joined."""
    if _BROKEN_FONT.search(plain):
        plain = _BROKEN_A.sub(lambda m: "ă" if m[0] == "ã" else "Ă", plain)
        plain = _BROKEN_U.sub(lambda m: "ư" if m[0] == "ý" else "Ư", plain)
    plain = _BROKEN_KY.sub("cùng kỳ ", plain)
    return _joined(_CHUNK.sub(_blanked, plain))


def _blanked(match: re.Match) -> str:
    """Blank addresses and names of files, whose numbers are nobody's."""
    chunk = match[0].lower()
    is_address = "://" in chunk or chunk.startswith("www.")
    if is_address or chunk.rstrip(").,;").endswith(_FILE_NAMES):
        return " " * len(chunk)
    return match[0]


def _joined(plain: str) -> str:
    """Join a line with the one before where that broke off within a sentence."""
    lines = plain.split("\n")
    pieces = [lines[0]]
    for before, line in pairwise(lines):
        pieces += (" " if _goes_on(before, line) else "\n", line)
    return "".join(pieces)


def _goes_on(before: str, line: str) -> bool:
    before, line = before.rstrip(), line.strip()
    if not before or not line or before[-1] in _ENDS:
        return False
    is_joint = before[-6:].split()[-1].lower() in _JOINING
    if len(before) < _LONG_LINE and not is_joint:
        return False
    if any(mark in before or mark in line for mark in "|\t"):
        return False
    if line[0].isdigit():
        last = before[-30:].split()[-1].lower()
        return last in _UNFINISHED and not line.partition(" ")[0].endswith((".", ")"))
    is_marked = len(line) > 1 and line[1] in ".)"
    is_text = is_joint or len(line) >= _SHORT_LINE or line[-1] == "."
    return line[0].islower() and not is_marked and is_text
