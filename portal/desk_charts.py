"""The charts of the admin's start page; each is one query and says which permissions show it."""

from collections.abc import Callable
from datetime import datetime, time, timedelta

from django.db.models import Count, DateField, QuerySet
from django.db.models.functions import TruncMonth, TruncWeek
from django.urls import reverse
from django.utils import timezone

from feedback.models import Submission
from news.models import Article
from portal import visitors
from portal.bars import BarChart, bar_chart, daily_views
from portal.models import PageViews

VIEW_DAYS = 30
WEEKS = MONTHS = 12


def page_views(at) -> BarChart:
    today = timezone.localdate(at)
    first = today - timedelta(days=VIEW_DAYS - 1)
    counted = dict(
        PageViews.objects.filter(page=visitors.SITE, day__gte=first).values_list("day", "views")
    )
    return daily_views(
        counted,
        today,
        title=f"Lượt xem trang, {VIEW_DAYS} ngày qua",
        note="Chỉ đếm trình duyệt có JavaScript, không đếm máy tìm kiếm.",
        url=reverse("readership"),
    )


def feedback_received(at) -> BarChart:
    today = timezone.localdate(at)
    monday = today - timedelta(days=today.weekday())
    weeks = [monday - timedelta(weeks=number) for number in reversed(range(WEEKS))]
    received = Submission.objects.exclude(state=Submission.State.SPAM)
    counted = _counted_by(received, TruncWeek, "received_at", since=weeks[0])
    return bar_chart(
        [(f"{week:%d/%m}", counted.get(week, 0)) for week in weeks],
        title=f"Góp ý nhận được, {WEEKS} tuần qua",
        unit="tuần",
        period="Tuần từ ngày",
        counted="góp ý",
        note="Không kể thư rác.",
    )


def articles_published(at) -> BarChart:
    today = timezone.localdate(at)
    count = today.year * 12 + today.month - 1  # months since year 0
    months = [
        today.replace(year=number // 12, month=number % 12 + 1, day=1)
        for number in range(count - MONTHS + 1, count + 1)
    ]
    published = Article.objects.published(at)
    counted = _counted_by(published, TruncMonth, "published_at", since=months[0])
    return bar_chart(
        [(f"{month:%m/%Y}", counted.get(month, 0)) for month in months],
        title=f"Bài đã đăng, {MONTHS} tháng qua",
        unit="tháng",
        period="Tháng",
        counted="bài",
        note="Tính theo thời điểm đăng; không kể bài đã gỡ hoặc hết hạn.",
    )


CHARTS: list[tuple[list[str], Callable[..., BarChart]]] = [
    (["news.view_article"], page_views),
    (["feedback.view_submission"], feedback_received),
    (["news.view_article"], articles_published),
]


def _counted_by(rows: QuerySet, trunc, moment: str, since) -> dict:
    """Return how many rows fall into each period from ``since`` on, by the period's first day."""
    beginning = timezone.make_aware(datetime.combine(since, time.min))
    # Asked of the column itself: an index knows nothing of periods.
    recent = rows.filter(**{f"{moment}__gte": beginning}).order_by()
    counted = recent.values(period=trunc(moment, output_field=DateField()))
    return dict(counted.annotate(count=Count("pk")).values_list("period", "count"))
