"""A person's voice instead of the machine's."""

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from news.models import Article, Narration
from news.narration import recordings
from news.tasks import narrate, narrate_otherwise
from portal.speech import encode_mp3, encode_wav, silence, synthesize
from portal.speech.mp3 import read_mp3
from tests.builders import make_article

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def clip():
    return synthesize("Xin chào các bạn, đây là bản ghi âm.")


def uploaded(content, name="ghi-am.mp3"):
    return SimpleUploadedFile(name, content)


def keep(article, content, name="ghi-am.mp3"):
    recordings.Recording(uploaded(content, name)).keep(article)
    return Narration.objects.get(article=article)


def test_an_mp3_is_taken_frame_by_frame(asked, clip):
    article = make_article(title="Tin")
    made = keep(article, encode_mp3(clip, title="<script>", artist="x") + b"TAG" + b"<b>" * 40)
    with made.file.open() as sound:
        content = sound.read()
    assert b"<\0s\0c\0r" not in content
    assert b"<b>" not in content
    assert "Tin".encode("utf-16") in content
    assert float(made.duration) == pytest.approx(clip.duration, abs=0.15)
    assert made.is_recording


@pytest.mark.parametrize("channels", [1, 2])
def test_a_wav_becomes_an_mp3_of_one_channel(asked, clip, channels):
    wav = bytearray(encode_wav(clip))
    if channels == 2:
        wav[22:24], wav[32:34] = b"\x02\x00", b"\x04\x00"
    made = keep(make_article(), bytes(wav), "ghi-am.WAV")
    with made.file.open() as sound:
        recording = read_mp3(sound.read())
    assert recording.duration == pytest.approx(clip.duration / channels, abs=0.2)
    assert float(made.duration) == pytest.approx(clip.duration / channels, abs=0.02)


def test_it_always_wins(asked, clip):
    article = make_article()
    narrate.call(article.pk)
    former = Narration.objects.get().file
    made = keep(article, encode_mp3(clip))
    assert not former.storage.exists(former.name)
    article.lead = "Đã sửa."
    article.save()
    narrate.call(article.pk, again=True)
    narrate_otherwise.call()
    found = Article.objects.get(pk=article.pk).current_narration()
    assert (found.file.name, found.sentences) == (made.file.name, [])


def test_once_deleted_the_machine_reads_again(asked, clip, django_capture_on_commit_callbacks):
    from django_tasks_db.models import DBTaskResult

    article = make_article()
    file = keep(article, encode_mp3(clip)).file
    with django_capture_on_commit_callbacks(execute=True):
        recordings.remove(article)
    assert not file.storage.exists(file.name)
    assert DBTaskResult.objects.filter(task_path="news.tasks.narrate").count() == 1
    narrate.call(article.pk)
    assert not Narration.objects.get().is_recording
    recordings.remove(article)
    assert Narration.objects.get().file


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (b"ID3", "a.m4a", "Chỉ nhận tệp MP3 hoặc WAV"),
        (b"<html>", "a.mp3", "không đọc được"),
        (b"", "a.mp3", "không đọc được"),
        (b"\xff\xfb\x90\x64" * 3, "a.mp3", "không đọc được"),
        (b"RIFF\xff\xff\xff\xffWAVE", "a.wav", "không đọc được"),
        (b"RIFF" + b"\0" * 2_000, "a.wav", "không đọc được"),
        (encode_wav(silence(0.5, 22_050)), "a.wav", "từ 1 giây"),
    ],
)
def test_what_is_no_sound_is_refused_in_words(asked, content, name, said):
    with pytest.raises(ValidationError, match=said):
        recordings.Recording(uploaded(content, name))


def test_a_file_too_large_is_refused_unread(asked, monkeypatch):
    monkeypatch.setattr(recordings.documents, "MAX_BYTES", 10)
    with pytest.raises(ValidationError, match="25 MB"):
        recordings.Recording(uploaded(bytes(11)))
    assert not asked
