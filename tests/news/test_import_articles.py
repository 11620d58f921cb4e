"""Leaving an old portal: exports become articles, once, with their dates, topics and pictures."""

import codecs
from datetime import UTC, datetime
from pathlib import Path

import openpyxl
import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from news.models import Article, Category, ImportedArticle, Photo, Tag
from portal.models import PageViews
from tests.builders import make_category, picture_bytes
from tests.news.exports import ATOM, ATTACHMENT, RSS, table, wxr, wxr_item

pytestmark = pytest.mark.django_db
HEAD = ["Tiêu đề", "Sapo", "Nội dung", "Chuyên mục", "Ngày đăng", "Đường dẫn"]
ROW = [
    "Sở tổ chức hội nghị",
    "Sáng ngày 5/3, Sở tổ chức hội nghị.",
    "<p>Nội dung.</p>",
    "Công nghiệp",
    "05/03/2020 08:30",
    "https://cu.example.vn/tin/so-to-chuc-hoi-nghi.html",
]


def write(folder: Path, content, name="bai.csv") -> Path:
    file = folder / name
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    return file


def bring(*files, **options) -> str:
    """Import and return the reason it complained for; empty when all went well."""
    try:
        call_command("import_articles", *files, **options)
    except CommandError as complaint:
        return str(complaint)
    return ""


def test_a_table_brings_everything_it_has_columns_for(tmp_path, capsys):
    head = [
        *HEAD, "chuyên mục cha", "Tác giả", "Nguồn", "Lượt xem", "Chủ đề", "Trạng thái", "Mã cũ",
    ]  # fmt: skip
    row = [*ROW, "Kinh tế", "Lê An", "Báo tỉnh", "1.234", "khuyến công; OCOP", "đã đăng", "77"]
    assert not bring(write(tmp_path, table(head, row)))
    article = Article.objects.get()
    assert article.title == "Sở tổ chức hội nghị"
    assert article.slug == "so-to-chuc-hoi-nghi"
    assert article.published_at == datetime(2020, 3, 5, 1, 30, tzinfo=UTC)
    assert article.is_published()
    assert [one.name for one in article.category.path()] == ["Kinh tế", "Công nghiệp"]
    assert (article.byline, article.source) == ("Lê An", "Báo tỉnh")
    assert sorted(tag.name for tag in article.tags.all()) == ["OCOP", "khuyến công"]
    counted = PageViews.objects.get()
    assert (counted.page, counted.views) == (article.page, 1234)
    assert f"{counted.day:%d/%m/%Y}" == "05/03/2020"
    assert article.versions.get().note.startswith("Nhập từ bảng CSV")
    topics = article.versions.get().content["tags"]
    assert sorted(topic["name"] for topic in topics) == ["OCOP", "khuyến công"]
    assert "1 bài mới" in capsys.readouterr().out


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1258"])
def test_tables_of_every_usual_encoding_and_delimiter_are_read(tmp_path, codec, delimiter):
    content = table(HEAD, ROW, delimiter=delimiter)
    if codec == "cp1258":  # it has no letter with two marks, only marks to combine
        content = to_windows_1258(content)
    bring(write(tmp_path, content.encode(codec)))
    assert Article.objects.get().title == "Sở tổ chức hội nghị"


