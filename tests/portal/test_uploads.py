import struct
import zipfile
import zlib
from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from portal import documents, images
from portal.groups import EDITORS, FEEDBACK_OFFICERS
from portal.models import EditorPicture
from tests.builders import make_staff, picture_bytes, picture_upload


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
    "tiff": picture_bytes(kind="TIFF"),
    "bomb of 64 million pixels": png_bomb(8_000),
    "bomb of 400 million pixels": png_bomb(20_000),
}


@pytest.mark.parametrize("content", REFUSED.values(), ids=REFUSED.keys())
def test_what_is_not_a_picture_is_refused_in_words(content):
    with pytest.raises(ValidationError, match="ảnh"):
        images.reencode(upload(content))


def test_a_picture_that_is_also_a_script_loses_the_script():
    gif = picture_bytes(kind="GIF") + b"<script>alert(1)</script>"
    stored = images.reencode(upload(gif, "evil.html")).file
    assert b"<script" not in stored.read()
    assert stored.name.endswith(".webp")
    assert "evil" not in stored.name


def test_place_and_comment_are_gone_and_the_picture_stands_upright():
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by 90 degrees
    exif[0x010E] = "trong vườn nhà"
    exif.get_ifd(0x8825)[2] = (10.0, 20.0, 30.0)
    picture = images.reencode(upload(picture_bytes(kind="JPEG", exif=exif)))
    assert (picture.width, picture.height) == (30, 40)
    assert not Image.open(BytesIO(picture.file.read())).getexif()


def test_a_large_photo_is_made_smaller():
    picture = images.reencode(upload(picture_bytes(size=(4000, 3000), kind="JPEG")))
    assert (picture.width, picture.height) == (2560, 1920)


@pytest.mark.django_db
def test_an_editor_uploads_a_picture_and_gets_its_address(client):
    client.force_login(make_staff(EDITORS))
    answer = client.post(reverse("upload-picture"), {"upload": picture_upload()}).json()
    assert answer["uploaded"] == 1
    assert EditorPicture.objects.get().image.url == answer["url"]
    assert answer["url"].endswith(".webp")


@pytest.mark.django_db
def test_a_refused_upload_is_answered_in_words(client):
    client.force_login(make_staff(EDITORS))
    for files in ({"upload": upload(REFUSED["html"])}, {}):
        answer = client.post(reverse("upload-picture"), files)
        assert answer.status_code == 400
        assert "ảnh" in answer.json()["error"]["message"]
    assert not EditorPicture.objects.exists()


@pytest.mark.django_db
def test_only_editors_upload_and_browse(client):
    addresses = (reverse("picture-list"), reverse("upload-picture"))
    assert client.get(addresses[0]).status_code == 302
    client.force_login(make_staff(FEEDBACK_OFFICERS))
    assert client.get(addresses[0]).status_code == 403
    assert client.post(addresses[1], {"upload": picture_upload()}).status_code == 403


@pytest.mark.django_db
def test_an_upload_without_a_token_is_refused():
    from django.test import Client

    client = Client(enforce_csrf_checks=True)
    client.force_login(make_staff(EDITORS))
    answer = client.post(reverse("upload-picture"), {"upload": picture_upload()})
    assert answer.status_code == 403
    assert not EditorPicture.objects.exists()


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
