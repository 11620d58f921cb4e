"""The pages on which staff see the readership."""

from datetime import date, timedelta

from django.contrib import admin
from django.contrib.admin.views.decorators import staff_member_required
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from news.models import Article, Category
from portal import readership, visitors
from portal.caching import personal_page
from portal.open_files import kept
from portal.readership import Readership
from portal.spreadsheets import as_csv

MOST_READ = 20
MOST_READ_DAYS = 30
HEADINGS = ("Ngày", "Giờ", "Lượt xem")


@require_safe
@staff_member_required
@personal_page
def of_site(request):
    context = {
        "categories": readership.of_categories(),
        "most_read": Article.objects.most_read(MOST_READ_DAYS, MOST_READ),
        "days": MOST_READ_DAYS,
    }
    return _page(request, "Toàn cổng", [visitors.SITE], "toan-cong", context)


@require_safe
@staff_member_required
@personal_page
def of_category(request, pk):
    category = get_object_or_404(Category, pk=pk)
    pages = readership.pages_of(category)
    return _page(request, category.name, pages, f"chuyen-muc-{pk}", {"category": category})


@require_safe
@staff_member_required
@personal_page
def of_article(request, pk):
    article = get_object_or_404(Article, pk=pk)
    total = visitors.views(article.page)
    context = {"article": article, "total": total}
    return _page(request, article.title, [article.page], f"bai-{pk}", context)


def _page(request, name: str, pages: list[str], file: str, context: dict):
    """Show the charts of some pages together; with «?tep=csv» every hour as a file."""
    if not request.user.has_perm("news.view_article"):
        raise PermissionDenied
    found = Readership(pages)
    if request.GET.get("tep") == "csv":
        body = as_csv([HEADINGS, *found.rows()], with_mark=True)
        return kept(body, "text/csv; charset=utf-8", f"luot-xem-{file}.csv")
    day = _day(request.GET.get("ngay", ""), found)
    context |= admin.site.each_context(request) | {
        "title": f"Lượt xem: {name}",
        "name": name,
        "found": found,
        "day": day,
        "before": day - timedelta(days=1) if day > found.first else None,
        "after": day + timedelta(days=1) if day < found.today else None,
        "charts": [found.by_hour(day), found.by_day(), found.by_hour_of_day()],
        "days_kept": readership.DAYS,
    }
    return render(request, "admin/readership.html", context)


def _day(written: str, found: Readership) -> date:
    """Return the day asked for; the nearest kept one, or today, where that cannot be shown."""
    try:
        asked = date.fromisoformat(written)
    except ValueError:
        return found.today
    return min(max(asked, found.first), found.today)
