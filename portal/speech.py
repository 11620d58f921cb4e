"""
Text to sound, with the eSpeak NG library running inside this process.

No text leaves the server and nothing is played aloud: the library hands over
16-bit mono samples, which are kept as a ``Clip`` and written as MP3 or WAV.
"""

import ctypes
import io
import os
import re
import threading
import unicodedata
import wave
from collections.abc import Iterable, Iterator
from functools import cache
from typing import NamedTuple

# Voices that come with the library, and how a person would name them.
VOICES = {
    "vi": "Giọng miền Bắc",
    "vi-vn-x-central": "Giọng miền Trung",
    "vi-vn-x-south": "Giọng miền Nam",
}

SLOWEST, FASTEST = 80, 450  # words a minute; beyond them the library falls silent
SAMPLE_WIDTH = 2  # bytes: eSpeak NG delivers 16-bit samples
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


class SpeechError(Exception):
    """
    The speech library cannot be loaded, or refused to speak or to encode.

    The message is Vietnamese: editors read it beside the article that has no sound.
    """


class Clip(NamedTuple):
    pcm: bytes  # 16-bit signed mono samples, little endian
    sample_rate: int  # samples a second

    @property
    def duration(self) -> float:
        """Return the length in seconds."""
        return len(self.pcm) / (SAMPLE_WIDTH * self.sample_rate)


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


def silence(seconds: float, sample_rate: int) -> Clip:
    return Clip(bytes(SAMPLE_WIDTH * round(seconds * sample_rate)), sample_rate)


def join(clips: Iterable[Clip], pause: float) -> Clip:
    """
    Return the clips one after another with ``pause`` seconds between them.

    Clips without samples are left out and add no pause. Raises SpeechError if
    there is no clip at all or the sample rates differ.
    """
    clips = list(clips)
    rates = {clip.sample_rate for clip in clips}
    if len(rates) != 1:
        raise SpeechError("các đoạn âm thanh cần ghép không có cùng tần số lấy mẫu")
    (rate,) = rates
    gap = silence(pause, rate).pcm
    return Clip(gap.join(clip.pcm for clip in clips if clip.pcm), rate)


def encode_wav(clip: Clip) -> bytes:
    output = io.BytesIO()
    with wave.open(output, "wb") as recording:
        recording.setnchannels(1)
        recording.setsampwidth(SAMPLE_WIDTH)
        recording.setframerate(clip.sample_rate)
        recording.writeframes(clip.pcm)
    return output.getvalue()


def encode_mp3(clip: Clip, *, bit_rate: int = 48, title: str = "", artist: str = "") -> bytes:
    """
    Return ``clip`` as an MP3 file of constant ``bit_rate`` (kbit/s, the nearest there is).

    The bit rate is constant so that a browser can tell the duration from the size
    of the file and jump inside it. The encoder rounds up to whole frames, so the
    file lasts up to 0.1 s longer than the clip. A clip without samples gives no
    frame. Raises SpeechError if the encoder is missing or refuses the clip.
    """
    try:
        import lameenc
    except ImportError as error:
        raise SpeechError("chưa cài bộ mã hóa MP3 (lameenc)") from error

    tag = _id3_tag({"TIT2": title, "TPE1": artist})
    if not clip.pcm:
        return tag
    encoder = lameenc.Encoder()
    encoder.silence()
    try:
        encoder.set_channels(1)
        encoder.set_in_sample_rate(clip.sample_rate)
        encoder.set_out_sample_rate(clip.sample_rate)
        encoder.set_bit_rate(bit_rate)
        encoder.set_quality(5)  # of 0 to 9; the default of 2 takes almost twice as long
        return tag + bytes(encoder.encode(clip.pcm)) + bytes(encoder.flush())
    except RuntimeError as error:
        raise SpeechError(f"bộ mã hóa MP3 báo lỗi: {error}") from error


def _id3_tag(texts: dict[str, str]) -> bytes:
    """Return an ID3v2.3 tag with the texts that are not empty, or no bytes at all."""
    # 2.3 with UTF-16 instead of the newer 2.4 with UTF-8: older Windows shows only the former.
    frames = b""
    for name, text in texts.items():
        if text:
            body = b"\x01" + text.encode("utf-16", "replace")
            frames += name.encode("ascii") + len(body).to_bytes(4) + b"\x00\x00" + body
    if not frames:
        return b""
    size = bytes(len(frames) >> shift & 0x7F for shift in (21, 14, 7, 0))
    return b"ID3\x03\x00\x00" + size + frames


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
