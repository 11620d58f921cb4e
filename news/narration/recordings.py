"""An article read by a person: a file of theirs instead of the machine's voice."""

import secrets
import tempfile
from pathlib import PurePath

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from news.models import Article, Narration
from news.narration import process
from portal import documents
from portal.speech import SpeechError
from portal.speech.mp3 import id3_tag

KINDS = ("mp3", "wav")
WRONG_KIND = "Chỉ nhận tệp MP3 hoặc WAV."


class Recording:
    """An upload that was read as sound; what readers get is written anew from it."""

    def __init__(self, upload: UploadedFile):
        """Raise ValidationError, with a sentence for the person who uploads, for anything else."""
        kind = PurePath(upload.name).suffix.lower().lstrip(".")
        if kind not in KINDS:
            raise ValidationError(WRONG_KIND)
        if upload.size > documents.MAX_BYTES:
            raise ValidationError(documents.TOO_LARGE)
        with tempfile.NamedTemporaryFile(prefix="portal-recording-") as file:
            for chunk in upload.chunks():
                file.write(chunk)
            file.flush()
            task = {"recording": file.name, "kind": kind}
            try:
                head, self.frames = process.ask(task)
            except SpeechError as error:
                raise ValidationError(f"Không dùng được tệp này: {error}.") from error
        self.duration = head["duration"]

    def keep(self, article: Article) -> None:
        """Make it the sound of the article, whatever becomes of its text."""
        tag = id3_tag(article.title, settings.DEPARTMENT["name"])
        content = ContentFile(tag + self.frames)
        with transaction.atomic():
            narration = _locked(article) or Narration(article=article)
            former = narration.file.name
            narration.file.save(f"{secrets.token_hex(16)}.mp3", content, save=False)
            narration.duration, narration.is_recording = self.duration, True
            narration.sentences, narration.clips = [], []
            narration.key, narration.voice, narration.error = "", "", ""
            narration.save()
        if former:
            Narration._meta.get_field("file").storage.delete(former)


def remove(article: Article) -> None:
    """Give an article back to the machine's voice."""
    with transaction.atomic():
        narration = _locked(article)
        if narration is None or not narration.is_recording:
            return
        narration.delete()  # with its file
    if article.state == Article.State.APPROVED:
        article.request_narration()


def _locked(article: Article) -> Narration | None:
    """Return the record of an article that the worker does not touch meanwhile."""
    Article.objects.select_for_update(no_key=True).get(pk=article.pk)
    return Narration.objects.filter(article=article).first()
