"""An article's sound made and kept."""

import secrets

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import transaction

from news.models import Article, Narration, Pronunciation
from news.narration import process
from news.narration.clips import NothingToRead
from news.narration.reading import paragraphs
from portal.speech import SpeechError, engines
from portal.speech.mp3 import id3_tag


def narrate(article: Article) -> None:
    """
    Make the sound of an article as it is now, but for what is made already, and record it.

    A failure is recorded with its reason and leaves what there was before: a sound of other words
    is shown to nobody. A recording of staff stays.
    """
    former = getattr(article, "narration", None) or Narration(article=article)
    if former.is_recording:
        return
    try:
        head, frames = process.ask(_task(article, former))
        made = head | {"file": _store(article, frames), "error": ""}
    except NothingToRead:
        made = {"file": "", "duration": None, "sentences": [], "clips": [], "error": ""}
    except SpeechError as error:
        made = {"error": str(error)}
    except OSError as error:
        made = {"error": f"máy chủ báo lỗi: {error.strerror}"}
    if not made["error"]:
        made |= {"key": article.narration_key(), "voice": engine().name}
    _record(article, made)


def engine() -> engines.Engine:
    return engines.chosen(**settings.SPEECH)


def _task(article: Article, former: Narration) -> dict:
    return {
        **settings.SPEECH,
        "paragraphs": paragraphs(article),
        "readings": Pronunciation.objects.readings().said,
        "former": former.file.path if former.file else "",
        "clips": former.clips,
        "seconds": process.SECONDS,
    }


def _store(article: Article, frames: bytes) -> str:
    """Write the file under a name of its own, where nobody has it before it is whole."""
    file = Narration._meta.get_field("file")
    name = file.generate_filename(None, f"{secrets.token_hex(16)}.mp3")
    tag = id3_tag(article.title, settings.DEPARTMENT["name"])
    return file.storage.save(name, ContentFile(tag + frames))


def _record(article: Article, made: dict) -> None:
    """Put what was made into the article's record, unless it has come too late."""
    with transaction.atomic():
        # Locked, so that nobody deletes it or uploads a recording meanwhile.
        is_there = Article.objects.select_for_update(no_key=True).filter(pk=article.pk).exists()
        narration = Narration.objects.filter(article=article.pk).first()
        is_late = not is_there or (narration is not None and narration.is_recording)
        unused = made.get("file", "") if is_late else _keep(narration, article, made)
    if unused:
        Narration._meta.get_field("file").storage.delete(unused)


def _keep(narration: Narration | None, article: Article, made: dict) -> str:
    """Store the record and return the name of the file that it had before, if it has another."""
    narration = narration or Narration(article=article)
    former = narration.file.name
    for name, value in made.items():
        setattr(narration, name, value)
    narration.save()
    return former if former != narration.file.name else ""
