"""Words of targets that set nothing: «mục tiêu kép», «nỗ lực phấn đấu», «đúng kỳ vọng»."""

from collections.abc import Sequence

from indicators.reading.amounts import FAR, leads_to_number
from indicators.reading.source import Token

# Fixed phrases, by what stands before or behind the word.
_FIXED_BEFORE = {
    "mục": "chương trình|thị trường|khách hàng|bám sát|đúng|đa",
    "kỳ": "đúng|như|theo|vượt|ngoài|hơn|trái|nhiều|bao",
}
_FIXED_AFTER = {
    "mục": "kép|quốc gia|phát triển bền vững|thiên niên kỷ|xuyên suốt|lâu dài|dân giàu|kinh doanh",
}
# Ones that set nothing unless a number follows: «nhằm mục tiêu ổn định thị trường, …».
_LOOSE_BEFORE = {
    "mục": "nhằm|vì|theo|của|cho|với|từng|các|những",
    "phấn": "nỗ lực|nỗ lực ,|nỗ lực và|sự|tinh thần|ra sức|quá trình|cố gắng|cố gắng ,|chí|cùng|"
    "tiếp tục|quyết tâm|đã|luôn|không ngừng|tích cực",
    "kỳ": "với|sự|được|nhiều",
}
_QUOTES = frozenset("“”\"'‘’«»")
_NEAR = 5  # words


def is_idle(tokens: Sequence[Token], index: int, end: int) -> bool:
    """Say whether the words of a target from ``index`` to ``end`` set nothing."""
    word = tokens[index].word
    before = _plain(tokens[max(0, index - _NEAR) : index])
    if _ends(before, _FIXED_BEFORE.get(word)) or _begins(
        _plain(tokens[end : end + _NEAR]), _FIXED_AFTER.get(word)
    ):
        return True
    if not _ends(before, _LOOSE_BEFORE.get(word)) or leads_to_number(tokens, end, FAR):
        return False
    marks = (token.word for token in tokens[end:] if token.kind == "mark")
    return next(marks, "") != ":"  # «tiếp tục phấn đấu: …» heads a list


def _plain(tokens: Sequence[Token]) -> str:
    return " ".join(token.word for token in tokens if token.word not in _QUOTES)


def _ends(words: str, phrases: str | None) -> bool:
    said = f" {words}"
    return phrases is not None and said.endswith(tuple(f" {p}" for p in phrases.split("|")))


def _begins(words: str, phrases: str | None) -> bool:
    said = f"{words} "
    return phrases is not None and said.startswith(tuple(f"{p} " for p in phrases.split("|")))
