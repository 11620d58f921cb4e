"""Submissions as files: for whom, of what, and with nothing a spreadsheet would calculate."""

import csv
from io import BytesIO, StringIO

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission
from openpyxl import load_workbook

from feedback.models import Submission
from portal.groups import FEEDBACK_OFFICERS
from tests.builders import make_staff
from tests.feedback.builders import make_submission

pytestmark = pytest.mark.django_db

LIST = "/quan-tri/feedback/submission/"
FORMULAS = ["=1+1", "+1", "-1+1", "@SUM(A1)", "\t=1", "＝1+1", '=HYPERLINK("http://x","y")']


@pytest.fixture
def exporter(client):
    user = make_staff(FEEDBACK_OFFICERS)
    user.user_permissions.add(Permission.objects.get(codename="export_submission"))
    client.force_login(user)
    return user


def export(client, extension, query=""):
    return client.post(f"{LIST}xuat/{extension}/{query}")


def csv_rows(response):
    return list(csv.DictReader(StringIO(response.content.decode("utf-8-sig"))))


def test_the_filtered_list_is_exported_whole_and_that_is_noted(client, exporter):
    for number in range(60):  # more than a page
        make_submission(title=f"Góp ý {number}")
    make_submission(state="answered", answer="Xong.", title="Đã xong")
    assert len(csv_rows(export(client, "csv"))) == 60
    assert [row["Tiêu đề"] for row in csv_rows(export(client, "csv", "?viec=da-xong"))] == [
        "Đã xong"
    ]
    assert len(csv_rows(export(client, "csv", "?viec=tat-ca"))) == 61
    entry = LogEntry.objects.first()
    assert (entry.user, entry.change_message) == (
        exporter,
        "Xuất 61 góp ý ra CSV; bộ lọc: viec=tat-ca.",
    )
    assert LogEntry.objects.count() == 3


def test_no_text_is_ever_calculated(client, exporter):
    for words in FORMULAS:
        make_submission(title=words, name=words, content=words)
    for row in csv_rows(export(client, "csv")):
        for heading in ("Tiêu đề", "Họ tên", "Nội dung"):
            assert row[heading].startswith("'")
    sheet = load_workbook(BytesIO(export(client, "xlsx").content)).active
    cells = [cell for row in sheet.iter_rows(min_row=2) for cell in row]
    assert len(cells) > 100
    assert not [cell for cell in cells if cell.data_type == "f"]
    assert {row[12].value.strip() for row in sheet.iter_rows(min_row=2)} >= {"=1+1", "@SUM(A1)"}


def test_a_sheet_takes_every_text_there_may_be(client, exporter):
    make_submission(content="a\x0b" + "ă" * 40_000, title="😀")
    make_submission(erased_at="2026-01-01T00:00:00Z")
    sheet = load_workbook(BytesIO(export(client, "xlsx").content)).active
    assert sheet.max_row == 3
    assert max(len(row[13].value) for row in sheet.iter_rows(min_row=2)) < 32_767


def test_a_file_takes_as_few_queries_for_many(client, exporter, django_assert_max_num_queries):
    for _ in range(20):
        make_submission()
    with django_assert_max_num_queries(16):
        export(client, "csv")


def test_only_who_has_that_permission_exports_and_only_by_post(client, exporter):
    make_submission()
    assert client.get(f"{LIST}xuat/csv/").status_code == 405
    assert export(client, "exe").status_code == 404
    assert "Xuất ra XLSX" in client.get(LIST).content.decode()
    client.force_login(make_staff(FEEDBACK_OFFICERS))
    assert export(client, "csv").status_code == 403
    assert "Xuất ra XLSX" not in client.get(LIST).content.decode()
    assert LogEntry.objects.count() == 0
    assert Submission.objects.count() == 1
