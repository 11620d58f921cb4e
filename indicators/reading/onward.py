"""Sentences that go on with the indicator of the one before: «Lũy kế 7 tháng đạt …»."""

from collections.abc import Sequence

from indicators.reading.atoms import Atom
from indicators.reading.drafts import Draft
from indicators.reading.phrases import RANKING
from indicators.reading.source import Token

_BEFORE_NUMBER = {"period", "qualifier", "verb", "neutral", "mark", "word", "after", "kind", "plan"}
_NAMELESS = frozenset(
    "trong đó cụ thể riêng ước tính thực hiện lũy kế chung cả con số này cũng đã ở mức".split()
)
_RANKED = 8  # atoms before the place of a rank
_VERBS = {"reach", "up", "down"}


def lacks_subject(atoms: Sequence[Atom], tokens: Sequence[Token]) -> bool:
    """Say whether a sentence leads from a period or a place to a number and names nothing."""
    place = opening_place(atoms, tokens)
    is_placed = place is not None or is_whole(tokens, atoms[0])
    has_period = has_verb = False
    for atom in atoms[0 if place is None else atoms.index(place) + 1 :]:
        if atom.kind == "amount":
            return (has_period or is_placed) and has_verb
        if atom.kind not in _BEFORE_NUMBER:
            return False
        is_rank = is_placed and tokens[atom.start].word in RANKING
        if atom.kind == "word" and not is_rank and tokens[atom.start].word not in _NAMELESS:
            return False
        if atom.kind == "mark" and atom.data not in {",", "-", ":", "+"}:
            return False
        has_period = has_period or (atom.kind == "period" and not atom.data.is_span)
        tells = atom.kind == "verb" and atom.data in _VERBS
        has_verb = has_verb or tells or atom.kind == "kind"  # «phấn đấu đạt»
    return False


def opening_place(atoms: Sequence[Atom], tokens: Sequence[Token]) -> Atom | None:
    """Return the place a sentence begins with: «Hà Nội …», «Đứng thứ hai là Quảng Ninh …»."""
    for atom in atoms[:_RANKED]:
        if atom.kind == "place":
            return atom
        if atom.kind not in {"word", "idle", "mark"} or (
            atom.kind == "word" and tokens[atom.start].word not in RANKING
        ):
            return None
    return None


def is_pointing(tokens: Sequence[Token], words: Sequence[int]) -> bool:
    """Say whether ``words`` point back to what was named: «con số này»."""
    return [tokens[index].word for index in words[:2]] == ["con", "số"]


def is_whole(tokens: Sequence[Token], atom: Atom) -> bool:
    """Say whether ``atom`` is «toàn tỉnh», «cả tỉnh»."""
    words = [token.word for token in tokens[atom.start : atom.end]]
    return words[-1:] == ["tỉnh"] and bool({"toàn", "cả"} & set(words))


def whole(opened: Sequence[Draft]) -> Draft | None:
    """Return the only indicator a sentence told of, but for its parts; None if there are more."""
    told = [draft for draft in opened if not draft.is_empty and not draft.is_part]
    names = {draft.words for draft in told}
    return told[0] if len(names) == 1 else None
