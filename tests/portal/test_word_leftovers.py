"""Whatever a text was copied from, only what it means is stored."""

import contextlib

import pytest
from django.core.exceptions import ValidationError

from portal.richtext import clean_html

WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><title>Tệp 1</title>
<style>p.MsoNormal{mso-style-parent:""}</style></head><body>
<!--[if gte mso 9]><xml><w:View>Normal</w:View></xml><![endif]-->
<p class=MsoNormal style='margin-left:1cm;mso-pagination:none'><a name="_Toc1"></a><b><span
style='font-size:14.0pt;font-family:"Times New Roman"'>Kết quả<o:p></o:p></span></b></p>
<p class=MsoNormal><o:p>&nbsp;</o:p></p>
<p class=MsoNormal>Tại&nbsp;<st1:place w:st="on">Trà&nbsp;Vinh</st1:place>&nbsp;&nbsp; tăng<a
href="#_ftn1"><sup>[1]</sup></a> <font color=red>mạnh</font></p>
<p class=MsoListParagraphCxSpFirst style='mso-list:l0 level1 lfo1'><![if !supportLists]><span
style='mso-list:Ignore'>·<span>&nbsp;&nbsp;&nbsp; </span></span><![endif]>Điện</p>
<p class=MsoListParagraphCxSpMiddle style='mso-list:l0 level2 lfo1'><span
style='mso-list:Ignore'>o<span>&nbsp;&nbsp; </span></span>Lưới <b>hạ thế</b></p>
<p class=MsoListParagraphCxSpLast style='mso-list:l0 level1 lfo1'><span
style='mso-list:Ignore'>·<span>&nbsp;&nbsp; </span></span>Nước</p>
<p class=MsoListParagraph style='mso-list:l1 level1 lfo2'>3.<span>&nbsp;&nbsp; </span>Thứ ba</p>
<p class=MsoListParagraph style='mso-list:l1 level1 lfo2'>4.<span>&nbsp;&nbsp; </span>Thứ tư</p>
</body></html>"""
GOOGLE_DOCS = """<meta charset="utf-8"><b style="font-weight:normal;" id="docs-internal-guid-1">
<p dir="ltr" style="line-height:1.38"><span style="font-weight:700">Đậm</span><span
style="font-style:italic"> nghiêng</span><span style="font-weight:400"> thường</span></p></b>"""
LIBREOFFICE = """<p align="justify" style="line-height: 100%; margin-bottom: 0cm">
<font face="Times New Roman, serif"><font size="4"><b>Đậm</b> thường</font></font></p>
<p style="margin-bottom: 0cm"><br/></p>"""


def without_gaps(html: str) -> str:
    return " ".join(html.split()).replace("> <", "><")


def test_of_word_only_what_it_means_is_kept():
    assert without_gaps(clean_html(WORD)) == (
        "<p><b>Kết quả</b></p><p>Tại Trà Vinh tăng<sup>[1]</sup> mạnh</p>"
        "<ul><li>Điện<ul><li>Lưới <b>hạ thế</b></li></ul></li><li>Nước</li></ul>"
        '<ol start="3"><li>Thứ ba</li><li>Thứ tư</li></ol>'
    )


def test_google_docs_wraps_nothing_in_bold_and_keeps_its_own():
    assert without_gaps(clean_html(GOOGLE_DOCS)) == (
        "<p><strong>Đậm</strong><em> nghiêng</em> thường</p>"
    )


def test_fonts_and_empty_paragraphs_of_libreoffice_fall_away():
    assert without_gaps(clean_html(LIBREOFFICE)) == "<p><b>Đậm</b> thường</p>"


@pytest.mark.parametrize(
    ("html", "kept"),
    [
        ("<p>·&nbsp;&nbsp; Một</p><p>·&nbsp;&nbsp; Hai</p>", "<ul><li>Một</li><li>Hai</li></ul>"),
        ("<p>- Một</p><p>- Hai</p>", "<p>- Một</p><p>- Hai</p>"),  # as the author typed it
        ("<p>a&nbsp; b&nbsp;&nbsp;c</p>", "<p>a b c</p>"),
        ("<p>35&nbsp;tỷ</p>", "<p>35&nbsp;tỷ</p>"),  # one alone is meant
        ("<p>a</p><p>&nbsp;</p><p><strong> </strong></p><p>b</p>", "<p>a</p><p>b</p>"),
        ('<p><a name="x">chữ</a> <a href="#_Toc1">mục</a></p>', "<p>chữ mục</p>"),
        ('<p><a href="file:///C:/a.doc">tệp</a></p>', "<p>tệp</p>"),
        ("<pre>a&nbsp;&nbsp;b</pre>", "<pre>a&nbsp;&nbsp;b</pre>"),
    ],
)
def test_leftovers_are_told_from_what_was_meant(html, kept):
    assert clean_html(html) == kept


@pytest.mark.parametrize("html", [WORD, GOOGLE_DOCS, LIBREOFFICE])
def test_cleaning_a_copied_text_twice_changes_nothing(html):
    once = clean_html(html)
    assert clean_html(once) == once


@pytest.mark.parametrize(
    "hostile",
    [
        "<span style",
        "<p style='mso-list:l0 level1'>·&nbsp;&nbsp;a",
        "<p>&nbsp;",
        "<!--[if ",
        "<a>x",
    ],
)
def test_hostile_leftovers_take_no_longer_than_their_length(hostile):
    """Backtracking would take hours here."""
    with contextlib.suppress(ValidationError):
        clean_html(hostile * (200_000 // len(hostile)))
