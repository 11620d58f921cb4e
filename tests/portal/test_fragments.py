"""HTML as it is pasted, imported and stored, read as a tree."""

import pytest

from portal.fragments import parse
from portal.richtext import clean_html


@pytest.mark.parametrize(
    ("html", "words"),
    [
        ("", ""),
        ("<!DOCTYPE html>", ""),
        ("chữ <b>đậm", "chữ đậm"),
        ("<?xml version='1.0' encoding='utf-16'?><p>ă", "ă"),
        ("<html><head></head></html><a href=x>một</a>", "một"),
        ("<html><body><p>một</p></body><body>hai</body></html>", "mộthai"),
        ("<body><p>một</p></body></html><html><body>hai", "mộthai"),
        ("<!-- ghi chú --><p>một</p>", "một"),
    ],
)
def test_documents_whole_doubled_or_broken_are_read_by_their_words(html, words):
    assert parse(html).text_content() == words


def test_text_copied_with_two_bodies_is_cleaned():
    office = "xmlns:o='urn:schemas-microsoft-com:office:office'"
    copied = f"<html {office}><body><p class=MsoNormal>a</p></body><body><p>b</p></body></html>"
    assert clean_html(copied) == "<p>a</p><p>b</p>"


def test_marks_of_documents_that_never_end_are_read_in_one_pass():
    assert "<html" not in clean_html("<html" * 20_000)
