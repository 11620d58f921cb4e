"""Places a clause speaks of, and which of them is the article's own."""

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from indicators.reading.regions import region_at
from indicators.reading.source import Token
from indicators.reading.words import PROVINCES, Phrases

_BELOW = {"huyện", "quận", "phường", "xã"}
_TWO_WORDS = {("thị", "xã"), ("thành", "phố"), ("thị", "trấn")}
_WIDER = Phrases(
    {
        "country": "trên cả nước|của cả nước|cả nước|trên toàn quốc|toàn quốc|bình quân cả nước|"
        "việt nam",
        "region": "trong vùng|các địa phương trong vùng",
    }
)
_PROVINCES = {}
for _name in PROVINCES.split("|"):
    _PROVINCES.setdefault(_name.split()[0], []).append(tuple(_name.split()))
_SAME = {("hcm",): "hồ chí minh", ("tp", "hcm"): "hồ chí minh", ("tphcm",): "hồ chí minh",
         ("thủ", "đô"): "hà nội", ("thủ", "đô", "hà", "nội"): "hà nội"}  # fmt: skip
_LONGEST_NAME = 4
# Words that a region may begin with; any other is none.
_REGIONAL = frozenset("toàn cả vùng khu đồng đbsh đbscl đông tây bắc nam duyên trung miền".split())
_FORMER = " cũ"
_CITIES = {"hà nội", "hồ chí minh", "hải phòng", "đà nẵng", "cần thơ", "huế"}  # are provinces
_BELOW_WORDS = ("huyện", "quận", "phường", "xã", "thị", "thành", "tp", "tx", "tt")
# «đứng đầu cả nước», «cao hơn cả nước»: compared with it, not told of it.
_COMPARING = {"đầu", "nhất", "với", "bằng", "hơn", "chung", "quân", "nhì", "ba", "so", "vực"}
# More provinces than these, none named as the article's own, make a comparison of provinces.
_MANY = 4
_LED = 9  # words
_TURNING = {"với", "tại", "ở", "riêng", "còn", "đối", "trong", "khi", "đó"}
_TITLES = {"tịch", "đốc", "thư", "trưởng"}
_FAMILIES = frozenset(
    "nguyễn trần lê phạm hoàng huỳnh phan vũ võ đặng bùi đỗ hồ ngô dương lý đinh trương lương "
    "đoàn trịnh mai đào cao lâm".split()
)
# Words that stand before the name of the article's own province.
_OWNERS = {"tỉnh", "tp", "phố", "thương", "ubnd", "kê", "đảng", "hđnd", "địa", "bàn"}


_ORGANISED = {
    ("ngân", "hàng"), ("nhà", "nước"), ("tập", "đoàn"), ("công", "ty"), ("hiệp", "hội"),
    ("liên", "đoàn"), ("cộng", "sản"), ("phòng", "thương"), ("mặt", "trận"), ("hội", "nông"),
}  # fmt: skip


class Place(NamedTuple):
    """A place found at some words."""

    start: int  # indexes of tokens
    end: int
    key: str  # how a province is told from another; "" for other places


