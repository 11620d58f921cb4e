"""
A program of the operator's that reads text and writes WAV: a neural voice, say.

It gets one sentence at a time on its standard input, never as an argument and never through a
shell, and writes the sound to its standard output or to the file that stands for ``{wav}`` among
its words. What it writes goes to a file of bounded size; what takes too long is ended with all
that it started.
"""

import os
import shlex
import signal
import subprocess
import tempfile
from pathlib import Path

from portal.speech.clips import Clip, SpeechError
from portal.speech.wav import read_wav

PLACE = "{wav}"  # among the command's words: a file it shall write to
LONGEST = 300  # seconds that one sentence may last
MAX_BYTES = 64 * 1024 * 1024  # of WAV; five minutes of the finest that is read
TOLD = 200  # characters of what a failing program says


def words_of(command: str) -> list[str]:
    """Return a command as program and arguments. Raises ValueError for quotes left open."""
    return shlex.split(command)


def synthesize(text: str, *, command: str, seconds: float) -> Clip:
    """
    Return ``text`` as the operator's command speaks it, within ``seconds``.

    Raises SpeechError if it cannot be started, fails, takes too long or writes no sound.
    """
    with tempfile.TemporaryDirectory(prefix="portal-speech-") as folder:
        place = Path(folder) / "sound.wav"
        words = words_of(command)
        output = Path(folder) / "output"
        _run([word.replace(PLACE, str(place)) for word in words], text, output, seconds)
        written = place if any(PLACE in word for word in words) else output
        if not written.exists() or not written.stat().st_size:
            raise SpeechError("lệnh đọc văn bản không ghi ra âm thanh nào")
        if written.stat().st_size > MAX_BYTES:
            raise SpeechError("lệnh đọc văn bản ghi ra quá nhiều dữ liệu")
        with written.open("rb") as sound:
            return read_wav(sound, LONGEST)


def _run(words: list[str], text: str, output: Path, seconds: float) -> None:
    said = output.with_name("said")
    typed = output.with_name("typed")
    typed.write_text(text + "\n", encoding="utf-8", errors="ignore")
    with typed.open("rb") as stdin, output.open("wb") as stdout, said.open("wb") as stderr:
        try:
            # A group of its own: with it ends all that it started.
            program = subprocess.Popen(
                words,
                stdin=stdin,
                stdout=stdout,
                stderr=stderr,
                cwd=output.parent,
                process_group=0,
            )
        except (OSError, ValueError) as error:
            raise SpeechError(f"không chạy được lệnh đọc văn bản: {error}") from error
        try:
            status = program.wait(seconds)
        except subprocess.TimeoutExpired:
            raise SpeechError(
                f"lệnh đọc văn bản không xong một câu trong {seconds:.0f} giây"
            ) from None
        finally:
            if program.returncode is None:
                os.killpg(program.pid, signal.SIGKILL)
                program.wait()
    if status:
        told = " ".join(said.read_text(errors="replace")[-TOLD:].split())
        raise SpeechError(f"lệnh đọc văn bản báo lỗi (mã {status}): {told or 'không nói lý do'}")
