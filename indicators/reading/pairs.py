"""«A, B và C lần lượt đạt x, y và z»: names and numbers told in the same order."""

from indicators.reading.drafts import Change
from indicators.reading.units import same_kind

_MISMATCH = "các số nêu “lần lượt” nhiều hơn hoặc ít hơn các chỉ tiêu đứng trước"
_MISMATCH_OF_BASES = "không rõ mỗi số đứng sau “lần lượt” so với kỳ nào"
_UP_DOWN = {"up": 1, "down": -1}
_BETWEEN = {",", "và", ";"}


def pair(clauses) -> None:
    """Give each of the indicators named last its own of the numbers that follow."""
    drafts = [draft for draft in clauses.listed if draft.is_named]
    positions, direction = _numbers(clauses)
    if len(drafts) < 2:
        _pair_bases(clauses, positions, direction)
        return
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
        draft.is_supposed = (
            draft.is_supposed or clauses.atoms[positions[0]].start in clauses.supposed
        )
        draft.reach(end)
    clauses.keep(drafts)


def _pair_bases(clauses, positions, direction) -> None:
    """Read «so với tháng trước và cùng kỳ tăng lần lượt 5,4% và 17,2%» of one indicator."""
    draft, bases = clauses.draft, clauses.segment.bases
    if draft is None or len(positions) < 2 or not direction:
        return
    clauses.consumed.update(positions)
    clauses.has_figures = True
    amounts = [clauses.atoms[position].data for position in positions]
    units = [amount.unit for amount in amounts if amount.unit is not None]
    is_rate = bool(units) and all(unit.dimension == "%" for unit in units)
    draft.reach(clauses.tokens[clauses.atoms[positions[-1]].end - 1].end)
    if len(bases) != len(amounts) or not is_rate:
        draft.doubts.append(_MISMATCH_OF_BASES)
        return
    for amount, base in zip(amounts, bases, strict=True):
        _give(clauses, draft, amount._replace(unit=units[0]), direction, base)


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
