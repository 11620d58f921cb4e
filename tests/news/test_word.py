"""A Word file becomes a draft; what cannot be taken is named, and nothing is left half made."""

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from news import word
from news.models import Article, Photo
from portal import documents, wordmarkup
from portal.richtext import clean_html
from tests.builders import make_category, make_staff, picture_bytes
from tests.news.word_files import (
    chart,
    link,
    notes_part,
    paragraph,
    picture,
    run,
    table,
    word_file,
)

TITLE = paragraph("Sở tổ chức hội nghị tổng kết", style="Title")
LEAD = paragraph(run("Ngày 5/3/2024, Sở tổ chức hội nghị.", bold=True))
TEXT_WORDS = "Giá trị sản xuất đạt trên 35.360 tỷ đồng, vượt 4,44% kế hoạch."
TEXT = paragraph(TEXT_WORDS)
SIGNED = paragraph(run("Nguyên Chương", italic=True))


def body_of(*blocks, **options) -> str:
    """Return the body that a file with these blocks after title and lead gets."""
    draft = word.read(word_file(TITLE, LEAD, *blocks, **options))
    return clean_html(wordmarkup.inside(draft.root))


def test_title_lead_text_and_signature_are_told_apart():
    draft = word.read(word_file(TITLE, LEAD, TEXT, TEXT, SIGNED))
    assert draft.title == "Sở tổ chức hội nghị tổng kết"
    assert draft.lead == "Ngày 5/3/2024, Sở tổ chức hội nghị."
    assert draft.signature.byline == "Nguyên Chương"
    assert wordmarkup.inside(draft.root).count("<p>") == 2


def test_without_styles_the_first_paragraph_is_the_title():
    draft = word.read(word_file(paragraph(run("Tiêu đề đậm", bold=True)), LEAD, TEXT))
    assert draft.title == "Tiêu đề đậm"


def test_an_office_and_a_source_at_the_end_are_recognised():
    draft = word.read(
        word_file(TITLE, LEAD, TEXT, paragraph("Văn phòng Sở"), paragraph("Nguồn: Báo tỉnh"))
    )
    assert (draft.signature.issuing_unit, draft.signature.source) == ("Văn phòng Sở", "Báo tỉnh")


LAST_LINES = [
    "Điện thoại liên hệ 0294 3862 555", "Hotline: 1900 1234", "Hạn nộp hồ sơ: 30/11/2026",
    "Lưu: VT, QLCN", "Trân trọng cảm ơn", "Chi tiết xem tại https://example.vn", "(Hết)",
    "Địa chỉ: số 1 đường A", "Sản phẩm không đạt chất lượng", "GIÁM ĐỐC",
    "Ban hành kèm theo danh mục", "Phòng cháy hơn chữa cháy",
]  # fmt: skip


@pytest.mark.parametrize("line", LAST_LINES)
def test_a_last_line_that_is_no_name_stays_in_the_text(line):
    draft = word.read(word_file(TITLE, LEAD, TEXT, paragraph(line)))
    assert not any(draft.signature)
    assert draft.root.text_content().endswith(line)


@pytest.mark.parametrize("line", ["Lan Anh – Minh Đức", "T.H.", "Tin, ảnh: Lan Anh"])
def test_who_signs_is_taken_for_the_author_and_the_editor_is_told(line):
    draft = word.read(word_file(TITLE, LEAD, TEXT, paragraph(line)))
    assert draft.signature.byline in line
    assert draft.notes == [f"Dòng cuối “{line}” được chuyển sang ô Tác giả."]


def test_a_link_at_the_end_stays_and_one_in_the_lead_is_named():
    lead = paragraph("Sở công bố ", link("quyết định"), ".")
    last = paragraph(link("Tải Quyết Định"))
    links = {"link1": "https://example.vn/qd.pdf"}
    draft = word.read(word_file(TITLE, lead, TEXT, last, links=links))
    assert draft.root.xpath(".//a/@href") == ["https://example.vn/qd.pdf"]
    assert draft.notes == [
        "Tiêu đề và sapo không mang liên kết; hãy gắn lại trong nội dung: https://example.vn/qd.pdf"
    ]


