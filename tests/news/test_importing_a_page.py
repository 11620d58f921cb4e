import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from indicators.models import Territory
from news.importers import NothingToImportError, read_page
from news.models import Article
from portal.richtext import paragraphs
from tests.builders import make_category

# Pages of the two old portals' shape, and the scraped pages themselves where they lie beside.
WHOLE_PAGES = sorted((Path(__file__).parent / "pages").glob("*.txt")) + sorted(
    (settings.BASE_DIR.parent / "shared" / "seeds").glob("*.txt")
)
FURNITURE = """
Lượt xem|0:00|anh tin bai|no image|Mã kiểm tra|Họ tên|Tin liên quan|LIÊN KẾT WEBSITE
|Đánh giá của bạn|Gửi đánh giá|Xem kết quả|đang online
""".replace("\n", "").split("|")

PAGE = """Sở tổ chức hội nghị tổng kết
Lượt xem: 6541
0:00 / 0:00
Chiều ngày 2/1/2024, Sở tổ chức hội nghị.
anh tin bai

  Quang cảnh hội nghị

Giá trị sản xuất đạt trên 35.360 tỷ đồng, vượt 4,44% kế hoạch.

Phát biểu kết luận, Giám đốc đề nghị các đơn vị phối hợp tốt hơn.

  Nguyên Chương



Họ tên no image
no image
Tiêu đề no image
Nội dung no image
Mã kiểm tra no image"""


def test_the_article_is_told_from_the_furniture():
    page = read_page(PAGE)
    assert page.title == "Sở tổ chức hội nghị tổng kết"
    assert page.lead == "Chiều ngày 2/1/2024, Sở tổ chức hội nghị."
    assert page.paragraphs == [
        "Giá trị sản xuất đạt trên 35.360 tỷ đồng, vượt 4,44% kế hoạch.",
        "Phát biểu kết luận, Giám đốc đề nghị các đơn vị phối hợp tốt hơn.",
    ]
    assert page.captions == ["Quang cảnh hội nghị"]
    assert page.byline == "Nguyên Chương"
    assert page.issuing_unit == ""
    assert f"{page.published_on:%d/%m/%Y}" == "02/01/2024"


def test_an_office_that_signs_is_the_issuing_unit():
    page = read_page(
        "Tiêu đề tin\nNgày 10/01/2022, hội nghị.\nĐoạn hai.\nVăn phòng Sở\nTin liên quan\nTin khác"
    )
    assert (page.issuing_unit, page.byline) == ("Văn phòng Sở", "")


def test_a_surname_that_is_also_an_office_is_a_person():
    page = read_page("Tiêu đề tin\nĐoạn một.\nĐoạn hai.\nĐoàn Văn Hậu")
    assert (page.byline, page.issuing_unit) == ("Đoàn Văn Hậu", "")


def test_a_short_last_line_that_is_no_name_stays_in_the_text():
    page = read_page("Tiêu đề tin\nĐoạn một.\nĐoạn hai.\nHotline: 1900 1234")
    assert (page.byline, page.paragraphs) == ("", ["Đoạn hai.", "Hotline: 1900 1234"])


def test_everything_after_the_related_news_is_left_out():
    page = read_page(
        "Tiêu đề tin\nĐoạn một.\nĐoạn hai.\nTin liên quan\nMột tin khác\nLIÊN KẾT WEBSITE\n"
        "Đánh giá của bạn về cổng thông tin điện tử\nGửi đánh giá Xem kết quả\n85 người đang online"
    )
    assert page.paragraphs == ["Đoạn hai."]


def test_labelled_lines_are_read():
    page = read_page(
        "Trang chủ\nSở mở lớp tập huấn\nNgày đăng: 05/03/2024 08:00\nTác giả: Lê An\n"
        "Nguồn: Báo tỉnh\nChia sẻ\nĐoạn mở đầu.\nĐoạn hai."
    )
    assert page.title == "Sở mở lớp tập huấn"
    assert page.lead == "Đoạn mở đầu."
    assert (page.byline, page.source) == ("Lê An", "Báo tỉnh")
    assert f"{page.published_on:%d/%m/%Y}" == "05/03/2024"


@pytest.mark.parametrize("page", ["", "\n\n", "Chỉ có tiêu đề", "Lượt xem: 3\n0:00 / 0:00"])
def test_a_page_without_an_article_is_refused(page):
    with pytest.raises(NothingToImportError):
        read_page(page)


@pytest.mark.django_db
def test_the_command_makes_a_draft(tmp_path):
    make_category()
    file = tmp_path / "page.txt"
    file.write_text(PAGE)
    call_command("import_page", file, territory="Trà Vinh", verbosity=0)
    article = Article.objects.get()
    assert article.state == Article.State.DRAFT
    assert article.place == "Trà Vinh"
    assert len(paragraphs(article.body)) == 2
    assert [photo.caption for photo in article.photos.all()] == ["Quang cảnh hội nghị"]
    assert Territory.objects.get().code == "tra-vinh"


@pytest.mark.django_db
@pytest.mark.parametrize("file", WHOLE_PAGES, ids=lambda file: file.name)
def test_a_whole_page_becomes_a_draft_without_its_furniture(file):
    call_command("import_page", file, territory="Trà Vinh", verbosity=0)
    article = Article.objects.get()
    read = article.text_to_read()
    for furniture in FURNITURE:
        assert furniture not in read
    assert article.state == Article.State.DRAFT
    assert article.title
    assert article.lead.endswith(".")
    assert len(paragraphs(article.body)) >= 5
    assert article.byline or article.issuing_unit
    assert article.photos.count() == file.read_text().count("anh tin bai")
    assert re.search(r"\d\d\.\d{3} tỷ đồng", read)


@pytest.mark.django_db
def test_the_same_page_is_not_imported_twice(tmp_path):
    file = tmp_path / "page.txt"
    file.write_text(PAGE)
    call_command("import_page", file, territory="tra-vinh", verbosity=0)
    with pytest.raises(CommandError, match="Đã có bài cùng tiêu đề"):
        call_command("import_page", file, territory="tra-vinh")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (None, "Không đọc được"),
        (b"\xff\xfe\x00", "không phải văn bản UTF-8"),
        (b"", "không có tiêu đề"),
    ],
)
def test_a_bad_file_is_refused_in_words(tmp_path, content, reason):
    file = tmp_path / "page.txt"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(CommandError, match=reason):
        call_command("import_page", file, territory="tra-vinh")
