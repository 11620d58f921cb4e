"""What of an article is read: title, lead and text in their order."""

from news.models import Article
from news.narration.reading import paragraphs


def read(body, lead=""):
    return paragraphs(Article(title="Tin", lead=lead, body=body))


def test_title_lead_and_blocks_in_their_order():
    body = (
        "<h2>Một</h2><p>Hai <strong>ba</strong>.</p><ul><li>Bốn</li><li>Năm</li></ul>"
        '<figure><img src="/media/a.png" alt="Sáu"><figcaption>Bảy</figcaption></figure><p>Tám</p>'
    )
    assert read(body, "Mở đầu.\nĐoạn hai.") == [
        *("Tin", "Mở đầu.", "Đoạn hai."),
        *("Một", "Hai ba.", "Bốn", "Năm", "Bảy", "Tám"),
    ]


def test_a_small_table_is_read_by_its_rows():
    body = (
        "<p>Trước</p><table><caption>Sản lượng</caption><thead><tr><th>Năm</th><th>Tấn</th></tr>"
        "</thead><tbody><tr><td>2023</td><td>5</td></tr></tbody></table><p>Sau</p>"
    )
    assert read(body) == ["Tin", "Trước", "Bảng: Sản lượng.", "2023: Tấn 5.", "Sau"]


def test_a_large_table_is_only_announced_and_so_is_one_without_caption():
    rows = "<tr><td>1</td><td>2</td><td>3</td></tr>" * 9
    assert read(f"<table>{rows}</table>") == ["Tin", "Bảng số liệu."]


def test_a_table_in_a_table_is_part_of_it():
    inner = "<table><tr><td>" + "x " * 3 + "</td></tr></table>"
    said = read(f"<table><tr><td>{inner}</td></tr></table><p>Sau</p>")
    assert (said[0], said[1], said[-1]) == ("Tin", "Bảng số liệu.", "Sau")
    assert sum("x x x" in line for line in said) <= 1


def test_nothing_but_pictures_leaves_the_title():
    assert read('<p><img src="/media/a.png"></p>') == ["Tin"]
    assert read("  ") == ["Tin"]
