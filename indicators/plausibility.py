"""
What is hardly meant: a number of another size than its neighbours, a share beyond the whole.

Nothing is refused for it: real figures leap too. Whoever stores one is asked to look again.
"""

from collections.abc import Iterator
from decimal import Decimal

from indicators import wording
from indicators.models import Figure
from portal.text import fold

LEAP = 100  # times: thousands eaten by a spreadsheet make a thousand, a wrong unit more
_SHARES = ("ty le", "ti le", "ty trong", "ti trong", "co cau")


def oddities(figure: Figure, former: Figure | None = None) -> list[str]:
    """Return in sentences what is odd about a figure, beside what was stored of it before."""
    return [*_leaps(figure, former), *_beyond_the_whole(figure), *_negative_counts(figure)]


def _leaps(figure: Figure, former: Figure | None) -> Iterator[str]:
    if figure.indicator.is_percentage:
        return
    numbers = [("Thực hiện", figure.result), ("Kế hoạch", figure.target)]
    beside = [
        ("năm trước", figure.previous),
        ("số đã lưu", former and former.result),
        ("kế hoạch đã lưu", former and former.target),
        ("kế hoạch", figure.target),
    ]
    for label, value in numbers:
        other = next((pair for pair in beside if _is_leap(value, pair[1])), None)
        if other is not None:
            name, known = other
            yield (
                f"{label} {wording.number(value)} chênh hơn {LEAP} lần so với {name} "
                f"({wording.number(known)}). Hãy xem lại dấu chấm, dấu phẩy và đơn vị tính."
            )


def _is_leap(value: Decimal | None, known: Decimal | None) -> bool:
    if not value or not known:
        return False
    ratio = abs(value / known)
    return ratio >= LEAP or ratio * LEAP <= 1


def _beyond_the_whole(figure: Figure) -> Iterator[str]:
    indicator = figure.indicator
    is_share = fold(indicator.name).startswith(_SHARES) and indicator.is_percentage
    if not is_share or indicator.is_change:
        return
    for value in _numbers(figure):
        if not 0 <= value <= 100:
            yield (
                f"{wording.number(value, unit='%')} không thể là tỷ trọng, tỷ lệ của một phần: "
                "phải từ 0 đến 100%. Hãy xem lại."
            )


def _negative_counts(figure: Figure) -> Iterator[str]:
    unit = figure.indicator.unit
    if any(part in unit for part in ("%", "đồng", "USD")):
        return
    for value in _numbers(figure):
        if value < 0:
            yield (
                f"{wording.number(value, unit=unit)} là số âm, mà chỉ tiêu này không thể âm. "
                "Hãy xem lại dấu."
            )


def _numbers(figure: Figure) -> list[Decimal]:
    numbers = (figure.result, figure.target, figure.target_upper)
    return [value for value in numbers if value is not None]
