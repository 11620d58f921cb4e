"""Which indicator a phrase names: the longest name wins, small words between do not matter."""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from indicators.reading import units
from indicators.reading.rows import Subject
from indicators.reading.source import Token, words

# Left out of names and passed over in the text, so that «giá trị sản xuất ngành công nghiệp»
# and «tổng mức bán lẻ hàng hóa, dịch vụ» are found under their usual names.
_PASSED = frozenset("và & - , ngành các của tỉnh theo ước".split())
_PASSED_PHRASES = (("trên", "địa", "bàn"), ("dự", "kiến"), ("trong", "tỉnh"))
_PASSED_WITHIN_TEXT = _PASSED | {"%", "(", ")", "được", "mới", "/"}
_LONGEST_GAP = 4
_SHORT_FORMS = 2  # a name of so few words is matched with its marks
_HEADS = ("tổng số ", "số lượng ", "số ", "tổng ")
_END = ""


class Match(NamedTuple):
    """A name in the text; several indicators may share it and differ by unit."""

    subjects: tuple[Subject, ...]
    end: int  # index after the name's last token
    numbers: tuple[
        int, ...
    ]  # tokens inside the name that are a number: «thành lập mới 900 doanh nghiệp»


class Names:
    """All names of the indicators, as a tree of words."""

    def __init__(self, subjects: Iterable[Subject]):
        self._tree: dict = {}
        for subject in subjects:
            variants = {variant for name in subject.names for variant in _variants(name)}
            for variant in variants:
                self._add(variant, subject)

    def at(self, tokens: Sequence[Token], index: int) -> Match | None:
        """Return the longest name that begins at ``index``."""
        if tokens[index].fold not in self._tree or tokens[index].word in _PASSED:
            return None  # «và công nghiệp» is not «VA công nghiệp»
        branch, end, numbers, gap = self._tree, index, [], 0
        best = None
        while end < len(tokens):
            token = tokens[end]
            following = branch.get(token.fold)
            if following is not None and (end == index or token.kind != "number"):
                branch, gap = following, 0
                if _END in branch and self._spelled(branch, tokens[index : end + 1]):
                    best = Match(tuple(branch[_END]), end + 1, tuple(numbers))
            elif token.kind == "number":
                numbers.append(end)
                gap += 1
            elif token.word in _PASSED_WITHIN_TEXT:
                gap += 1
            elif length := _passed_phrase(tokens, end):
                gap += 1
                end += length - 1
            else:
                break
            if gap > _LONGEST_GAP:
                break
            end += 1
        if best is None:
            return None
        inside = tuple(number for number in best.numbers if number < best.end)
        return best._replace(numbers=inside)

    def _spelled(self, branch: dict, tokens: Sequence[Token]) -> bool:
        """Hold short names to their letters: «năm» is not «Nam», nor «CPI» «cpi»."""
        spelling = branch.get("spelling")
        return spelling is None or "".join(token.word for token in tokens) in spelling

    def _add(self, name: str, subject: Subject) -> None:
        tokens = words(name)
        keys = _keys(tokens)
        if not keys:
            return
        branch = self._tree
        for key in keys:
            branch = branch.setdefault(key, {})
        held = branch.setdefault(_END, [])
        if subject not in held:
            held.append(subject)
        if len(keys) <= _SHORT_FORMS:
            branch.setdefault("spelling", set()).add("".join(token.word for token in tokens))


@lru_cache(maxsize=8)
def names_of(subjects: tuple[Subject, ...]) -> Names:
    """Return the names of ``subjects``, made once for many texts."""
    return Names(subjects)


def fitting(subjects: Sequence[Subject], unit: units.Unit | None) -> Subject | None:
    """Return the indicator among those of one name that is told in ``unit``."""
    if unit is None:
        changes = [subject for subject in subjects if subject.is_change]
        return changes[0] if changes else subjects[0]
    for subject in subjects:
        if not subject.is_change and units.same_kind(unit, subject.unit):
            return subject
    for subject in subjects:
        if units.same_kind(unit, subject.unit):
            return subject
    return None


def unit_or_own(unit: units.Unit, subject: Subject) -> units.Unit:
    """Complete «160 triệu» by what the indicator is measured in."""
    own = units.unit(subject.unit)
    if unit.has_measure or own is None or own.dimension not in {"đồng", "USD"}:
        return unit
    return unit._replace(dimension=own.dimension, has_measure=True)


def _keys(tokens: Sequence[Token]) -> list[str]:
    """Return the words by which a name is looked up."""
    keys = []
    index = 0
    while index < len(tokens):
        length = _passed_phrase(tokens, index)
        if not length and tokens[index].word not in _PASSED | {"(", ")"}:
            keys.append(tokens[index].fold)
        index += length or 1
    return keys


def _passed_phrase(tokens: Sequence[Token], index: int) -> int:
    """Return how many words of «trên địa bàn» or the like begin at ``index``."""
    for phrase in _PASSED_PHRASES:
        if tuple(token.word for token in tokens[index : index + len(phrase)]) == phrase:
            return len(phrase)
    return 0


def _variants(name: str) -> set[str]:
    """Return the name with and without «(IIP)» and «Số», and what its brackets hold."""
    name = " ".join(name.split())
    variants = {name}
    before, opened, rest = name.partition("(")
    inside, closed, after = rest.partition(")")
    if opened and closed:
        variants |= {(before + after).strip(), before.strip()}
        if inside.isupper() and " " not in inside:
            variants.add(inside)
            variants.add(f"{before.strip()} {inside}")
    for variant in list(variants):
        lower = variant.lower()
        for head in _HEADS:
            rest = variant[len(head) :]
            if lower.startswith(head) and len(rest.split()) >= 3 and "mức" not in rest[:4]:
                variants.add(rest)
                break
    return {variant for variant in variants if variant and _is_distinct(variant)}


def _is_distinct(name: str) -> bool:
    """Leave out a lone common word, which would be found everywhere."""
    return len(name.split()) > 1 or name.isupper()