def to_windows_1258(words: str) -> str:
    """Return text in which tones are characters of their own, as that encoding has them."""
    import unicodedata

    tones = dict.fromkeys("\u0300\u0301\u0303\u0309\u0323")
    pieces = []
    for letter in words:
        parts = unicodedata.normalize("NFD", letter)
        base = "".join(part for part in parts if part not in tones)
        tone = "".join(part for part in parts if part in tones)
        pieces.append(unicodedata.normalize("NFC", base) + tone)
    return "".join(pieces)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("", "Tệp rỗng"),
        ("Cột một,Cột hai\na,b", "không có cột “tiêu đề”"),
        ("tiêu đề,title\na,b", "hai cột cùng nghĩa"),
        ("title,noi dung\n®iÖn lùc, th­¬ng m¹i vµ c«ng nghiÖp cña tØnh".encode("cp1252"), "TCVN3"),
        ("title\nSôû Coâng Thöông tænh toå chöùc hoäi nghò toång keát".encode("cp1252"), "VNI"),
        (codecs.BOM_UTF8 + b"\xff\xfe\xfd\xfc" * 200, "không có cột"),
    ],
)
def test_a_table_that_cannot_be_read_is_refused_in_words(tmp_path, capsys, content, reason):
    assert bring(write(tmp_path, content)) == "Có 1 lỗi; những bài khác đã được xử lý."
    assert reason in capsys.readouterr().err
    assert not Article.objects.exists()


def test_broken_rows_are_named_and_the_others_imported(tmp_path, capsys):
    rows = [
        ROW,
        ["", "không tiêu đề", "x", "", "", ""],
        ["Ngày sai", "", "x", "", "32/13/2020", ""],
        ["Phông cũ", "", "<p>Së C«ng Th­¬ng tæ chøc héi nghÞ tæng kÕt n¨m</p>", "", "", "/a"],
        ["Quá sâu", "", "<div>" * 200, "", "", "/b"],
        ROW,
        ["Bài cuối", "", "dòng một\n\ndòng hai", "", "2020-03-05T08:30", "/bai-cuoi"],
    ]
    assert bring(write(tmp_path, table(HEAD, *rows)), source="cu").startswith("Có 5 lỗi")
    told = capsys.readouterr().err
    for place, reason in {
        "dòng 3": "Không có tiêu đề",
        "dòng 4": "Không đọc được ngày đăng: “32/13/2020”",
        "dòng 5": "Văn bản dùng phông chữ cũ (TCVN3)",
        "dòng 6": "Nội dung có quá nhiều phần lồng nhau",
        "dòng 7": "Trùng mã",
    }.items():
        assert f"{place}: {reason}" in told
    assert Article.objects.count() == 2
    assert Article.objects.get(slug="bai-cuoi").body == "<p>dòng một</p><p>dòng hai</p>"


def test_markup_of_a_whole_page_in_one_row_spoils_no_other(tmp_path):
    odd = "<html><head></head></html><a href=x>xem</a>"
    rows = [ROW, ["Bài lạ", odd, odd, "", "", "/la"], ["Bài cuối", "", "chữ", "", "", "/cuoi"]]
    assert not bring(write(tmp_path, table(HEAD, *rows)), source="cu")
    assert Article.objects.count() == 3


def test_a_date_no_calendar_has_spoils_its_own_entry_alone(tmp_path, capsys):
    entry = wxr_item(number=7, title="Bài sai ngày", slug="sai")
    wrong = entry.replace("2019-05-01", "Thu, 05 Mar 2020 01:30:00 +9999").replace("_gmt>", "_x>")
    export = wxr(wrong, wxr_item(number=8, title="Bài đúng", slug="dung"))
    assert bring(write(tmp_path, export, "cu.xml")).startswith("Có 1 lỗi")
    assert "Không đọc được ngày đăng" in capsys.readouterr().err
    assert Article.objects.get().title == "Bài đúng"


def test_a_second_run_changes_nothing(tmp_path, capsys):
    file = write(tmp_path, table(HEAD, ROW))
    bring(file)
    before = Article.objects.values().get()
    assert not bring(file)
    assert Article.objects.values().get() == before
    assert "1 bài không đổi" in capsys.readouterr().out