def test_a_letterhead_is_not_the_title_and_is_told():
    head = [
        "UBND TỈNH THÁI NGUYÊN",
        "SỞ CÔNG THƯƠNG",
        "Số: 12/KH-SCT",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Thái Nguyên, ngày 05 tháng 11 năm 2026",
    ]
    subject = "Bình ổn thị trường Tết"
    file = word_file(*map(paragraph, head), paragraph("KẾ HOẠCH"), paragraph(subject), LEAD, TEXT)
    draft = word.read(file)
    assert (draft.title, draft.lead) == (
        "KẾ HOẠCH Bình ổn thị trường Tết",
        "Ngày 5/3/2024, Sở tổ chức hội nghị.",
    )
    assert draft.root.text_content() == TEXT_WORDS
    assert draft.notes[0] == f"Phần đầu văn bản không đưa vào bài: {'; '.join(head)}."
    assert "cổng lấy đoạn đầu “KẾ HOẠCH Bình ổn thị trường Tết” làm tiêu đề" in draft.notes[1]


def test_a_letterhead_in_a_table_above_a_styled_title_is_left_out():
    head = table(["SỞ CÔNG THƯƠNG", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"])
    draft = word.read(word_file(head, TITLE, LEAD, TEXT))
    assert (draft.title, len(draft.notes)) == ("Sở tổ chức hội nghị tổng kết", 1)
    assert draft.root.text_content() == TEXT_WORDS


def test_an_office_in_capitals_above_a_sentence_is_part_of_the_title():
    title = "SỞ CÔNG THƯƠNG HỌP BÁO"
    draft = word.read(word_file(paragraph(title), LEAD, TEXT))
    assert draft.title == title


def test_a_title_that_is_too_long_is_cut_and_kept_in_the_text():
    draft = word.read(word_file(paragraph("dài " * 100), LEAD, TEXT))
    assert len(draft.title) <= 250
    assert draft.root.text_content().startswith("dài dài")
    assert "Tiêu đề dài quá" in draft.notes[0]


def test_headings_start_at_the_second_level_and_skip_none():
    body = body_of(
        paragraph("Kết quả", style="Heading2"),
        TEXT,
        paragraph(run("Chi tiết", bold=True), style="Heading4"),
        TEXT,
    )
    assert "<h2>Kết quả</h2>" in body
    assert "<h3>Chi tiết</h3>" in body


def test_a_bold_paragraph_stays_a_bold_paragraph():
    body = body_of(TEXT, paragraph(run("Về công nghiệp", bold=True)), TEXT)
    assert "<p><strong>Về công nghiệp</strong></p>" in body


def test_lists_of_word_and_typed_ones_become_lists():
    body = body_of(
        paragraph("Một", list_level=0),
        paragraph("Con", list_level=1),
        paragraph("Hai", list_level=0),
        TEXT,
        paragraph("- Điện"),
        paragraph("- Nước"),
        TEXT,
        paragraph("1. Thứ nhất"),
        paragraph("2. Thứ hai"),
        TEXT,
        paragraph("- Một mình vẫn là đoạn văn."),
        TEXT,
    )
    assert "<ul><li>Một<ul><li>Con</li></ul></li><li>Hai</li></ul>" in body
    assert "<ul><li>Điện</li><li>Nước</li></ul>" in body
    assert "<ol><li>Thứ nhất</li><li>Thứ hai</li></ol>" in body
    assert "<p>- Một mình vẫn là đoạn văn.</p>" in body


def test_a_table_has_its_head_and_its_caption():
    body = body_of(
        TEXT,
        paragraph("Bảng 1. Kết quả sản xuất"),
        table(["Chỉ tiêu", "Năm 2024"], ["IIP", "26,08"], bold_head=True),
        TEXT,
    )
    assert "<caption>Bảng 1. Kết quả sản xuất</caption>" in body
    assert '<th scope="col">Chỉ tiêu</th>' in body
    assert "<tr><td>IIP</td><td>26,08</td></tr>" in body


def test_a_small_file_may_be_packed_as_tightly_as_a_table_of_equal_numbers_is():
    rows = [["0"] * 60] * 60
    assert body_of(TEXT, table(*rows), TEXT).count("<td>0</td>") == 3_600


def test_empty_paragraphs_bookmarks_and_wide_spaces_do_not_survive():
    bookmark = '<w:bookmarkStart w:id="1" w:name="_Toc1"/><w:bookmarkEnd w:id="1"/>'
    body = body_of(
        paragraph(""),
        paragraph(run(" ")),
        paragraph(bookmark, run("Đạt\u00a0\u00a0 35\u00a0tỷ")),
        TEXT,
    )
    assert body.startswith("<p>Đạt 35 tỷ</p>")
    assert "<a" not in body


def test_tracked_changes_are_accepted():
    changed = (
        '<w:p><w:ins w:id="1"><w:r><w:t>Thêm</w:t></w:r></w:ins>'
        '<w:del w:id="2"><w:r><w:delText>Xóa</w:delText></w:r></w:del></w:p>'
    )
    assert body_of(changed, TEXT).startswith("<p>Thêm</p>")


def test_footnotes_stand_at_the_end_as_text():
    mark = '<w:r><w:footnoteReference w:id="1"/></w:r>'
    body = body_of(
        paragraph(run("Theo báo cáo"), mark),
        TEXT,
        parts={"word/footnotes.xml": notes_part(n1="Báo cáo số 12.")},
    )
    assert "Theo báo cáo<sup>[1]</sup>" in body
    assert body.endswith("<hr><p>[1] Báo cáo số 12.</p>")


def test_a_document_in_a_font_of_before_unicode_is_refused():
    old = paragraph("Së C«ng Th­¬ng tæ chøc héi nghÞ tæng kÕt n¨m, triÓn khai nhiÖm vô")
    with pytest.raises(ValidationError, match="TCVN3"):
        word.read(word_file(old, old, old))


@pytest.mark.django_db
def test_pictures_go_into_the_library_with_what_the_document_says_of_them():
    draft, notes = word.save_draft(
        word_file(
            TITLE,
            LEAD,
            TEXT,
            paragraph(picture("a.png", alt="Công nhân vận hành máy dệt")),
            paragraph(run("Hình 1. Dây chuyền mới", italic=True)),
            TEXT,
            paragraph(picture("b.emf")),
            chart(),
            TEXT,
            media={"a.png": picture_bytes(), "b.emf": b"\x01\x00\x00\x00EMF"},
        ),
        category=make_category(),
        by=make_staff(),
    )
    photo = Photo.objects.get()
    assert (photo.alt_text, photo.caption) == (
        "Công nhân vận hành máy dệt",
        "Hình 1. Dây chuyền mới",
    )
    assert f'<figure><img src="{photo.image.url}" alt="Công nhân' in draft.body
    assert "<figcaption>Hình 1. Dây chuyền mới</figcaption></figure>" in draft.body
    assert draft.body.count("<img") == 1
    assert any("1 đối tượng không nhập được (1 biểu đồ)" in note for note in notes)
    assert any(note.startswith("1 ảnh không nhập được.") for note in notes)


@pytest.mark.django_db
def test_a_picture_that_opens_the_text_becomes_the_cover():
    article, notes = word.save_draft(
        word_file(
            TITLE,
            LEAD,
            table([paragraph(picture("a.png"))], ["Quang cảnh hội nghị"]),
            TEXT,
            TEXT,
            media={"a.png": picture_bytes()},
        ),
        category=make_category(),
        by=make_staff(),
    )
    assert article.cover.caption == "Quang cảnh hội nghị"
    assert "<img" not in article.body
    assert notes == ["1 ảnh chưa có mô tả."]


BOMB = '<!DOCTYPE w [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;">]><w>&b;</w>'
FILES = {
    "an old .doc": (SimpleUploadedFile("cu.doc", b"\xd0\xcf\x11\xe0"), "đời cũ"),
    "a .doc renamed": (SimpleUploadedFile("cu.docx", b"\xd0\xcf\x11\xe0"), "không đúng"),
    "another kind": (SimpleUploadedFile("a.pdf", b"%PDF-1.7"), "đuôi .docx"),
    "half a file": (SimpleUploadedFile("a.docx", word_file(TEXT).read()[:400]), "không đúng"),
    "no document inside": (word_file(parts={"word/document.xml": "<w"}), "hỏng"),
    "nothing in it": (word_file(paragraph("")), "không có tiêu đề"),
    "entities": (word_file(parts={"word/document.xml": BOMB}), "không an toàn"),
    "entities under another name": (word_file(TEXT, parts={"word/x.bin": BOMB}), "không an toàn"),
    "macros": (word_file(TEXT, parts={"word/vbaProject.bin": b"x"}), "macro"),
    "a zip bomb": (word_file(parts={"word/document.xml": b" " * 9_000_000}), "nén bất thường"),
    "a thousand parts": (word_file(TEXT, parts={f"word/{n}": b"" for n in range(1_000)}), "1.000"),
    "endless nesting": (word_file("<w:tbl>" * 300 + "</w:tbl>" * 300), "quá dài"),
    "too many parts": (word_file("<w:p><w:r><w:t/></w:r></w:p>" * 70_000), "quá"),
}


@pytest.mark.django_db
@pytest.mark.parametrize("name", FILES)
def test_a_bad_file_is_refused_in_words_and_leaves_nothing(client, name):
    file, reason = FILES[name]
    file.seek(0)
    category = make_category()
    client.force_login(make_staff("Biên tập"))
    response = client.post(
        reverse("admin:news_article_import_word"), {"file": file, "category": category.pk}
    )
    assert response.status_code == 200
    [message] = response.context["form"].errors["file"]
    assert reason in message
    assert not Article.objects.exists()
    assert not Photo.objects.exists()


@pytest.mark.django_db
def test_a_file_that_is_too_large_is_refused(client, monkeypatch):
    monkeypatch.setattr(documents, "MAX_BYTES", 1000)
    client.force_login(make_staff("Biên tập"))
    response = client.post(
        reverse("admin:news_article_import_word"),
        {"file": word_file(TITLE, LEAD, TEXT), "category": make_category().pk},
    )
    assert "quá lớn" in response.context["form"].errors["file"][0]


@pytest.mark.django_db
def test_a_file_that_came_without_a_category_is_named_to_be_chosen_again(client):
    client.force_login(make_staff("Biên tập"))
    file = word_file(TITLE, LEAD, TEXT)
    errors = client.post(reverse("admin:news_article_import_word"), {"file": file}).context["form"]
    assert "Hãy chọn lại tệp “bai.docx”" in errors["file"].errors[0]


@pytest.mark.django_db
def test_an_editor_gets_a_draft_and_is_told_what_is_missing(client):
    editor = make_staff("Biên tập")
    client.force_login(editor)
    assert "Nhập từ Word" in client.get(reverse("admin:news_article_changelist")).text
    response = client.post(
        reverse("admin:news_article_import_word"),
        {
            "file": word_file(
                TITLE, LEAD, TEXT, paragraph(picture("a.png")), TEXT,
                media={"a.png": picture_bytes()},
            ),
            "category": make_category().pk,
        },
        follow=True,
    )  # fmt: skip
    article = Article.objects.get()
    assert response.redirect_chain[-1][0] == reverse("admin:news_article_change", args=[article.pk])
    assert "1 ảnh chưa có mô tả." in response.text
    assert "Đã tạo bản nháp “Sở tổ chức hội nghị tổng kết” từ tệp Word" in response.text
    assert (article.state, article.created_by) == (Article.State.DRAFT, editor)
    assert article.versions.get().note == "Nhập từ Word"


@pytest.mark.django_db
def test_who_may_not_add_articles_may_not_import_them(client):
    client.force_login(make_staff())
    assert client.get(reverse("admin:news_article_import_word")).status_code == 403
