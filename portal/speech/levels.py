"""One loudness for all that is read aloud, whatever voice or microphone it came from."""

import array
from functools import lru_cache
from operator import mul

from portal.speech.clips import Clip

TARGET = 3_300  # root of the mean square, of 32,768: -20 dB, as much as speech has room for
MOST = 8.0  # times; what is quieter still is noise
KNEE = 24_000  # of 32,768; what would be louder is bent towards LIMIT, not cut off
LIMIT = 30_000
GRAIN = 0.02  # gains are rounded to it, so that few tables are made
# Every so many samples are enough to tell how loud a clip is.
STRIDE = 7


def levelled(clip: Clip) -> Clip:
    """Return the clip as loud as all others; one without sound as it is."""
    samples = array.array("h", clip.pcm)
    gain = _gain(samples[::STRIDE])
    if gain is None:
        return clip
    return Clip(
        array.array("h", map(_table(gain).__getitem__, samples)).tobytes(), clip.sample_rate
    )


def _gain(samples: array.array) -> float | None:
    power = sum(map(mul, samples, samples)) / len(samples) if samples else 0
    if not power:
        return None
    return max(GRAIN, round(min(TARGET / power**0.5, MOST) / GRAIN) * GRAIN)


@lru_cache(maxsize=8)
def _table(gain: float) -> list[int]:
    """Return what becomes of each sample; those below zero stand where Python looks for them."""
    louder = [_bent(gain * sample) for sample in range(32_769)]
    return louder[:-1] + [-sample for sample in reversed(louder[1:])]


def _bent(sample: float) -> int:
    if sample <= KNEE:
        return round(sample)
    room, over = LIMIT - KNEE, sample - KNEE
    return round(KNEE + room * over / (room + over))
