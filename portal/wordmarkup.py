"""What Word and other editors leave in HTML: faked lists, empty paragraphs, meant styles."""

import re
from typing import NamedTuple

from lxml import etree
from lxml import html as lxml_html

from portal import fragments

# Markup that only an editor's clipboard leaves; texts without it are not touched.
_TRACES = re.compile(
    r"""\bmso-|class=["']?Mso|<o:p|<!--\[if|<!\[if|<font\b|<xml\b|urn:schemas-microsoft|docs-internal-guid"""
    r"""|<span[^>]+style|[·§](?:&nbsp;|\u00a0|\s){2}""",
    re.IGNORECASE,
)
_SPACES = re.compile(r"[ \t\n\u00a0\u2000-\u200a\u202f\u3000]+")
_EMPTY = {"p", "strong", "b", "em", "i", "u", "s", "sub", "sup", "small", "span", "font"}
_BULLET = re.compile(r"[·•▪●◦§]\s*|[-–—+]\s+")
_NUMBER = re.compile(r"(\d{1,2})[.)]\s+")
_SIGN = re.compile(r"(?:[·•▪●◦§o+–—-]|(\d{1,2}|[a-z])[.)])(?:\u00a0|\s){2,}")
_LEVEL_KEPT = "data-level"
_LEVEL = re.compile(r"mso-list:\s*l\d+\s+level(\d)")
# Styles that carry meaning, and the element that says the same.
_MEANT = (
    (re.compile(r"font-weight:\s*(?:bold|[6-9]00)"), "strong"),
    (re.compile(r"font-style:\s*italic"), "em"),
    (re.compile(r"vertical-align:\s*super"), "sup"),
    (re.compile(r"vertical-align:\s*sub"), "sub"),
)
_NOT_BOLD = re.compile(r"font-weight:\s*(?:normal|400)")
_LEADS_NOWHERE = re.compile(r"#(?:_|heading=|bookmark=|id\.|cmnt|sdfootnote)|file:", re.IGNORECASE)
# As the sanitiser writes them. Links cannot stand in links, so the next end is theirs.
_ANCHOR = re.compile(r'<a(?: href="#_[^"]*")? rel="noopener noreferrer">((?:[^<]|<(?!/a>))*+)</a>')
_SPACE_RUN = re.compile(r"(?: |&nbsp;){2,}")
_EMPTY_PARAGRAPH = re.compile(r"<(p|strong|em|b|i|u)>(?:\s|&nbsp;|<br>)*+</\1>")
_ISLANDS = ("xml", "head", "title", "meta", "link", "style", "script")


def tidy(html: str) -> str:
    """Return HTML without the traces of the editor it was copied from; other HTML as it is."""
    if not _TRACES.search(html):
        return html
    root = fragments.parse(html)
    for island in list(root.iter(*_ISLANDS)):
        island.drop_tree()
    _mark_lists(root)
    _without_styles(root)
    unlink(root)
    make_lists(root)
    normalise_spaces(root)
    drop_empty(root)
    return inside(root)


def without_leftovers(html: str) -> str:
    """
    Return sanitised HTML without what shows nothing: empty paragraphs, anchors, runs of spaces.

    Works on the sanitiser's own way of writing and changes nothing else of it.
    """
    html = _ANCHOR.sub(r"\1", html)
    if "<pre" not in html:
        html = _SPACE_RUN.sub(lambda run: " " if "&" in run[0] else run[0], html)
    while (shorter := _EMPTY_PARAGRAPH.sub("", html)) != html:
        html = shorter
    return html


def inside(root) -> str:
    """Return what stands inside an element, as HTML."""
    outer = lxml_html.tostring(root, encoding="unicode", with_tail=False)
    return outer.partition(">")[2].rpartition("</")[0]


def normalise_spaces(root) -> None:
    """Make every run of spaces one space, no-break spaces and tabs among them."""
    for element in root.iter():
        if not isinstance(element.tag, str) or element.tag == "pre":
            continue
        if element.text:
            element.text = _SPACES.sub(" ", element.text)
    for element in root.iter():
        if element.tail and not any(parent.tag == "pre" for parent in element.iterancestors()):
            element.tail = _SPACES.sub(" ", element.tail)


def drop_empty(root) -> None:
    """Remove paragraphs and inline elements that hold nothing to see."""
    for element in reversed(list(root.iter(*_EMPTY))):
        shown = next(element.iter("img", "table", "hr"), None)
        if shown is not None or element.text_content().strip():
            continue
        if element.tag == "p":
            element.drop_tree()
        else:
            element.drop_tag()