def test_what_changed_there_is_brought_unless_it_was_edited_here(tmp_path, capsys):
    file = write(tmp_path, table(HEAD, ROW))
    bring(file)
    write(tmp_path, table(HEAD, ["Tiêu đề mới", *ROW[1:]]))
    bring(file)
    article = Article.objects.get()
    assert (article.title, article.revision) == ("Tiêu đề mới", 2)

    article.state = Article.State.WITHDRAWN
    article.save()
    write(tmp_path, table(HEAD, ["Tiêu đề thứ ba", *ROW[1:]]))
    bring(file)
    article.refresh_from_db()
    assert article.title == "Tiêu đề mới"
    assert "Đã sửa ở cổng này: giữ nguyên." in capsys.readouterr().out

    bring(file, update=True)
    article.refresh_from_db()
    assert (article.title, article.state) == ("Tiêu đề thứ ba", Article.State.WITHDRAWN)


def test_an_article_deleted_here_comes_back_only_when_asked_for(tmp_path):
    file = write(tmp_path, table(HEAD, ROW))
    bring(file)
    Article.objects.get().delete()
    bring(file)
    assert not Article.objects.exists()
    bring(file, restore=True)
    assert Article.objects.count() == ImportedArticle.objects.count() == 1


def test_a_dry_run_stores_nothing_and_says_what_would_come(tmp_path, capsys):
    media = tmp_path / "media"
    media.mkdir()
    write(media, picture_bytes(), "a.png")
    row = [*ROW[:2], '<p><img src="/a.png"><img src="/b.png"></p>', *ROW[3:]]
    bring(write(tmp_path, table(HEAD, row)), dry_run=True, media=media)
    told = capsys.readouterr().out
    assert "Chạy thử, chưa lưu gì." in told
    assert "1 bài mới" in told
    assert "Không lấy được ảnh /b.png." in told
    assert "1 chuyên mục mới: Công nghiệp." in told
    for model in (Article, Category, Photo, ImportedArticle, PageViews):
        assert not model.objects.exists()


def test_pictures_come_from_the_folder_alone(tmp_path):
    media = tmp_path / "uploads"
    (media / "2019" / "05").mkdir(parents=True)
    write(media / "2019" / "05", picture_bytes((30, 20)), "a.png")
    write(media / "2019" / "05", picture_bytes((60, 40)), "b.png")
    write(media, b"not a picture", "hong.png")
    write(tmp_path, picture_bytes((9, 9)), "ngoai.png")
    body = (
        '<p>Đầu.</p><p><a href="https://cu.example.vn/wp-content/uploads/2019/05/a.png">'
        '<img src="https://cu.example.vn/wp-content/uploads/2019/05/a-300x200.png" alt="Máy dệt">'
        '</a></p><p><img src="../ngoai.png"><img src="/hong.png"><img src="/khong-co.png"></p>'
    )
    head = [*HEAD, "ảnh đại diện"]
    row = [*ROW[:2], body, *ROW[3:], "https://cu.example.vn/wp-content/uploads/2019/05/b.png"]
    bring(write(tmp_path, table(head, row)), media=media)
    article = Article.objects.get()
    assert article.body.count("<img") == 1
    assert 'alt="Máy dệt"' in article.body
    assert "<a" not in article.body
    assert (article.cover.width, article.cover.height) == (60, 40)
    assert Photo.objects.count() == 2


def test_what_comes_public_is_logged_as_such(tmp_path):
    head = [*HEAD, "Trạng thái", "Mã cũ"]
    bring(write(tmp_path, table(head, [*ROW, "nháp", "7"]), "cu.csv"), source="Cũ")
    article = Article.objects.get()
    assert article.state == Article.State.DRAFT
    changed = [ROW[0], "Sapo mới.", *ROW[2:], "đã đăng", "7"]
    bring(write(tmp_path, table(head, changed), "cu.csv"), source="Cũ")
    steps = article.state_changes.order_by("pk").values_list("from_state", "to_state", "by")
    assert list(steps) == [("", "draft", None), ("draft", "approved", None)]
    assert article.state_changes.first().reason == article.versions.first().note


