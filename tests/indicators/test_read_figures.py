"""The command that prints what the reader finds in a text."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

TEXT = "Năm 2023, thu ngân sách đạt 9.412 tỷ đồng, tăng 3,5%, bằng 104,6% dự toán."


def printed(*arguments):
    out = StringIO()
    call_command("read_figures", *arguments, stdout=out)
    return out.getvalue()


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "bai.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def test_the_rows_are_printed_as_json(file):
    [row] = json.loads(printed(str(file), "--catalogue", "--date", "2024-01-10"))
    assert (row["code"], row["value"], row["growth"], row["plan"]) == (
        "THUNS",
        "9412",
        "3.5",
        "4.6",
    )


def test_the_rows_are_printed_as_a_table(file):
    heading, line = printed(str(file), "--catalogue", "--table").splitlines()
    assert "So kế hoạch" in heading
    assert "9.412 tỷ đồng" in line
    assert "+3,5 %" in line


def test_the_text_may_come_by_standard_input(monkeypatch):
    monkeypatch.setattr("sys.stdin", StringIO(TEXT))
    assert "9412" in printed("--catalogue")


@pytest.mark.django_db
def test_without_the_catalogue_the_indicators_kept_here_are_used(file):
    assert "9412" in printed(str(file))


def test_a_file_that_is_no_text_is_answered_in_words(tmp_path):
    path = tmp_path / "bai.docx"
    path.write_bytes(b"PK\x03\x04\xff\xfe")
    with pytest.raises(CommandError, match="UTF-8"):
        printed(str(path), "--catalogue")


def test_a_file_that_is_not_there_is_answered_in_words(tmp_path):
    with pytest.raises(CommandError, match="không đọc được"):
        printed(str(tmp_path / "khong-co.txt"), "--catalogue")