def place_at(tokens: Sequence[Token], index: int) -> Place | None:
    """Return the place that begins at ``index``."""
    wider = _WIDER.at(tokens, index)
    if wider:
        before = tokens[index - 1].word if index else ""
        if before == "khẩu" and index > 1 and tokens[index - 2].word == "cửa":
            return None  # «qua cửa khẩu cả nước»
        if wider[1] - index == 2 and tokens[index].word == "việt" and _is_organised(tokens, index):
            return None  # «Ngân hàng Nhà nước Việt Nam»
        is_rank = index > 1 and tokens[index - 2].word in {"thứ", "hạng"}
        if before in _COMPARING or before.isdigit() or is_rank or _is_led(tokens, index):
            return None
        start = index
        while tokens[start].word in {"trên", "của", "bình", "quân"}:
            start += 1
        return Place(start, wider[1], "")
    region = region_at(tokens, index) if tokens[index].word in _REGIONAL else None
    if region is not None:
        return Place(*region, "")
    begin = index
    if index + 1 < len(tokens) and (tokens[index].word, tokens[index + 1].word) in _TWO_WORDS:
        begin = index + 2
    elif tokens[index].word in _BELOW:
        begin = index + 1
    elif tokens[index].word in {"tỉnh", "tp", "tx", "tt"}:
        begin = index + 1
        if begin < len(tokens) and tokens[begin].word == ".":
            begin += 1
    if begin >= len(tokens):
        return None
    province = _province(tokens, begin)
    if province is None and tokens[index].word == "tỉnh":
        return None  # «Chủ tịch UBND tỉnh Nguyễn Văn A»
    is_city = begin > index and tokens[index].word in {"thành", "tp"}
    if province and is_city and province[0] not in _CITIES:
        return Place(index, province[1], "")  # «thành phố Trà Vinh», in the province of the name
    if province and tokens[index].word not in _BELOW:
        end, is_former = _former_end(tokens, province[1])
        # A province of before a merger is not the one that bears its name today.
        return Place(index, end, province[0] + _FORMER if is_former else province[0])
    if begin == index:
        return None
    if tokens[index].word in {"quận", "phường"} and tokens[begin].word.isdigit() and (
        len(tokens[begin].word) <= 2 and tokens[index].is_capital
    ):  # fmt: skip
        return Place(index, begin + 1, "")  # «Quận 1»
    end = begin
    while end < len(tokens) and end < begin + _LONGEST_NAME and tokens[end].is_capital:
        end += 1
    if begin < end and _is_titled(tokens, index):
        end = _without_person(tokens, begin, end)
    is_short = tokens[index].word in {"xã", "phường", "tỉnh"} and end - begin < 2
    if end == begin or is_short or tokens[begin].word in {"ủy", "hội", "đoàn"}:
        return None
    return Place(index, end, "")


def _is_led(tokens, index) -> bool:
    """«Hải Phòng dẫn đầu mục tiêu tăng trưởng GRDP cả nước»: the country that one is first of."""
    begin = index
    while begin and index - begin < _LED and tokens[begin - 1].kind != "mark":
        begin -= 1
    said = [token.word for token in tokens[begin:index]]
    return any(pair in {("dẫn", "đầu"), ("đứng", "đầu")} for pair in pairwise(said))


def _is_organised(tokens, index) -> bool:
    """Say whether a name of an organisation goes on to ``index``."""
    before = [token.word for token in tokens[max(0, index - 6) : index]]
    return before[-1:] != ["của"] and any(pair in _ORGANISED for pair in pairwise(before))


def _is_titled(tokens, index) -> bool:
    """Say whether an office stands before: «Chủ tịch UBND huyện …»."""
    return bool(_TITLES & {token.word for token in tokens[max(0, index - 4) : index]})


def _without_person(tokens, begin, end) -> int:
    """Return the end of the place in «(Chủ tịch UBND huyện) Châu Thành Lê Văn A»."""
    for index in range(begin, end):
        if tokens[index].word in _FAMILIES and end - index > 1:
            return index
    return end


def is_below(place: str | None) -> bool:
    """Say whether a place is a part of a province."""
    return place is not None and place.lower().startswith(_BELOW_WORDS)


def heading_at(tokens: Sequence[Token]) -> Place | None:
    """Return the place a line names and nothing else: «2. Hà Nội», «TP. HCM:», «Huyện Cầu Kè»."""
    index = 0
    while index < len(tokens) and index < 4 and (
        tokens[index].kind != "word" or tokens[index].word == "top"
    ):  # fmt: skip
        index += 1  # «2. Hà Nội», «Top 1: Hà Nội»
    if index >= len(tokens) or len(tokens) > index + _LONGEST_NAME + 4:
        return None
    found = place_at(tokens, index)
    if found is None or not (found.key or tokens[index].word in _BELOW_WORDS):
        return None
    rest = tokens[found.end :]
    # «Hà Nam:», «Hà Nam: 10,39%»
    has_number = len(rest) > 1 and rest[0].word == ":" and rest[-1].word == "%"
    is_bare = all(token.kind == "mark" or (has_number and token.kind == "number") for token in rest)
    return found if is_bare else None


