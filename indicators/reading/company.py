"""Names that mean an indicator only in the right company: «vốn đăng ký», «thu nhập bình quân»."""

from collections.abc import Sequence
from itertools import pairwise

from indicators.reading.source import Token

_FIRMS = {("doanh", "nghiệp"), ("thành", "lập")}
_PROJECTS = {("dự", "án"), ("đầu", "tư")}
_EARNERS = {
    ("lao", "động"), ("công", "nhân"), ("người", "thợ"), ("hợp", "tác"), ("làng", "nghề"),
    ("doanh", "nghiệp"), ("cơ", "sở"), ("thành", "viên"), ("xã", "viên"), ("việc", "làm"),
    ("mô", "hình"), ("trang", "trại"),
}  # fmt: skip
_FAR = 40  # words


def is_of_others(tokens: Sequence[Token], start: int, end: int) -> bool:
    """Say whether the name between two words is told of other things than the indicator is."""
    name = [token.word for token in tokens[start:end]]
    before = list(pairwise(token.word for token in tokens[max(0, start - _FAR) : start]))
    if name[-3:] == ["vốn", "đăng", "ký"]:
        # «12 dự án, tổng vốn đăng ký …»; of firms where they are what was named last.
        last = next((pair for pair in reversed(before) if pair in _FIRMS | _PROJECTS), None)
        return last in _PROJECTS
    if name == ["thu", "nhập", "bình", "quân"]:
        following = [token.word for token in tokens[end : end + 1]]
        return following not in (["đầu"], ["/"]) and bool(_EARNERS & set(before))
    return False
