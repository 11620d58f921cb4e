"""
What staff see of the readership: hour by hour for 90 days, of the site, a category, an article.

Articles and the site are counted as they are read (portal/visitors/); a category is the sum of its
articles, made every quarter of an hour. An article that moves takes the readings of its last day
along.
"""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from django.db import connection
from django.db.models import Q, Sum
from django.utils import timezone
from django_tasks import task

from news.models import Category
from portal import visitors
from portal.bars import BarChart, bar_chart, daily_views
from portal.models import HourViews

DAYS = visitors.HOURS_KEPT.days  # for which hours are kept, today among them
SUMMED_ANEW = timedelta(days=1)  # reports that waited for the database may be as old
HOUR = timedelta(hours=1)


class CategoryViews(NamedTuple):
    category: Category
    week: int  # views of the last 7 days
    month: int  # of the last 30 days
    quarter: int  # of all DAYS


class Readership:
    """The readings of some pages together, hour by hour."""

    def __init__(self, pages: Iterable[str], at: datetime | None = None):
        self.at = at or timezone.now()
        self.today = timezone.localdate(self.at)
        self.first = self.today - timedelta(days=DAYS - 1)
        kept = HourViews.objects.filter(page__in=list(pages), hour__gte=_midnight(self.first))
        counted = kept.values_list("hour").annotate(views=Sum("views")).order_by("hour")
        self.hours = {timezone.localtime(hour): views for hour, views in counted}

    def by_day(self) -> BarChart:
        """Return the views of every day from the first one counted."""
        counted = _added((hour.date(), views) for hour, views in self.hours.items())
        return daily_views(counted, self.today, title=f"Theo ngày, {DAYS} ngày qua")

    def by_hour(self, day: date) -> BarChart:
        """Return the views of every hour of a day, of today those begun."""
        is_today = day == self.today
        last = timezone.localtime(self.at).hour if is_today else 23
        counted = {hour.hour: views for hour, views in self.hours.items() if hour.date() == day}
        return bar_chart(
            [(_name(hour), counted.get(hour, 0)) for hour in range(last + 1)],
            title=f"Theo giờ, ngày {day:%d/%m/%Y}",
            unit="giờ",
            period="Lúc",
            counted="lượt xem",
            is_open=is_today,
        )

    def by_hour_of_day(self) -> BarChart:
        """Return at which hours of the day all the days were read."""
        counted = _added((hour.hour, views) for hour, views in self.hours.items())
        return bar_chart(
            [(_name(hour), counted.get(hour, 0)) for hour in range(24)],
            title=f"Giờ nào trong ngày, cộng {DAYS} ngày qua",
            unit="giờ",
            period="Lúc",
            counted="lượt xem",
            is_open=False,
        )

    def rows(self) -> list[tuple[str, str, int]]:
        """Return (day, hour, views) of every hour since the first one counted, for a sheet."""
        if not self.hours:
            return []
        hour, last = min(self.hours), max(self.hours)
        rows = []
        while hour <= last:
            rows.append((f"{hour:%Y-%m-%d}", f"{hour:%H:00}", self.hours.get(hour, 0)))
            hour += HOUR
        return rows


def of_categories(at: datetime | None = None) -> list[CategoryViews]:
    """Return the views of every category with its children, the most read first."""
    today = timezone.localdate(at)
    week, month, quarter = (_midnight(today - timedelta(days=days - 1)) for days in (7, 30, DAYS))
    categories = Category.objects.prefetch_related("children")
    pages = [_page(category.pk) for category in categories]
    counted = HourViews.objects.filter(page__in=pages, hour__gte=quarter).values_list("page")
    sums = {
        page: sums
        for page, *sums in counted.annotate(
            week=Sum("views", filter=Q(hour__gte=week), default=0),
            month=Sum("views", filter=Q(hour__gte=month), default=0),
            quarter=Sum("views"),
        )
    }
    found = [CategoryViews(category, *_of_family(sums, category)) for category in categories]
    return sorted(found, key=lambda row: row.quarter, reverse=True)


def pages_of(category: Category) -> list[str]:
    """Return the names under which the articles of a category and its children are counted."""
    return [_page(pk) for pk in category.family()]


def enqueue(before, due) -> None:
    keep_up.enqueue()


@task()
def keep_up() -> None:
    """Add up the categories; forget what is kept no longer."""
    add_up_categories()
    visitors.forget()


def add_up_categories(at: datetime | None = None) -> None:
    since = (at or timezone.now()) - SUMMED_ANEW
    with connection.cursor() as cursor:
        cursor.execute(CATEGORIES, {"since": since.replace(minute=0, second=0, microsecond=0)})


CATEGORIES = """
WITH summed AS (
    SELECT 'category:' || article.category_id AS page, read.hour, sum(read.views) AS views
    FROM portal_hourviews AS read
    JOIN news_article AS article ON article.id = substring(read.page FROM 9)::bigint
    WHERE read.hour >= %(since)s AND starts_with(read.page, 'article:')
    GROUP BY article.category_id, read.hour
),
moved AS (
    DELETE FROM portal_hourviews AS old
    WHERE old.hour >= %(since)s AND starts_with(old.page, 'category:')
        AND NOT EXISTS (SELECT FROM summed WHERE (summed.page, summed.hour) = (old.page, old.hour))
)
INSERT INTO portal_hourviews (page, hour, views)
SELECT page, hour, views FROM summed ORDER BY page, hour
ON CONFLICT (page, hour) DO UPDATE SET views = excluded.views
"""


def _page(category: int) -> str:
    return f"category:{category}"


def _of_family(sums: dict[str, list[int]], category: Category) -> list[int]:
    own = [sums.get(page, [0, 0, 0]) for page in pages_of(category)]
    return [sum(column) for column in zip(*own, strict=True)]


def _added(pairs) -> dict:
    added = {}
    for key, views in pairs:
        added[key] = added.get(key, 0) + views
    return added


def _name(hour: int) -> str:
    return f"{hour:02} giờ"


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
