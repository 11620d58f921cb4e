"""«A, B và C lần lượt đạt x, y và z»: names and numbers told in the same order."""

from indicators.reading.drafts import Change
from indicators.reading.units import same_kind

_MISMATCH = "số lượng số liệu không khớp với số lượng chỉ tiêu đứng trước «lần lượt»"
_UP_DOWN = {"up": 1, "down": -1}
_BETWEEN = {",", "và", ";"}


def pair(clauses) -> None:
    """Give each of the indicators named last its own of the numbers that follow."""
    drafts = [draft for draft in clauses.listed if draft.is_named]
    if len(drafts) < 2:
        return
    positions, direction = _numbers(clauses)
    amounts = [clauses.atoms[position].data for position in positions]
    clauses.consumed.update(positions)
    clauses.has_figures = True
    unit = next((amount.unit for amount in reversed(amounts) if amount.unit), None)
    is_change = direction != 0
    for draft in drafts:
        if len(amounts) != len(drafts) or unit is None:
            draft.doubts.append(_MISMATCH)
    if not positions:
        return
    end = clauses.tokens[clauses.atoms[positions[-1]].end - 1].end
    if len(amounts) == len(drafts) and unit is not None:
        clauses.at = positions[-1]
        base = clauses._base_after() if is_change else None
        for draft, amount in zip(drafts, amounts, strict=True):
            _give(clauses, draft, amount._replace(unit=amount.unit or unit), direction, base)
    for draft in drafts:
        draft.reach(end)
    clauses.keep(drafts)


def _give(clauses, draft, amount, direction, base) -> None:
    value = amount.number.value
    if direction:
        signed = None if value is None else direction * value
        draft.changes.append(
            Change(signed, amount.number.digits, "%", "", base, amount.number.doubt)
        )
        return
    draft.amount = amount
    draft.is_reporting = True
    draft.kind = clauses.context.kind
    draft.period = draft.period or clauses.segment.period or clauses.local
    said = [qualifier for qualifier in clauses.segment.qualifiers if qualifier]
    draft.qualifier = said[-1] if said else ""
    fits = any(same_kind(amount.unit, subject.unit) for subject in draft.subjects)
    if not fits and draft.subjects:
        draft.doubts.append(_MISMATCH)


def _numbers(clauses) -> tuple[list[int], int]:
    """Return the places of the numbers that follow and the direction they are told in."""
    direction = next((_UP_DOWN[v] for v in clauses.segment.verbs if v in _UP_DOWN), 0)
    positions: list[int] = []
    for position in range(clauses.at + 1, len(clauses.atoms)):
        atom = clauses.atoms[position]
        if atom.kind == "amount":
            positions.append(position)
        elif atom.kind == "verb" and not positions:
            direction = _UP_DOWN.get(atom.data, direction)
        elif atom.kind in {"qualifier", "neutral", "after"}:
            continue
        elif clauses.tokens[atom.start].word not in _BETWEEN and (positions or atom.kind == "name"):
            break
    return positions, direction
