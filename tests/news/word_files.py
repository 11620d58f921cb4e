"""Word files for tests, made of the parts that matter to them."""

import zipfile
from io import BytesIO
from xml.sax.saxutils import escape

from django.core.files.uploadedfile import SimpleUploadedFile

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    f'xmlns:r="{_OFFICE}" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"'
)
_STYLES = {
    "Title": "Title",
    "Heading1": "heading 1",
    "Heading2": "heading 2",
    "Heading4": "heading 4",
    "Caption": "caption",
}


def run(words: str, *, bold=False, italic=False) -> str:
    marks = ("<w:b/>" if bold else "") + ("<w:i/>" if italic else "")
    return f'<w:r><w:rPr>{marks}</w:rPr><w:t xml:space="preserve">{escape(words)}</w:t></w:r>'


def paragraph(*runs: str, style="", list_level=None, number=1) -> str:
    about = f'<w:pStyle w:val="{style}"/>' if style else ""
    if list_level is not None:
        about += f'<w:numPr><w:ilvl w:val="{list_level}"/><w:numId w:val="{number}"/></w:numPr>'
    content = "".join(one if one.startswith("<") else run(one) for one in runs)
    return f"<w:p><w:pPr>{about}</w:pPr>{content}</w:p>"


def link(words: str, name="link1") -> str:
    """Return a link to where ``links`` of word_file say."""
    return f'<w:hyperlink r:id="{name}">{run(words)}</w:hyperlink>'


def table(*rows: list[str], bold_head=False) -> str:
    def cell(content, bold):
        inner = content if content.startswith("<w:p>") else paragraph(run(content, bold=bold))
        return f"<w:tc>{inner}</w:tc>"

    lines = (
        "<w:tr>" + "".join(cell(content, bold_head and not number) for content in row) + "</w:tr>"
        for number, row in enumerate(rows)
    )
    return f"<w:tbl>{''.join(lines)}</w:tbl>"


def picture(name="image1.png", alt="") -> str:
    return (
        f'<w:r><w:drawing><wp:inline><wp:docPr id="1" name="Picture 1" descr="{escape(alt)}"/>'
        '<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture">'
        f'<pic:pic><pic:blipFill><a:blip r:embed="{name}"/></pic:blipFill></pic:pic>'
        "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )


def chart() -> str:
    return (
        '<w:p><w:r><w:drawing><wp:inline><wp:docPr id="2" name="Chart 1"/><a:graphic>'
        '<a:graphicData><c:chart r:id="chart1"/></a:graphicData></a:graphic></wp:inline>'
        "</w:drawing></w:r></w:p>"
    )


def word_file(
    *body: str, media=None, links=None, parts=None, name="bai.docx"
) -> SimpleUploadedFile:
    """Return a document; pictures and links by name, ``parts`` other entries of the package."""
    media, parts = media or {}, dict(parts or {})
    relations = "".join(
        f'<Relationship Id="{one}" Type="{_OFFICE}/image" Target="media/{one}"/>' for one in media
    )
    relations += "".join(
        f'<Relationship Id="{one}" Type="{_OFFICE}/hyperlink" Target="{escape(address)}" '
        'TargetMode="External"/>'
        for one, address in (links or {}).items()
    )
    entries = {
        "[Content_Types].xml": (
            f'<Types xmlns="{_PACKAGE}/content-types">'
            '<Default Extension="png" ContentType="image/png"/>'
            '<Default Extension="emf" ContentType="image/x-emf"/>'
            '<Default Extension="xml" ContentType="application/xml"/></Types>'
        ),
        "_rels/.rels": (
            f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" '
            f'Type="{_OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>'
        ),
        "word/_rels/document.xml.rels": (
            f'<Relationships xmlns="{_PACKAGE}/relationships">{relations}</Relationships>'
        ),
        "word/styles.xml": f"<w:styles {_NAMESPACES}>{_styles()}</w:styles>",
        "word/numbering.xml": f"<w:numbering {_NAMESPACES}>{_numbering()}</w:numbering>",
        "word/document.xml": (
            f"<w:document {_NAMESPACES}><w:body>{''.join(body)}</w:body></w:document>"
        ),
        **{f"word/media/{one}": content for one, content in media.items()},
        **parts,
    }
    output = BytesIO()
    with zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as package:
        for entry, content in entries.items():
            package.writestr(entry, content)
    return SimpleUploadedFile(name, output.getvalue())


def notes_part(**notes: str) -> str:
    """Return a part of footnotes by number."""
    inner = "".join(
        f'<w:footnote w:id="{number[1:]}">{paragraph(words)}</w:footnote>'
        for number, words in notes.items()
    )
    return f"<w:footnotes {_NAMESPACES}>{inner}</w:footnotes>"


def _styles() -> str:
    return "".join(
        f'<w:style w:type="paragraph" w:styleId="{key}"><w:name w:val="{name}"/></w:style>'
        for key, name in _STYLES.items()
    )


def _numbering() -> str:
    def levels(kind):
        return "".join(
            f'<w:lvl w:ilvl="{level}"><w:numFmt w:val="{kind}"/></w:lvl>' for level in range(3)
        )

    return (
        f'<w:abstractNum w:abstractNumId="1">{levels("bullet")}</w:abstractNum>'
        f'<w:abstractNum w:abstractNumId="2">{levels("decimal")}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>'
        '<w:num w:numId="2"><w:abstractNumId w:val="2"/></w:num>'
    )
