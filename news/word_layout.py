"""How pictures, captions, tables, headings and notes of a Word file stand in an article."""

import re

from lxml import html as lxml_html

_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_PICTURE_CAPTION = re.compile(r"(hình|ảnh|biểu đồ|sơ đồ)( minh họa)?( số)? ?\d*\s*[.:–-]", re.I)
_TABLE_CAPTION = re.compile(r"(bảng|biểu)( số)? ?[\dIVX]+", re.I)
_LONGEST_CAPTION = 300  # characters
_NOTE = re.compile(r"(?:foot|end)note-\d+")


def arrange(root) -> None:
    """Give pictures and tables of a document their captions and heads; unlink what was inside."""
    for link in list(root.iter("a")):
        if link.get("href", "").startswith("#"):
            link.drop_tag()
    for table in list(root.iter("table")):
        _unfold_if_frame(table)
    for block in list(root.iter("p", *_HEADINGS)):
        _lift_pictures(block)
    for figure in list(root.iter("figure")):
        _caption_figure(figure)
    for table in list(root.iter("table")):
        _caption_table(table)
        _head_table(table)
        _unwrap_cells(table)
    for heading in root.iter(*_HEADINGS):
        for bold in list(heading.iter("strong")):
            bold.drop_tag()


def _unfold_if_frame(table) -> None:
    """Replace a table of one column that only keeps a picture and its caption together."""
    rows = list(table.iter("tr"))
    if table.find(".//img") is None or any(len(row) != 1 for row in rows):
        return
    for row in rows:
        has_picture = row.find(".//img") is not None
        for block in list(row[0]):
            if block.tag == "p" and not has_picture:
                block.set("class", "caption")
            table.addprevious(block)
    table.drop_tree()


def _lift_pictures(block) -> None:
    """Make each picture of a paragraph a figure of its own before or in place of it."""
    images = list(block.iter("img"))
    for image in images:
        figure = lxml_html.Element("figure")
        block.addprevious(figure)
        image.drop_tree()
        figure.append(image)
    if images and not block.text_content().strip():
        block.drop_tree()


def _caption_figure(figure) -> None:
    following = figure.getnext()
    if following is None or following.tag != "p" or not _is_caption(following):
        return
    following.drop_tree()
    following.tag, following.tail = "figcaption", None
    following.attrib.clear()
    for emphasis in list(following.iter("em", "strong")):
        emphasis.drop_tag()
    figure.append(following)


def _is_caption(paragraph) -> bool:
    words = paragraph.text_content().strip()
    if not words or len(words) > _LONGEST_CAPTION:
        return False
    return (
        paragraph.get("class") == "caption"
        or bool(_PICTURE_CAPTION.match(words))
        or _is_all(paragraph, "em")
    )


def _caption_table(table) -> None:
    """Move a caption above a table into it."""
    before = table.getprevious()
    if before is None or before.tag != "p":
        return
    words = before.text_content().strip()
    if before.get("class") != "caption" and not _TABLE_CAPTION.match(words):
        return
    if not words or len(words) > _LONGEST_CAPTION:
        return
    before.drop_tree()
    caption = lxml_html.Element("caption")
    caption.text = words
    table.insert(0, caption)


def _head_table(table) -> None:
    """Make the first row the head where Word says so or all of it is bold."""
    rows = list(table.iter("tr"))
    if table.find("thead") is None and len(rows) > 1 and _is_bold(rows[0]):
        head, body = lxml_html.Element("thead"), lxml_html.Element("tbody")
        rows[0].addprevious(head)
        head.append(rows[0])
        head.addnext(body)
        body.extend(row for row in rows[1:] if row.getparent() is table)
        for cell in rows[0]:
            cell.tag = "th"
    for cell in table.iter("th"):
        cell.set("scope", "col")
        for bold in list(cell.iter("strong")):
            bold.drop_tag()


def _is_bold(row) -> bool:
    cells = [cell for cell in row if cell.text_content().strip()]
    return bool(cells) and all(_is_all(cell, "strong") for cell in cells)


def _is_all(element, tag: str) -> bool:
    """Say whether all words of an element stand in elements of this name."""
    marked = "".join(inner.text_content() for inner in element.iter(tag))
    return "".join(marked.split()) == "".join(element.text_content().split()) != ""


def _unwrap_cells(table) -> None:
    """Leave out the paragraph in cells that have but one."""
    for cell in table.iter("td", "th"):
        if [block.tag for block in cell] == ["p"]:
            cell[0].drop_tag()


def level_headings(root) -> None:
    """Make the levels that a body uses h2, h3, h4 without a gap."""
    levels = sorted({heading.tag for heading in root.iter(*_HEADINGS)})
    for heading in list(root.iter(*_HEADINGS)):
        heading.tag = f"h{min(levels.index(heading.tag) + 2, 4)}"


def drop_picture(image) -> None:
    """Remove a picture; its caption stays, as a paragraph."""
    figure = next(image.iterancestors("figure"), None)
    image.drop_tree()
    if figure is None:
        return
    for caption in figure.iter("figcaption"):
        caption.tag = "p"
    figure.drop_tag()


def take_footnotes(root) -> list[str]:
    """Take the notes off the end and return their words, in order of their numbers."""
    notes = [item for item in root.iter("li") if _NOTE.fullmatch(item.get("id", ""))]
    words = [" ".join(note.text_content().replace("↑", "").split()) for note in notes]
    if notes:
        notes[0].getparent().drop_tree()
    return words


def add_footnotes(root, notes: list[str]) -> None:
    """Put the notes under the text, where «[1]» is looked for."""
    if notes:
        root.append(lxml_html.Element("hr"))
    for number, note in enumerate(notes, 1):
        paragraph = lxml_html.Element("p")
        paragraph.text = f"[{number}] {note}"
        root.append(paragraph)
