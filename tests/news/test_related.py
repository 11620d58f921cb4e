"""Where a reader can go on from an article: related ones, the ones beside it."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from news import alike
from news.models import Article, Tag
from tests.builders import make_article, make_category

pytestmark = pytest.mark.django_db

SHRIMP = "<p>Trạm biến áp mới cấp điện cho vùng nuôi tôm công nghệ cao ven biển.</p>"
WEAVING = "<p>Cơ sở dệt chiếu nhận máy dệt tự động từ nguồn vốn khuyến công của tỉnh.</p>"
FAIR = "<p>Gian hàng đặc sản thu hút khách tham quan hội chợ triển lãm.</p>"


def found(article):
    article.refresh_from_db()
    return article.related_articles().articles


def similar_pair():
    """Return two articles about the same, among others, found to be alike."""
    pair = [make_article(body=SHRIMP), make_article(body=SHRIMP)]
    make_article(body=WEAVING)
    make_article(body=FAIR)
    alike.find_for_all(Article.objects.all())
    for article in pair:
        article.refresh_from_db()
    return pair


def test_articles_about_the_same_are_alike_whatever_their_titles():
    power, farm = make_article(body=SHRIMP), make_article(body=SHRIMP.replace("mới", "thứ hai"))
    loom = make_article(body=WEAVING)
    alike.find_for_all(Article.objects.all())
    assert found(power) == [farm]
    assert found(loom) == []


def test_a_shared_topic_and_a_shared_category_make_alike():
    category, topic = make_category(), Tag.objects.create(name="Chuyển đổi số")
    article = make_article(body=SHRIMP, category=category)
    tagged, neighbour, _ = (
        make_article(body=FAIR),
        make_article(body=WEAVING, category=category),
        make_article(body="<p>Khác.</p>"),
    )
    for one in (article, tagged):
        one.tags.add(topic)
    alike.find_for_all(Article.objects.all())
    assert found(article) == [tagged, neighbour]


def test_an_older_article_learns_of_a_newer_one_that_is_like_it():
    old, _ = similar_pair()
    new = make_article(body=SHRIMP)
    alike.find(new)
    assert new in found(old)
    assert old in found(new)


def test_approving_queues_the_search_and_a_draft_does_not(django_capture_on_commit_callbacks):
    from django_tasks_db.models import DBTaskResult

    queued = DBTaskResult.objects.filter(task_path="news.tasks.find_alike")
    with django_capture_on_commit_callbacks(execute=True):
        make_article(state=Article.State.DRAFT)
    assert not queued.exists()
    with django_capture_on_commit_callbacks(execute=True):
        make_article()
    assert queued.count() == 1


def test_finding_alike_is_no_change_of_an_article():
    article, other = similar_pair()
    Article.objects.update(alike=[])
    before = (other.revision, other.updated_at, other.versions.count())
    alike.find(article)
    other.refresh_from_db()
    assert (other.revision, other.updated_at, other.versions.count()) == before
    assert other.alike == [article.pk]


def test_chosen_articles_come_first_then_those_alike():
    article, similar = similar_pair()
    chosen = make_article()
    article.related.add(chosen)
    assert found(article) == [chosen, similar]


def test_until_the_worker_has_been_there_the_newest_of_the_category_are_shown():
    article = make_article()
    neighbour = make_article(category=article.category)
    make_article()
    assert found(article) == [neighbour]


def test_what_is_withdrawn_is_no_longer_related():
    article, similar = similar_pair()
    similar.state = Article.State.WITHDRAWN
    similar.save()
    assert found(article) == []


def test_an_article_without_text_has_no_words():
    assert alike.telling_words(Article(title="…", lead="", body="")) == set()


def test_without_related_articles_there_is_no_heading(client):
    page = client.get(make_article().get_absolute_url()).content.decode()
    assert "Tin liên quan" not in page
    assert "Tin mới hơn" not in page


def test_the_articles_beside_it_in_its_category_are_linked(client):
    category = make_category(name="Năng lượng")
    older, article, newer = (make_article(category=category) for _ in range(3))  # one moment
    make_article()
    related = article.related_articles()
    assert (related.older, related.newer) == (older, newer)
    page = client.get(article.get_absolute_url()).content.decode()
    assert f'rel="prev" href="{older.get_absolute_url()}"' in page
    assert f'rel="next" href="{newer.get_absolute_url()}"' in page


def test_what_is_beside_an_article_is_read_from_the_index():
    article = make_article()
    with CaptureQueriesContext(connection) as captured:
        article.related_articles()
    [query] = [one["sql"] for one in captured.captured_queries]
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_sort = off")
        cursor.execute(f"EXPLAIN {query}")
        plan = "\n".join(line for (line,) in cursor.fetchall())
    conditions = re.findall("Index Cond: .*", plan)
    assert [sum(f"ROW(published_at, id) {sign}" in one for one in conditions) for sign in "<>"] == [
        1,
        1,
    ]
