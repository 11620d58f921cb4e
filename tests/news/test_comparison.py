"""What a version says otherwise than another, shown beside it."""

import pytest
from lxml import html

from news import comparison, versions
from news.models import Tag
from portal.groups import EDITORS
from tests.builders import make_article, make_category, make_photo
from tests.news.test_versions import DRAFT, address, attach, staff

pytestmark = pytest.mark.django_db


def test_a_document_is_named_by_its_title_and_told_from_the_one_it_replaced():
    kept = {"title": "Giấy mời", "kind": "pdf", "size": 303, "position": 0}
    before, after = (
        {"attachments": [kept | {"file": f"tai-lieu/2026/11/{name}.pdf"}]}
        for name in ("fb5c91e6aa", "0a1b2c3d4e")
    )
    assert comparison.compare(before, after)
    assert [comparison.lines_of(side)[0][1] for side in (before, after)] == [
        ["Giấy mời (PDF, 303\xa0byte, tệp fb5c91)"],
        ["Giấy mời (PDF, 303\xa0byte, tệp 0a1b2c)"],
    ]


def part(before, after, label="Nội dung", **options):
    parts = {part.label: part for part in comparison.compare(before, after, **options)}
    return parts[label]


def marked(words):
    return "".join(f"[{run.text}]" if run.is_changed else run.text for run in words or [])


def test_changed_words_are_marked_on_both_sides():
    (row,) = part(
        {"title": "Sản lượng đạt 40.000 tấn"}, {"title": "Sản lượng ước đạt 45.000 tấn"}, "Tiêu đề"
    ).rows
    assert marked(row.before) == "Sản lượng đạt [40].000 tấn"
    assert marked(row.after) == "Sản lượng [ước] đạt [45].000 tấn"


def test_a_paragraph_put_in_does_not_make_the_others_look_changed():
    before = "<p>Một hai ba bốn.</p><p>Năm sáu bảy tám.</p>"
    after = "<p>Một hai ba bốn.</p><p>Hoàn toàn mới.</p><p>Năm sáu bảy chín.</p>"
    rows = part({"body": before}, {"body": after}).rows
    assert [(marked(row.before), marked(row.after)) for row in rows] == [
        ("Một hai ba bốn.", "Một hai ba bốn."),
        ("", "[Hoàn toàn mới.]"),
        ("Năm sáu bảy [tám].", "Năm sáu bảy [chín]."),
    ]


def test_a_changed_address_and_a_changed_picture_are_seen_as_words():
    before = '<p><a href="/cu/">Xem</a></p><p><img src="/media/a.webp" alt="Chợ"></p>'
    after = '<p><a href="/moi/">Xem</a></p><p><img src="/media/b.webp" alt="Xưởng"></p>'
    link, picture = part({"body": before}, {"body": after}).rows
    assert marked(link.after) == "Xem [liên kết: /[moi]/]"
    assert marked(picture.after) == "[ảnh: [Xưởng], /media/[b].webp]"


def test_what_is_only_set_differently_is_said():
    found = part({"body": "<p>Chữ</p>"}, {"body": "<h2>Chữ</h2>"})
    assert found.only_form_differs


def test_long_texts_show_what_changed_and_its_neighbours():
    lines = [f"<p>Đoạn số {number}.</p>" for number in range(30)]
    before = "".join(lines)
    after = before.replace("số 15.", "thứ 15.")
    assert [row.skipped for row in part({"body": before}, {"body": after}).rows] == [
        14,
        0,
        0,
        0,
        13,
    ]
    assert len(part({"body": before}, {"body": after}, whole=True).rows) == 30


def test_hostile_lengths_are_compared_in_bounded_work():
    before = {"body": "<p>a</p>" * 4_000 + "<p>" + "x " * 20_000 + "</p>"}
    after = {"body": "<p>b</p>" * 4_000 + "<p>" + "y " * 20_000 + "</p>"}
    assert part(before, after).rows


def test_of_alike_paragraphs_only_so_many_are_compared_word_by_word(monkeypatch):
    alike = "Sản lượng của quý đạt {} tấn, tăng so với cùng kỳ."
    monkeypatch.setattr(comparison, "MOST_LETTERS", 4 * len(alike.format(10)))  # of two pairs
    before, after = (
        {"body": "".join(f"<p>{alike.format(start + number)}</p>" for number in range(4))}
        for start in (10, 20)
    )
    rows = part(before, after, whole=True).rows
    assert [marked(row.after) == f"[{alike.format(20 + n)}]" for n, row in enumerate(rows)] == [
        False,
        False,
        True,
        True,
    ]


def test_other_parts_are_named_by_what_they_stand_for(client):
    photo, category = make_photo(caption="Chợ phiên"), make_category(name="Thương mại")
    article = make_article(state=DRAFT)
    article.category, article.cover = category, photo
    article.save()
    article.photos.create(photo=photo, caption="Một góc chợ")
    attach(article)
    article.tags.add(Tag.objects.create(name="xúc tiến"))
    versions.record(article)
    client.force_login(staff(EDITORS))
    page = html.document_fromstring(
        client.get(f"{address('compare', article)}?truoc=1&sau=2").content.decode()
    )
    shown = " ".join(page.xpath("//ins/text()"))
    for words in ("Thương mại", "Chợ phiên – Một góc chợ", "Biểu mẫu", "xúc tiến"):
        assert words in shown
    assert page.xpath("//ins/span[@class='visually-hidden']/text()")[:2] == ["[thêm: ", "]"]
    (version,) = client.get(address("version", article, 2)).context["parts"][1:2]
    assert version[0] == "Sapo"
