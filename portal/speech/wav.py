"""WAV: what commands write and recorders store."""

import array
import io
import struct
import wave
from typing import BinaryIO

from portal.speech.clips import SAMPLE_WIDTH, Clip, SpeechError

RATES = range(8_000, 48_001)
UNREADABLE = "tệp WAV không đọc được; cần dạng PCM 16 bit, một hoặc hai kênh, 8 đến 48 kHz"


def encode_wav(clip: Clip) -> bytes:
    output = io.BytesIO()
    with wave.open(output, "wb") as recording:
        recording.setnchannels(1)
        recording.setsampwidth(SAMPLE_WIDTH)
        recording.setframerate(clip.sample_rate)
        recording.writeframes(clip.pcm)
    return output.getvalue()


def read_wav(file: BinaryIO, longest: float) -> Clip:
    """
    Return the sound of a WAV file as one channel, at most ``longest`` seconds of it.

    A file written into a pipe does not know its length: what is there counts. Raises SpeechError
    for what is no such file, or too long.
    """
    try:
        with wave.open(file) as recording:
            channels, rate = recording.getnchannels(), recording.getframerate()
            if recording.getsampwidth() != SAMPLE_WIDTH or channels > 2 or rate not in RATES:
                raise SpeechError(UNREADABLE)
            pcm = recording.readframes(int(longest * rate) + 1)
    except (wave.Error, EOFError, struct.error, ValueError, RuntimeError) as error:
        raise SpeechError(UNREADABLE) from error
    pcm = pcm[: len(pcm) // (SAMPLE_WIDTH * channels) * SAMPLE_WIDTH * channels]
    if len(pcm) > int(longest * rate) * SAMPLE_WIDTH * channels:
        raise SpeechError(f"âm thanh dài quá {longest / 60:.0f} phút")
    return Clip(_one_channel(pcm) if channels == 2 else pcm, rate)


def _one_channel(pcm: bytes) -> bytes:
    samples = array.array("h", pcm)
    both = zip(samples[::2], samples[1::2], strict=True)
    return array.array("h", ((left + right) // 2 for left, right in both)).tobytes()