def test_an_article_of_an_undescribed_picture_comes_as_it_was_and_is_counted(tmp_path, capsys):
    write(tmp_path, picture_bytes((60, 40)), "b.png")
    row = [*ROW, "https://cu.example.vn/b.png"]
    bring(write(tmp_path, table([*HEAD, "ảnh đại diện"], row)), media=tmp_path)
    assert Article.objects.get().is_published()
    assert "1 ảnh trong bài chưa có mô tả" in capsys.readouterr().out


def test_nothing_harmful_comes_along(tmp_path):
    body = (
        "<p onclick=alert(1)>a<script>alert(1)</script>"
        '<a href="javascript:alert(1)">b</a><svg onload=alert(1)></svg>'
        '<iframe src="https://video.example/x"></iframe></p>'
    )
    row = ["=1+1 \u202etrái\u202c <b>x</b>", "", body, "A\u200b", *ROW[4:]]
    bring(write(tmp_path, table(HEAD, row)))
    article = Article.objects.get()
    assert article.title == "=1+1 trái <b>x</b>"
    assert article.body == "<p>ab</p>"
    assert article.category.name == "A"


def test_links_between_imported_articles_lead_to_them_here(tmp_path, capsys):
    later = ["Bài sau", "", "<p>x</p>", "", "2020-01-01", "https://cu.example.vn/tin/2.html"]
    body = (
        '<p><a href="https://www.cu.example.vn/tin/2.html">sau</a> <a href="/tin/2.html">sau</a> '
        '<a href="/khac.html">khác</a> <a href="https://bo.example.vn/tin/2.html">bộ</a></p>'
    )
    bring(write(tmp_path, table(HEAD, [*ROW[:2], body, *ROW[3:]], later)))
    article = Article.objects.get(slug="so-to-chuc-hoi-nghi")
    assert article.body.count('href="/tin-tuc/bai-sau/"') == 2
    assert 'href="https://bo.example.vn/tin/2.html"' in article.body
    assert "2 liên kết dẫn về bài mới, 1 liên kết còn dẫn về cổng cũ" in capsys.readouterr().out


def test_a_workbook_is_read_like_a_table(tmp_path):
    book = openpyxl.Workbook()
    moment = datetime(2020, 3, 5, 8, 30)  # noqa: DTZ001 - as Excel keeps it
    book.active.append([*HEAD, "Mã cũ", "Lượt xem"])
    book.active.append([*ROW[:4], moment, "", 12.0, 5])
    file = tmp_path / "bai.xlsx"
    book.save(file)
    assert not bring(file)
    article = Article.objects.get()
    assert article.published_at == datetime(2020, 3, 5, 1, 30, tzinfo=UTC)
    assert article.imported_from.get().key == "12"


def test_a_broken_workbook_is_refused_in_words(tmp_path, capsys):
    bring(write(tmp_path, b"PK\x03\x04 broken", "bai.xlsx"))
    assert "Tệp XLSX hỏng" in capsys.readouterr().err


