"""
Uploaded pictures: decoded within limits, stripped of all metadata, encoded again.

Nothing of the uploaded bytes is stored, so a picture that is also a script, a comment or a
place on the map does not survive. Names are random; the client's name is never used.

Somebody waits for the answer, so that no more is done here than to make the picture safe;
the sizes readers get are the worker's (portal/renditions.py).
"""

import secrets
import threading
import warnings
from io import BytesIO
from typing import NamedTuple

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import models
from PIL import Image, ImageCms, ImageOps

FORMATS = ("JPEG", "PNG", "WEBP", "GIF")
ACCEPTED = "image/jpeg,image/png,image/webp,image/gif"  # as an upload field says it
MAX_BYTES = 20 * 1024 * 1024
MAX_PIXELS = 25_000_000
MAX_SIDE = 8_000  # pixels, as uploaded
OUTPUT_SIDE = 2_560  # pixels, as stored
TRANSPARENT_SIDE = 1_600  # a logo or a drawing; WebP takes four times as long as JPEG
QUALITY = 88  # every size shown is made of what is stored

REFUSED = "Tệp này hỏng hoặc không phải ảnh JPEG, PNG, WebP, GIF. Hãy chọn tệp ảnh khác."
TOO_LARGE = "Ảnh quá lớn: tối đa 20 MB và 25 triệu điểm ảnh, mỗi cạnh không quá 8.000 điểm ảnh."

# Decoding takes up to 220 MB; more than two at once would starve the readers.
_decoding = threading.BoundedSemaphore(2)
_SRGB = ImageCms.createProfile("sRGB")


class Picture(NamedTuple):
    """A picture encoded by us."""

    file: ContentFile  # JPEG, or WebP where something is transparent; with a random name
    width: int  # pixels
    height: int  # pixels


def reencode(upload: UploadedFile) -> Picture:
    """
    Return the uploaded picture encoded anew: upright, in sRGB, at most OUTPUT_SIDE on a side.

    Of what moves, the first picture. Raises ValidationError with a sentence for the person
    who uploads.
    """
    if upload.size > MAX_BYTES:
        raise ValidationError(TOO_LARGE)
    with _decoding:
        image = _decode(upload)
        output = BytesIO()
        if image.mode == "RGBA":
            image.save(output, "WEBP", quality=QUALITY, method=0)
        else:
            image.save(output, "JPEG", quality=QUALITY)
    extension = "webp" if image.mode == "RGBA" else "jpg"
    name = f"{secrets.token_hex(16)}.{extension}"
    return Picture(ContentFile(output.getvalue(), name), *image.size)


def _decode(upload: UploadedFile) -> Image.Image:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(upload, formats=FORMATS) as image:
                if image.width * image.height > MAX_PIXELS or max(image.size) > MAX_SIDE:
                    raise ValidationError(TOO_LARGE)
                return _made_safe(image)
    except ValidationError:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise ValidationError(TOO_LARGE) from error
    except Exception as error:  # Pillow's parsers raise many kinds (a text bomb: ValueError)
        raise ValidationError(REFUSED) from error


def _made_safe(image: Image.Image) -> Image.Image:
    """Return a picture in RGB or RGBA with nothing beside its points."""
    side = TRANSPARENT_SIDE if image.has_transparency_data else OUTPUT_SIDE
    scale = min(1, side / max(image.size))
    # JPEG is decoded at a fraction: a quarter of the points, a quarter of the time.
    image.draft(None, tuple(max(1, round(length * scale)) for length in image.size))
    smaller = _with_plain_points(image)
    smaller.thumbnail((side, side), Image.Resampling.BICUBIC, reducing_gap=1.0)
    # Turned first: the conversion of colours forgets what EXIF says.
    upright = _in_srgb(ImageOps.exif_transpose(smaller), image.info.get("icc_profile"))
    mode = "RGBA" if _is_transparent(upright) else "RGB"
    fresh = Image.new(mode, upright.size)  # has no EXIF, no place, no comment
    fresh.paste(upright.convert(mode))
    return fresh


def _with_plain_points(image: Image.Image) -> Image.Image:
    """Return a picture whose points can be averaged: no palette, eight bits a channel."""
    if image.mode.startswith("I"):
        return image.point(lambda value: value / 256).convert("L")
    if image.mode in {"RGB", "RGBA", "L", "CMYK"} and "transparency" not in image.info:
        return image
    return image.convert("RGBA" if image.has_transparency_data else "RGB")


def _in_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """Return the picture in the colours every screen shows, if it says which ones it has."""
    if not profile:
        return image
    mode = "RGBA" if image.mode == "RGBA" else "RGB"
    try:
        stated = ImageCms.ImageCmsProfile(BytesIO(profile))
        if "sRGB" in ImageCms.getProfileDescription(stated):
            return image
        return ImageCms.profileToProfile(image, stated, _SRGB, outputMode=mode)
    except (ImageCms.PyCMSError, OSError, ValueError):  # the profile is broken or another mode's
        return image


def _is_transparent(image: Image.Image) -> bool:
    """Say whether anything can be seen through; many screenshots only could have let it."""
    return image.mode == "RGBA" and image.getextrema()[3][0] < 255


class PictureFormField(forms.FileField):
    """An upload that is a picture, given back encoded again."""

    widget = forms.ClearableFileInput(attrs={"accept": ACCEPTED})

    def clean(self, data, initial=None):
        upload = super().clean(data, initial)
        return reencode(upload).file if isinstance(upload, UploadedFile) else upload


class PictureField(models.ImageField):
    """A picture that was uploaded by staff; forms encode it again."""

    def formfield(self, **kwargs):
        # The uploaded file's own name is thrown away, however long it is.
        return super().formfield(**{**kwargs, "form_class": PictureFormField, "max_length": None})
