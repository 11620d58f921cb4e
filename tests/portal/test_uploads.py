import struct
import zipfile
import zlib
from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageCms
from pypdf import PdfWriter

from portal import document_lengths, documents, images
from tests.builders import picture_bytes


def upload(content, name="anh.png"):
    return SimpleUploadedFile(name, content)


def png_bomb(side):
    """Return a small PNG that claims to be side × side pixels."""

    def chunk(kind, data):
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    header = struct.pack(">IIBBBBB", side, side, 8, 0, 0, 0, 0)
    rows = zlib.compress(bytes(side + 1) * 100)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")
    )


REFUSED = {
    "html": b"<html><script>alert(1)</script></html>",
    "svg": b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
    "empty": b" ",
    "truncated": picture_bytes()[:60],
    "truncated photo": picture_bytes(size=(400, 300), kind="JPEG")[:-400],
    "tiff": picture_bytes(kind="TIFF"),
    "more than 20 MB": b"\xff\xd8" + bytes(images.MAX_BYTES),
    "too long a side": picture_bytes(size=(8_001, 1)),
    "bomb of 64 million pixels": png_bomb(8_000),
    "bomb of 400 million pixels": png_bomb(20_000),
}


@pytest.mark.parametrize("content", REFUSED.values(), ids=REFUSED.keys())
def test_what_is_not_a_picture_is_refused_in_words(content):
    with pytest.raises(ValidationError, match="ảnh"):
        images.reencode(upload(content))


@pytest.mark.parametrize("side", [6_000, 10_000, 30_000])
def test_a_picture_of_too_many_points_is_called_too_large(side):
    with pytest.raises(ValidationError, match="25 triệu điểm ảnh"):
        images.reencode(upload(png_bomb(side)))


def test_a_picture_that_is_also_a_script_loses_the_script():
    gif = picture_bytes(kind="GIF") + b"<script>alert(1)</script>"
    stored = images.reencode(upload(gif, "evil.html")).file
    assert b"<script" not in stored.read()
    assert stored.name.endswith(".jpg")
    assert "evil" not in stored.name


def stored(content):
    """Return an uploaded picture as it is kept."""
    picture = Image.open(BytesIO(images.reencode(upload(content)).file.read()))
    picture.load()
    return picture


def encoded(picture, kind="PNG", **options):
    output = BytesIO()
    picture.save(output, kind, **options)
    return output.getvalue()


def test_place_and_comment_are_gone_and_the_picture_stands_upright():
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by 90 degrees
    exif[0x010E] = "trong vườn nhà"
    exif.get_ifd(0x8825)[2] = (10.0, 20.0, 30.0)
    content = picture_bytes(kind="JPEG", exif=exif, comment="số nhà 12", xmp=b"<x>12</x>")
    picture = stored(content)
    assert picture.size == (30, 40)
    assert not picture.getexif()
    assert not {"comment", "exif", "xmp", "icc_profile"} & set(picture.info)


def test_a_large_photo_is_made_smaller():
    picture = images.reencode(upload(picture_bytes(size=(4000, 3000), kind="JPEG")))
    assert (picture.width, picture.height) == (2560, 1920)


ODD = {
    "one point": (encoded(Image.new("RGB", (1, 1), "red")), (1, 1)),
    "a line": (encoded(Image.new("RGB", (8_000, 1), "red")), (2_560, 1)),
    "a standing line": (encoded(Image.new("RGB", (1, 8_000), "red"), "JPEG"), (1, 2_560)),
    "for print": (encoded(Image.new("CMYK", (40, 30), (0, 255, 255, 0)), "JPEG"), (40, 30)),
    "of a palette": (encoded(Image.new("RGB", (40, 30), "red").quantize(2), "GIF"), (40, 30)),
    "moving": (
        encoded(
            Image.new("RGB", (40, 30), "red"),
            "WEBP",
            lossless=True,
            save_all=True,
            append_images=[Image.new("RGB", (40, 30), "blue")],
        ),
        (40, 30),
    ),
    "that could let through": (encoded(Image.new("RGBA", (40, 30), (255, 0, 0, 255))), (40, 30)),
    "of broken colours": (
        encoded(Image.new("RGB", (40, 30), "red"), "JPEG", icc_profile=b"broken"),
        (40, 30),
    ),
}


@pytest.mark.parametrize(("content", "size"), ODD.values(), ids=ODD.keys())
def test_an_odd_picture_is_kept_as_a_plain_one(content, size):
    picture = stored(content)
    assert (picture.format, picture.mode, picture.size) == ("JPEG", "RGB", size)
    red, green, blue = picture.getpixel((0, 0))
    assert red > 240
    assert max(green, blue) < 15


def test_sixteen_bits_become_eight_without_burning_out():
    grey = stored(encoded(Image.new("I;16", (40, 30), 0x8000))).getpixel((0, 0))
    assert all(abs(value - 128) <= 2 for value in grey)


def test_what_shines_through_goes_on_doing_so():
    picture = stored(encoded(Image.new("LA", (40, 30), (200, 100))))
    assert (picture.format, picture.mode) == ("WEBP", "RGBA")
    assert picture.getpixel((5, 5))[3] == 100


