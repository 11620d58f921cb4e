"""Noun phrases: where they begin, what narrows a name, which words can name an indicator."""

from collections.abc import Collection, Sequence
from itertools import pairwise

from indicators.reading.source import Token
from indicators.reading.words import EXCEPT, LEADING, MANNER

_LONGEST_PHRASE = 24
# Those who act are no indicators: «Sở đã cấp 125 giấy phép».
ACTORS = frozenset("sở ông bà ubnd hđnd chủ giám ban bộ đoàn đảng phòng cục tập".split())
_TRAILING = frozenset(
    "cũng đều vẫn đã đang sẽ được có là chỉ lại còn cả năm khoảng với và thì mà nhưng mới tuy bị "
    "ước trong tại ở của trên khó".split()
)
_TRAILING_PAIRS = {
    ("tiếp", "tục"), ("thực", "hiện"), ("hiện", "nay"), ("ước", "tính"), ("duy", "trì"),
    ("bình", "quân"), ("cả", "năm"), ("đến", "nay"), ("liên", "tục"),
}  # fmt: skip
_NO_NOUN = frozenset(
    "nếu mới đây theo vì để nhằm sau trước khi không trừ loại chưa đứng xếp dẫn lọt thuộc "
    "giữa cuối tiên phản thể tạo vươn nằm".split()
)
_NO_NOUN_PAIRS = {
    ("cao", "nhất"), ("cao", "thứ"), ("thấp", "nhất"), ("cao", "hơn"), ("thấp", "hơn"),
    ("là", "năm"), ("là", "mức"),
}  # fmt: skip
_STOPPING = frozenset(
    "trong cũng đã đang sẽ đều vẫn tiếp còn nhưng do vì để khi song thì là nhờ".split()
)
# Said of a place among others: «tiếp đến là tỉnh …», «… dẫn đầu với».
RANKING = frozenset(
    "đứng xếp thứ hạng nhất nhì hai ba tư sau trước là tiếp đến theo kế cuối cùng dẫn đầu vị trí ở "
    "thấp cao có mức tỉnh địa phương các gồm bao như tục vẫn đạt trong đó riêng còn cụ thể lần "
    "lượt ghi nhận".split()
)
_PACE_ALONE = 5  # words of «có tốc độ tăng trưởng»
_PACE = {"tốc", "nhịp", "mức", "đà"}
# Their first words lead to names elsewhere.
_COMPOUNDS = {
    ("đầu", "tư"), ("tổng", "sản"), ("tổng", "số"), ("tổng", "mức"), ("tổng", "giá"),
    ("tổng", "thu"), ("tổng", "chi"), ("tổng", "vốn"), ("tổng", "diện"), ("tổng", "lượng"),
    ("tổng", "doanh"), ("tổng", "đầu"), ("tổng", "nguồn"), ("tổng", "huy"), ("tổng", "lượt"),
    ("tổng", "kim"), ("tổng", "đàn"), ("chỉ", "số"), ("chỉ", "tiêu"),
}  # fmt: skip
_COUNTS = {("số", "vốn"), ("số", "thu"), ("số", "chi"), ("số", "dự"), ("số", "hộ")}  # not «một số»
_BRANCHES = {("công", "nghiệp"), ("xây", "dựng"), ("nông", "nghiệp"), ("thương", "mại"),
             ("dịch", "vụ"), ("nông", "lâm"), ("thủy", "sản")}  # fmt: skip
_LEAVING_OUT = {
    ("không", "tính"),
    ("không", "kể"),
    ("loại", "trừ"),
    ("nếu", "trừ"),
    ("chưa", "tính"),
}
_NARROWING_NOUNS = (
    ("mặt", "hàng"), ("nhóm", "hàng"), ("doanh", "nghiệp"), ("thị", "trường"), ("tỷ", "trọng"),
    ("tỷ", "lệ"), ("tỉ", "trọng"), ("tỉ", "lệ"), ("cơ", "cấu"), ("đóng", "góp"),
    ("sản", "phẩm"), ("đơn", "vị"), ("nhóm", "ngành"), ("công", "ty"), ("nhà", "máy"),
)  # fmt: skip


def lead_words(
    tokens: Sequence[Token], words: Sequence[int], places: Collection[int] = ()
) -> list[int]:
    """Return the words that may name something or a place, without what leads to them."""
    begin, end = 0, len(words)
    for at in range(end - 1):
        if tokens[words[at]].word in {"thì", "nên"}:
            begin = at + 1
    while begin < end and words[begin] not in places and _is_leading(tokens[words[begin]]):
        following = tokens[words[begin] + 1].word if words[begin] + 1 < len(tokens) else ""
        couple = tokens[words[begin]].word, following
        if couple in _COMPOUNDS or (couple in _COUNTS and tokens[words[begin] - 1].word != "một"):
            break
        begin += 1
    while end > begin:
        if words[end - 1] in places:
            break
        if tokens[words[end - 1]].word in _TRAILING or tokens[words[end - 1]].kind != "word":
            end -= 1
        elif (
            end - begin > 1
            and tuple(tokens[i].word for i in words[end - 2 : end]) in _TRAILING_PAIRS
        ):
            end -= 2
        else:
            break
    for index in range(begin + 2, end - 1):
        # «ngành du lịch có tốc độ (tăng trưởng 15%)»
        pair = tokens[words[index]].word, tokens[words[index + 1]].word
        if pair[0] in {"có", "đạt"} and pair[1] in _PACE:
            is_placed = words[begin] in places or is_proper(tokens, words[begin:index])
            if is_placed and end - index > _PACE_ALONE:
                begin = index + 1  # «Hương Trà có tốc độ tăng trưởng giá trị sản xuất»
            else:
                end = index
            break
    return list(words[begin:end])


