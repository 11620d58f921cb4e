"""Pictures that came with pasted text as data instead of a file."""

import base64
import binascii
import re
from html import escape, unescape
from typing import NamedTuple

from django.core.exceptions import ValidationError

from news.importers import pictures

_PICTURE = re.compile(r"<img\b[^<>]*+>", re.IGNORECASE)
_IS_DATA = re.compile(r"""\ssrc=["']data:""", re.IGNORECASE)
_SOURCE = re.compile(r"""\ssrc=["']data:image/([a-z.+-]+);base64,([^"']*+)["']""", re.IGNORECASE)
_ALT = re.compile(r"""\salt=(["'])(.*?)\1""", re.IGNORECASE | re.DOTALL)


class TakenIn(NamedTuple):
    html: str
    stored: int
    refused: list[str]  # why each picture that is left out was


def take_in(html: str, *, owner) -> TakenIn:
    """Return HTML whose pictures given as data lie in the library now, or are left out."""
    stored, refused = [], []

    def library_picture(tag: re.Match) -> str:
        if not _IS_DATA.search(tag[0]):
            return tag[0]
        try:
            photo = _stored(tag[0], owner)
        except ValidationError as refusal:
            refused.extend(refusal.messages)
            return ""
        stored.append(photo)
        size = f'width="{photo.width}" height="{photo.height}"'
        return f'<img src="{photo.image.url}" alt="{escape(photo.shown_alt)}" {size}>'

    html = _PICTURE.sub(library_picture, html)
    return TakenIn(html, len(stored), refused)


def _stored(tag: str, owner):
    source, alt = _SOURCE.search(tag), _ALT.search(tag)
    try:
        content = base64.b64decode(source[2], validate=True) if source else b""
    except (binascii.Error, ValueError):
        content = b""
    return pictures.store(content, name="anh-dan", alt=unescape(alt[2]) if alt else "", owner=owner)
