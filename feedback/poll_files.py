"""The results of a poll as files: CSV and JSON, from one content."""

import json

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from feedback.models import Poll, PollResults
from portal import spreadsheets
from portal.open_files import kept, wants_mark

HEADINGS = ["Kỳ", "Phương án", "Điểm", "Số phiếu", "Tỷ lệ (%)"]
WHOLE = "toàn bộ"  # what stands for the time since the poll was opened in the column of periods
NOTE = (
    "Mỗi trình duyệt một phiếu; mỗi phiếu tính vào tháng có lần chọn cuối cùng. Kết quả chỉ phản "
    "ánh ý kiến của người tự nguyện tham gia. Phiếu đang được kiểm tra và phiếu bị loại không "
    "nằm trong số phiếu của các phương án."
)


def csv_response(request: HttpRequest, poll: Poll) -> HttpResponse:
    """Return the results as CSV; with «?bom=1» as Excel recognises it."""
    body = as_csv(content_of(poll), with_mark=wants_mark(request))
    return kept(body, "text/csv; charset=utf-8", f"danh-gia-{poll.slug}.csv")


def json_response(poll: Poll) -> HttpResponse:
    body = json.dumps(content_of(poll), ensure_ascii=False, indent=1).encode()
    return kept(body, "application/json", f"danh-gia-{poll.slug}.json")


def content_of(poll: Poll) -> dict:
    """Return what the files say; decimals are text, null stands for what is not known."""
    results = poll.results()
    return {
        "question": poll.question,
        "url": settings.BASE_URL + poll.get_absolute_url(),
        "publisher": settings.DEPARTMENT["name"],
        "opens_at": _moment(poll.opens_at),
        "closes_at": _moment(poll.closes_at),
        **_totals(results),
        "ballots_being_checked": results.awaiting,
        "ballots_set_aside": results.set_aside,
        "months": [
            {"month": f"{month:%Y-%m}", **_totals(of_month)} for month, of_month in poll.by_month()
        ],
        "note": NOTE,
    }


def as_csv(content: dict, *, with_mark: bool) -> bytes:
    """Return one line for each option, of the whole time and then of each month."""
    rows = [
        [part["month"], *(option[key] for key in ("text", "points", "votes", "share"))]
        for part in [content | {"month": WHOLE}, *content["months"]]
        for option in part["options"]
    ]
    return spreadsheets.as_csv([HEADINGS, *rows], with_mark=with_mark)


def _totals(results: PollResults) -> dict:
    return {
        "ballots": results.ballots,
        "mean_points": _number(results.mean),
        "options": [
            {
                "text": row.label,
                "points": row.points,
                "votes": row.votes,
                "share": _number(row.share),
            }
            for row in results
        ],
    }


def _number(value):
    return None if value is None else str(value)


def _moment(value):
    return value and timezone.localtime(value).isoformat(timespec="seconds")
