"""Which paragraphs of a Word file are its letterhead, its title and its lead."""

import re
from dataclasses import dataclass, field

from lxml import html as lxml_html

from portal import text, wordmarkup
from portal.richtext import plain_text

LONGEST_TITLE = 250  # characters
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
# Compared with whole lines, without marks and case.
_LETTERHEAD = re.compile(
    r"cong hoa xa hoi chu nghia viet nam.*|doc lap\W+tu do\W+hanh phuc|dang cong san viet nam"
    r"|so\s*:.{0,40}|v/v\b.{0,200}|\*+"
    r"|.{2,40}, ngay\b.{0,12} thang\b.{0,12} nam\b.{0,6}"
)
# Words that begin the name of whoever issues a document, written in capitals.
_OFFICE = re.compile(
    r"(ubnd|hdnd|uy ban|hoi dong|bo|so|cuc|chi cuc|tong cuc|van phong|phong|ban|trung tam|truong"
    r"|vien|dang uy|dang bo|chi bo|cong ty|tong cong ty|hoi|lien doan|cong doan|tinh doan)\b.*"
)
# A line of its own above what the document is about.
_KIND = re.compile(
    r"quyet dinh|nghi quyet|chi thi|ke hoach|bao cao|thong bao|thong tin|to trinh|huong dan"
    r"|chuong trinh|de an|phuong an|cong van|cong dien|giay moi|thu ngo|thong cao bao chi"
)
_ENDS_A_SENTENCE = (".", "!", "?", "…", ";")


@dataclass
class Head:
    """What stands above the text of a document; taken out of it."""

    title: str
    lead: str
    notes: list[str] = field(default_factory=list)  # what the editor should know


def take_head(root) -> Head | None:
    """Take letterhead, title and lead out of a document; None if nothing can be a title."""
    notes = _take_letterhead(root)
    blocks = _title(root)
    if not blocks:
        return None
    title = " ".join(_line(block) for block in blocks)
    is_cut = len(title) > LONGEST_TITLE
    if is_cut:
        title = title[: LONGEST_TITLE - 2].rpartition(" ")[0] + " …"
        notes.insert(0, "Tiêu đề dài quá 250 ký tự nên bị cắt; đoạn gốc còn ở đầu nội dung.")
    if not _is_styled(blocks[0]):
        notes.append(
            f"Tệp không dùng kiểu Title hay Heading 1 nên cổng lấy đoạn đầu “{title}” làm tiêu đề, "
            "đoạn kế tiếp làm sapo. Hãy xem lại hai ô này."
        )
    lead = _lead(blocks[-1])
    taken = [*([] if is_cut else blocks), *([] if lead is None else [lead])]
    addresses = [link.get("href") for block in taken for link in block.iterfind(".//a[@href]")]
    if addresses:
        links = ", ".join(addresses)
        notes.append(f"Tiêu đề và sapo không mang liên kết; hãy gắn lại trong nội dung: {links}")
    words = "" if lead is None else plain_text(wordmarkup.inside(lead) or "")
    for block in taken:
        block.drop_tree()
    return Head(title, words, notes)


def _take_letterhead(root) -> list[str]:
    """Take off what stands above the title of every official document; return a note of it."""
    lines = []
    for block in list(root):
        following = block.getnext()
        if not block.text_content().strip():
            continue
        if _is_styled(block) or following is None or not _is_letterhead(block, following):
            break
        lines += plain_text(lxml_html.tostring(block, encoding="unicode")).splitlines()
        block.drop_tree()
    if not lines:
        return []
    return [f"Phần đầu văn bản không đưa vào bài: {'; '.join(lines)}."]


def _is_letterhead(block, following) -> bool:
    if block.tag == "table":
        return "cong hoa xa hoi chu nghia" in text.fold(block.text_content())
    if block.tag not in {"p", *_HEADINGS}:
        return False
    lines = plain_text(lxml_html.tostring(block, encoding="unicode")).splitlines()
    return all(_is_letterhead_line(line, following) for line in lines)


def _is_letterhead_line(line: str, following) -> bool:
    plain = text.fold(line).strip()
    if _LETTERHEAD.fullmatch(plain):
        return True
    # A title may begin with an office as well: then the next paragraph is a sentence, the lead.
    is_followed_by_text = _line(following).endswith(_ENDS_A_SENTENCE)
    return line.isupper() and bool(_OFFICE.fullmatch(plain)) and not is_followed_by_text


def _title(root) -> list:
    """Return the blocks that are the title: one, or the kind of a document and its subject."""
    blocks = [block for block in root if block.text_content().strip()]
    styled = [block for block in blocks if block.get("class") == "title"]
    headings = [block for block in blocks if block.tag == "h1"]
    paragraphs = [block for block in blocks if block.tag in {"p", *_HEADINGS}]
    if not styled and (len(headings) == 1 or headings[:1] == paragraphs[:1]):
        styled = headings[:1]
    first, second, *_ = [*(styled or paragraphs), None, None]
    if styled or second is None or second.getprevious() is not first:
        return [] if first is None else [first]
    is_kind = _KIND.fullmatch(text.fold(_line(first)).strip())
    is_subject = is_kind and not _line(second).endswith(_ENDS_A_SENTENCE)
    return [first, second] if is_subject else [first]


def _is_styled(block) -> bool:
    return block.tag == "h1" or block.get("class") == "title"


def _lead(title_block):
    """Return the first paragraph after the title, unless it is the last of all."""
    for block in title_block.itersiblings():
        if block.tag == "p":
            return block if block.getnext() is not None or block.get("class") == "lead" else None
        if block.tag != "figure":
            return None
    return None


def _line(block) -> str:
    return text.clean_line(" ".join(plain_text(wordmarkup.inside(block)).splitlines()))
