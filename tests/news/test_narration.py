import pytest

from news import narration
from news.models import Article, Narration
from news.tasks import narrate
from portal import speech
from tests.builders import make_article

pytestmark = pytest.mark.django_db


def test_an_article_is_read_aloud_with_its_true_duration():
    article = make_article(body="<p>Giá trị đạt 35.360 tỷ đồng, vượt 4,44% kế hoạch.</p>")
    narrate.call(article.pk)
    made = Narration.objects.get(article=article)
    with made.file.open() as sound:
        assert sound.read(3) == b"ID3"
    assert 5 < made.duration < 60
    assert made.error == ""
    assert Article.objects.get(pk=article.pk).current_narration() == made


def test_the_same_text_is_not_read_again():
    article = make_article()
    narrate.call(article.pk)
    first = Narration.objects.get().file.name
    narrate.call(article.pk)
    assert Narration.objects.get().file.name == first


def test_a_changed_text_replaces_the_sound():
    article = make_article()
    narrate.call(article.pk)
    former = Narration.objects.get().file
    article.lead = "Đoạn mở đầu đã sửa, dài hơn trước nhiều."
    article.save()
    assert Article.objects.get(pk=article.pk).current_narration() is None
    narrate.call(article.pk)
    assert Article.objects.get(pk=article.pk).current_narration()
    assert not former.storage.exists(former.name)


def test_a_failure_is_recorded_and_shows_no_player(monkeypatch):
    def fail(*args, **kwargs):
        raise speech.SpeechError("thư viện hỏng")

    article = make_article()
    monkeypatch.setattr(narration.speech, "synthesize", fail)
    narrate.call(article.pk)
    assert Narration.objects.get().error == "thư viện hỏng"
    assert Article.objects.get(pk=article.pk).current_narration() is None


def test_saving_an_article_tries_again_what_failed(django_capture_on_commit_callbacks):
    from django_tasks_db.models import DBTaskResult

    queued = DBTaskResult.objects.filter(task_path="news.tasks.narrate")
    article = make_article()
    made = Narration.objects.create(article=article, key=article.narration_key(), error="hỏng")
    with django_capture_on_commit_callbacks(execute=True):
        article.save()
    assert queued.count() == 1
    Narration.objects.filter(pk=made.pk).update(error="", file="nghe/a.mp3")
    with django_capture_on_commit_callbacks(execute=True):
        article.save()
    assert queued.count() == 1


def test_an_article_that_is_gone_is_no_failure():
    narrate.call(999_999)
    assert not Narration.objects.exists()


def test_approving_queues_the_reading(django_capture_on_commit_callbacks):
    from django_tasks_db.models import DBTaskResult

    queued = DBTaskResult.objects.filter(task_path="news.tasks.narrate")
    with django_capture_on_commit_callbacks(execute=True):
        make_article(state=Article.State.DRAFT)
    assert not queued.exists()
    with django_capture_on_commit_callbacks(execute=True):
        make_article()
    assert queued.count() == 1
