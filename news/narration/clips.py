"""
Sound by the paragraph: one clip for each, keyed by what is said and who says it.

The file of an article consists of its clips, so the file is what keeps them: a clip whose key is
that of a paragraph as it is now is taken over, and none outlives its article.
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from time import monotonic
from typing import NamedTuple

from news.spoken import Readings, Sentence, sentences
from portal.speech import Clip, SpeechError, mp3, silence
from portal.speech.clips import SAMPLE_WIDTH, trimmed
from portal.speech.engines import Engine
from portal.speech.levels import levelled

FORM = "1"  # changes with all below that is heard: what was made before is then made anew
AFTER_SENTENCE = 0.35  # seconds of silence
AFTER_PARAGRAPH = 0.7
LONGEST = 60_000  # characters said, about an hour
PART = 3_000  # characters said, some four minutes
THE_REST = "Bản đọc dừng ở đây. Mời ông bà đọc tiếp phần còn lại trên trang."
SENTENCE_SECONDS = 60.0  # that an engine may take for one


class NothingToRead(Exception):
    """An article has no words but those of its title."""


class Made(NamedTuple):
    """A clip in a file: its key, size in bytes, length, and when its sentences are heard."""

    key: str
    size: int
    duration: float  # seconds
    heard: list[tuple[float, float] | None]  # None: a sentence that gave no sound


class Sound(NamedTuple):
    frames: bytes
    duration: float
    clips: list[Made]
    sentences: list[tuple[float, float, str]]


class Paragraph(NamedTuple):
    text: str
    sentences: list[Sentence]

    def key(self, engine: Engine) -> str:
        said = [FORM, engine.name, *(sentence.spoken for sentence in self.sentences)]
        return hashlib.sha256("\n".join(said).encode("utf-8", "replace")).hexdigest()[:32]


def read_aloud(
    written: Sequence[str],
    readings: Mapping[str, str],
    engine: Engine,
    former: Mapping[str, tuple[Made, bytes]],
    seconds: float,
) -> Sound:
    """
    Return the sound of paragraphs, of which the first is the title.

    Clips among ``former`` are not made again. Raises SpeechError for an engine that fails or is
    not done within ``seconds``, NothingToRead where only the title has words.
    """
    until = monotonic() + seconds
    sound, position, parts = Sound(b"", 0.0, [], []), 0.0, []
    for paragraph in _bounded(_paragraphs(written, Readings(readings))):
        key = paragraph.key(engine)
        made, frames = former.get(key) or _make(key, paragraph.sentences, engine, until)
        for sentence, heard in zip(paragraph.sentences, made.heard, strict=True):
            if heard:
                start, end = (round(position + moment, 3) for moment in heard)
                text = paragraph.text[sentence.start : sentence.end]
                sound.sentences.append((start, end, text))
        position += made.duration
        parts.append(frames)
        sound.clips.append(made)
    return sound._replace(frames=b"".join(parts), duration=round(position, 3))


def of_file(path: str, clips: Sequence[Sequence]) -> dict[str, tuple[Made, bytes]]:
    """Return the clips of a file that was made before; none where it is not as it was recorded."""
    try:
        frames = mp3.read_mp3(Path(path).read_bytes()).frames
    except (OSError, SpeechError):
        return {}
    found, position = {}, 0
    for clip in clips:
        made = Made(*clip)
        found[made.key] = made, frames[position : position + made.size]
        position += made.size
    return found if position == len(frames) else {}


def _paragraphs(written: Sequence[str], readings: Readings) -> list[Paragraph]:
    title, *others = (list(_parts(text, sentences(text, readings))) for text in written)
    if not any(others):
        raise NothingToRead
    return [part for paragraph in (title, *others) for part in paragraph]


def _parts(text: str, said: list[Sentence]) -> Iterator[Paragraph]:
    """Yield a paragraph, an endless one in several parts: its samples have to fit into memory."""
    part, length = [], 0
    for sentence in said:
        if part and length + len(sentence.spoken) > PART:
            yield Paragraph(text, part)
            part, length = [], 0
        part.append(sentence)
        length += len(sentence.spoken)
    if part:
        yield Paragraph(text, part)


def _bounded(paragraphs: list[Paragraph]) -> Iterator[Paragraph]:
    """Yield the paragraphs as far as they are read, and say so where that is not to the end."""
    left = LONGEST
    for text, all_of_it in paragraphs:
        read = []
        for sentence in all_of_it:
            left -= len(sentence.spoken)
            if left < 0:
                break
            read.append(sentence)
        if read:
            yield Paragraph(text, read)
        if left < 0:
            yield Paragraph(THE_REST, sentences(THE_REST))
            return


def _make(key: str, said: list[Sentence], engine: Engine, until: float) -> tuple[Made, bytes]:
    spoken = [_say(engine, sentence.spoken, until) for sentence in said]
    rates = {clip.sample_rate for clip in spoken}
    if len(rates) != 1:
        raise SpeechError("các câu không có cùng tần số lấy mẫu")
    (rate,) = rates
    # Levelled as one, without the pauses: they would count as something quiet.
    louder = levelled(Clip(b"".join(clip.pcm for clip in spoken), rate)).pcm
    pcm, taken, heard = bytearray(), 0, []
    for clip in spoken:
        heard.append(_moments(len(pcm), len(clip.pcm), rate))
        if clip.pcm:
            pcm += louder[taken : taken + len(clip.pcm)] + silence(AFTER_SENTENCE, rate).pcm
        taken += len(clip.pcm)
    if pcm:
        pcm += silence(AFTER_PARAGRAPH - AFTER_SENTENCE, rate).pcm
    frames = mp3.frames(Clip(bytes(pcm), rate))
    duration = mp3.read_mp3(frames).duration if frames else 0.0
    return Made(key, len(frames), duration, heard), frames


def _moments(before: int, size: int, rate: int) -> tuple[float, float] | None:
    """Return when bytes of samples are heard that stand after others; None if there are none."""
    if not size:
        return None
    start, end = (at / SAMPLE_WIDTH / rate + mp3.DELAY for at in (before, before + size))
    return round(start, 3), round(end, 3)


def _say(engine: Engine, words: str, until: float) -> Clip:
    left = until - monotonic()
    if left <= 0:
        raise SpeechError("bài đọc quá lâu nên đã dừng")
    return trimmed(engine.say(words, min(left, SENTENCE_SECONDS)))
