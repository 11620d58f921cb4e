"""
A Word file as an article.

Styles say what a paragraph is; without them the first paragraph under the letterhead is the
title and the next one the lead. Nothing is guessed beyond that: bold paragraphs stay bold
paragraphs, and whoever imports is told what became the title and who was taken to sign.
"""

from collections import Counter
from dataclasses import dataclass, field

import mammoth
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.text import capfirst
from lxml import html as lxml_html

from news import word_head, word_layout, word_package, workflow
from news.importers import bodies, encodings, pictures
from news.importers.page import Signature, signature
from news.models import Article
from portal import fragments, images, wordmarkup
from portal.richtext import plain_text

MAX_PICTURES = 60

_STYLES = """
p[style-name='Title'] => p.title:fresh
p[style-name='Subtitle'] => p.lead:fresh
p[style-name='caption'] => p.caption:fresh
p[style-name='Caption'] => p.caption:fresh
p[style-name='Quote'] => blockquote > p:fresh
p[style-name='Intense Quote'] => blockquote > p:fresh
r[style-name='Emphasis'] => em
"""
EMPTY = "Tệp Word không có tiêu đề và nội dung bài viết."


@dataclass
class Draft:
    """What a Word file says; its pictures are not in the library yet."""

    title: str
    lead: str
    root: lxml_html.HtmlElement  # of the body
    signature: Signature
    pictures: list  # mammoth's, in the order of their numbers
    notes: list[str] = field(default_factory=list)  # what the editor should know


@transaction.atomic
def save_draft(upload: UploadedFile, *, category, by) -> tuple[Article, list[str]]:
    """
    Store a Word file as a draft, its pictures in the library; return it with what to know.

    Raises ValidationError with a sentence, and stores nothing, when that cannot be done.
    """
    draft = read(upload)
    cover = _take_in_pictures(draft, by)
    article = Article(
        title=draft.title,
        lead=draft.lead,
        body=wordmarkup.inside(draft.root),
        byline=draft.signature.byline[:120],
        issuing_unit=draft.signature.issuing_unit[:200],
        source=draft.signature.source[:200],
        category=category,
        cover=cover,
        created_by=by,
    )
    article.full_clean()
    workflow.begin(article, by=by, note="Nhập từ Word")
    return article, draft.notes


def read(upload: UploadedFile) -> Draft:
    """Return what a Word file says. Raises ValidationError when it cannot be read."""
    objects = word_package.examine(upload)
    html, found = _converted(upload)
    if font := encodings.old_font(plain_text(html)):
        raise ValidationError(encodings.OLD_FONT.format(font=font))
    root = fragments.parse(html)
    footnotes = word_layout.take_footnotes(root)
    wordmarkup.unlink(root)
    wordmarkup.normalise_spaces(root)
    word_layout.arrange(root)
    wordmarkup.make_lists(root, typed=True)
    wordmarkup.drop_empty(root)
    draft = _told_apart(root)
    draft.pictures = found
    word_layout.level_headings(draft.root)
    word_layout.add_footnotes(draft.root, footnotes)
    if objects:
        kinds = ", ".join(f"{number} {kind}" for kind, number in objects.items())
        draft.notes.append(f"{objects.total()} đối tượng không nhập được ({kinds}).")
    return draft


def _converted(upload: UploadedFile) -> tuple[str, list]:
    """Return the document's HTML, whose pictures are numbers, and the pictures."""
    found = []

    @mammoth.images.img_element
    def number(image):
        found.append(image)
        return {"src": str(len(found) - 1)}

    try:
        result = mammoth.convert_to_html(
            upload,
            style_map=_STYLES,
            include_embedded_style_map=False,
            convert_image=number,
        )
    except Exception as error:  # a broken document is read wrong in many ways
        raise ValidationError(word_package.BROKEN) from error
    return result.value, found


def _told_apart(root) -> Draft:
    """Split a document into title, lead, body and the line that signs it."""
    head = word_head.take_head(root)
    if head is None:
        raise ValidationError(EMPTY)
    signed, notes = _sign_off(root)
    if not head.lead and not root.text_content().strip():
        raise ValidationError(EMPTY)
    return Draft(head.title, head.lead, root, signed, [], [*head.notes, *notes])


def _sign_off(root) -> tuple[Signature, list[str]]:
    """Take off the one or two last lines that say who wrote the text; note what they became."""
    signed, notes = Signature(), []
    for _ in range(2):
        last = root[-1] if len(root) > 1 else None
        # A link would be lost: what signs is plain text.
        if last is None or last.tag != "p" or last.xpath(".//img | .//a[@href]"):
            break
        line = last.text_content().strip()
        fresh = {name: value for name, value in signature(line)._asdict().items() if value}
        if not fresh or any(getattr(signed, name) for name in fresh):
            break
        signed = signed._replace(**fresh)
        boxes = ", ".join(str(Article._meta.get_field(name).verbose_name) for name in fresh)
        notes.insert(0, f"Dòng cuối “{line}” được chuyển sang ô {capfirst(boxes)}.")
        last.drop_tree()
    return signed, notes


def _take_in_pictures(draft: Draft, by):
    """
    Put the pictures into the library; return the one that opens the text, as the cover.

    What cannot be taken is left out and noted by its reason.
    """
    refused: Counter[str] = Counter()
    shown = []
    for image in list(draft.root.iter("img")):
        try:
            if len(shown) >= MAX_PICTURES:
                raise ValidationError(f"Mỗi bài nhận nhiều nhất {MAX_PICTURES} ảnh.")
            photo = _stored(draft.pictures[int(image.get("src"))], image, by)
        except ValidationError as refusal:
            refused[" ".join(refusal.messages)] += 1
            word_layout.drop_picture(image)
        else:
            bodies.show(image, photo)
            shown.append(photo)
    draft.notes += [f"{count} ảnh không nhập được. {why}" for why, count in refused.items()]
    undescribed = {photo.pk for photo in shown if not photo.is_described}
    if undescribed:
        draft.notes.append(f"{len(undescribed)} ảnh chưa có mô tả.")
    return _opening(draft.root, shown[0]) if shown else None


def _stored(picture, image, by):
    caption = image.getparent().find("figcaption")
    try:
        with picture.open() as file:
            content = file.read(images.MAX_BYTES + 1)
    except Exception as error:  # linked, missing or broken inside the package
        raise ValidationError("Ảnh không nằm trong tệp Word hoặc đã hỏng.") from error
    return pictures.store(
        content,
        name=f"anh.{(picture.content_type or '').rpartition('/')[2]}",
        alt=image.get("alt", ""),
        caption="" if caption is None else caption.text_content(),
        owner=by,
    )


def _opening(root, photo):
    """Take the picture with which a body begins out of it: a cover is shown above the text."""
    first = root[0] if len(root) else None
    if first is None or first.tag != "figure" or first.find("img") is None:
        return None
    first.drop_tree()
    return photo