def is_noun_phrase(tokens: Sequence[Token], words: Sequence[int]) -> bool:
    """Say whether ``words`` can be the name of something measured."""
    if not words or len(words) > _LONGEST_PHRASE:
        return False
    first = tokens[words[0]]
    if first.word in ACTORS or first.word in _NO_NOUN or first.kind != "word":
        return False
    if len(words) > 1 and (first.word, tokens[words[1]].word) in _NO_NOUN_PAIRS:
        return False
    return any(tokens[index].kind == "word" and len(tokens[index].word) > 1 for index in words)


def is_proper(tokens: Sequence[Token], words: Sequence[int]) -> bool:
    """Say whether ``words`` are a name of somebody or some place: «Hương Trà»."""
    return len(words) > 1 and all(tokens[index].is_capital for index in words)


def is_branch(tokens: Sequence[Token], words: Sequence[int]) -> bool:
    """Say whether ``words`` name a branch of the economy: «công nghiệp, xây dựng»."""
    return any((tokens[at].word, tokens[at + 1].word) in _BRANCHES for at in words[:-1])


def ranked_place(
    tokens: Sequence[Token], words: Sequence[int], places: Collection[int]
) -> int | None:
    """Return the only place among ``words`` that but rank it: «đứng thứ hai là Quảng Ninh»."""
    found = [index for index in words if index in places]
    others = {tokens[index].word for index in words} - {tokens[index].word for index in found}
    return found[0] if len(found) == 1 and others <= RANKING else None


def is_pace(tokens: Sequence[Token], words: Sequence[int]) -> bool:
    """Say whether ``words`` only name a pace: «tốc độ (tăng trưởng)», «mức tăng»."""
    said = [tokens[index].word for index in words]
    return said[0] in _PACE and set(said) <= {*_PACE, "độ", "tăng", "trưởng", *MANNER}


def narrows(tokens: Sequence[Token], atoms, at: int, lead: Sequence[int]) -> bool:
    """Say whether the words around the name at atom ``at`` make another thing of it."""
    begin = atoms[at].start
    opening = [token.word for token in tokens[:begin][:12]]
    if any(pair in _LEAVING_OUT for pair in pairwise(opening)):
        return True
    return _narrowed_before(tokens, lead) or _narrowed_after(tokens, atoms, at)


def _narrowed_before(tokens, lead) -> bool:
    words = [tokens[index].word for index in lead]
    if words and words[-1] in {"của", "chiếm"}:
        return True
    return any(pair in _NARROWING_NOUNS for pair in pairwise(words))


def _narrowed_after(tokens, atoms, at) -> bool:
    depth = 0
    for atom in atoms[at + 1 : at + 16]:
        if atom.kind == "mark":
            if atom.data == "(":
                depth += 1
            elif atom.data == ")" and depth:
                depth -= 1
            elif not depth:
                return False
        elif depth:
            if tokens[atom.start].word in EXCEPT:
                return True
        elif atom.kind == "word" and tokens[atom.start].kind == "word":
            word = tokens[atom.start].word
            if word not in MANNER and word not in LEADING and word not in {"của", "ở"}:
                return True
        elif atom.kind in {"verb", "qualifier", "amount", "base", "kind", "plan"}:
            return False
    return False


def phrase_end(tokens: Sequence[Token], atoms, end: int) -> int:
    """Return the index after the words that go on with a name which ends before ``end``."""
    last = end
    depth = 0
    for atom in atoms:
        if atom.end <= end:
            continue
        word = tokens[atom.start].word
        if depth or (word == "(" and _opens_exception(tokens, atom)):
            depth += (word == "(") - (word == ")")
            last = atom.end
        elif atom.kind not in {"word", "neutral", "name", "place"} or word in _STOPPING:
            break
        elif atom.end > last and tokens[atom.start].kind == "word":
            last = atom.end
        if atom.end - end > 2 * _LONGEST_PHRASE:
            break
    while last > end and tokens[last - 1].word in _TRAILING:
        last -= 1
    return last


def _opens_exception(tokens, atom) -> bool:
    return atom.end < len(tokens) and tokens[atom.end].word in EXCEPT


def _is_leading(token: Token) -> bool:
    return token.word in LEADING or token.kind != "word"
