"""
Smaller sizes of stored pictures, so that a phone does not fetch what a wall could show.

The worker makes them beside the picture, under names that follow from its own: AVIF for
nearly every browser, JPEG for the others, and one picture in the shape that previews of links
have. A picture never changes under its name, so neither do they.
"""

import functools
from io import BytesIO
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from django.core.exceptions import SuspiciousFileOperation
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from PIL import Image, ImageOps

from portal.images import FORMATS

WIDTHS = (480, 800, 1200)  # pixels: a list's picture, a phone, a desk
SHARE_SIZE = (1200, 630)  # pixels; what networks and chats show beside a link
SHARE_LEAST = 600  # pixels of width; what is cut from less would be a blur
KINDS = {".avif": "AVIF", ".jpg": "JPEG"}
OPTIONS = {
    # About WebP's 80 in the eye, at two thirds of the bytes. Of speed's 10 steps, slower ones
    # save a few percent at several times the work.
    "AVIF": {"quality": 50, "speed": 8},
    "JPEG": {"quality": 78, "progressive": True, "optimize": True},
}


class Rendition(NamedTuple):
    name: str  # in the media folder
    width: int  # pixels

    @property
    def url(self) -> str:
        return default_storage.url(self.name)


def of(name: str, width: int, extension: str = "avif") -> list[Rendition]:
    """
    Return the sizes a picture of a width has, narrowest first; none for what is small already.

    The widest is the picture's own width where that is below the largest of WIDTHS: what
    browsers choose from must not end below the picture.
    """
    if width <= WIDTHS[0]:
        return []
    widths = [*(narrower for narrower in WIDTHS[:-1] if narrower < width), min(width, WIDTHS[-1])]
    return [Rendition(_beside(name, f"{w}.{extension}"), w) for w in widths]


def srcset(sizes: list[Rendition]) -> str:
    """Return sizes as HTML's srcset says them."""
    return ", ".join(f"{size.url} {size.width}w" for size in sizes)


def share_name(name: str, focus: tuple[int, int]) -> str:
    """Return the name of the picture for previews, which is cut around the focus."""
    return _beside(name, "chia-se-{}-{}.jpg".format(*focus))


def make(name: str, focus: tuple[int, int] = (50, 50)) -> str:
    """
    Make the sizes of a stored picture, also over what is there.

    Return the name of the picture for previews cut around ``focus`` (percent from the left and
    the top), or nothing when the picture is too small for it. Raises OSError when the picture
    is gone or cannot be read.
    """
    with default_storage.open(name) as file, Image.open(file, formats=FORMATS) as picture:
        width, height = picture.size
        # JPEG is decoded at the fraction that is still enough for the widest size.
        picture.draft(None, (WIDTHS[-1], max(1, WIDTHS[-1] * height // width)))
        picture.load()
        share = _make_share(name, picture, focus)
        smaller = picture
        for size in reversed(of(name, width)):  # each from the one before: less to average
            shape = (size.width, max(1, round(height * size.width / width)))
            smaller = smaller.resize(shape, Image.Resampling.LANCZOS)
            _store(str(PurePosixPath(size.name).with_suffix(".jpg")), _on_white(smaller))
            _store(size.name, smaller)
    return share


def placement(focus: int) -> int:
    """
    Return where a cut is placed for a focus, both in percent, as CSS's object-position has it.

    Half of the picture is what a cut mostly leaves; so much has the focus in its middle, and
    nearer to the edge the edge itself.
    """
    return min(100, max(0, 2 * focus - 50))


def are_made(name: str, width: int) -> bool:
    """Say whether the sizes of a picture are there; asks the disk until they are, not after."""
    sizes = of(name, width)
    try:
        # The narrowest is made last.
        return bool(sizes) and _is_file(default_storage.path(sizes[0].name))
    except FileNotFoundError:
        return False


def size_of(name: str) -> tuple[int, int] | None:
    """Return width and height of a stored picture; None when it is gone or not one."""
    try:
        return _pixels(default_storage.path(name))
    except (OSError, SuspiciousFileOperation):
        return None


def remove(name: str) -> None:
    """Delete a stored picture with everything made of it."""
    path = PurePosixPath(name)
    _, files = default_storage.listdir(str(path.parent))
    for file in files:
        if file == path.name or file.startswith(f"{path.stem}-"):
            default_storage.delete(str(path.with_name(file)))


# What is not there raises, and is asked again: only answers are remembered.
@functools.lru_cache(maxsize=4096)
def _is_file(path: str) -> bool:
    if not Path(path).is_file():
        raise FileNotFoundError(path)
    return True


@functools.lru_cache(maxsize=4096)
def _pixels(path: str) -> tuple[int, int]:
    with Image.open(path, formats=FORMATS) as picture:
        return picture.size


def _beside(name: str, ending: str) -> str:
    path = PurePosixPath(name)
    return str(path.with_name(f"{path.stem}-{ending}"))


def _make_share(name: str, picture: Image.Image, focus: tuple[int, int]) -> str:
    width, height = SHARE_SIZE
    if min(picture.width, picture.height * width / height) < SHARE_LEAST:
        return ""
    placed = tuple(placement(percent) / 100 for percent in focus)
    cut = ImageOps.fit(picture, SHARE_SIZE, Image.Resampling.LANCZOS, centering=placed)
    share = share_name(name, focus)
    _store(share, _on_white(cut))
    return share


def _on_white(picture: Image.Image) -> Image.Image:
    """Return the picture as JPEG can hold it: nothing shines through."""
    if not picture.has_transparency_data:
        return picture.convert("RGB")
    ground = Image.new("RGBA", picture.size, "white")
    return Image.alpha_composite(ground, picture.convert("RGBA")).convert("RGB")


def _store(name: str, picture: Image.Image) -> None:
    output = BytesIO()
    kind = KINDS[PurePosixPath(name).suffix]
    picture.save(output, kind, **OPTIONS[kind])
    default_storage.delete(name)  # what a stopped worker left half written
    default_storage.save(name, ContentFile(output.getvalue()))
