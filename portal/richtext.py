"""
Rich text: the editor's field and the one sanitiser.

Whatever writes rich text (editor, importer, shell) is cleaned when it is saved, and what
SQL may have stored is cleaned once more when it is shown or handed to the editor. The
public pages allow no style attribute, so their policy needs no 'unsafe-inline'.
"""

import functools
import itertools
import re
from collections import Counter
from collections.abc import Callable
from html import unescape
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

import nh3
from ckeditor.widgets import CKEditorWidget
from django.conf import settings
from django.contrib.admin import ModelAdmin
from django.core.exceptions import ValidationError
from django.db import models
from django.forms import Media
from django.forms.widgets import Script
from django.utils.decorators import method_decorator
from django.utils.html import escape, strip_tags
from django.utils.safestring import SafeString, mark_safe

from portal import fragments, renditions, text, wordmarkup
from portal.security import EDITOR_CSP, csp_override

MAX_LENGTH = 500_000  # characters of HTML; a long article has 10,000
MAX_DEPTH = 100  # nested elements; 20,000 took the sanitiser over a second

TAGS = set(
    """
    p br hr h2 h3 h4 strong b em i u s sub sup small blockquote q cite abbr code pre
    ul ol li dl dt dd a img figure figcaption
    table caption colgroup col thead tbody tfoot tr th td data
    """.split()
)
ATTRIBUTES = {
    "a": {"href", "title"},
    "abbr": {"title"},
    "img": {"src", "alt", "width", "height"},
    "ol": {"start"},
    "col": {"span"},
    "colgroup": {"span"},
    "data": {"value"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
}
_WITHOUT_CONTENT = set("script style title xml iframe object svg math template".split())
URL_SCHEMES = {"http", "https", "mailto", "tel"}
_CLOSE_THEMSELVES = {"br", "hr", "img", "col", "p", "li", "td", "th", "tr"}
_NUMBERS = {"width": 4, "height": 4, "colspan": 2, "rowspan": 2, "span": 2, "start": 4}  # digits


def clean_html(html: str) -> str:
    """
    Return ``html`` with only what a published text may contain, in NFC.

    Cleaning twice gives the same text. Raises ValidationError when the input is longer
    than MAX_LENGTH or nested deeper than MAX_DEPTH.
    """
    if len(html) > MAX_LENGTH:
        raise ValidationError("Nội dung dài quá 500.000 ký tự; hãy chia thành nhiều bài.")
    _refuse_depth(html)
    html = re.sub(r"(?i)<(/?)h1\b", r"<\1h2", wordmarkup.tidy(text.clean(html)))
    # The first pass turns «&#x200b;» into the character itself: only then can it be removed,
    # and only after that can an address be judged that hid behind it.
    once = _without_stray_data(_sanitise(html))
    cleaned = _without_empty_pictures(_sanitise(text.clean(once)))
    cleaned = wordmarkup.without_leftovers(_without_stray_data(cleaned))
    _refuse_depth(cleaned)
    return cleaned


class Explained(NamedTuple):
    """What is shown with a number that a text took from the portal's data; plain words."""

    address: str  # of the page about it
    title: str  # what the number is
    remark: str  # in small type after it


def show(html: str, explain: Callable[[str, str], Explained | None] | None = None) -> SafeString:
    """
    Return stored rich text for a template: cleaned again, marked safe here alone.

    Second-level headings get the addresses of ``headings``; tables a frame to scroll in;
    pictures their shape and the sizes there are. Numbers from the portal's data are mere words
    unless ``explain``, asked with value and words, tells what is to stand with them.
    """
    numbers = itertools.count(1)
    depth = 0  # of tables in tables; the outermost has the frame
    links = 0  # that are open: none goes inside another
    told = None  # of the number that is open

    def present(tag: re.Match) -> str:
        nonlocal depth, links, told
        if tag[0] == "<h2>":
            return f'<h2 id="{_heading_id(next(numbers))}">'
        if tag[0] == "<table>":
            depth += 1
            return f"{_TABLE_FRAME}<table>" if depth == 1 else "<table>"
        if tag[0] == "</table>":
            depth -= 1
            return "</table></div>" if depth == 0 else "</table>"
        if tag[2] == "a":
            links += -1 if tag[1] else 1
        if tag[2] == "data":
            if tag[1]:
                return _after_number(told, is_linked=not links)
            told = explain and explain(*_number_from(tag))
            return _before_number(told, is_linked=not links)
        return _picture(tag[0]) if tag[0].startswith("<img") else tag[0]

    return mark_safe(_TAG.sub(present, stored_html(html)))


def numbers_of_data(html: str) -> list[tuple[str, str]]:
    """Return value and words of each number that a stored text took from the portal's data."""
    if "<data" not in html:
        return []
    return [_number_from(tag) for tag in _NUMBER.finditer(stored_html(html))]


def _number_from(tag: re.Match) -> tuple[str, str]:
    """Return value and words of the element that begins with ``tag``."""
    element = _NUMBER.match(tag.string, tag.start())
    return element["value"], unescape(strip_tags(element["words"]))


def _before_number(told: Explained | None, *, is_linked: bool) -> str:
    if told is None or not is_linked:
        return ""
    return f'<a href="{escape(told.address)}" title="{escape(told.title)}">'


def _after_number(told: Explained | None, *, is_linked: bool) -> str:
    if told is None:
        return ""
    remark = f" <small>({escape(told.remark)})</small>" if told.remark else ""
    return f"{'</a>' if is_linked else ''}{remark}"


def headings(html: str) -> list[tuple[str, str]]:
    """Return id and words of the second-level headings that ``show`` prints, but empty ones."""
    root = fragments.parse(stored_html(html))
    found = (
        (_heading_id(number), " ".join(heading.text_content().split()))
        for number, heading in enumerate(root.iter("h2"), 1)
    )
    return [(anchor, words) for anchor, words in found if words]


def _heading_id(number: int) -> str:
    return f"muc-{number}"


def _picture(tag: str) -> str:
    """Return a picture of a text with its shape and the sizes a screen chooses from."""
    attributes = dict(_ATTRIBUTE.findall(tag)) | {"loading": "lazy"}
    name = unquote(unescape(attributes["src"])).removeprefix(settings.MEDIA_URL)
    if pixels := renditions.size_of(name):
        whole_width, whole_height = pixels
        width = int(attributes.get("width") or 0)
        height = int(attributes.get("height") or 0)
        width = width or round(height * whole_width / whole_height) or whole_width
        attributes["width"] = width
        attributes["height"] = height or max(1, round(width * whole_height / whole_width))
        if renditions.are_made(name, whole_width):
            return _with_sizes(attributes, name, whole_width)
    return _tag("img", attributes)


def _with_sizes(attributes: dict, name: str, width: int) -> str:
    shown = attributes["width"]
    sizes = f"(min-width: {shown}px) {shown}px, 100vw" if shown < 672 else TEXT_SIZES
    avif, jpeg = renditions.of(name, width), renditions.of(name, width, "jpg")
    source = {"type": "image/avif", "srcset": renditions.srcset(avif), "sizes": sizes}
    picture = attributes | {
        "src": jpeg[-1].url,
        "srcset": renditions.srcset(jpeg),
        "sizes": sizes,
    }
    return f"<picture>{_tag('source', source)}{_tag('img', picture)}</picture>"


def _tag(name: str, attributes: dict) -> str:
    """Return a tag; its values were cleaned and escaped, or are ours."""
    written = " ".join(f'{key}="{value}"' for key, value in attributes.items())
    return f"<{name} {written}>"


TEXT_SIZES = "(min-width: 64rem) 42rem, 100vw"  # how wide the column of a text is
_ATTRIBUTE = re.compile(r'([a-z]+)="([^"]*)"')
_TABLE_FRAME = '<div class="table-frame" role="group" tabindex="0" aria-label="Bảng">'


@functools.lru_cache(maxsize=32)  # one page asks several times for the same few texts
def stored_html(html: str) -> str:
    """Return stored rich text, cleaned again; its bare words if it cannot be cleaned."""
    try:
        return clean_html(html)
    except ValidationError:  # only SQL can have stored it
        return nh3.clean_text(strip_tags(html))


def _sanitise(html: str) -> str:
    return nh3.clean(
        html,
        tags=TAGS,
        clean_content_tags=_WITHOUT_CONTENT,
        attributes=ATTRIBUTES,
        attribute_filter=_allowed_value,
        url_schemes=URL_SCHEMES,
        link_rel="noopener noreferrer",
    )


def _allowed_value(tag: str, name: str, value: str) -> str | None:
    """Return the attribute's value, or None to drop the attribute."""
    if name in _NUMBERS:
        return (
            value if value.isascii() and value.isdigit() and len(value) <= _NUMBERS[name] else None
        )
    if name == "scope":
        return value if value in {"row", "col", "rowgroup", "colgroup"} else None
    if tag == "data":
        return value if DATA_VALUE.fullmatch(value) else None
    if tag == "img" and name == "src":
        return value if _is_own_media(value) else None
    return value


def _is_own_media(address: str) -> bool:
    """Say whether a picture lies in our media folder: no hot-linking, no way out of it."""
    path = unquote(address)
    if not address.startswith(settings.MEDIA_URL) or "\\" in path or "//" in path:
        return False
    return not urlsplit(address).netloc and ".." not in path.split("/")


def _without_empty_pictures(html: str) -> str:
    """Remove pictures whose address was refused; nothing else is rewritten."""
    return re.sub(r"<img(?![^>]*\ssrc=)[^>]*>", "", html)


def _without_stray_data(html: str) -> str:
    """Keep numbers of the portal's data that say which they are, in words alone."""
    is_kept = False  # the one that is open

    def keep(tag: re.Match) -> str:
        nonlocal is_kept
        if tag[2] != "data":
            return tag[0]
        if not tag[1]:
            found = _NUMBER.match(html, tag.start())
            is_kept = found is not None and bool(unescape(strip_tags(found["words"])).strip())
        kept, is_kept = is_kept, is_kept and not tag[1]
        return tag[0] if kept else ""

    return _TAG.sub(keep, html) if "data" in html else html


def _refuse_depth(html: str) -> None:
    """
    Raise ValidationError for elements nested deeper than MAX_DEPTH.

    Exact for what the sanitiser gives; before it, a cheap guard against what would take it
    long, which comments and quotes do not deceive.
    """
    open_elements: Counter[str] = Counter()
    depth = 0
    for closing, name in _TAG.findall(_COMMENT.sub("", html.lower())):
        if name in _CLOSE_THEMSELVES:
            continue
        if not closing:
            open_elements[name] += 1
            depth += 1
        elif open_elements[name]:
            open_elements[name] -= 1
            depth -= 1
        if depth > MAX_DEPTH:
            raise ValidationError(
                "Nội dung có quá nhiều phần lồng nhau; hãy dán lại dưới dạng văn bản thường."
            )


# Which figure: indicator, territory, year, months counted; its target where that is meant.
DATA_VALUE = re.compile(
    r"[A-Za-z0-9][A-Za-z0-9._-]{0,29}/[A-Za-z0-9_-]{1,60}/[0-9]{4}/(?:1[0-2]|[1-9])(?:/ke-hoach)?"
)
_NUMBER = re.compile(
    r'<data value="(?P<value>[^"]+)">'
    r"(?P<words>(?:[^<]|</?(?:strong|em|b|i|u|s|sub|sup)>)++)</data>"
)
_COMMENT = re.compile(r"<!--.*?(?:-->|$)|<[!?][^>]*>", re.DOTALL)
# A whole tag, with whatever its attributes quote. Nothing is read twice (the + after *), and
# what is never closed ends with the text: hostile input takes no longer than its length.
_TAG = re.compile(r"""<(/?)([a-z][^\s/>]*+)(?:[^>"']|"[^"]*(?:"|\Z)|'[^']*(?:'|\Z))*+(?:>|\Z)""")


def plain_text(html: str) -> str:
    """Return the text of rich text, one line per paragraph, heading, item or cell."""
    return "\n".join(paragraphs(html))


def paragraphs(html: str) -> list[str]:
    """Return the text blocks of rich text in reading order; empty ones left out."""
    return lines(fragments.parse(html)) if html.strip() else []


def lines(root) -> list[str]:
    """Return the text blocks of parsed rich text, whose tree is spent by it."""
    for block in root.iter("p", "h2", "h3", "h4", "li", "td", "th", "figcaption", "br", "dt", "dd"):
        block.tail = "\n" + (block.tail or "")
        if block.tag != "br":
            block.text = "\n" + (block.text or "")
    found = (" ".join(line.split()) for line in root.text_content().split("\n"))
    return [line for line in found if line]


class RichTextWidget(CKEditorWidget):
    """The editor, given only clean text: its own filter has known holes."""

    @property
    def media(self):
        # A module runs after the editor's own scripts, whatever order forms merge them in.
        names = ("editor", "paste", "editor-figures")
        modules = [Script(f"js/{name}.js", type="module") for name in names]
        return super().media + Media(js=modules)

    def format_value(self, value):
        return stored_html(value) if value else ""


class RichTextField(models.TextField):
    """HTML written by staff; cleaned on every save."""

    def pre_save(self, model_instance, add):
        cleaned = clean_html(getattr(model_instance, self.attname) or "")
        setattr(model_instance, self.attname, cleaned)
        return cleaned

    def clean(self, value, model_instance):
        return clean_html(super().clean(value, model_instance))

    def formfield(self, **kwargs):
        return super().formfield(**{**kwargs, "widget": RichTextWidget()})


@method_decorator(csp_override(EDITOR_CSP), name="changeform_view")
class EditorAdmin(ModelAdmin):
    """The admin of a model with rich text; only its form page gets the editor's policy."""
