"""Sound as samples."""

from collections.abc import Iterable
from typing import NamedTuple

SAMPLE_WIDTH = 2  # bytes: all sound here has 16-bit samples
QUIET = 200  # of 32,768; what stays below is heard as silence
STEP = 0.005  # seconds; as finely are the ends of a sound found


class SpeechError(Exception):
    """
    What should speak is missing or refused to, or sound cannot be read or encoded.

    The message is Vietnamese: editors read it beside the article that has no sound.
    """


class Clip(NamedTuple):
    pcm: bytes  # 16-bit signed mono samples, little endian
    sample_rate: int  # samples a second

    @property
    def duration(self) -> float:
        """Return the length in seconds."""
        return len(self.pcm) / (SAMPLE_WIDTH * self.sample_rate)


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


def trimmed(clip: Clip) -> Clip:
    """Return the clip without the silence before and after it."""
    samples = memoryview(clip.pcm).cast("h")
    step = max(1, round(STEP * clip.sample_rate))
    starts = range(0, len(samples), step)

    def is_heard(start: int) -> bool:
        part = samples[start : start + step]
        return max(part) > QUIET or min(part) < -QUIET

    first = next(filter(is_heard, starts), None)
    if first is None:
        return Clip(b"", clip.sample_rate)
    last = next(filter(is_heard, reversed(starts)))
    return Clip(samples[first : last + step].tobytes(), clip.sample_rate)
