"""The charts of the admin's start page."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from feedback.models import Submission
from news.models import Article
from portal import desk_charts, visitors
from portal.models import PageViews
from tests.builders import make_article
from tests.feedback.builders import make_submission

pytestmark = pytest.mark.django_db

State = Article.State
NOW = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)  # Friday, ten in the morning here


def values(chart):
    return {bar.label: bar.value for bar in chart.bars}


def test_views_begin_with_the_first_day_counted():
    today = timezone.localdate(NOW)
    for age, views in ((40, 9), (3, 5), (0, 2)):
        PageViews.objects.create(page=visitors.SITE, day=today - timedelta(days=age), views=views)
    PageViews.objects.create(page="article:1", day=today, views=50)
    chart = desk_charts.page_views(NOW)
    assert values(chart) == {"17/11": 5, "18/11": 0, "19/11": 0, "20/11": 2}
    assert chart.total == 7
    assert chart.highest.label == "17/11"


def test_feedback_is_counted_by_weeks_of_the_departments_calendar():
    # Sunday evening in Greenwich is Monday morning here.
    make_submission(received_at=datetime(2026, 11, 15, 18, 0, tzinfo=UTC))
    make_submission(received_at=datetime(2026, 11, 15, 16, 0, tzinfo=UTC))
    make_submission(received_at=NOW, state=Submission.State.SPAM)
    make_submission(received_at=NOW - timedelta(weeks=13))
    counted = values(desk_charts.feedback_received(NOW))
    assert len(counted) == 12
    assert {label: count for label, count in counted.items() if count} == {"09/11": 1, "16/11": 1}


def test_articles_are_counted_by_the_month_they_appeared_in():
    make_article(published_at=NOW - timedelta(days=1))
    make_article(published_at=datetime(2026, 10, 31, 17, 30, tzinfo=UTC))
    make_article(published_at=datetime(2025, 12, 5, tzinfo=UTC))
    make_article(published_at=datetime(2025, 11, 5, tzinfo=UTC))
    make_article(published_at=NOW + timedelta(days=1))
    make_article(state=State.WITHDRAWN, published_at=NOW)
    counted = values(desk_charts.articles_published(NOW))
    assert next(iter(counted)) == "12/2025"
    assert {label: count for label, count in counted.items() if count} == {
        "12/2025": 1,
        "11/2026": 2,
    }


def test_the_chart_of_articles_reads_only_its_months():
    with CaptureQueriesContext(connection) as captured:
        desk_charts.articles_published(NOW)
    [query] = [one["sql"] for one in captured.captured_queries]
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")  # which a small table would be read by
        cursor.execute(f"EXPLAIN {query}")
        plan = "\n".join(line for (line,) in cursor.fetchall())
    (condition,) = re.findall("Index Cond: .*", plan)
    assert "published_at >= '2025-1" in condition


def test_the_highest_bar_fills_the_drawing_and_the_last_is_open():
    day = timezone.localdate(NOW)
    PageViews.objects.create(page=visitors.SITE, day=day - timedelta(days=1), views=1000)
    PageViews.objects.create(page=visitors.SITE, day=day, views=1)
    high, low = desk_charts.page_views(NOW).bars
    assert (high.y, high.height) == (20, 78)
    assert low.height == 1.5
    assert (high.is_open, low.is_open) == (False, True)


def test_a_chart_is_also_a_table(admin_client):
    PageViews.objects.create(page=visitors.SITE, day=timezone.localdate(), views=1234)
    page = admin_client.get("/quan-tri/").content.decode()
    assert '<svg class="desk-chart__drawing" viewBox="0 0 320 120" role="img"' in page
    assert "<td>1.234</td>" in page
    assert "style=" not in page
