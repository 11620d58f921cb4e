"""WordPress's own way of writing texts, turned into plain HTML."""

import re

from news.importers.items import Picture

_BLOCK_COMMENT = re.compile(r"<!--\s*/?wp:.*?(?:-->|\Z)", re.DOTALL)
_CAPTION_ENDS = re.compile(r"\[caption\b[^\[\]]*\]|\[/caption\]")
_PICTURE = re.compile(r"\s*(?:<a\b[^<>]*>\s*)?(<img\b[^<>]*>)(?:\s*</a>)?")
_GALLERY = re.compile(r"\[gallery\b([^\[\]]*)\]")
_IDS = re.compile(r"""\bids=["']?([\d, ]+)""")
# A code has a setting or an end; «[sic]», «[1]» and «[Nghị định 30]» are words.
_CODE = re.compile(
    r"\[/?([a-z][a-z0-9_-]*)((?:\s+[\w-]+=(?:\"[^\"\[\]]*\"|'[^'\[\]]*'|[^\s\"'\[\]]+))*)\s*/?\]"
)
_BLOCKS = (
    "p|h[1-6]|ul|ol|li|dl|dt|dd|table|caption|thead|tbody|tfoot|tr|td|th|blockquote|pre|figure|"
    "figcaption|div|hr|address|section|article"
)
_BLOCK_START = re.compile(rf"(<(?:{_BLOCKS})\b[^<>]*>)", re.IGNORECASE)
_BLOCK_END = re.compile(rf"(</(?:{_BLOCKS})\s*>|<hr\b[^<>]*>)", re.IGNORECASE)
_BEGINS_BLOCK = re.compile(rf"</?(?:{_BLOCKS})\b", re.IGNORECASE)


def to_html(
    content: str, media: dict[str, Picture], own: list[Picture]
) -> tuple[str, list[Picture], list[str]]:
    """
    Return a post's HTML, the pictures of its galleries and what was left out.

    ``media`` has the pictures of the export by their numbers, ``own`` those uploaded to the
    post: a gallery without numbers shows these.
    """
    pictures: list[Picture] = []
    notes: list[str] = []

    def gallery(found: re.Match) -> str:
        numbers = _IDS.search(found[1])
        if not numbers:
            pictures.extend(own)
            return ""
        for number in numbers[1].split(","):
            if picture := media.get(number.strip()):
                pictures.append(picture)
            else:
                notes.append(f"Thiếu ảnh số {number.strip()} của bộ ảnh.")
        return ""

    is_made_of_blocks = "<!-- wp:" in content
    content = _BLOCK_COMMENT.sub("", content.replace("\r\n", "\n"))
    content = _with_captions(_GALLERY.sub(gallery, content))
    content, codes = _without_codes(content)
    if codes:
        notes.append(f"Đã bỏ mã chèn: {', '.join(sorted(codes))}.")
    return content if is_made_of_blocks else paragraphs(content), pictures, notes


def paragraphs(content: str) -> str:
    """Return text whose paragraphs are set off by empty lines with them marked up."""
    content = _BLOCK_END.sub(r"\1\n\n", _BLOCK_START.sub(r"\n\n\1", content))
    chunks = (chunk.strip() for chunk in re.split(r"\n[ \t]*\n", content))
    return "".join(
        chunk if _BEGINS_BLOCK.match(chunk) else f"<p>{chunk.replace(chr(10), '<br>')}</p>"
        for chunk in chunks
        if chunk
    )


def _with_captions(content: str) -> str:
    """Return the text with each [caption] as a figure."""
    pieces, position, inside = [], 0, False
    for mark in _CAPTION_ENDS.finditer(content):
        between = content[position : mark.start()]
        pieces.append(_figure(between) if inside else between)
        position, inside = mark.end(), not mark[0].startswith("[/")
    return "".join([*pieces, content[position:]])


def _figure(captioned: str) -> str:
    picture = _PICTURE.match(captioned)
    if not picture:
        return captioned
    words = captioned[picture.end() :].strip()
    return f"<figure>{picture[1]}<figcaption>{words}</figcaption></figure>"


def _without_codes(content: str) -> tuple[str, set[str]]:
    """Return the text without the codes of plugins, and their names; what they enclose stays."""
    ended = set(re.findall(r"\[/([a-z][a-z0-9_-]*)\]", content))
    removed: set[str] = set()

    def without(found: re.Match) -> str:
        if found[1] not in ended and not found[2]:
            return found[0]
        removed.add(found[1])
        return ""

    return _CODE.sub(without, content), removed
