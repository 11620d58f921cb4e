"""What staff see of the readership."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from news.models import Article
from portal import readership, visitors
from portal.models import HourViews, Visit
from portal.readership import Readership
from tests.builders import make_article, make_category, make_staff

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 20, 3, 30, tzinfo=UTC)  # half past ten in the morning here
HOUR = timedelta(hours=1)


def read(page, hours_ago, views, at=NOW):
    hour = at.replace(minute=0) - hours_ago * HOUR
    return HourViews.objects.create(page=page, hour=hour, views=views)


def values(chart):
    return {bar.label: bar.value for bar in chart.bars if bar.value}


def counted(page):
    return dict(HourViews.objects.filter(page=page).values_list("hour", "views"))


def test_hours_are_those_of_the_department():
    read("site", 11, 4)  # 23 o'clock yesterday
    read("site", 10, 2)  # midnight
    read("site", 0, 3)
    found = Readership(["site"], NOW)
    assert values(found.by_hour(date(2026, 11, 20))) == {"00 giờ": 2, "10 giờ": 3}
    assert values(found.by_hour(date(2026, 11, 19))) == {"23 giờ": 4}
    assert values(found.by_day()) == {"19/11": 4, "20/11": 5}
    assert values(found.by_hour_of_day()) == {"23 giờ": 4, "00 giờ": 2, "10 giờ": 3}


def test_only_a_period_that_goes_on_is_open():
    read("site", 0, 3)
    read("site", 24, 3)
    found = Readership(["site"], NOW)
    today, yesterday = (found.by_hour(date(2026, 11, day)) for day in (20, 19))
    assert (len(today.bars), today.last.is_open) == (11, True)
    assert (len(yesterday.bars), yesterday.last.is_open) == (24, False)
    assert not found.by_hour_of_day().last.is_open


def test_a_sheet_has_every_hour_since_the_first():
    read("article:1", 2, 4)
    read("article:1", 0, 1)
    assert Readership(["article:1"], NOW).rows() == [
        ("2026-11-20", "08:00", 4),
        ("2026-11-20", "09:00", 0),
        ("2026-11-20", "10:00", 1),
    ]
    assert Readership(["article:2"], NOW).rows() == []


def test_a_category_is_the_sum_of_its_articles_and_of_its_children():
    parent = make_category()
    child = make_category(parent=parent)
    for category, views in ((parent, 3), (child, 4)):
        read(make_article(category=category).page, 1, views)
    read("site", 1, 9)
    for _ in range(2):  # adding up again adds nothing
        readership.add_up_categories(NOW)
    rows = {row.category: row.week for row in readership.of_categories(NOW)}
    assert rows == {parent: 7, child: 4}
    assert values(Readership(readership.pages_of(parent), NOW).by_day()) == {"20/11": 7}


def test_an_article_that_moves_takes_its_last_day_along_and_no_more():
    old, new = make_category(), make_category()
    article = make_article(category=old)
    for hours_ago in (30, 2):
        read(article.page, hours_ago, 5)
        readership.add_up_categories(NOW - hours_ago * HOUR)
    Article.objects.filter(pk=article.pk).update(category=new)
    readership.add_up_categories(NOW)
    assert list(counted(f"category:{old.pk}")) == [NOW.replace(minute=0) - 30 * HOUR]
    assert list(counted(f"category:{new.pk}")) == [NOW.replace(minute=0) - 2 * HOUR]


def test_hours_are_kept_ninety_days():
    read("site", 91 * 24, 1)
    kept = read("site", 89 * 24, 1)
    visitors.forget(NOW)
    assert list(HourViews.objects.all()) == [kept]


def test_the_worker_keeps_it_up():
    article = make_article()
    now = timezone.now()
    read(article.page, 0, 2, at=now.replace(second=0, microsecond=0))
    Visit.objects.create(page="site", visitor=b"x" * 16, seen_at=now - HOUR, counted_at=now - HOUR)
    readership.keep_up.call()
    assert counted(f"category:{article.category_id}")
    assert not Visit.objects.exists()


@pytest.fixture
def editor(client):
    client.force_login(make_staff("Biên tập"))
    return client


def test_staff_see_site_category_and_article(editor):
    article = make_article(title="Chợ nổi họp lại")
    visitors.write(visitors.Batch(NOW, {visitors.Report(article.page, b"x" * 16)}))
    pages = {
        "/quan-tri/luot-xem/": "Theo chuyên mục",
        f"/quan-tri/luot-xem/chuyen-muc/{article.category_id}/": article.category.name,
        f"/quan-tri/luot-xem/bai/{article.pk}/": "Từ khi bắt đầu đếm: 1 lượt xem.",
    }
    for address, said in pages.items():
        page = editor.get(address).content.decode()
        assert said in page
        assert "style=" not in page
    assert editor.get("/quan-tri/luot-xem/bai/999999/").status_code == 404


def test_the_article_and_the_start_page_lead_there(editor):
    article = make_article()
    form = editor.get(f"/quan-tri/news/article/{article.pk}/change/").content.decode()
    assert f'href="/quan-tri/luot-xem/bai/{article.pk}/"' in form
    assert 'href="/quan-tri/luot-xem/"' in editor.get("/quan-tri/").content.decode()


@pytest.mark.parametrize("day", ["2026-02-30", "x", "9999-12-31", "0001-01-01", ""])
def test_a_day_that_cannot_be_shown_is_not_asked_for(editor, day):
    assert editor.get("/quan-tri/luot-xem/", {"ngay": day}).status_code == 200


def test_hours_come_as_a_file(editor):
    read("site", 0, 3, at=timezone.now().replace(second=0, microsecond=0))
    answer = editor.get("/quan-tri/luot-xem/", {"tep": "csv"})
    assert answer.headers["Content-Disposition"] == 'attachment; filename="luot-xem-toan-cong.csv"'
    assert answer.content.decode("utf-8-sig").splitlines()[0] == "Ngày,Giờ,Lượt xem"


def test_only_who_may_see_articles_sees_their_readers(client):
    assert client.get("/quan-tri/luot-xem/").status_code == 302
    client.force_login(make_staff())
    assert client.get("/quan-tri/luot-xem/").status_code == 403


def test_the_site_is_shown_in_few_queries(editor, django_assert_num_queries):
    category = make_category()
    for _ in range(3):
        article = make_article(category=category)
        visitors.write(visitors.Batch(NOW, {visitors.Report(article.page, b"x" * 16)}))
    editor.get("/quan-tri/luot-xem/")
    with django_assert_num_queries(11):
        editor.get("/quan-tri/luot-xem/")
