"""A program of the operator's speaks."""

import sys

import pytest

from portal.speech import SpeechError
from portal.speech.command import synthesize
from portal.speech.engines import Command, Espeak, chosen

SAYS = """
import sys, wave
words = sys.stdin.read()
with wave.open(sys.argv[1] if len(sys.argv) > 1 else sys.stdout.buffer, "wb") as sound:
    sound.setnchannels(1); sound.setsampwidth(2); sound.setframerate(16000)
    sound.writeframesraw(bytes([1, 8] * 1600 * len(words.split())))
"""


@pytest.fixture
def program(tmp_path):
    """Return the command line of a script."""

    def written(script=SAYS, *arguments):
        path = tmp_path / "nói gì.py"
        path.write_text(script)
        return " ".join([sys.executable, f"'{path}'", *arguments])

    return written


def say(command, text="một hai", seconds=20.0):
    return synthesize(text, command=command, seconds=seconds)


def test_it_reads_text_and_writes_wav(program):
    clip = say(program())
    assert (clip.sample_rate, clip.duration) == (16_000, pytest.approx(0.2))


def test_it_may_write_to_a_file(program):
    assert say(program(SAYS, "{wav}")).duration == pytest.approx(0.2)


def test_no_shell_sees_the_text(program, tmp_path):
    note = tmp_path / "x"
    assert say(program(), f'"; touch {note}; $(touch {note}) `touch {note}`').duration > 0.1
    assert not note.exists()


@pytest.mark.parametrize(
    ("script", "said"),
    [
        ("import sys; sys.exit('không có giọng')", "mã 1.: không có giọng"),
        ("raise SystemExit(4)", "mã 4.: không nói lý do"),
        ("pass", "không ghi ra âm thanh nào"),
        ("print('xin chào')", "WAV không đọc được"),
    ],
)
def test_one_that_fails_says_why(program, script, said):
    with pytest.raises(SpeechError, match=said):
        say(program(script))


def test_one_that_hangs_is_ended(program):
    with pytest.raises(SpeechError, match="không xong một câu"):
        say(program("import time; time.sleep(60)"), seconds=0.3)


def test_one_that_writes_without_end_is_refused(program, monkeypatch):
    monkeypatch.setattr("portal.speech.command.MAX_BYTES", 1_000)
    with pytest.raises(SpeechError, match="quá nhiều dữ liệu"):
        say(program("print('x' * 5000)"))


def test_one_that_is_not_there_is_named():
    with pytest.raises(SpeechError, match=r"không chạy được lệnh.*khong-co"):
        say("/khong-co/piper --model x")


def test_a_sound_too_long_for_a_sentence_is_refused(program, monkeypatch):
    monkeypatch.setattr("portal.speech.command.LONGEST", 0.1)
    with pytest.raises(SpeechError, match="dài quá"):
        say(program())


def test_a_command_goes_before_the_library():
    assert isinstance(chosen("piper", "vi", 160), Command)
    assert chosen("", "vi", 160) == Espeak("vi", 160)
    assert len({chosen(*how).name for how in (("a", "", 1), ("b", "", 1), ("", "vi", 90))}) == 3
