"""Pictures of imported texts: found among local files, put into the library once."""

import hashlib
import re
import unicodedata
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction

from news.models import ImportedPhoto, Photo
from portal import images, text

# The smaller sizes that WordPress makes of a picture: «anh-300x200.jpg».
_SIZE = re.compile(r"-\d{2,4}x\d{2,4}(?=\.\w+$)")
_SUFFIXES = {".jpg", ".jpeg", ".png", ".gif", ".webp", ".bmp", ".jfif"}
# What Word and others write by themselves, in English or Vietnamese.
_MADE_BY_MACHINE = re.compile(
    r"automatically generated|mo ta duoc tao tu dong|description unavailable", re.IGNORECASE
)


class MediaFolder:
    """The pictures of an old portal, copied to a folder; nothing outside it is ever read."""

    def __init__(self, folder: Path | None):
        self.folder = folder.resolve() if folder else None

    def find(self, address: str) -> Path | None:
        """
        Return the file that was at an old address.

        «…/wp-content/uploads/2019/05/a.jpg» may lie in the folder whole or from any of its
        parts on; the last two parts must agree. The full picture is preferred to a smaller one.
        """
        if self.folder is None:
            return None
        path = _path_of(address)
        full = path.with_name(_SIZE.sub("", path.name)) if path.name else path
        return next(filter(None, map(self._lying_at, dict.fromkeys((full, path)))), None)

    def _lying_at(self, path: PurePosixPath) -> Path | None:
        parts = [part for part in path.parts if part != "/"]
        if not parts or ".." in parts:
            return None
        for start in range(len(parts)):
            if start and start == len(parts) - 1 and parts[-2] != self.folder.name:
                continue  # «1.jpg» alone could be any picture
            for form in ("NFC", "NFD"):  # as file names were written by Windows and by macOS
                name = unicodedata.normalize(form, "/".join(parts[start:]))
                file = (self.folder / name).resolve()
                if file.is_relative_to(self.folder) and file.is_file():
                    return file
        return None


def is_picture(address: str) -> bool:
    """Say whether an address is a picture's by its ending."""
    return _path_of(address).suffix.lower() in _SUFFIXES


@transaction.atomic
def store(content: bytes, *, name: str, alt: str = "", caption: str = "", owner=None) -> Photo:
    """
    Return the photo of the library with this picture, the same one for the same bytes.

    Raises ValidationError with a sentence when it is no picture that can be taken.
    """
    digest = hashlib.sha256(content).hexdigest()
    if known := ImportedPhoto.objects.filter(digest=digest).select_related("photo").first():
        return known.photo
    picture = images.reencode(SimpleUploadedFile(name, content))
    photo = Photo.objects.create(
        image=picture.file,
        alt_text=description(alt),
        caption=text.clean_line(caption)[:300],
        original_name=text.clean_line(name)[:200],
        owner=owner,
    )
    ImportedPhoto.objects.create(digest=digest, photo=photo)
    return photo


def store_file(file: Path, *, alt: str = "", caption: str = "") -> Photo:
    """Do what ``store`` does for a file, unless it is too large to be read at all."""
    if file.stat().st_size > images.MAX_BYTES:
        raise ValidationError(images.TOO_LARGE)
    return store(file.read_bytes(), name=file.name, alt=alt, caption=caption)


def description(alt: str) -> str:
    """Return the alternative text a person wrote, cut to the field; nothing for a machine's."""
    alt = text.clean_line(alt)
    return "" if _MADE_BY_MACHINE.search(text.fold(alt)) else alt[:250]


def _path_of(address: str) -> PurePosixPath:
    try:
        return PurePosixPath(unquote(urlsplit(address.strip()).path).replace("\x00", ""))
    except ValueError:  # «http://[»
        return PurePosixPath()
