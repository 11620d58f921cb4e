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
    """
    Return the sizes a picture of a width has, narrowest first; none for what is small already.

    The widest is the picture's own width where that is below the largest of WIDTHS: what
    browsers choose from must not end below the picture.
    """
    if width <= WIDTHS[0]:
        return []
    widths = [*(narrower for narrower in WIDTHS[:-1] if narrower < width), min(width, WIDTHS[-1])]
    path = PurePosixPath(name)
    return [Rendition(str(path.with_name(f"{path.stem}-{w}.avif")), w) for w in widths]


def make(name: str) -> None:
    """
    Make the sizes of a stored picture, also over what is there.

    Raises OSError when the picture is gone or cannot be read.
    """
    with default_storage.open(name) as file, Image.open(file) as picture:
        picture.load()
        for rendition in of(name, picture.width):
            encoded = _encoded(picture, rendition.width)
            default_storage.delete(rendition.name)  # what a stopped worker left half written
            default_storage.save(rendition.name, encoded)


def _encoded(picture: Image.Image, width: int) -> ContentFile:
    height = max(1, round(picture.height * width / picture.width))
    output = BytesIO()
    resized = picture.resize((width, height), Image.Resampling.LANCZOS)
    resized.save(output, "AVIF", quality=QUALITY, speed=SPEED)
    return ContentFile(output.getvalue())
