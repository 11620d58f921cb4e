"""Text becomes sound."""

import io
import subprocess
import sys
import wave
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from portal import speech
from portal.speech import (
    Clip,
    SpeechError,
    encode_mp3,
    encode_wav,
    espeak,
    join,
    silence,
    synthesize,
)

GREETING = "Xin chào các bạn."
# kbit/s of MPEG-2 layer III by the index in a frame's header.
BIT_RATES = (None, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160)
SAMPLES_PER_FRAME = 576


def mp3_duration(sound: bytes) -> float:
    """Walk over all frames and return their length in seconds; fail where one is broken."""
    position, frames = 0, 0
    while position < len(sound):
        first, second, third, fourth = sound[position : position + 4]
        assert (first, second & 0b1111_1110) == (0xFF, 0b1111_0010), "MPEG-2 layer III"
        assert third >> 2 & 0b11 == 0, "22.050 Hz"
        assert fourth >> 6 == 0b11, "mono"
        padding = third >> 1 & 1
        position += 72_000 * BIT_RATES[third >> 4] // 22_050 + padding
        frames += 1
    return frames * SAMPLES_PER_FRAME / 22_050


def loudest(clip: Clip) -> int:
    return max(map(abs, memoryview(clip.pcm).cast("h")))


@pytest.mark.parametrize("voice", speech.VOICES)
def test_a_greeting_takes_about_a_second_and_can_be_heard(voice):
    clip = synthesize(GREETING, voice=voice)
    assert 0.7 < clip.duration < 2
    assert loudest(clip) > 3_000


def test_longer_text_takes_longer():
    assert synthesize(GREETING * 3).duration > 2 * synthesize(GREETING).duration


def test_faster_speech_is_shorter():
    assert synthesize(GREETING, speed=240).duration < synthesize(GREETING, speed=120).duration


@pytest.mark.parametrize("text", ["", "  \n\t ", "\x00\x01", "...", "\u200b"])
def test_nothing_to_say_gives_a_clip_without_samples(text):
    clip = synthesize(text)
    assert clip.pcm == b""
    assert clip.duration == 0


@pytest.mark.parametrize(
    "text", ["Xin\x00 chào", "Xin\x01 chào", "Xin\ud800 chào", "Xi\u00adn chào"]
)
def test_control_characters_neither_end_the_text_nor_command_the_voice(text):
    assert synthesize(text).duration == pytest.approx(synthesize("Xin chào").duration, abs=0.05)


def test_phoneme_marks_are_not_obeyed():
    # Obeyed, this is one English word and takes 0.75 s instead of being spelled out.
    assert synthesize("[[he'loU]]").duration >= synthesize("he'loU").duration > 0.9


def test_markup_is_not_obeyed():
    with_break = synthesize('xin <break time="20s"/> chào')
    assert with_break.duration < 10


def test_long_text_without_any_stop_is_read_to_its_end():
    once = synthesize("sở công thương tỉnh " * 10)
    many = synthesize("sở công thương tỉnh " * 400)
    assert many.duration == pytest.approx(40 * once.duration, rel=0.1)


def test_a_single_endless_word_is_read():
    assert synthesize("a" * 5_000).duration > 10


@pytest.mark.parametrize(
    "options", [{"voice": "xx"}, {"voice": ""}, {"speed": 9_999}, {"speed": 0}]
)
def test_impossible_settings_are_refused(options):
    with pytest.raises(SpeechError):
        synthesize(GREETING, **options)


def test_a_missing_library_is_reported(monkeypatch):
    monkeypatch.setattr("espeakng_loader.get_library_path", lambda: "/nonexistent/library.so")
    with pytest.raises(SpeechError, match="không nạp được thư viện"):
        espeak._Engine()


def test_two_threads_do_not_mix_their_voices():
    texts = [GREETING, GREETING * 4, "Một hai ba.", "Sở Công Thương."] * 5
    alone = [synthesize(text).duration for text in texts]
    with ThreadPoolExecutor(4) as threads:
        together = [clip.duration for clip in threads.map(synthesize, texts)]
    assert together == pytest.approx(alone, abs=0.05)


def test_importing_loads_no_library_and_speaking_prints_nothing():
    script = (
        "import sys; from portal import speech;"
        "assert not {'espeakng_loader', 'lameenc', 'django'} & set(sys.modules);"
        "speech.encode_mp3(speech.synthesize('Xin chào.'))"
    )
    root = Path(speech.__file__).parents[2]
    done = subprocess.run([sys.executable, "-c", script], cwd=root, capture_output=True, check=True)
    assert done.stdout + done.stderr == b""


def test_joined_clips_are_parted_by_the_pause():
    first, second = synthesize("Một."), synthesize("Hai.")
    empty = Clip(b"", first.sample_rate)
    joined = join([first, empty, second], 0.5)
    assert joined.duration == pytest.approx(first.duration + 0.5 + second.duration, abs=0.001)
    assert join([empty], 0.5).pcm == b""


@pytest.mark.parametrize("rates", [[], [22_050, 44_100]])
def test_clips_without_one_sample_rate_cannot_be_joined(rates):
    with pytest.raises(SpeechError):
        join([silence(1, rate) for rate in rates], 0.5)


@pytest.mark.parametrize("bit_rate", [32, 48])
def test_mp3_consists_of_whole_frames_and_lasts_as_long_as_the_clip(bit_rate):
    clip = synthesize(GREETING * 5)
    sound = encode_mp3(clip, bit_rate=bit_rate)
    assert mp3_duration(sound) == pytest.approx(clip.duration, abs=0.15)
    # What a browser works out before it has the whole file.
    assert len(sound) * 8 / (bit_rate * 1_000) == pytest.approx(clip.duration, abs=0.15)


def test_mp3_carries_title_and_artist():
    clip = synthesize(GREETING)
    sound = encode_mp3(clip, title="Hội nghị", artist="Sở Công Thương")
    assert sound.startswith(b"ID3\x03")
    size = int.from_bytes(sound[6:10])  # below 128, so one byte of seven bits is enough
    assert "Hội nghị".encode("utf-16") in sound[: 10 + size]
    assert "Sở Công Thương".encode("utf-16") in sound[: 10 + size]
    assert mp3_duration(sound[10 + size :]) == pytest.approx(clip.duration, abs=0.15)


def test_mp3_of_nothing_is_empty():
    assert encode_mp3(Clip(b"", 22_050)) == b""


@pytest.mark.parametrize("clip", [Clip(bytes(5_000), 1), Clip(bytes(5_001), 22_050)])
def test_mp3_refuses_a_sample_rate_it_does_not_know_and_half_a_sample(clip):
    with pytest.raises(SpeechError):
        encode_mp3(clip)


def test_wav_holds_the_samples():
    clip = synthesize(GREETING)
    with wave.open(io.BytesIO(encode_wav(clip))) as recording:
        assert recording.getnchannels() == 1
        assert recording.getsampwidth() == 2
        assert recording.getframerate() == clip.sample_rate
        assert recording.readframes(recording.getnframes()) == clip.pcm
