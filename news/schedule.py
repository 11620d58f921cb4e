"""
When an article appears and when it goes: said in words, kept within reason.

The sentences hold ``{moment}`` and ``{left}`` so that static/js/schedule.js can say the same
while a moment is typed.
"""

from datetime import datetime, timedelta

from django.utils import timezone

from portal.moments import WEEKDAYS, is_within_reason, refusal

YEARS_AHEAD = {"published_at": 2, "expires_at": 10}

_NAMES = {"published_at": "Thời điểm đăng", "expires_at": "Thời điểm hết hạn"}


def sentences(field: str, *, approved: bool) -> dict[str, str]:
    """Return what is said of a moment left empty, to come, gone by, or without reason."""
    refused = refusal(_NAMES[field], YEARS_AHEAD[field])
    if field == "expires_at":
        return {
            "empty": "Không có hạn.",
            "future": "Từ {moment} (còn {left}), người đọc không thấy bài nữa.",
            "past": "Đã hết hạn từ {moment}: người đọc không thấy bài.",
            "refused": refused,
        }
    subject = "Bài" if approved else "Khi được duyệt, bài"
    return {
        "empty": f"{subject} hiện ngay.",
        "future": f"{subject} sẽ xuất hiện lúc {{moment}} (còn {{left}}).",
        "past": f"{subject} hiện ngay; ngày ghi trên bài là {{moment}}.",
        "refused": refused,
    }


def said(field: str, value: datetime | None, *, approved: bool, at: datetime | None = None) -> str:
    """Return what a publication or expiry time means for readers, in one sentence."""
    at = at or timezone.now()
    known = sentences(field, approved=approved)
    if value is None:
        return known["empty"]
    if not is_within_reason(value, YEARS_AHEAD[field], at):
        return known["refused"]
    chosen = known["future"] if value > at else known["past"]
    return chosen.format(moment=in_words(value), left=left(value - at))


def appearance(article, at: datetime | None = None) -> str:
    """Return when an approved article appears, in one sentence."""
    return said("published_at", article.published_at, approved=True, at=at)


def in_words(value: datetime) -> str:
    """Return a moment on the department's clock: «07:30 thứ Hai, ngày 05/01/2026»."""
    local = timezone.localtime(value)
    return f"{local:%H:%M} {WEEKDAYS[local.weekday()]}, ngày {local:%d/%m/%Y}"


def left(remaining: timedelta) -> str:
    """Return a time to wait in its one or two largest units, rounded down."""
    minutes = int(remaining.total_seconds() // 60)
    hours, days = minutes // 60, minutes // (24 * 60)
    if days >= 2:
        return f"{days} ngày"
    if hours >= 1:
        return f"{hours} giờ {minutes % 60} phút" if hours < 6 and minutes % 60 else f"{hours} giờ"
    return f"{minutes} phút" if minutes else "chưa đầy 1 phút"


def is_mistyped(article) -> bool:
    """Say whether a time of an article has a year such as 9999 or 0001."""
    return any(
        (value := getattr(article, field)) and not is_within_reason(value, years)
        for field, years in YEARS_AHEAD.items()
    )
