"""What speaks: one interface, whatever stands behind it."""

import hashlib
from typing import NamedTuple, Protocol

from portal.speech import command, espeak
from portal.speech.clips import Clip


class Engine(Protocol):
    """Speaks one sentence; ``name`` changes exactly when its sound does."""

    name: str

    def say(self, text: str, seconds: float) -> Clip:
        """Return the sound of ``text`` within ``seconds``. Raises SpeechError."""


class Espeak(NamedTuple):
    voice: str
    speed: int  # words a minute

    @property
    def name(self) -> str:
        return f"espeak {self.voice} {self.speed}"

    def say(self, text: str, seconds: float) -> Clip:
        return espeak.synthesize(text, voice=self.voice, speed=self.speed)


class Command(NamedTuple):
    command: str

    @property
    def name(self) -> str:
        return f"command {hashlib.sha256(self.command.encode()).hexdigest()[:32]}"

    def say(self, text: str, seconds: float) -> Clip:
        return command.synthesize(text, command=self.command, seconds=seconds)


def chosen(command: str, voice: str, speed: int) -> Engine:
    """Return the operator's command if there is one, else the library with its voice and speed."""
    return Command(command) if command else Espeak(voice, speed)
