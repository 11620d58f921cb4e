"""Publication and expiry times: said in words, refused when they cannot be meant."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from news import schedule
from news.models import Article
from portal.groups import PUBLISHERS
from tests.builders import make_article, make_staff
from tests.news.test_admin import save

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 1, 4, 10, 30, tzinfo=UTC)  # Sunday, half past five in the afternoon here


@pytest.mark.parametrize(
    ("value", "approved", "words"),
    [
        (
            datetime(2026, 1, 5, 0, 30, tzinfo=UTC),
            True,
            "Bài sẽ xuất hiện lúc 07:30 thứ Hai, ngày 05/01/2026 (còn 14 giờ).",
        ),
        (
            datetime(2026, 1, 4, 12, 0, tzinfo=UTC),
            False,
            (
                "Khi được duyệt, bài sẽ xuất hiện lúc 19:00 Chủ nhật, ngày 04/01/2026 "
                "(còn 1 giờ 30 phút)."
            ),
        ),
        (
            datetime(2026, 1, 2, 1, 0, tzinfo=UTC),
            True,
            "Bài hiện ngay; ngày ghi trên bài là 08:00 thứ Sáu, ngày 02/01/2026.",
        ),
        (None, True, "Bài hiện ngay."),
        (
            datetime(2029, 1, 5, tzinfo=UTC),
            True,
            "Thời điểm đăng phải từ năm 1990 trở đi và không quá 2 năm kể từ hôm nay.",
        ),
    ],
)
def test_a_publication_time_is_said_in_words(value, approved, words):
    assert schedule.said("published_at", value, approved=approved, at=NOW) == words


@pytest.mark.parametrize(
    ("remaining", "words"),
    [
        (timedelta(seconds=30), "chưa đầy 1 phút"),
        (timedelta(minutes=59), "59 phút"),
        (timedelta(hours=2), "2 giờ"),
        (timedelta(hours=47, minutes=59), "47 giờ"),
        (timedelta(hours=48), "2 ngày"),
    ],
)
def test_a_time_to_wait_is_said_in_its_largest_units(remaining, words):
    assert schedule.left(remaining) == words


def test_the_words_stand_beside_the_fields_before_any_script(client):
    soon = timezone.now() + timedelta(hours=14, seconds=30)
    article = make_article(published_at=soon, expires_at=soon + timedelta(days=3))
    client.force_login(make_staff(PUBLISHERS))
    page = client.get(reverse("admin:news_article_change", args=[article.pk])).content.decode()
    assert f"Bài sẽ xuất hiện lúc {schedule.in_words(soon)} (còn 14 giờ).</output>" in page
    gone = f"Từ {schedule.in_words(article.expires_at)} (còn 3 ngày), người đọc không thấy bài nữa."
    assert f"{gone}</output>" in page


@pytest.mark.parametrize(
    ("field", "day"),
    [
        ("published_at", "31/12/9999"),
        ("published_at", "01/01/0001"),
        ("published_at", "05/01/2099"),
        ("expires_at", "01/01/0001"),
    ],
)
def test_a_year_that_cannot_be_meant_is_refused_in_words(client, field, day):
    client.force_login(make_staff(PUBLISHERS))
    page = save(client, **{f"{field}_0": day, f"{field}_1": "07:30"})
    assert page.status_code == 200
    errors = page.context["adminform"].form.errors
    assert "phải từ năm 1990 trở đi và không quá" in str(errors[field])
    assert not Article.objects.exists()
