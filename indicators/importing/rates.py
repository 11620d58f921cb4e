"""
What the percentages of a table mean: «112,06» and «12,06» may stand in the same column's place.

Where the numbers beside them decide, they decide; else the heading and the size of all values.
"""

from collections.abc import Iterable
from decimal import Decimal
from enum import Enum

from indicators.formulas import HUNDRED

_NEAR = Decimal("0.6")  # percentage points; tables round to one digit
_SHARES = (Decimal(50), Decimal(200))


class Meaning(Enum):
    SHARE = "share"  # 112.06 of the base
    CHANGE = "change"  # 12.06 more than the base
    FRACTION = "fraction"  # 1.1206 times the base
    UNKNOWN = "unknown"

    def change(self, value: Decimal) -> Decimal:
        """Return by how many percent the base is exceeded."""
        match self:
            case Meaning.SHARE:
                return value - HUNDRED
            case Meaning.FRACTION:
                return value * HUNDRED - HUNDRED
        return value


def meaning(pairs: Iterable[tuple[Decimal, Decimal | None]], says_change: bool) -> Meaning:
    """
    Return what a column's values mean.

    ``pairs`` are values with the change that the row's own numbers give, None where they give
    none; ``says_change`` is what the heading says: «tăng», «giảm», «vượt».
    """
    pairs = list(pairs)
    votes = dict.fromkeys((Meaning.SHARE, Meaning.CHANGE, Meaning.FRACTION), 0)
    for value, computed in pairs:
        if computed is None:
            continue
        for candidate in votes:
            votes[candidate] += abs(candidate.change(value) - computed) <= _NEAR
    likeliest = max(votes, key=votes.get)
    if list(votes.values()).count(votes[likeliest]) == 1:
        return likeliest
    are_shares = all(_SHARES[0] <= value < _SHARES[1] for value, _ in pairs)
    if says_change:
        return Meaning.UNKNOWN if are_shares else Meaning.CHANGE
    return Meaning.SHARE if are_shares else Meaning.UNKNOWN


def says_the_same(value: Decimal, shown: Decimal | None) -> bool:
    """Say whether a rate of a table is ``shown``, rounded to the digits the table gives."""
    if shown is None:
        return False
    digits = min(max(-value.normalize().as_tuple().exponent, 0), 2)
    return abs(value - shown) <= Decimal("0.5").scaleb(-digits) + Decimal("0.0001")
