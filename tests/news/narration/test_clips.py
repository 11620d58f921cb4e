"""Sound by the paragraph, with an engine that is easily foreseen."""

import array
import math

import pytest

from news.narration import clips
from news.narration.clips import THE_REST, NothingToRead, of_file, read_aloud
from portal.speech import Clip, SpeechError
from portal.speech.mp3 import id3_tag, read_mp3

RATE = 22_050


class Hum:
    """Hums as long as there are letters, ten to the second, with silence around."""

    name = "hum"

    def __init__(self, rate=RATE):
        self.rate = rate
        self.said = []

    def say(self, text, seconds):
        self.said.append(text)
        count = len(text) * self.rate // 10
        wave = [round(9_000 * math.sin(sample / 9)) for sample in range(count)]
        around = [0] * (self.rate // 5)
        return Clip(array.array("h", [*around, *wave, *around]).tobytes(), self.rate)


def aloud(*written, engine=None, former=None, seconds=60.0):
    return read_aloud(written, {}, engine or Hum(), former or {}, seconds)


def test_the_file_consists_of_whole_clips_one_for_each_paragraph():
    sound = aloud("Tin", "Một hai. Ba bốn.", "Hết.")
    assert len(sound.clips) == 3
    assert sum(clip.size for clip in sound.clips) == len(sound.frames)
    whole = read_mp3(sound.frames)
    assert whole.frames == sound.frames
    assert whole.duration == pytest.approx(sound.duration, abs=0.01)


def test_times_are_those_of_the_samples():
    sound = aloud("Tin", "Một hai. Ba bốn.")
    (_, end, _), (start, after_one, _), (two, last, _) = sound.sentences
    assert start - end == pytest.approx(clips.AFTER_PARAGRAPH, abs=0.12)
    assert after_one - start == pytest.approx(0.8, abs=0.02)
    assert two - after_one == pytest.approx(clips.AFTER_SENTENCE, abs=0.01)
    assert last - two == pytest.approx(0.7, abs=0.02)


def test_clips_of_a_former_file_are_taken_over(tmp_path):
    first = aloud("Tin", "Một hai.", "Ba bốn.")
    file = tmp_path / "a.mp3"
    file.write_bytes(id3_tag("Tin", "Sở") + first.frames)
    engine, former = Hum(), of_file(file, first.clips)
    second = aloud("Tin", "Ba bốn.", "Năm.", "Một hai.", engine=engine, former=former)
    assert engine.said == ["Năm."]
    title, two, _ = first.clips
    assert second.frames.endswith(first.frames[title.size : title.size + two.size])
    assert [text for _, _, text in second.sentences] == ["Tin", "Ba bốn.", "Năm.", "Một hai."]


def test_a_file_that_is_not_as_recorded_gives_no_clip(tmp_path):
    first = aloud("Tin", "Một hai.")
    file = tmp_path / "a.mp3"
    assert of_file(file, first.clips) == {}
    file.write_bytes(first.frames[: -first.clips[1].size])
    assert of_file(file, first.clips) == {}
    file.write_bytes(b"RIFF")
    assert of_file(file, first.clips) == {}


def test_another_voice_shares_no_clip():
    other = Hum()
    other.name = "other"
    keys = [{clip.key for clip in aloud("Tin", "Một.", engine=one).clips} for one in (Hum(), other)]
    assert not keys[0] & keys[1]


def test_a_long_text_is_read_as_far_as_an_hour_and_says_so(monkeypatch):
    monkeypatch.setattr(clips, "LONGEST", 30)
    engine = Hum()
    sound = aloud("Tin", "Câu thứ nhất ở đây. Câu thứ hai dài hơn nữa.", "Đoạn sau.", engine=engine)
    assert engine.said[:2] == ["Tin", "Câu thứ nhất ở đây."]
    assert " ".join(engine.said[2:]).startswith("Bản đọc dừng ở đây.")
    assert sound.sentences[-1][2] == THE_REST.rpartition(". ")[2]


def test_an_endless_paragraph_is_made_in_parts(monkeypatch):
    monkeypatch.setattr(clips, "PART", 20)
    sound = aloud("Tin", "Một hai ba bốn. Năm sáu bảy tám. Chín.")
    assert [len(clip.heard) for clip in sound.clips] == [1, 1, 1, 1]
    assert [text for _, _, text in sound.sentences][1:3] == ["Một hai ba bốn.", "Năm sáu bảy tám."]


def test_only_a_title_is_nothing_to_read():
    for written in (["Tin"], ["Tin", "", "…", "😀 中文"]):
        with pytest.raises(NothingToRead):
            aloud(*written)


def test_a_sentence_without_sound_is_passed_over():
    class Mute(Hum):
        def say(self, text, seconds):
            return Clip(bytes(200), RATE) if "Im" in text else super().say(text, seconds)

    sound = aloud("Tin", "Im lặng. Nói.", "Im.", engine=Mute())
    assert [text for _, _, text in sound.sentences] == ["Tin", "Nói."]


def test_an_engine_of_another_rate_is_heard_at_ours():
    sound = aloud("Tin", "Một hai.", engine=Hum(rate=48_000))
    assert read_mp3(sound.frames).duration == pytest.approx(sound.duration, abs=0.01)
    start, end, _ = sound.sentences[1]
    assert end - start == pytest.approx(0.8, abs=0.02)


def test_reading_ends_when_its_time_is_over():
    with pytest.raises(SpeechError, match="quá lâu"):
        aloud("Tin", "Một.", seconds=0)
