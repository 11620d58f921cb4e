"""Articles read aloud: article → paragraphs → spoken words → sound → one MP3."""

import secrets

from django.conf import settings
from django.core.files.base import ContentFile

from news.models import Article, Narration
from news.spoken import spoken
from portal import speech

PAUSE = 0.6  # seconds between paragraphs
BIT_RATE = 32  # kbit/s; speech of one voice needs no more
LONGEST_TEXT = 60_000  # characters, about an hour; the rest of a longer article is not read


def narrate(article: Article) -> Narration:
    """
    Make the sound of an article as it is now and return its record.

    What cannot be spoken (no text at all, an engine that fails) is recorded with the
    reason and no file. The former file is removed only after the new one is in place.
    """
    key = article.narration_key()
    narration, _ = Narration.objects.get_or_create(article=article, defaults={"key": key})
    former = narration.file.name
    try:
        clip = read_aloud(article.text_to_read()[:LONGEST_TEXT])
        sound = speech.encode_mp3(
            clip, bit_rate=BIT_RATE, title=article.title, artist=settings.DEPARTMENT["name"]
        )
    except speech.SpeechError as error:
        narration.file, narration.duration, narration.error = "", None, str(error)
    else:
        narration.file.save(f"{secrets.token_hex(16)}.mp3", ContentFile(sound), save=False)
        narration.duration, narration.error = round(clip.duration, 2), ""
    narration.key = key
    narration.save()
    if former and former != narration.file.name:
        narration.file.storage.delete(former)
    return narration


def read_aloud(text: str) -> speech.Clip:
    """Return the sound of a text, one paragraph per line, with a pause after each."""
    clips = [speech.synthesize(words) for line in text.splitlines() if (words := spoken(line))]
    if not clips:
        raise speech.SpeechError("bài không có chữ nào để đọc")
    return speech.join(clips, PAUSE)
