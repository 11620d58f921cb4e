"""Lists under a verdict: «có 2 chỉ tiêu không đạt kế hoạch là: A tăng 7,1%; B đạt 5.120 tỷ»."""

from collections.abc import Sequence
from typing import NamedTuple

from indicators.reading.periods import year_number
from indicators.reading.source import Token
from indicators.reading.words import Phrases

_VERDICTS = Phrases(
    {
        "missed": "không đạt được|chưa đạt được|không đạt|chưa đạt|không hoàn thành|"
        "chưa hoàn thành|dự kiến không đạt|khó đạt",
        "exceeded": "hoàn thành vượt mức|hoàn thành vượt|vượt mức|đạt vượt|vượt",
        "met": "đạt kế hoạch|đạt mục tiêu|đạt nghị quyết|hoàn thành kế hoạch",
        "": "đạt và vượt|đạt hoặc vượt|đạt , vượt",
    }
)
_BEFORE = frozenset(
    "kinh tế - xã hội chủ yếu quan trọng cơ bản chính lớn trong năm nay này của tỉnh ước dự kiến "
    "còn đã".split()
)
_BEHIND = frozenset(
    "kế hoạch mục tiêu đề ra năm nghị quyết được giao mức so với hđnd tỉnh đã đặt dự toán chỉ "
    "nay cả hội đồng nhân dân".split()
)
_LEADING = frozenset("là gồm như : bao".split())
_LONGEST = 14  # words on either side of the verdict


class Verdict(NamedTuple):
    """Words that say how all that is listed behind them came out."""

    start: int  # indexes of tokens
    end: int
    outcome: str


def verdict_in(tokens: Sequence[Token]) -> Verdict | None:
    """Return the verdict that heads the list of a sentence, None where there is none."""
    for index in range(1, len(tokens) - 2):
        if tokens[index].word == "chỉ" and tokens[index + 1].word == "tiêu":
            found = _verdict_at(tokens, index)
            if found is not None:
                return found
    return None


def _verdict_at(tokens, index) -> Verdict | None:
    end = _passed(tokens, index + 2, _BEFORE)
    said = _VERDICTS.at(tokens, end) if end < len(tokens) else None
    if said is None or not said[0]:
        return None
    end = _passed(tokens, said[1], _BEHIND)
    if end < len(tokens) and tokens[end].word == "," and _leads(tokens, end + 1):
        end += 1
    if not _leads(tokens, end):
        return None
    while _leads(tokens, end):
        end += 1
    return Verdict(index, end, said[0])


def _leads(tokens, index) -> bool:
    return index < len(tokens) and tokens[index].word in _LEADING


def _passed(tokens, index, words) -> int:
    """Return the index after ``words`` and years; brackets with a year are passed too."""
    end = index
    while end < len(tokens) and end < index + _LONGEST and (
        tokens[end].word in words or year_number(tokens[end])
    ):  # fmt: skip
        end += 1
    return end
