"""How the table of search follows what is saved, renamed, deleted and changed by SQL."""

from threading import Thread

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from feedback.models import Submission
from news.models import Article, Attachment, Tag
from portal.models import Abbreviation, SearchEntry
from portal.search.tasks import reindex
from tests.builders import make_article, make_category
from tests.feedback.builders import make_submission
from tests.indicators.builders import make_indicator

pytestmark = pytest.mark.django_db


def test_a_new_abbreviation_is_read_by_the_worker(titles, django_capture_on_commit_callbacks):
    make_article(title="Trung tâm khuyến công")
    with django_capture_on_commit_callbacks(execute=True):
        Abbreviation.objects.create(short="TTKC", long="Trung tâm khuyến công")
    reindex.call()
    assert titles("TTKC") == ["Trung tâm khuyến công"]


def test_many_new_abbreviations_are_read_at_once(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        for number in range(3):
            Abbreviation.objects.create(short=f"TT{number}", long=f"Trung tâm {number}")
    assert DBTaskResult.objects.filter(task_path__endswith="reindex").count() == 1


def test_a_text_changed_by_sql_is_shown_as_it_is_and_found_after_reindexing(client, titles):
    article = make_article(title="Thủy điện", lead="Lời cũ")
    Article.objects.filter(pk=article.pk).update(title="Nhiệt điện", lead="Lời mới")
    page = client.get("/tim-kiem/", {"q": "thủy điện"}).content.decode()
    assert "Lời cũ" not in page
    assert "Nhiệt <mark>điện</mark>" in page
    call_command("reindex", missing=True, verbosity=0)
    assert titles("nhiệt điện") == ["Nhiệt điện"]
    assert titles("thủy") == []


def test_what_is_deleted_is_forgotten(titles):
    make_article(title="Thủy điện")
    make_indicator(name="Sản lượng thủy điện")
    Article.objects.all().delete()
    assert titles("thủy điện") == ["Sản lượng thủy điện"]
    assert SearchEntry.objects.filter(kind="article").count() == 0


def test_a_letter_taken_off_the_page_of_answers_is_forgotten(titles):
    letter = make_submission(
        title="Xin giống lan", state=Submission.State.ANSWERED, answer="Có.", is_public=True
    )
    letter.answered_at = timezone.now()
    letter.save()
    assert titles("giống lan") == ["Xin giống lan"]
    Submission.objects.update(is_public=False)
    assert titles("giống lan") == []


def test_long_texts_are_kept_within_what_postgresql_takes(titles):
    words = " ".join(f"{'ươ' * 10}{number}" for number in range(15_000))
    make_article(title="Văn bản dài", body=f"<p>{words}</p><p>{'x' * 5000}</p>")
    assert titles("văn bản dài") == ["Văn bản dài"]


def test_documents_attached_to_a_very_long_text_are_found(titles):
    words = " ".join(f"chữ{number}" for number in range(17_000))
    article = make_article(title="Quyết định", body=f"<p>{words}</p>")
    Attachment.objects.create(article=article, title="Phụ lục phong lan", file="a.pdf", size=1)
    article.parts_saved()
    assert titles("phụ lục phong lan") == ["Quyết định"]


def test_a_renamed_topic_is_found_by_its_new_name_in_its_articles(
    titles, django_capture_on_commit_callbacks
):
    topic = Tag.objects.create(name="phonglan")
    make_article(title="Bài viết").tags.add(topic)
    Article.objects.get().parts_saved()
    with django_capture_on_commit_callbacks(execute=True):
        topic.name = "hoacuc"
        topic.save()
    reindex.call()
    assert (titles("phonglan"), titles("hoacuc")) == ([], ["Bài viết"])
    with django_capture_on_commit_callbacks(execute=True):
        Tag.objects.filter(pk=topic.pk).delete()
    reindex.call()
    assert titles("hoacuc") == []


def test_an_interrupted_reading_goes_on_where_it_was(titles):
    for number in range(3):
        make_article(title=f"Bài {number}")
    Abbreviation.objects.create(short="BV", long="Bài viết")
    call_command("reindex", missing=True, seconds=-1, verbosity=0)
    assert DBTaskResult.objects.filter(task_path__endswith="reindex").count() == 1


@pytest.mark.django_db(transaction=True)
def test_reading_anew_waits_for_whoever_saves_and_keeps_what_was_saved(titles):
    article = make_article(title="Tên cũ")

    def read_anew():
        call_command("reindex", verbosity=0)
        connection.close()

    other = Thread(target=read_anew)
    with transaction.atomic():
        Article.objects.select_for_update().get(pk=article.pk)
        other.start()
        other.join(timeout=0.5)
        article.title = "Tên mới"
        article.save()
    other.join()
    assert titles("tên mới") == ["Tên mới"]
    assert SearchEntry.objects.get(kind="article").title == "Tên mới"


@pytest.mark.django_db(transaction=True)
def test_whoever_saves_waits_for_nobody_who_uses_the_same_new_words():
    category = make_category()

    def save_another():
        make_article(title="Vành khuyên", category=category)
        connection.close()

    other = Thread(target=save_another)
    with transaction.atomic():
        make_article(title="Cam vành khuyên", category=category)
        other.start()
        other.join(timeout=10)
        assert not other.is_alive()


def test_the_table_keeps_long_columns_out_of_line():
    with connection.cursor() as cursor:
        cursor.execute("SELECT reloptions FROM pg_class WHERE relname = 'portal_searchentry'")
        assert cursor.fetchone()[0] == ["toast_tuple_target=128"]
