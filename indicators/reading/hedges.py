"""Numbers that were not reached: behind «nếu», «không đạt», «khó đạt»."""

from collections.abc import Sequence

from indicators.reading.rows import Reading
from indicators.reading.source import Token

DENIED = ("fail", "hardly")  # verbs that say a number was not, or will hardly be, reached
NOT_REACHED = "số đứng sau “không đạt”, “chưa đạt”, “khó đạt”: không phải kết quả"
SUPPOSED = "số nêu trong điều kiện, giả định (“nếu …”): không phải kết quả"
_NOT = {"không", "chưa", "chẳng"}
_BETWEEN = frozenset("thể có còn được hề phải sẽ".split())
_FARTHEST = 4  # words between «không» and its verb
_SUPPOSING = {("giả", "sử"), ("giả", "định"), ("trường", "hợp")}
# «nếu không tính dầu thô», «nếu chia theo ngành»: how the number is counted.
_COUNTING = frozenset("tính kể trừ loại so xét chia phân theo nhìn".split())
_TIMES = {"năm", "quý", "tháng"}
_NEAR = 40  # words between «nếu» and «thì»
_MARKS = {",", ";", ":", ".", "(", ")"}


def denial(tokens: Sequence[Token], index: int) -> str:
    """Return «fail» for a verb at ``index`` that is denied, «hardly» for a doubted one, or ""."""
    if tokens[index].word == "chỉ":
        return ""  # «không chỉ đạt 40.000 tỷ đồng mà còn …»
    position = index - 1
    while position >= 0 and index - position <= _FARTHEST and tokens[position].word in _BETWEEN:
        position -= 1
    if position < 0:
        return ""
    if tokens[position].word in _NOT:
        return "fail"
    is_hard = tokens[position].word == "khó" and (
        position == 0 or tokens[position - 1].word != "gặp"
    )
    return "hardly" if is_hard else ""


def supposed(tokens: Sequence[Token]) -> set[int]:
    """Return the indexes of the words told under a condition."""
    words = [token.word for token in tokens]
    found: set[int] = set()
    clause: list[int] = []
    is_supposed = False
    for index, word in enumerate(words):
        if word in _MARKS:
            clause = []
            is_supposed = is_supposed and word != ";"
        if _supposes(words, index):
            is_supposed = True
            found.update(clause)
            clause = []
        clause.append(index)
        if is_supposed:
            found.add(index)
    return found


def _supposes(words: list[str], index: int) -> bool:
    if words[index] == "nếu":
        following = words[index + 1 : index + 4]
        return not (_COUNTING & set(following) or _contrasts(words[index : index + _NEAR]))
    begins = index == 0 or words[index - 1] in {*_MARKS, "trong"}
    return begins and tuple(words[index : index + 2]) in _SUPPOSING


def _contrasts(words: list[str]) -> bool:
    """«Nếu năm 2023 đạt 400 thì năm 2024 đạt 450»: both were reached."""
    if not _TIMES & set(words[1:4]) or "thì" not in words:
        return False
    return bool(_TIMES & set(words[words.index("thì") + 1 :][:3]))


def without_numbers(row: Reading) -> Reading:
    """Return the row of a condition: what it is about, no number."""
    return row._replace(
        kind="", value=None, upper=None, qualifier="", digits=0, growth=None, growth_unit="",
        growth_digits=None, growth_qualifier="", growth_base="", plan=None, plan_digits=None,
        outcome="", previous=None, doubts=(*row.doubts, SUPPOSED),
    )  # fmt: skip
