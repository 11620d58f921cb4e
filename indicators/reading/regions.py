"""Regions of the country whose figures are told: «vùng Đồng bằng sông Hồng», «toàn vùng»."""

from collections.abc import Sequence

from indicators.reading.source import Token
from indicators.reading.words import Phrases

# Longer names first found: «Bắc Trung Bộ và Duyên hải miền Trung».
_NAMES = Phrases(
    {
        "region": "đồng bằng sông hồng|đbsh|đồng bằng sông cửu long|đbscl|đông nam bộ|tây nam bộ|"
        "bắc trung bộ|nam trung bộ|bắc trung bộ và duyên hải miền trung|"
        "bắc trung bộ và nam trung bộ|"
        "bắc trung bộ và duyên hải trung bộ|bắc trung bộ - duyên hải miền trung|"
        "duyên hải nam trung bộ|duyên hải miền trung|nam trung bộ và tây nguyên|miền trung|"
        "miền trung - tây nguyên|miền trung và tây nguyên|tây nguyên|trung du và miền núi phía bắc|"
        "trung du miền núi phía bắc|trung du và miền núi bắc bộ|miền núi phía bắc|tây bắc|đông bắc|"
        "kinh tế trọng điểm phía nam|kinh tế trọng điểm miền trung|kinh tế trọng điểm bắc bộ|"
        "kinh tế trọng điểm phía bắc|thủ đô|tứ giác long xuyên"
    }
)
_WHOLE = {"toàn", "cả"}
_OF = {"của", "trong"}
# Before a region that is only compared with, or that something is a part of.
_COMPARED = frozenset(
    "đầu nhất nhì thứ hạng so vượt hơn với xếp thuộc tại ở sang đến tới qua trung bằng phía vào từ "
    "đồ giáp".split()
)
_MEMBERS = frozenset("tỉnh thành phố địa phương các , thuộc khu vực của ở trong".split())
_REACH = 6  # words


def region_at(tokens: Sequence[Token], index: int) -> tuple[int, int] | None:
    """Return where the region stands whose figures are told from ``index``, None for any other."""
    begin = index
    if tokens[begin].word in _WHOLE and _word(tokens, begin + 1) == "vùng":
        begin += 1
    is_whole = begin > index
    name = begin
    if tokens[begin].word == "vùng":
        name = begin + 1
    elif (tokens[begin].word, _word(tokens, begin + 1)) == ("khu", "vực"):
        name = begin + 2
    found = _NAMES.at(tokens, name) if name < len(tokens) and tokens[name].is_capital else None
    if name == begin + 1 and name < len(tokens) and found is None and tokens[name].word == "kinh":
        found = _NAMES.at(tokens, name)
    if found is None:
        is_bare = name == begin + 1 and (is_whole or _word(tokens, index - 1) == "của")
        return (index, name) if is_bare and _is_owner(tokens, index) else None
    return (index, found[1]) if is_whole or _is_owner(tokens, index) else None


def _word(tokens: Sequence[Token], index: int) -> str:
    return tokens[index].word if 0 <= index < len(tokens) else ""


def _is_owner(tokens: Sequence[Token], index: int) -> bool:
    """Say whether figures are told of the region, not of what lies in it or is compared with it."""
    begin = index
    while (
        begin and index - begin < _REACH and tokens[begin - 1].word not in {",", ";", ":", ".", "("}
    ):
        begin -= 1
    before = [token.word for token in tokens[begin:index]]
    if not before:
        return True
    at = len(before)
    while at and (before[at - 1] in _MEMBERS or before[at - 1].isdigit()):
        at -= 1
    members = before[at:]
    if _COMPARED & set(before[:at]) or "thuộc" in before[at - 1 : at]:
        return False
    has_members = {"tỉnh", "phương", "thành"} & set(members)
    is_counted = any(word.isdigit() for word in members) or "các" in members
    if has_members:
        return bool(is_counted)
    return before[-1] in {"của"}
