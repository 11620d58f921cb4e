"""The sound of an article is made, kept and made anew."""

import pytest
from django.conf import settings
from django_tasks_db.models import DBTaskResult

from news.models import Article, Narration, Pronunciation
from news.narration import process
from news.tasks import narrate, narrate_otherwise
from portal.speech import SpeechError
from portal.speech.engines import Espeak
from tests.builders import make_article

pytestmark = pytest.mark.django_db

TWO = "<p>Giá trị đạt 35.360 tỷ đồng. Kế hoạch vượt 4,44%.</p><p>Đoạn hai.</p>"


def queued():
    return DBTaskResult.objects.filter(task_path="news.tasks.narrate")


def read(article) -> Narration:
    narrate.call(article.pk)
    return Narration.objects.get(article=article)


def current(article):
    return Article.objects.get(pk=article.pk).current_narration()


def refuse(monkeypatch, why):
    def ask(task):
        raise why

    monkeypatch.setattr(process, "ask", ask)


def test_an_article_is_read_aloud_in_a_process_of_its_own():
    article = make_article(title="Tin", lead="Mở đầu.", body=TWO)
    made = read(article)
    with made.file.open() as sound:
        head = sound.read(200)
    assert head[:3] == b"ID3"
    assert "Tin".encode("utf-16") in head
    assert settings.DEPARTMENT["name"].encode("utf-16") in head
    assert 8 < made.duration < 20
    assert made.error == ""
    assert current(article) == made


def test_sentences_are_kept_as_written_with_the_times_they_are_heard(asked):
    made = read(make_article(title="Tin", lead="Mở đầu.", body=TWO))
    assert [text for _, _, text in made.sentences] == [
        "Tin",
        "Mở đầu.",
        "Giá trị đạt 35.360 tỷ đồng.",
        "Kế hoạch vượt 4,44%.",
        "Đoạn hai.",
    ]
    moments = [moment for start, end, _ in made.sentences for moment in (start, end)]
    assert moments == sorted(moments)
    assert 0 < moments[0] < 0.2
    assert moments[-1] < made.duration


def test_the_same_text_is_not_read_again(asked):
    article = make_article()
    first = read(article).file.name
    assert read(article).file.name == first
    assert len(asked) == 1


def test_a_changed_paragraph_makes_one_clip_anew(asked, monkeypatch):
    article = make_article(body=TWO)
    former = read(article)
    said, say = [], Espeak.say

    def listen(engine, words, seconds):
        said.append(words)
        return say(engine, words, seconds)

    monkeypatch.setattr(Espeak, "say", listen)
    article.body = TWO.replace("hai", "hai đã sửa")
    article.save()
    assert current(article) is None
    made = read(article)
    assert said == ["Đoạn hai đã sửa."]
    assert [clip[0] for clip in made.clips[:-1]] == [clip[0] for clip in former.clips[:-1]]
    assert current(article) == made
    assert not former.file.storage.exists(former.file.name)


def test_sound_that_is_gone_from_the_disk_is_made_whole(asked):
    article = make_article(body=TWO)
    former = read(article)
    former.file.storage.delete(former.file.name)
    narrate.call(article.pk, again=True)
    made = Narration.objects.get()
    assert made.file.size == pytest.approx(float(made.duration) * 4_000, rel=0.05)
    assert made.duration == former.duration


@pytest.mark.parametrize("why", [SpeechError("thư viện hỏng"), OSError(28, "hết chỗ")])
def test_a_failure_is_recorded_and_shows_no_player(why, monkeypatch):
    article = make_article()
    refuse(monkeypatch, why)
    assert ("thư viện hỏng" in (error := read(article).error)) or "hết chỗ" in error
    assert current(article) is None


def test_a_failure_leaves_the_sound_of_the_same_words(asked, monkeypatch):
    article = make_article()
    read(article)
    refuse(monkeypatch, SpeechError("thư viện hỏng"))
    narrate.call(article.pk, again=True)
    kept = current(article)
    assert (kept.error, kept.file.storage.exists(kept.file.name)) == ("thư viện hỏng", True)


@pytest.mark.parametrize("body", ["", "<p></p>", "<p>😀 … 中文</p>"])
def test_an_article_without_words_has_no_sound_and_no_failure(asked, body):
    article = make_article(lead="", body=body)
    made = read(article)
    assert (made.file.name, made.error, made.sentences) == ("", "", [])
    assert current(article) is None


def test_words_that_went_take_their_sound_with_them(asked):
    article = make_article(lead="")
    former = read(article).file
    article.body = ""
    article.save()
    assert not read(article).file
    assert not former.storage.exists(former.name)


def test_an_article_read_with_the_list_of_pronunciations(asked):
    Pronunciation.objects.create(word="Vinatex", reading="vi na tếch xờ")
    read(make_article(title="Vinatex"))
    assert asked[0]["readings"] == {"Vinatex": "vi na tếch xờ"}


def test_another_voice_reads_anew_at_night(asked, settings):
    article, others = make_article(), make_article()
    read(article)
    narrate_otherwise.call()
    assert not queued().exists()
    settings.SPEECH = settings.SPEECH | {"voice": "vi-vn-x-south"}
    narrate_otherwise.call()
    assert [task.args_kwargs["args"] for task in queued()] == [[article.pk]]
    assert read(article).voice == "espeak vi-vn-x-south 160"
    queued().delete()
    narrate_otherwise.call()
    assert not queued().exists(), others


def test_failures_are_tried_again_at_night(monkeypatch):
    article = make_article()
    refuse(monkeypatch, SpeechError("hỏng"))
    read(article)
    narrate_otherwise.call()
    assert queued().count() == 1


def test_saving_an_article_tries_again_what_failed(django_capture_on_commit_callbacks):
    article = make_article()
    made = Narration.objects.create(article=article, key=article.narration_key(), error="hỏng")
    with django_capture_on_commit_callbacks(execute=True):
        article.save()
    assert queued().count() == 1
    Narration.objects.filter(pk=made.pk).update(error="", file="nghe/a.mp3")
    with django_capture_on_commit_callbacks(execute=True):
        article.save()
    assert queued().count() == 1


def test_an_article_that_is_gone_is_no_failure(asked):
    narrate.call(999_999)
    assert not Narration.objects.exists()


def test_an_article_deleted_while_it_is_read_leaves_no_file(asked, monkeypatch):
    article = make_article()
    ask = process.ask

    def ask_and_delete(task):
        found = ask(task)
        Article.objects.filter(pk=article.pk).delete()
        return found

    monkeypatch.setattr(process, "ask", ask_and_delete)
    narrate.call(article.pk)
    assert not Narration.objects.exists()
    assert not [path for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()]


def test_a_deleted_article_takes_its_sound_with_it(asked, django_capture_on_commit_callbacks):
    article = make_article()
    file = read(article).file
    with django_capture_on_commit_callbacks(execute=True):
        article.delete()
    assert not file.storage.exists(file.name)


def test_approving_queues_the_reading(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        make_article(state=Article.State.DRAFT)
    assert not queued().exists()
    with django_capture_on_commit_callbacks(execute=True):
        make_article()
    assert queued().count() == 1


def test_the_page_of_an_article_does_not_load_the_sentences(asked, django_assert_num_queries):
    article = make_article()
    read(article)
    found = Article.objects.for_reading().get(pk=article.pk)
    with django_assert_num_queries(1):
        assert found.narration.sentences
