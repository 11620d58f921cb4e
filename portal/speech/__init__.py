"""
Text to sound, and sound as files.

No text leaves the server and nothing is played aloud. What speaks is the eSpeak NG library
in this process (espeak.py) or a command of the operator's (command.py); both hand over
16-bit mono samples, a ``Clip``, which is levelled (levels.py) and written as WAV or MP3.
Nothing here imports Django: news/narration speaks in a process that has to be small.
"""

from portal.speech.clips import Clip, SpeechError, join, silence
from portal.speech.espeak import FASTEST, SLOWEST, VOICES, synthesize
from portal.speech.mp3 import encode_mp3
from portal.speech.wav import encode_wav

__all__ = [
    "FASTEST",
    "SLOWEST",
    "VOICES",
    "Clip",
    "SpeechError",
    "encode_mp3",
    "encode_wav",
    "join",
    "silence",
    "synthesize",
]