def unlink(root) -> None:
    """Keep the words of links to places that only the former document had."""
    for link in list(root.iter("a")):
        address = link.get("href", "")
        if not address.strip() or _LEADS_NOWHERE.match(address):
            link.drop_tag()


class _Listed(NamedTuple):
    """A paragraph that stands for an item of a list."""

    paragraph: lxml_html.HtmlElement
    level: int
    number: int | None  # None: a bullet
    sign: re.Pattern


def make_lists(root, *, typed: bool = False) -> None:
    """
    Turn paragraphs that begin with a bullet or number into lists.

    Word's own are known by their marks or by the wide gap after the sign; with ``typed``
    also two or more in a row that begin with a dash, a bullet or rising numbers.
    """
    for parent in list(root.iter()):
        run: list[_Listed] = []
        for child in [*parent, None]:
            item = _listed(child, typed)
            if item and run and _continues(run[-1], item):
                run.append(item)
                continue
            _make_list(run)
            run = [item] if item else []


def _listed(paragraph, typed: bool) -> _Listed | None:
    if paragraph is None or paragraph.tag != "p":
        return None
    words = paragraph.text_content().lstrip()
    level = int(paragraph.get(_LEVEL_KEPT, 0))
    if sign := _SIGN.match(words):
        return _Listed(paragraph, level or 1, _number(sign[1]), _SIGN)
    if level:
        return _Listed(paragraph, level, None, _BULLET)
    if not typed:
        return None
    if sign := _NUMBER.match(words):
        return _Listed(paragraph, 1, int(sign[1]), _NUMBER)
    if _BULLET.match(words):
        return _Listed(paragraph, 2 if words.startswith("+") else 1, None, _BULLET)
    return None


def _number(written: str | None) -> int | None:
    if not written:
        return None
    return int(written) if written.isdigit() else ord(written) - ord("a") + 1


def _continues(before: _Listed, item: _Listed) -> bool:
    if before.level != item.level:
        return True
    if before.number is None or item.number is None:
        return before.number is item.number
    return item.number == before.number + 1


def _make_list(run: list[_Listed]) -> None:
    """Put a run of paragraphs into a list, deeper ones into lists of its items."""
    if len(run) < 2 and not any(one.sign is _SIGN or _is_marked(one) for one in run):
        return
    opened: list[tuple[int, lxml_html.HtmlElement]] = []  # level and list
    for paragraph, level, number, sign in run:
        while len(opened) > 1 and opened[-1][0] > level:
            opened.pop()
        if not opened or opened[-1][0] < level:
            made = lxml_html.Element("ul" if number is None else "ol")
            if number not in {None, 1}:
                made.set("start", str(number))
            if opened:
                opened[-1][1][-1].append(made)
            else:
                paragraph.addprevious(made)
            opened.append((level, made))
        _without_sign(paragraph, sign)
        opened[0][1].tail = (opened[0][1].tail or "") + (paragraph.tail or "")
        paragraph.tail = None
        paragraph.tag = "li"
        paragraph.attrib.clear()
        opened[-1][1].append(paragraph)


def _is_marked(item: _Listed) -> bool:
    return item.paragraph.get(_LEVEL_KEPT) is not None


def _without_sign(paragraph, sign: re.Pattern) -> None:
    """Remove the bullet or number with which a paragraph begins, whatever holds it."""
    words = paragraph.text_content()
    found = sign.match(words.lstrip())
    left = len(words) - len(words.lstrip()) + (len(found[0]) if found else 0)
    for event, element in etree.iterwalk(paragraph, events=("start", "end")):
        if event == "end" and element is paragraph:
            return
        name = "text" if event == "start" else "tail"
        piece = getattr(element, name) or ""
        setattr(element, name, piece[left:])
        left = max(left - len(piece), 0)


def _mark_lists(root) -> None:
    """Note the level of Word's list paragraphs before their styles fall away."""
    for paragraph in root.iter("p"):
        if level := _LEVEL.search(paragraph.get("style", "")):
            paragraph.set(_LEVEL_KEPT, level[1])


def _without_styles(root) -> None:
    """Keep what styles mean as elements; the sanitiser drops elements that only carry styles."""
    for element in list(root.iter("span", "font", "b", "strong")):
        style = element.get("style", "").lower()
        if element.tag in {"b", "strong"}:
            if _NOT_BOLD.search(style):
                element.drop_tag()  # Google Docs wraps in it what is copied
        elif meant := next((tag for pattern, tag in _MEANT if pattern.search(style)), None):
            element.tag = meant