def opening_at(tokens: Sequence[Token]) -> Place | None:
    """Return the province a sentence turns to: «Với tỉnh X, …», «Tại X», «X là tỉnh …»."""
    index = 0
    while index < len(tokens) and index < 2 and tokens[index].word in _TURNING:
        index += 1
    if index >= len(tokens) or tokens[index].kind != "word":
        return None
    found = place_at(tokens, index)
    if found is None or not found.key:
        return None
    following = [token.word for token in tokens[found.end : found.end + 2]]
    is_told = following[:1] == ["là"] and following[1:] in (
        ["tỉnh"], ["địa"], ["thành"], ["một"], ["tp"],
    )  # fmt: skip
    return found if index or is_told else None


def province_of(tokens: Sequence[Token], *, alone: bool = False) -> str:
    """Return the province that ``tokens`` name, "" if they name none, or ``alone`` others too."""
    found = place_at(tokens, 0) if tokens else None
    if alone and found is not None and found.end < len(tokens):
        return ""
    return found.key.removesuffix(_FORMER) if found is not None else ""


def own_province(lines: Iterable[Sequence[Token]]) -> str:
    """
    Return the province a text is about, "" if it speaks of none or of many alike.

    The one that offices are named after («UBND tỉnh …», «Sở Công Thương …»), else the only one,
    else the one named most.
    """
    named, owners = Counter(), Counter()
    offices = set()
    headed, turned = set(), set()
    for tokens in lines:
        index = 0
        heading, opening = heading_at(tokens), opening_at(tokens)
        if heading is not None and heading.key:
            headed.add(heading.key)
        if opening is not None:
            turned.add(opening.key)
        while index < len(tokens):
            found = place_at(tokens, index) if tokens[index].kind == "word" else None
            if found is None or not found.key:
                index += 1
                continue
            key = found.key.removesuffix(_FORMER)
            named[key] += 1
            first = tokens[found.start].word
            before = tokens[found.start - 1].word if found.start else ""
            if first in {"tỉnh", "tp", "thành"} or before in _OWNERS:
                owners[key] += 1
            if before in _OWNERS:
                offices.add(key)
            index = found.end
    if len(named) == 1:
        return next(iter(named))
    is_shared = max(named.values(), default=0) * 3 < named.total() * 2
    if len(headed) > 1 or (len(turned) > 1 and is_shared):
        return ""  # told of one province after the other
    if not offices and len(named) >= _MANY and max(named.values()) * 2 < named.total():
        return ""  # a comparison of provinces
    if owners:
        most = max(owners.values())
        if is_shared and not offices and all(key in _CITIES for key in owners):
            return ""  # a city is always called one: «TP.HCM», also among other provinces
        owner = next(key for key in owners if owners[key] == most)
        # «TP Hồ Chí Minh» among other provinces: one that is told of, not the text's own.
        is_lone = owner not in offices and named[owner] == 1 and len(named) > 2
        return "" if is_lone else owner
    most, times = named.most_common(1)[0] if named else ("", 0)
    return most if times > 1 and len(named) < _MANY else ""


def _former_end(tokens, index) -> tuple[int, bool]:
    """Return the index after «cũ», «(cũ)» or «(mới)», and whether the place is a former one."""
    words = [token.word for token in tokens[index : index + 3]]
    if words[:1] == ["cũ"]:
        return index + 1, True
    if words in (["(", "cũ", ")"], ["(", "mới", ")"]):
        return index + 3, words[1] == "cũ"
    if words[:1] == ["mới"]:
        return index + 1, False
    return index, False


def _province(tokens, index) -> tuple[str, int] | None:
    if not tokens[index].is_capital:
        return None
    best = None
    for name in _PROVINCES.get(tokens[index].word, ()):
        end = index + len(name)
        if tuple(token.word for token in tokens[index:end]) == name and (
            best is None or end > best[1]
        ):
            best = (_SAME.get(name, " ".join(word for word in name if word != "-")), end)
    return best
