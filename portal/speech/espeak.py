"""
The eSpeak NG library running inside this process.

It opens no audio device and starts no thread: it hands over samples.
"""

import ctypes
import os
import re
import threading
import unicodedata
from collections.abc import Iterator
from functools import cache

from portal.speech.clips import SAMPLE_WIDTH, Clip, SpeechError

# Voices that come with the library, and how a person would name them.
VOICES = {
    "vi": "Giọng miền Bắc",
    "vi-vn-x-central": "Giọng miền Trung",
    "vi-vn-x-south": "Giọng miền Nam",
}

SLOWEST, FASTEST = 80, 450  # words a minute; beyond them the library falls silent
PIECE_LENGTH = 1000  # characters handed to the library at once
LONGEST_PATH = 150  # bytes; at 160 the library no longer finds its data

# From espeak-ng/speak_lib.h.
_SYNCHRONOUS = 2  # deliver samples to the callback; open no audio device, start no thread
_DO_NOT_EXIT = 0x8000  # without it a missing data folder ends the whole process
_RATE = 1  # the parameter "speed in words a minute"
_UTF8 = 0x0001
_END_PAUSE = 0x1000  # the pause of a sentence also after the last one of a piece
_SYNTH_CALLBACK = ctypes.CFUNCTYPE(
    ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.c_void_p
)


def synthesize(text: str, *, voice: str = "vi", speed: int = 160) -> Clip:
    """
    Return ``text`` read aloud by ``voice`` at ``speed`` words a minute (80 to 450).

    The text is taken literally: neither SSML nor phoneme marks are obeyed. Text
    with nothing to say gives a clip without samples. Raises SpeechError if the
    library is missing, the voice is unknown, the speed impossible or the synthesis fails.
    """
    if not SLOWEST <= speed <= FASTEST:
        raise SpeechError(f"tốc độ đọc phải từ {SLOWEST} đến {FASTEST} từ mỗi phút")
    engine = _engine()
    # The library is asked for one piece at a time, so another thread waits for a
    # paragraph and not for a whole article.
    pcm = b"".join(engine.speak(piece, voice, speed) for piece in _pieces(_printable(text)))
    return Clip(pcm, engine.sample_rate)


def _printable(text: str) -> str:
    """Return ``text`` without the characters that would end it early or command the voice."""
    return "".join(map(_printable_character, unicodedata.normalize("NFC", text)))


def _printable_character(character: str) -> str:
    # NUL ends a C string, ^A starts an eSpeak command, lone surrogates have no UTF-8 form.
    category = unicodedata.category(character)
    if category[0] != "C" or character == "\n":
        return character
    # Format characters (soft hyphen, zero-width joiner) stand inside words.
    return "" if category == "Cf" else " "


def _pieces(text: str) -> Iterator[str]:
    """Yield the paragraphs of ``text``, long ones cut after a sentence, else at a space."""
    for paragraph in text.split("\n"):
        paragraph = " ".join(paragraph.split())
        while len(paragraph) > PIECE_LENGTH:
            end = _last_break(paragraph[:PIECE_LENGTH])
            yield paragraph[:end]
            paragraph = paragraph[end:].lstrip()
        # Marks alone are named aloud or give a click; they are nothing to read.
        if re.search(r"\w", paragraph):
            yield paragraph


def _last_break(text: str) -> int:
    for mark in (". ", "; ", ", ", " "):
        position = text.rfind(mark)
        if position > 0:
            return position + 1
    return len(text)


_loading = threading.Lock()


def _engine() -> "_Engine":
    with _loading:  # ``cache`` alone would let two first callers start the library twice
        return _load_engine()


@cache
def _load_engine() -> "_Engine":
    return _Engine()


def _short(path: str) -> str:
    """Return ``path``, or another name of the same folder when the library cannot hold it."""
    if len(path.encode()) <= LONGEST_PATH:
        return path
    # The folder stays open as long as the process: the library reads voices from it later.
    return f"/proc/self/fd/{os.open(path, os.O_RDONLY | os.O_DIRECTORY)}"


class _Engine:
    """The loaded library. It has one global state per process, hence the lock."""

    def __init__(self):
        try:
            import espeakng_loader

            self.library = ctypes.CDLL(espeakng_loader.get_library_path())
            data_path = _short(espeakng_loader.get_data_path())
        except (ImportError, OSError, RuntimeError) as error:
            raise SpeechError(f"không nạp được thư viện eSpeak NG: {error}") from error
        self.sample_rate = self.library.espeak_Initialize(
            _SYNCHRONOUS, 0, data_path.encode(), _DO_NOT_EXIT
        )
        if self.sample_rate <= 0:
            raise SpeechError(f"eSpeak NG không khởi động được với dữ liệu ở {data_path}")
        self.lock = threading.Lock()
        self.samples = bytearray()
        # The library keeps only the address: without this reference Python would free the function.
        self.callback = _SYNTH_CALLBACK(self._collect)
        self.library.espeak_SetSynthCallback(self.callback)

    def _collect(self, samples, count, events) -> int:
        if samples and count > 0:
            self.samples += ctypes.string_at(samples, count * SAMPLE_WIDTH)
        return 0  # go on

    def speak(self, text: str, voice: str, speed: int) -> bytes:
        data = text.encode()
        with self.lock:
            self.samples.clear()
            # Voice and speed outlive a call, so they are set before each piece.
            self._check(f"giọng đọc “{voice}”", self.library.espeak_SetVoiceByName(voice.encode()))
            self._check("tốc độ đọc", self.library.espeak_SetParameter(_RATE, speed, 0))
            # No phoneme and no SSML flag: "[[" and "<" are ordinary characters.
            self._check(
                "văn bản",
                self.library.espeak_Synth(
                    data, ctypes.c_size_t(len(data) + 1), 0, 1, 0, _UTF8 | _END_PAUSE, None, None
                ),
            )
            return bytes(self.samples)

    def _check(self, what: str, status: int) -> None:
        if status != 0:
            raise SpeechError(f"eSpeak NG không nhận {what} (mã {status})")
