"""Sound is trimmed, levelled, put together and read."""

import array
import io
import math

import pytest

from portal.speech import Clip, SpeechError, encode_mp3, encode_wav, join, silence, synthesize
from portal.speech.clips import trimmed
from portal.speech.levels import LIMIT, TARGET, levelled
from portal.speech.mp3 import frames, id3_tag, read_mp3
from portal.speech.wav import read_wav

RATE = 22_050


def hum(seconds=0.5, height=9_000):
    return Clip(
        array.array(
            "h", (round(height * math.sin(count / 9)) for count in range(int(seconds * RATE)))
        ).tobytes(),
        RATE,
    )


def loudness(clip):
    samples = array.array("h", clip.pcm)
    return math.sqrt(sum(sample * sample for sample in samples) / len(samples))


def test_silence_around_a_sound_is_cut_off():
    quiet = silence(0.3, RATE)
    assert trimmed(join([quiet, hum(), quiet], 0)).duration == pytest.approx(0.5, abs=0.01)
    assert trimmed(quiet).pcm == trimmed(Clip(b"", RATE)).pcm == b""


@pytest.mark.parametrize("height", [1_000, 9_000, 32_000])
def test_all_are_as_loud(height):
    assert loudness(levelled(hum(height=height))) == pytest.approx(TARGET, rel=0.04)


def test_no_peak_is_cut_off():
    samples = array.array("h", [300, -300] * 4_000 + [32_767, -32_768])
    louder = array.array("h", levelled(Clip(samples.tobytes(), RATE)).pcm)
    assert (max(louder), min(louder)) == (-min(louder), -max(louder))
    assert 24_000 < max(louder) < LIMIT
    assert levelled(silence(1, RATE)) == silence(1, RATE)


def test_what_is_encoded_in_parts_may_be_put_together():
    parts = [frames(hum(seconds)) for seconds in (0.2, 0.7, 0.4)]
    whole = read_mp3(id3_tag("Tin", "Sở") + b"".join(parts))
    assert whole.frames == b"".join(parts)
    assert whole.duration == pytest.approx(sum(read_mp3(part).duration for part in parts))


def test_the_first_frame_of_a_part_leans_on_none_before():
    for seconds in (0.2, 1.5):
        part = frames(join([hum(seconds), synthesize("Xin chào.")], 0.1))
        assert part[4] == 0, "main_data_begin of MPEG-2 layer III: eight bits after the header"


@pytest.mark.parametrize("junk", [b"", b"TAG" + b"x" * 125, b"APETAGEX" + b"x" * 9_000, b"x" * 99])
def test_the_notes_of_other_programs_are_left_behind(junk):
    sound = frames(hum())
    assert read_mp3(id3_tag("x" * 300, "") + bytes(50) + sound + junk).frames == sound


@pytest.mark.parametrize(
    "content",
    [b"", b"ID3", b"ID3\x03\0\0\x7f\x7f\x7f\x7f", bytes(99), b"\xff\xfb\x90\x64", b"x" * 9_000],
)
def test_what_is_no_mp3_is_refused(content):
    with pytest.raises(SpeechError):
        read_mp3(content)


def test_sound_followed_by_something_else_is_refused():
    with pytest.raises(SpeechError):
        read_mp3(encode_mp3(hum()) + b"x" * 9_000)


def test_a_wav_of_a_pipe_does_not_know_its_length():
    wav = bytearray(encode_wav(hum()))
    wav[40:44] = b"\xff\xff\xff\x7f"
    assert read_wav(io.BytesIO(wav), 60) == hum()


@pytest.mark.parametrize(("place", "value"), [(20, 3), (22, 6), (24, 1), (34, 24)])
def test_a_wav_of_another_kind_is_refused(place, value):
    wav = bytearray(encode_wav(hum()))
    wav[place : place + 2] = value.to_bytes(2, "little")
    with pytest.raises(SpeechError, match="PCM 16 bit"):
        read_wav(io.BytesIO(wav), 60)
