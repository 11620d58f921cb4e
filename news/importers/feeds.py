"""Articles out of an RSS or Atom feed saved to a file."""

from pathlib import Path
from urllib.parse import urlsplit

from lxml import etree

from news.importers import items, streams
from news.importers.items import BrokenItem, Item, Items, Picture
from portal import fragments, text
from portal.richtext import plain_text

ATOM = "{http://www.w3.org/2005/Atom}"
DC = "{http://purl.org/dc/elements/1.1/}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
MEDIA = "{http://search.yahoo.com/mrss/}"
RSS1 = "{http://purl.org/rss/1.0/}"


def read(path: Path) -> Items:
    """Yield the entries of RSS 0.9x, 1.0, 2.0 and Atom."""
    found = streams.elements(path, "item", f"{RSS1}item", f"{ATOM}entry")
    for number, element in enumerate(found, 1):
        if isinstance(element, BrokenItem):
            yield element
            continue
        place = f"mục {number}"
        try:
            yield _entry(place, element) if element.tag == f"{ATOM}entry" else _item(place, element)
        except (ValueError, TypeError, OverflowError) as error:
            yield BrokenItem(place, str(error))


def _item(place: str, element) -> Item:
    prefix = RSS1 if element.tag.startswith(RSS1) else ""

    def said(*names: str) -> str:
        return _first(element, *(prefix + name for name in names))

    description, content = said("description"), _first(element, CONTENT)
    lead, body = _lead_and_body(description, content)
    address = said("link").strip()
    return _made(
        place,
        key=said("guid") or address,
        title=said("title"),
        lead=lead,
        body=body,
        address=address,
        categories=[category.text or "" for category in element.findall(f"{prefix}category")],
        byline=_first(element, f"{DC}creator") or said("author"),
        source=said("source"),
        published=said("pubDate") or _first(element, f"{DC}date"),
        cover=_cover(element) or _first_picture(description),
    )


def _entry(place: str, element) -> Item:
    lead, body = _lead_and_body(_atom_text(element, "summary"), _atom_text(element, "content"))
    links = element.findall(f"{ATOM}link")
    address = next((a.get("href", "") for a in links if a.get("rel") in {None, "alternate"}), "")
    categories = element.findall(f"{ATOM}category")
    return _made(
        place,
        key=_first(element, f"{ATOM}id") or address,
        title=plain_text(_atom_text(element, "title")),
        lead=lead,
        body=body,
        address=address,
        categories=[category.get("label") or category.get("term", "") for category in categories],
        byline=_first(element, f"{ATOM}author/{ATOM}name"),
        source=_first(element, f"{ATOM}source/{ATOM}title"),
        published=_first(element, f"{ATOM}published", f"{ATOM}updated"),
        cover=_cover(element),
    )


def _made(place, *, key, title, address, categories, published, cover, **values) -> Item:
    """Return the item; its first category files it, the others are its topics."""
    title = text.clean_line(title)
    if not title:
        raise ValueError("Không có tiêu đề.")
    try:
        moment = items.moment(published)
    except (ValueError, TypeError, OverflowError):
        raise ValueError(f"Không đọc được ngày đăng: “{published[:40]}”.") from None
    category, *tags = [name for name in map(text.clean_line, categories) if name] or [""]
    parts = urlsplit(address)
    return Item(
        place=place,
        key=text.clean_line(key) or title,
        title=title,
        slug="" if parts.query else text.slug(parts.path.rstrip("/").rpartition("/")[2]),
        address=address,
        category=(category,) if category else (),
        tags=tuple(tags),
        published_at=moment,
        cover=Picture(cover) if cover else None,
        **values,
    )


def _first(element, *paths: str) -> str:
    """Return the text of the first of these that is there and says something."""
    texts = (found.text for path in paths for found in element.findall(path))
    return next((text.strip() for text in texts if text and text.strip()), "")


def _atom_text(element, name: str) -> str:
    """Return a text of Atom as HTML, however it is carried."""
    found = element.find(f"{ATOM}{name}")
    if found is None:
        return ""
    if found.get("type") == "xhtml":
        inner = "".join(etree.tostring(child, encoding="unicode") for child in found)
        return inner.replace("html:", "")
    return found.text or ""


def _lead_and_body(summary: str, content: str) -> tuple[str, str]:
    """Return the lead as plain text; a summary alone that is a whole text becomes the body."""
    summary_lines = plain_text(summary) if summary else ""
    if content or len(summary_lines.splitlines()) <= 1:
        return summary_lines, content
    return "", summary


def _cover(element) -> str:
    candidates = (
        *element.findall("enclosure"),
        *element.findall(f"{MEDIA}content"),
        *element.findall(f"{MEDIA}thumbnail"),
        *(link for link in element.findall(f"{ATOM}link") if link.get("rel") == "enclosure"),
    )
    for candidate in candidates:
        kind = candidate.get("type") or candidate.get("medium") or "image"
        if kind.startswith("image") and (address := candidate.get("url") or candidate.get("href")):
            return address
    return ""


def _first_picture(markup: str) -> str:
    if "<img" not in markup:
        return ""
    root = fragments.parse(markup)
    return next((image.get("src", "") for image in root.iter("img")), "")
