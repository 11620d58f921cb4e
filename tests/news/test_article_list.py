"""The staff's list of articles: its filters, its search, what is done to many at once."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from news import versions
from news.models import Article, Narration, StateChange, Tag
from portal.groups import EDITORS, PUBLISHERS
from tests.builders import make_article, make_category, make_photo, make_staff
from tests.news.test_admin import told

pytestmark = pytest.mark.django_db

State = Article.State
LIST = "admin:news_article_changelist"


@pytest.mark.parametrize(
    ("value", "title"),
    [
        ("nhap", "Bản nháp"),
        ("cho-duyet", "Chờ duyệt"),
        ("hen-gio", "Hẹn giờ"),
        ("da-dang", "Đã đăng"),
        ("het-han", "Hết hạn"),
        ("da-go", "Đã gỡ"),
    ],
)
def test_the_list_is_filtered_by_where_articles_stand(client, value, title):
    now = timezone.now()
    make_article(title="Bản nháp", state=State.DRAFT)
    make_article(title="Chờ duyệt", state=State.SUBMITTED)
    make_article(title="Hẹn giờ", published_at=now + timedelta(days=1))
    make_article(title="Đã đăng")
    make_article(title="Hết hạn", expires_at=now)
    make_article(title="Đã gỡ", state=State.WITHDRAWN)
    client.force_login(make_staff(EDITORS))
    shown = client.get(reverse(LIST), {"trang-thai": value}).context["cl"].queryset
    assert [article.title for article in shown] == [title]


@pytest.mark.parametrize(
    ("value", "titles"),
    [("loi", ["Hỏng"]), ("chua-co", ["Chưa đọc", "Hỏng"]), ("ghi-am", ["Ghi âm"])],
)
def test_the_list_is_filtered_by_what_can_be_listened_to(client, value, titles):
    make_article(title="Nháp", state=State.DRAFT)
    make_article(title="Chưa đọc")
    for title, fields in {
        "Đọc rồi": {"file": "a.mp3"},
        "Hỏng": {"error": "giọng đọc không trả lời"},
        "Ghi âm": {"file": "b.mp3", "is_recording": True},
    }.items():
        Narration.objects.create(article=make_article(title=title), **fields)
    client.force_login(make_staff(EDITORS))
    shown = client.get(reverse(LIST), {"ban-doc": value}).context["cl"].queryset
    assert sorted(article.title for article in shown) == titles


def test_the_list_is_filtered_by_category_author_and_days(client):
    parent, author = make_category(), make_staff(EDITORS)
    article = make_article(
        category=make_category(parent=parent),
        created_by=author,
        published_at=datetime(2026, 3, 31, 16, 59, tzinfo=UTC),  # 23:59 here
    )
    make_article(published_at=datetime(2026, 3, 31, 17, 0, tzinfo=UTC))
    client.force_login(author)
    for query in (
        {"chuyen-muc": parent.pk},
        {"nguoi-soan": author.pk},
        {"viec": "toi-soan"},
        {"tu": "2026-03-01", "den": "2026-03-31"},
    ):
        assert list(client.get(reverse(LIST), query).context["cl"].queryset) == [article], query


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("xuc tien", True),
        ("XÚC ti", True),
        ("tiến xúc", True),
        ("40.000", True),
        ("12/QĐ-UBND", True),
        ("mo dau", True),
        ("uc", False),
        ("xuc lui", False),
        ("'", True),
        ("xúc' & ! | \\ (", True),
    ],
)
def test_the_list_is_searched_by_beginnings_of_words(client, typed, found):
    make_article(title="Xúc tiến thương mại đạt 40.000 tỷ, theo 12/QĐ-UBND", lead="Mở đầu")
    client.force_login(make_staff(EDITORS))
    assert client.get(reverse(LIST), {"q": typed}).context["cl"].result_count == found


@pytest.mark.parametrize(
    "query",
    [
        "chuyen-muc=x",
        "nguoi-soan=9999999999999999999",
        "tu=hom-qua&den=2026-99-01",
        "tu=0001-01-01&den=9999-12-31",
        "viec=1",
    ],
)
def test_a_mistyped_filter_shows_the_whole_list(client, query):
    make_article()
    client.force_login(make_staff(EDITORS))
    answer = client.get(f"{reverse(LIST)}?{query}")
    assert answer.context["cl"].result_count == 1


def test_a_long_list_is_one_page_of_few_queries_by_its_indexes_without_texts(
    client, django_assert_max_num_queries
):
    author, category = make_staff(EDITORS), make_category()
    Article.objects.bulk_create(
        Article(
            title=f"Bài {number}",
            slug=f"bai-{number}",
            body="<p>Toàn văn</p>",
            category=category,
            created_by=author,
        )
        for number in range(300)
    )
    client.force_login(make_staff(PUBLISHERS))
    with django_assert_max_num_queries(10) as made:
        assert client.get(reverse(LIST)).context["cl"].result_count == 300
    assert not any('"body"' in query["sql"] for query in made)
    assert "article_last_saved" in plan_of(Article.objects.order_by("-updated_at", "-pk")[:50])
    assert "article_words" in plan_of(Article.objects.with_words("bài 19"))
    asked = {"app_label": "news", "model_name": "article", "field_name": "related", "term": "19"}
    with django_assert_max_num_queries(8) as made:
        assert client.get(reverse("admin:autocomplete"), asked).json()["results"]
    assert not any('"body"' in query["sql"] for query in made)


def plan_of(articles):
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")  # which a small table would be read by
    return articles.explain()


# -- many at once -----------------------------------------------------------------------


def test_sending_back_many_asks_for_the_reason_first(client):
    articles = [make_article(state=State.SUBMITTED) for _ in range(2)]
    publisher = make_staff(PUBLISHERS)
    client.force_login(publisher)
    chosen = {"action": "send_back", "_selected_action": [article.pk for article in articles]}
    page = client.post(reverse(LIST), chosen).content.decode()
    assert articles[0].title in page
    assert not StateChange.objects.exists()
    page = client.post(reverse(LIST), chosen | {"_answered": "Trả lại", "reason": " "})
    assert "Hãy ghi lý do." in page.content.decode()
    said = told(client, "send_back", *articles, _answered="Trả lại", reason="Thiếu ảnh")
    assert said == ["Đã trả lại: 2 bài."]
    assert set(StateChange.objects.values_list("by", "reason")) == {(publisher.pk, "Thiếu ảnh")}


def test_many_are_handed_in_sorted_and_marked(client):
    articles = [make_article(state=State.DRAFT) for _ in range(2)]
    category, tag = make_category(), Tag.objects.create(name="Khuyến công")
    client.force_login(make_staff(EDITORS))
    told(client, "change_category", *articles, _answered="1", category=category.pk)
    told(client, "add_tags", *articles, _answered="1", tags=[tag.pk])
    told(client, "feature", *articles)
    assert told(client, "submit", *articles) == ["Đã gửi duyệt: 2 bài."]
    for article in Article.objects.all():
        assert (article.state, article.category) == (State.SUBMITTED, category)
        assert article.is_featured
        assert list(article.tags.all()) == [tag]
    assert article.versions.first().content["tags"] == versions.topics([tag])


def test_of_many_those_that_could_not_be_published_are_named_before_they_are_handed_in(client):
    fit = make_article(state=State.DRAFT)
    unfit = make_article(state=State.DRAFT, cover=make_photo(alt_text=""))
    client.force_login(make_staff(EDITORS))
    chosen = {"action": "submit", "_selected_action": [fit.pk, unfit.pk]}
    page = client.post(reverse(LIST), chosen).content.decode()
    assert "1 bài còn điều phải sửa thì mới duyệt đăng được" in page
    assert not StateChange.objects.exists()
    assert told(client, "submit", fit, unfit, _answered="1") == ["Đã gửi duyệt: 2 bài."]


def test_editors_are_not_offered_what_publishers_decide(client):
    make_article()
    client.force_login(make_staff(EDITORS))
    page = client.get(reverse(LIST)).content.decode()
    offered = set(re.findall(r'<option value="(\w+)"', page))
    assert {"submit", "recall", "change_category", "add_tags"} <= offered
    assert not {"approve", "send_back", "withdraw", "reopen", "delete_selected"} & offered
    article = make_article(state=State.SUBMITTED)
    told(client, "approve", article)
    article.refresh_from_db()
    assert article.state == State.SUBMITTED


def test_no_more_are_taken_at_once_than_a_request_can_do(client, monkeypatch):
    monkeypatch.setattr("portal.admin_bulk.MOST", 1)
    articles = [make_article(state=State.DRAFT) for _ in range(2)]
    client.force_login(make_staff(EDITORS))
    (said,) = told(client, "submit", *articles)
    assert said == "Mỗi lần chỉ xử lý được 1 bài; hãy chọn ít hơn hoặc lọc thêm."
    assert not StateChange.objects.exists()
