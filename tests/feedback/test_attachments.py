"""Files that citizens send along."""

import os
import time
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, OperationalError
from PIL import Image

from feedback import attachments, receiving
from feedback.models import Attachment, Submission
from feedback.private_files import private_files
from tests.builders import picture_bytes
from tests.feedback.builders import MESSAGE, filled_form, make_submission, send

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\n1 0 obj << /OpenAction << /S /JavaScript >> >>\n%%EOF\n"
SEND = "/gop-y/"
JSON = {"Accept": "application/json"}


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.DATA = tmp_path


def file(name="anh.png", content=None, kind="image/png"):
    return SimpleUploadedFile(name, picture_bytes() if content is None else content, kind)


def stored():
    folder = private_files().path(attachments.FOLDER)
    return sorted(os.listdir(folder)) if os.path.exists(folder) else []


def test_a_picture_and_a_pdf_are_kept_with_their_names(client):
    response = send(client, files=[file("Ảnh cột điện.PNG"), file("đơn.pdf", PDF)])
    assert response.status_code == 302
    picture, document = Attachment.objects.all()
    assert (picture.name, picture.content_type) == ("Ảnh cột điện.jpg", "image/jpeg")
    assert (document.name, document.content_type) == ("đơn.pdf", "application/pdf")
    with private_files().open(picture.file.name) as kept:
        content = kept.read()
    assert picture.size == len(content)
    assert Image.open(BytesIO(content)).format == "JPEG"
    assert len(stored()) == 2
    assert "anh" not in stored()[0]


def test_what_stands_beside_the_points_of_a_picture_is_gone(client):
    exif = Image.Exif()
    exif[0x010E] = "nha rieng"
    send(client, files=[file(content=picture_bytes(kind="JPEG", exif=exif) + b"<script>")])
    with private_files().open(Attachment.objects.get().file.name) as kept:
        content = kept.read()
    assert b"nha rieng" not in content
    assert b"<script>" not in content


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("trang.png", b"<html><script>alert(1)</script>", attachments.WRONG_KIND),
        ("chay.pdf", b"MZ\x90\x00" + b"\x00" * 60, attachments.WRONG_KIND),
        ("ve.svg", b"<svg onload='alert(1)'/>", attachments.WRONG_KIND),
        ("nua.pdf", b"%PDF-1.7\n" + b"a" * 6000, attachments.BROKEN_PDF),
        ("gia.png", b"\x89PNG\r\n\x1a\n" + b"a" * 60, attachments.WRONG_KIND),
        ("trong.png", b"", attachments.EMPTY),
    ],
)
def test_files_that_lie_are_named_and_nothing_is_kept(client, name, content, sentence):
    form = filled_form(files=[file("tốt.png"), file(name, content)])
    response = client.post(SEND, form)
    page = response.content.decode()
    assert response.status_code == 422
    assert f"Tệp “{name}” {sentence}" in page
    assert "Tệp “tốt.png”" not in page.replace("Vui lòng chọn lại tệp “tốt.png”", "")
    assert "Vui lòng chọn lại tệp “tốt.png”" in page
    assert MESSAGE["content"] in page
    assert not stored()
    again = client.post(SEND, filled_form(challenge=form["challenge"]))
    assert again.status_code == 302  # the code was not used up


def test_a_script_is_told_which_of_the_files_was_refused(client):
    form = filled_form(files=[file("một.png"), file("hai.png", b"GIF")])
    html = client.post(SEND, form, headers=JSON).json()["html"]
    assert 'data-refused="1"' in html
    assert "Hãy chọn lại" not in html  # the script keeps the others


def test_there_is_a_limit_in_number_and_size(client):
    many = send(client, files=[file(f"{number}.png") for number in range(4)])
    assert attachments.TOO_MANY in many.content.decode()
    large = file("lớn.pdf", PDF + b" " * attachments.MAX_BYTES)
    assert "lớn hơn 5 MB" in send(client, files=[large]).content.decode()


def test_files_are_opened_only_for_whoever_has_the_code(client, monkeypatch):
    opened = []
    monkeypatch.setattr(attachments, "accepted", opened.append)
    assert send(client, files=[file()], code="1").status_code == 422
    assert opened == []


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("a\r\nX: y.png", "a X y.png"),
        ("../../etc/passwd", "passwd"),
        ("\u202egnp.exe", "gnp.exe"),
        ("x" * 400 + ".png", "x" * 150),
        ('"; filename=a.html', "filename=a.html"),
        ("\x00", "tệp"),
        ("", "tệp"),
    ],
)
def test_a_name_is_fit_for_a_header(name, shown):
    assert attachments.shown_name(name.rpartition("/")[2]) == shown


def fail_after_storing(error, *, at_commit=False):
    with attachments.kept_if_committed() as kept:
        kept.store(make_submission(), [attachments.accepted(file())])
        kept.is_complete = at_commit
        raise error


@pytest.mark.parametrize("error", [DatabaseError, OperationalError, KeyboardInterrupt])
def test_files_go_when_their_transaction_fails(error):
    with pytest.raises(error):
        fail_after_storing(error())
    assert stored() == []


def test_files_stay_when_nobody_knows_whether_it_was_committed_until_it_is_known():
    with pytest.raises(OperationalError):
        fail_after_storing(OperationalError(), at_commit=True)
    assert len(stored()) == 1
    Attachment.objects.all().delete()
    assert attachments.forget_unowned() == 0  # the answer may still be on its way
    path = private_files().path(f"{attachments.FOLDER}/{stored()[0]}")
    os.utime(path, (time.time() - 7200,) * 2)
    assert attachments.forget_unowned() == 1
    assert stored() == []


def test_a_file_of_a_submission_is_never_forgotten(client):
    send(client, files=[file()])
    path = private_files().path(Attachment.objects.get().file.name)
    os.utime(path, (0, 0))
    assert attachments.forget_unowned() == 0


def test_a_double_click_stores_its_files_once(client):
    form = filled_form()
    for _ in range(2):
        assert client.post(SEND, form | {"files": [file()]}).status_code == 302
    assert Submission.objects.count() == Attachment.objects.count() == len(stored()) == 1


def test_a_failure_while_receiving_leaves_no_file(client, monkeypatch):
    monkeypatch.setattr(receiving.codes, "new", lambda: "x" * 11)  # longer than its column
    client.raise_request_exception = False
    send(client, files=[file()])
    assert stored() == []
