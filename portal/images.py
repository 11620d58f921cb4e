"""
Uploaded pictures: decoded within limits, stripped of all metadata, encoded again.

Nothing of the uploaded bytes is stored, so a picture that is also a script, a comment or a
place on the map does not survive. Names are random; the client's name is never used.
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
from PIL import Image, ImageOps

FORMATS = ("JPEG", "PNG", "WEBP", "GIF")
MAX_BYTES = 8 * 1024 * 1024
MAX_PIXELS = 25_000_000
MAX_SIDE = 8_000  # pixels, as uploaded
OUTPUT_SIDE = 2_560  # pixels, as stored
QUALITY = 82

REFUSED = "Tệp này hỏng hoặc không phải ảnh JPEG, PNG, WebP, GIF. Hãy chọn tệp ảnh khác."
TOO_LARGE = "Ảnh quá lớn: tối đa 8 MB và 25 triệu điểm ảnh, mỗi cạnh không quá 8.000 điểm ảnh."

# Decoding takes up to 130 MB; more than two at once would starve the readers.
_decoding = threading.BoundedSemaphore(2)


class Picture(NamedTuple):
    """A picture encoded by us."""

    file: ContentFile  # WebP, with a random name
    width: int  # pixels
    height: int  # pixels


def reencode(upload: UploadedFile) -> Picture:
    """
    Return the uploaded picture as WebP, upright, at most OUTPUT_SIDE on a side.

    Raises ValidationError with a sentence for the person who uploads.
    """
    if upload.size > MAX_BYTES:
        raise ValidationError(TOO_LARGE)
    with _decoding:
        image = _decode(upload)
        output = BytesIO()
        image.save(output, "WEBP", quality=QUALITY)
    name = f"{secrets.token_hex(16)}.webp"
    return Picture(ContentFile(output.getvalue(), name), *image.size)


def _decode(upload: UploadedFile) -> Image.Image:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(upload, formats=FORMATS) as image:
                if image.width * image.height > MAX_PIXELS or max(image.size) > MAX_SIDE:
                    raise ValidationError(TOO_LARGE)
                upright = ImageOps.exif_transpose(image)
                mode = "RGBA" if upright.has_transparency_data else "RGB"
                converted = upright.convert(mode)
                # A fresh image has no EXIF, no place, no comment.
                fresh = Image.new(mode, converted.size)
                fresh.paste(converted)
                fresh.thumbnail((OUTPUT_SIDE, OUTPUT_SIDE), Image.Resampling.LANCZOS)
                return fresh
    except ValidationError:
        raise
    except Exception as error:  # Pillow's parsers raise many kinds (a text bomb: ValueError)
        raise ValidationError(REFUSED) from error


class PictureFormField(forms.FileField):
    """An upload that is a picture, given back encoded again."""

    widget = forms.ClearableFileInput(attrs={"accept": "image/jpeg,image/png,image/webp,image/gif"})

    def clean(self, data, initial=None):
        upload = super().clean(data, initial)
        return reencode(upload).file if isinstance(upload, UploadedFile) else upload


class PictureField(models.ImageField):
    """A picture that was uploaded by staff; forms encode it again."""

    def formfield(self, **kwargs):
        # The uploaded file's own name is thrown away, however long it is.
        return super().formfield(**{**kwargs, "form_class": PictureFormField, "max_length": None})