def test_wordpress_is_left_with_everything_that_can_be_taken(tmp_path, capsys):
    media = tmp_path / "uploads"
    media.mkdir()
    for number in range(4):
        write(media, picture_bytes((20, 10 + number)), f"{number}.png")
    content = (
        "Đoạn một\ndòng hai\n\n"
        '[caption id="attachment_12" width="300"]'
        '<img src="http://cu.example.vn/wp-content/uploads/2.png" alt="Máy may" /> Xưởng may'
        '[/caption]\n\nXem <a href="http://cu.example.vn/?p=8">bài</a> '
        '[gallery ids="13,99"][vc_row a="1"]Trong[/vc_row] [sic]'
    )
    export = wxr(
        *(
            ATTACHMENT.format(number=10 + n, file=f"{n}.png", alt=f"Ảnh chụp {n}")
            for n in (1, 2, 3)
        ),
        wxr_item(
            number=7,
            title="Bài <một>",
            slug="bai-mot-%e1%bb%9f-day",
            content=content,
            excerpt="Sapo <b>đậm</b>",
            terms='<category domain="category" nicename="dien">Điện</category>'
            '<category domain="post_tag" nicename="ocop">OCOP</category>',
            meta={"_thumbnail_id": "11", "post_views_count": "42"},
        ),
        wxr_item(number=8, title="Bài nháp", slug="", status="draft", link="?p=8"),
        wxr_item(number=9, title="Kín", slug="kin", password="bi-mat"),
        wxr_item(number=10, title="Trang", slug="trang", kind="page"),
    )
    assert not bring(write(tmp_path, export, "wp.xml"), media=media)
    article = Article.objects.get(title="Bài <một>")
    assert article.slug == "bai-mot-o-day"
    assert article.lead == "Sapo đậm"
    assert article.byline == "Lê An"
    assert article.published_at == datetime(2019, 5, 1, 2, 0, tzinfo=UTC)
    assert [one.name for one in article.category.path()] == ["Công nghiệp", "Điện"]
    assert [tag.name for tag in article.tags.all()] == ["OCOP"]
    assert article.cover.alt_text == "Ảnh chụp 1"
    assert article.body.startswith("<p>Đoạn một<br>dòng hai</p><figure><img src=")
    assert "<figcaption>Xưởng may</figcaption></figure>" in article.body
    assert '<a href="/tin-tuc/bai-nhap/"' in article.body
    assert "Trong [sic]" in article.body
    assert [shown.photo.alt_text for shown in article.photos.all()] == ["Ảnh chụp 3"]
    assert PageViews.objects.get(page=article.page).views == 42
    drafts = Article.objects.filter(state=Article.State.DRAFT)
    assert sorted(draft.title for draft in drafts) == ["Bài nháp", "Kín"]
    told = capsys.readouterr().out
    assert "Đã bỏ mã chèn: vc_row." in told
    assert "Thiếu ảnh số 99" in told
    assert "Đã bỏ qua 1 mục" in told


@pytest.mark.parametrize("feed", [RSS, ATOM], ids=["RSS", "Atom"])
def test_a_feed_brings_its_entries(tmp_path, feed):
    make_category(name="Thương mại")
    assert not bring(write(tmp_path, feed, "tin.xml"))
    article = Article.objects.get()
    assert article.title == "Hội chợ & triển lãm"
    assert article.slug == "hoi-cho"
    assert article.lead == "Khai mạc sáng 5/3."
    assert article.body == "<p>Nội dung.</p>"
    assert article.byline == "Lê An"
    assert article.category.name == "Thương mại"
    assert timezone.localtime(article.published_at).hour == 8
    assert Tag.objects.get().name == "OCOP"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("<a><b/></a>", "không phải RSS, Atom hay WXR"),
        ('<!DOCTYPE rss [<!ENTITY a "x">]><rss><channel><item/></channel></rss>', "thực thể"),
        (
            '<!DOCTYPE rss [<!ENTITY a SYSTEM "file:///etc/passwd">]><rss><item>&a;</item></rss>',
            "thực thể",
        ),
        (RSS[: RSS.index("</item>") - 8], "XML hỏng"),
        ("<rss", "XML"),
    ],
)
def test_hostile_or_broken_xml_is_refused_in_words(tmp_path, capsys, content, reason):
    assert bring(write(tmp_path, content, "tin.xml"))
    assert reason in capsys.readouterr().err


def test_everything_that_was_said_can_be_had_as_a_table(tmp_path):
    report = tmp_path / "bao-cao.csv"
    bring(write(tmp_path, table([*HEAD, "Lạ"], ["", *ROW[1:], ""])), report=report)
    written = report.read_text("utf-8-sig")
    assert "dòng 2,lỗi,Không có tiêu đề." in written
    assert "Không nhận ra các cột này nên bỏ qua: Lạ." in written
