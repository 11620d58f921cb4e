"""Two numbers for one thing in one text: nobody can say which of them is meant."""

from decimal import Decimal

from indicators.reading.rows import Reading

DOUBT = "văn bản có hai số khác nhau của cùng chỉ tiêu trong cùng kỳ"
_NEAR = Decimal("0.06")  # between «gần 12%» of a title and «11,67%» of its text


def compared(rows: list[Reading]) -> list[Reading]:
    """Return ``rows``, those with a doubt that contradict another."""
    slots: dict[tuple, list[int]] = {}
    for index, row in enumerate(rows):
        if row.code and row.year and row.value is not None and not row.growth_base:
            slot = row.code, row.place, row.kind, row.year, row.months, row.part
            slots.setdefault(slot, []).append(index)
    doubtful = set()
    for indexes in slots.values():
        lowest = min(indexes, key=lambda index: rows[index].value)
        highest = max(indexes, key=lambda index: rows[index].value)
        if not _agree(rows[lowest], rows[highest]):
            doubtful.update(indexes)
    return [
        row._replace(doubts=(*row.doubts, DOUBT)) if index in doubtful else row
        for index, row in enumerate(rows)
    ]


def _agree(low: Reading, high: Reading) -> bool:
    """Say whether one number is the other, rounded."""
    if low.value == high.value:
        return True
    digits = min(low.digits, high.digits)
    if round(low.value, digits) == round(high.value, digits):
        return True
    is_rounded = bool(low.qualifier or high.qualifier) or low.digits != high.digits
    return is_rounded and high.value - low.value <= _NEAR * abs(high.value)