def test_colours_of_another_space_look_the_same_in_ours():
    ours = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    # A space in which red is what ours calls green.
    swapped = ours.replace(b"\0s\0R\0G\0B", b"\0x\0R\0G\0B")
    swapped = swapped.replace(b"rXYZ", b"----").replace(b"gXYZ", b"rXYZ").replace(b"----", b"gXYZ")
    red = Image.new("RGB", (40, 30), "red")
    assert stored(encoded(red, icc_profile=ours)).getpixel((0, 0))[0] > 240
    assert stored(encoded(red, icc_profile=swapped)).getpixel((0, 0))[1] > 240


def office(*names):
    output = BytesIO()
    with zipfile.ZipFile(output, "w") as package:
        for name in names:
            package.writestr(name, "x")
    return output.getvalue()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("bao-cao.pdf", b"%PDF-1.7 ..."),
        ("bao-cao.DOCX", office("[Content_Types].xml", "word/document.xml")),
        ("bang.xlsx", office("[Content_Types].xml", "xl/workbook.xml")),
    ],
)
def test_documents_are_known_by_content(name, content):
    assert documents.check(upload(content, name)) == name.rpartition(".")[2].lower()


def of_strange_version():
    """Return a package whose directory asks for a version of the format that never was."""
    content = bytearray(office("[Content_Types].xml", "word/document.xml"))
    content[content.index(b"PK\x01\x02") + 6] = 100
    return bytes(content)


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("virus.exe", b"MZ", "Chỉ nhận tệp"),
        ("trang.html", b"<script>", "Chỉ nhận tệp"),
        ("bao-cao.pdf", b"<html>", "không đúng với phần mở rộng"),
        ("bao-cao.docx", office("[Content_Types].xml", "xl/workbook.xml"), "không đúng"),
        ("bao-cao.docx", b"PK\x03\x04 broken", "không đúng"),
        ("bao-cao.docx", of_strange_version(), "không đúng"),
        ("bao-cao.docx", office("[Content_Types].xml", "word/x", "word/vbaProject.bin"), "macro"),
    ],
)
def test_documents_that_lie_are_refused_in_words(name, content, reason):
    with pytest.raises(ValidationError, match=reason):
        documents.check(upload(content, name))


def pdf(pages, **encryption):
    writer = PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(100, 100)
    if encryption:
        writer.encrypt(**encryption)
    output = BytesIO()
    writer.write(output)
    return output.getvalue()


def pdf_without_end():
    """Return a PDF whose tree of pages doubles forty times over."""
    objects = [b"<</Type/Catalog/Pages 2 0 R>>"]
    objects += [
        b"<</Type/Pages/Count 9/Kids[%d 0 R %d 0 R]>>" % (number + 1, number + 1)
        for number in range(2, 42)
    ]
    objects.append(b"<</Type/Page>>")
    written, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(b"%010d 00000 n \n" % len(written))
        written += b"%d 0 obj%s endobj\n" % (number, content)
    count = len(objects) + 1
    table = b"xref\n0 %d\n0000000000 65535 f \n%s" % (count, b"".join(places))
    trailer = b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (count, len(written))
    return written + table + trailer


def office_with(name, xml, *others):
    output = BytesIO()
    with zipfile.ZipFile(output, "w") as package:
        package.writestr("[Content_Types].xml", "")
        package.writestr(name, xml)
        for other in others:
            package.writestr(other, "")
    return output.getvalue()


PROPERTIES = (
    '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/'
    'extended-properties"><Pages>{}</Pages></Properties>'
)
SHEETS = (
    '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheets>'
    '<sheet name="A"/><sheet name="B"/><sheet name="C" state="hidden"/></sheets></workbook>'
)
SLIDES = (
    '<p:presentation xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main">'
    "<p:sldIdLst><p:sldId/><p:sldId/><p:sldId/></p:sldIdLst></p:presentation>"
)
BOMB = '<!DOCTYPE a [<!ENTITY b "bbbbbbbbbb"><!ENTITY c "&b;&b;&b;&b;">]>' + PROPERTIES.format(
    "&c;"
)
LENGTHS = {
    "pdf": (pdf(12), "pdf", 12),
    "locked pdf": (pdf(3, user_password="mat-khau", algorithm="RC4-128"), "pdf", None),
    "broken pdf": (b"%PDF-1.7 ...", "pdf", None),
    "docx": (office_with("docProps/app.xml", PROPERTIES.format(7), "word/a"), "docx", 7),
    "docx that does not say": (office("[Content_Types].xml", "word/document.xml"), "docx", None),
    "docx that lies": (office_with("docProps/app.xml", PROPERTIES.format("x")), "docx", None),
    "docx that boasts": (office_with("docProps/app.xml", PROPERTIES.format("9" * 9)), "docx", None),
    "docx with a bomb": (office_with("docProps/app.xml", BOMB), "docx", None),
    "xlsx": (office_with("xl/workbook.xml", SHEETS), "xlsx", 2),
    "pptx": (office_with("ppt/presentation.xml", SLIDES), "pptx", 3),
    "no xml": (office_with("ppt/presentation.xml", "<"), "pptx", None),
}


@pytest.mark.parametrize(("content", "kind", "length"), LENGTHS.values(), ids=LENGTHS.keys())
def test_the_length_of_a_document_is_what_can_be_read_of_it(content, kind, length):
    assert document_lengths.length(upload(content), kind) == length


def test_a_pdf_made_to_be_read_for_ever_has_no_known_length(monkeypatch):
    monkeypatch.setattr(document_lengths, "PATIENCE", 1)
    assert document_lengths.length(upload(pdf_without_end()), "pdf") is None
