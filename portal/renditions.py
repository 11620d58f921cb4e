"""
Smaller sizes of stored pictures, so that a phone does not fetch what a wall could show.

The worker makes them as AVIF beside the picture, under names that follow from its own; the
picture itself stays what browsers without AVIF get.
"""

from io import BytesIO
from pathlib import PurePosixPath
from typing import NamedTuple

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from PIL import Image

WIDTHS = (480, 800, 1200)  # pixels: a list's picture, a phone, a desk
QUALITY = 50  # AVIF's; in the eye about WebP's 80, at two thirds of the bytes
SPEED = 8  # of 10; slower saves a few percent at several times the work


class Rendition(NamedTuple):
    name: str  # in the media folder
    width: int  # pixels

    @property
    def url(self) -> str:
        return default_storage.url(self.name)


def of(name: str, width: int) -> list[Rendition]:
    """Return the sizes a picture of a width has: each narrower than it is, narrowest first."""
    path = PurePosixPath(name)
    return [
        Rendition(str(path.with_name(f"{path.stem}-{narrower}.avif")), narrower)
        for narrower in WIDTHS
        if narrower < width
    ]


def make(name: str) -> None:
    """
    Make the sizes of a stored picture that are not there yet.

    Raises OSError when the picture is gone or cannot be read.
    """
    with default_storage.open(name) as file, Image.open(file) as picture:
        picture.load()
        for rendition in of(name, picture.width):
            if not default_storage.exists(rendition.name):
                default_storage.save(rendition.name, _encoded(picture, rendition.width))


def _encoded(picture: Image.Image, width: int) -> ContentFile:
    height = max(1, round(picture.height * width / picture.width))
    output = BytesIO()
    resized = picture.resize((width, height), Image.Resampling.LANCZOS)
    resized.save(output, "AVIF", quality=QUALITY, speed=SPEED)
    return ContentFile(output.getvalue())
