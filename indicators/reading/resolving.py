"""Which year a period means, by the day the text was published."""

from datetime import date

from indicators.reading.numbers import ROMAN
from indicators.reading.periods import WHOLE_YEAR, Period

_LATE = 12  # month


def resolved(period: Period | None, published: date | None) -> tuple[int | None, str]:
    """Return the year meant, and a doubt where it is open or a guess."""
    if period is None:
        return None, "không rõ năm của số liệu"
    if period.is_span:
        return None, "số liệu của một giai đoạn nhiều năm, không phải của một năm"
    if period.year is not None:
        return period.year, ""
    if published is None:
        return None, "không rõ năm của số liệu"
    if period.relative is not None:
        return published.year + period.relative, ""
    if period.part or period.months not in {None, WHOLE_YEAR}:
        # «9 tháng đầu năm» told in January was last year's; in October, this one's.
        return _year_of_months(period, published), ""
    if period.is_vague:
        if published.month <= 3:
            return published.year - 1, ""
        if published.month >= 10:
            return published.year, ""
    return None, "không rõ năm của số liệu"


def is_coming(period: Period | None, published: date | None = None) -> bool:
    """Say whether «6 tháng cuối năm» are told, and told before they are all but over."""
    if period is None or not period.part.endswith("cuối năm"):
        return False
    return published is None or published.month < _LATE


def _year_of_months(period: Period, published: date) -> int:
    last = period.months or last_month(period.part)
    return published.year - 1 if last > published.month else published.year


def last_month(part: str) -> int:
    """Return the month after which most of «tháng 5», «quý III» is known."""
    kind, _, name = part.partition(" ")
    if kind == "tháng" and name.isdigit():
        return int(name)
    if kind == "quý":
        return ROMAN.get(name.lower(), 1) * 3 - 2
    return 1
