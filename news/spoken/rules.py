"""What a rule of reading is made of, and the pieces of patterns that several subjects share."""

import re
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NamedTuple


class Rule(NamedTuple):
    """A pattern, what it is said as, and a mark without which nothing matches."""

    pattern: re.Pattern
    spoken_form: str | Callable[[re.Match], str]
    needs: str  # looked for first, which is far cheaper


LETTER = r"[^\W\d_]"
YEAR = r"(?:19|20)\d\d(?!\d)"
BETWEEN = r"(?:, ?| ?- ?| và | đến | hoặc )"
# Nothing counted follows: the figures before it stand for themselves.
CLOSED = (
    r"(?= ?(?:[,;:)!?]|\.(?!\d)|$)| - "
    r"| (?:đến|tới|và|sẽ|năm|vừa|này|tại|hằng|hàng|là|đã|do|của|mới|đạt|có|toàn|cả|ở|trước|sau|khi"
    r"|trong|nhờ|để|nhưng|được|nhằm|như|mà|cho|theo|với|hoặc|âm lịch|dương lịch)\b)"
)


def rule(pattern: str, spoken_form: str | Callable[[re.Match], str], *, needs: str = "") -> Rule:
    """
    Return a rule: what matches ``pattern`` is said as ``spoken_form``.

    Every repetition in a pattern is bounded or can match in one way only, so the time
    grows with the length of the text and no faster.
    """
    return Rule(re.compile(pattern, re.MULTILINE), spoken_form, needs)


def any_of(words: Iterable[str]) -> str:
    # The longest first: "km2" before "km". By first letter, for a list may be long.
    rests: dict[str, list[str]] = {}
    for word in sorted(words, key=len, reverse=True):
        rests.setdefault(word[:1], []).append(re.escape(word[1:]))
    return "|".join(f"{re.escape(first)}(?:{'|'.join(rests[first])})" for first in rests)


def words(text: str) -> list[str]:
    return [word.strip() for word in re.split(r"[,\n]", text.strip())]


def table(text: str) -> dict[str, str]:
    """Read rows of "written = spoken words"; "#" begins a remark."""
    lines = (line.partition("#")[0] for line in text.splitlines())
    entries = (entry.split("=", 1) for line in lines for entry in line.split(";") if entry.strip())
    return {written.strip(): said.strip() for written, said in entries}


def table_of(name: str) -> dict[str, str]:
    """Return the table kept beside this module as ``name``.txt."""
    return table(Path(__file__).with_name(f"{name}.txt").read_text(encoding="utf-8"))


def follows(match: re.Match, *endings: str) -> bool:
    """Tell whether one of the words stands right before what matched."""
    return _before(match, 24).rstrip(" (:").endswith(endings)


def near(match: re.Match, *words: str, reach: int = 64) -> bool:
    """Tell whether one of the words stands in the clause before what matched."""
    before = _before(match, reach)
    return any(word in before for word in words)


def _before(match: re.Match, reach: int) -> str:
    return match.string[max(0, match.start() - reach) : match.start()].lower()


# What tells that figures count something: "ngày 2-3 lần".
COUNTED = any_of(
    words("""
    ngày, giờ, lần, tỷ, tỉ, triệu, nghìn, tấn, kg, km, người, lượt, ca, tháng, tuần, năm, m
    """)
)
# Units that may stand at both ends of a range: "5% - 10%".
RANGED = any_of(
    words("""
    %, h, km, m, kg, ha, kV, MW, MWp, °C, tỷ, tỉ, triệu, nghìn, đồng, đ, USD, tấn, người, tháng
    ngày, năm, giờ, tuổi, phút, điểm
    """)
)
