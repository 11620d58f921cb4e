"""
The arithmetic of targets and results: pure functions on Decimal.

Percentages are numbers such as 4.44 for 4,44 %. None means «cannot be said», never zero.
"""

from decimal import Decimal

from django.db.models import TextChoices

HUNDRED = Decimal(100)


class Direction(TextChoices):
    """Which way an indicator is meant to go."""

    HIGHER = "higher", "Càng cao càng tốt"
    LOWER = "lower", "Càng thấp càng tốt"
    NONE = "none", "Không đánh giá"


class Assessment(TextChoices):
    """How a result stands against its target; the last column of the standard table."""

    EXCEEDED = "exceeded", "Vượt"
    MET = "met", "Đạt"
    MISSED = "missed", "Không đạt"
    NO_RESULT = "no_result", "Chưa có kết quả"
    NO_TARGET = "no_target", "Chưa giao kế hoạch"
    NOT_ASSESSED = "not_assessed", "Không đánh giá"

    @property
    def is_judged(self):
        """Say whether a result was held against a plan."""
        return self in {self.EXCEEDED, self.MET, self.MISSED}


def growth_rate(current: Decimal | None, base: Decimal | None) -> Decimal | None:
    """
    Return the change from ``base`` to ``current`` as a percentage of ``base``.

    5.0 means 5 % higher. Both figures must be in the same unit. A negative base is
    compared by its size, so that a smaller loss is growth. Returns None if either is
    missing or ``base`` is zero (the rate is undefined, not infinite).

    Source: column «TH/năm trước» of the departments' standard table, less 100.
    """
    if current is None or not base:
        return None
    return (current - base) / abs(base) * HUNDRED


def attainment(result: Decimal | None, target: Decimal | None) -> Decimal | None:
    """
    Return ``result`` as a percentage of ``target``: 104.44 means «vượt 4,44 %».

    Returns None if either is missing or ``target`` is not positive: a share of nothing, or
    of a loss, says nothing.

    Source: column «TH/KH» of the departments' standard table.
    """
    if result is None or target is None or target <= 0:
        return None
    return result / target * HUNDRED


def over_plan(result: Decimal | None, target: Decimal | None) -> Decimal | None:
    """Return by how many percent ``result`` is above ``target``; negative when below."""
    reached = attainment(result, target)
    return None if reached is None else reached - HUNDRED


def implied_plan(result: Decimal | None, over: Decimal | None) -> Decimal | None:
    """
    Return the target implied by «vượt ``over`` % kế hoạch», in the unit of ``result``.

    35.360 and 4.44 give 33.856,7…, to be marked «suy ra» wherever it is shown. None if
    either is missing, ``over`` is −100 or less, or ``result`` is not positive: no positive
    plan is exceeded by a loss.
    """
    return None if result is None or result <= 0 else implied_base(result, over)


def implied_base(current: Decimal | None, growth: Decimal | None) -> Decimal | None:
    """
    Return last year's figure implied by «tăng ``growth`` %», in the unit of ``current``.

    Undoes ``growth_rate``: behind a loss of 80 that grew, that is lessened, by 20 % there was
    one of 100. None if either is missing, ``current`` is zero, or no base of the same sign
    gives it.
    """
    if not current or growth is None:
        return None
    part = 1 + (growth if current > 0 else -growth) / HUNDRED
    return current / part if part > 0 else None


def share(part: Decimal | None, whole: Decimal | None) -> Decimal | None:
    """Return ``part`` as a percentage of ``whole``; None if missing or of a whole ≤ 0."""
    return attainment(part, whole)


def assessment(
    result: Decimal | None,
    target: Decimal | None,
    target_upper: Decimal | None = None,
    direction: str = Direction.HIGHER,
    *,
    bound: int = 0,
    leaning: int = 0,
) -> Assessment:
    """
    Return how ``result`` stands against ``target``, or against target–target_upper.

    Higher is better: below the (lower) target is missed, up to the upper bound is met,
    above it exceeded; equal to a single target is met. Lower is better mirrors this.

    ``bound`` is −1 for a target «không quá», +1 for «tối thiểu». Against the direction it is a
    condition to be kept: within it the target is met, beyond it missed, and never exceeded.
    ``leaning`` is −1 for a result «gần», +1 for «trên»: it decides where the numbers are equal.

    Source: column «Đánh giá» of the departments' standard table.
    """
    if direction == Direction.NONE:
        return Assessment.NOT_ASSESSED
    if target is None:
        return Assessment.NO_TARGET
    if result is None:
        return Assessment.NO_RESULT
    side = side_of(result, target, target if target_upper is None else target_upper, leaning)
    wanted = 1 if direction == Direction.HIGHER else -1
    if side == 0:
        return Assessment.MET
    if bound == -wanted:
        return Assessment.MET if side == bound else Assessment.MISSED
    return Assessment.EXCEEDED if side == wanted else Assessment.MISSED


def by_size(side: int, change: Decimal | None) -> int:
    """
    Return to which side of a rate of change the word before it points: −1 below, +1 above.

    Of a fall the word speaks of its size: «giảm tối thiểu 2%» is −2 or less, «tăng tối thiểu
    2%» is 2 or more.
    """
    return -side if change is not None and change < 0 else side


def side_of(result: Decimal, lower: Decimal, upper: Decimal, leaning: int = 0) -> int:
    """Return −1 for a result below the range, 0 within it, +1 above it."""
    if result < lower or (result == lower and leaning < 0):
        return -1
    return int(result > upper or (result == upper and leaning > 0))
