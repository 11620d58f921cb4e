"""The HTML of imported texts: pictures from the library, links to where things are now."""

from collections.abc import Callable
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from news.importers import pictures
from news.importers.items import Picture
from news.models import Photo
from portal import fragments, wordmarkup

_EMBEDDED = ("iframe", "object", "embed", "video", "audio")
_TO_DO = ("<img", "<a", *(f"<{name}" for name in _EMBEDDED))


class Rewritten(NamedTuple):
    html: str
    notes: list[str]
    rewritten: int  # links that lead to the article here
    kept: int  # links that still lead to the old portal


class Surroundings(NamedTuple):
    """What a text's addresses lead to."""

    photo_at: Callable[[Picture], Photo | None]
    article_at: Callable[[str], str]  # its address here; empty when unknown
    is_old: Callable[[str], bool]  # leads to the old portal


def rewrite(html: str, around: Surroundings) -> Rewritten:
    """Return imported HTML with its pictures and links led to this portal."""
    if not any(tag in html.lower() for tag in _TO_DO):
        return Rewritten(html, [], 0, 0)
    root = fragments.parse(html)
    notes = _without_embedded(root)
    missing = [
        image.get("src", "") for image in list(root.iter("img")) if not _led_here(image, around)
    ]
    notes += [f"Không lấy được ảnh {short(address)}." for address in missing]
    links = [_link(link, around) for link in list(root.iter("a"))]
    return Rewritten(wordmarkup.inside(root), notes, links.count("rewritten"), links.count("kept"))


def show(image, photo: Photo) -> None:
    """Make an element show a photo of the library."""
    written = pictures.description(image.get("alt", "")) or photo.alt_text
    image.attrib.clear()
    shown = {"src": photo.image.url, "alt": written}
    for name, value in (shown | {"width": str(photo.width), "height": str(photo.height)}).items():
        image.set(name, value)


def _led_here(image, around: Surroundings) -> bool:
    """Make an image show the library's picture; remove it, said by False, where there is none."""
    picture = Picture(image.get("src", ""), image.get("alt", ""))
    link = image.getparent()
    if photo := around.photo_at(picture):
        show(image, photo)
    else:
        image.drop_tree()
    # A picture that linked to its larger self.
    if link.tag == "a" and pictures.is_picture(link.get("href", "")):
        link.drop_tag()
    return photo is not None


def _link(link, around: Surroundings) -> str:
    """Lead a link to the article here where that is known; say what was done."""
    address = link.get("href", "")
    if here := around.article_at(address):
        link.set("href", here)
        return "rewritten"
    return "kept" if around.is_old(address) else ""


def _without_embedded(root) -> list[str]:
    embedded = list(root.iter(*_EMBEDDED))
    notes = [
        f"Đã bỏ khung nhúng {short(one.get('src') or one.get('data') or '')}." for one in embedded
    ]
    for one in embedded:
        if one.getparent() is not None:
            one.drop_tree()
    return notes


def short(address: str) -> str:
    """Return an address as a note shows it: its end says which picture it is."""
    address = unquote(address)
    return address if len(address) <= 80 else f"…{address[-78:]}"


def old_path(address: str) -> str:
    """Return what identifies a page within its portal: path and query, without the end's slash."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    path = unquote(parts.path).rstrip("/")
    return f"{path}?{parts.query}" if parts.query else path


def host(address: str) -> str:
    """Return the host of an address without «www.»; empty for one within its portal."""
    try:
        return (urlsplit(address).hostname or "").removeprefix("www.")
    except ValueError:
        return ""
