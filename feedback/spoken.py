"""A tracking code read aloud, slowly enough to write it down."""

from feedback import codes
from portal import speech

SPEED = 120  # words a minute
PAUSE = 0.5  # seconds


def sound(code: str) -> bytes:
    """Return a WAV of a code's characters in Vietnamese. Raises SpeechError."""
    words = ["Mã tra cứu.", *codes.spelled(code).split(", ")]
    clips = [speech.synthesize(word, speed=SPEED) for word in words]
    lead_in = speech.silence(PAUSE, clips[0].sample_rate)  # a screen reader ends its sentence
    return speech.encode_wav(speech.join([lead_in, *clips], PAUSE))
