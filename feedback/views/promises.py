"""The public page of promises kept, and the same as files."""

import json

from django.conf import settings
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from feedback.promises import promises as kept_promises
from portal.caching import public_page
from portal.open_files import kept, open_file, wants_mark
from portal.spreadsheets import as_csv

NAME = "cam-ket-tra-loi"
HEADINGS = {
    "month": "Tháng",
    "received": "Đã nhận",
    "on_time": "Xử lý đúng hạn",
    "late": "Quá hạn",
    "running": "Đang trong hạn",
    "on_time_percent": "Tỷ lệ đúng hạn (%)",
    "median_working_days": "Trung vị số ngày làm việc",
}


@require_safe
@public_page
def promises(request):
    return render(
        request,
        "feedback/promises.html",
        {"promises": kept_promises(), "answer_days": settings.ANSWER_DAYS},
    )


@open_file
def promises_csv(request):
    """Answer with one line for each month, the newest first."""
    months = [[month[key] for key in HEADINGS] for month in _months(kept_promises())]
    body = as_csv([HEADINGS.values(), *months], with_mark=wants_mark(request))
    return kept(body, "text/csv; charset=utf-8", f"{NAME}.csv")


@open_file
def promises_json(request):
    shown = kept_promises()
    content = {
        "publisher": settings.DEPARTMENT["name"],
        "url": settings.BASE_URL + reverse("feedback:promises"),
        "counted_on": shown.today.isoformat(),
        "working_days_promised": settings.ANSWER_DAYS,
        "twelve_months": _numbers(shown.whole),
        "received_altogether": shown.altogether,
        "oldest_open_received_on": shown.oldest_open and shown.oldest_open.isoformat(),
        "months": _months(shown),
    }
    body = json.dumps(content, ensure_ascii=False, indent=1).encode()
    return kept(body, "application/json", f"{NAME}.json")


def _months(shown) -> list[dict]:
    return [
        {"month": f"{month.first_day:%Y-%m}", **_numbers(month.record)} for month in shown.months
    ]


def _numbers(record) -> dict:
    """Return the numbers of a record; decimals are text, None stands for what is not known."""
    return {
        "received": record.received,
        "on_time": record.on_time,
        "late": record.late,
        "running": record.running,
        "on_time_percent": _text(record.share),
        "median_working_days": _text(record.median_days),
    }


def _text(value) -> str | None:
    return None if value is None else str(value)
