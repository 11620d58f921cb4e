import re
from urllib.parse import quote

import pytest
from django.core.files.base import ContentFile
from lxml import html

from news.models import Article, ArticlePhoto, Attachment, Narration
from tests.builders import make_article, make_photo

pytestmark = pytest.mark.django_db


def page_of(client, article):
    return client.get(article.get_absolute_url()).content.decode()


def full_article():
    article = make_article(
        title="Hội nghị tổng kết",
        lead="Ngày 10/01/2022, Sở tổ chức hội nghị.",
        byline="Nguyên Chương",
        issuing_unit="Văn phòng Sở",
        source="Báo địa phương",
        cover=make_photo(caption="Quang cảnh hội nghị", alt_text="Hội trường đông người dự"),
    )
    ArticlePhoto.objects.create(article=article, photo=make_photo(), caption="Giám đốc phát biểu")
    ArticlePhoto.objects.create(article=article, caption="Chú thích chờ ảnh")
    Attachment.objects.create(
        article=article,
        title="Báo cáo năm",
        kind="pdf",
        size=1536,
        file=ContentFile(b"%PDF-", "x.pdf"),
    )
    return article


def test_the_page_shows_every_part_of_an_article(client):
    page = page_of(client, full_article())
    for part in (
        "Hội nghị tổng kết",
        "Ngày 10/01/2022, Sở tổ chức hội nghị.",
        "Nguyên Chương",
        "Văn phòng Sở",
        "Nguồn: Báo địa phương",
        'alt="Hội trường đông người dự"',
        "Quang cảnh hội nghị",
        "Giám đốc phát biểu",
        "Báo cáo năm",
        "PDF, 1,5 KB",
        "16:30 ngày 02/01/2024",
        "Lượt xem",
        "Họ tên",
        "Tiêu đề",
        "Nội dung",
        "Mã kiểm tra",
    ):
        assert part in page.replace("\xa0", " "), part
    assert "Chú thích chờ ảnh" not in page


def test_the_page_is_the_same_for_everybody(client, django_user_model):
    article = full_article()
    as_reader = client.get(article.get_absolute_url())
    assert not as_reader.cookies
    assert "Cookie" not in as_reader.headers.get("Vary", "")
    assert not re.search(r'csrfmiddlewaretoken"[^>]*value', as_reader.content.decode())
    client.force_login(django_user_model.objects.create_superuser("quantri"))
    assert client.get(article.get_absolute_url()).content == as_reader.content


def test_the_page_may_be_kept_and_compared(client):
    article = full_article()
    first = client.get(article.get_absolute_url())
    assert "s-maxage=60" in first.headers["Cache-Control"]
    again = client.get(article.get_absolute_url(), headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304


def test_the_page_takes_few_queries(client, django_assert_max_num_queries):
    article = full_article()
    for _ in range(3):
        make_article(category=article.category)
    article.related.add(make_article())
    article.tags.create(name="Khuyến công")
    with django_assert_max_num_queries(7):
        page_of(client, article)
    article.corrections.create(text="Sửa.")
    with django_assert_max_num_queries(8):
        page_of(client, article)


def test_there_is_no_player_without_sound(client):
    assert "<audio" not in page_of(client, full_article())


def test_a_player_shows_the_true_duration_and_only_for_this_text(client):
    article = full_article()
    narration = Narration.objects.create(
        article=article,
        key=article.narration_key(),
        duration="218.40",
        file=ContentFile(b"mp3", "x.mp3"),
    )
    page = page_of(client, article)
    assert narration.file.url in page
    assert "(3:38)" in page
    Article.objects.filter(pk=article.pk).update(lead="Đã sửa.")
    assert "<audio" not in page_of(client, article)


def test_markup_in_plain_fields_is_shown_as_text(client):
    canary = "<b>canary</b>"
    article = make_article(
        title=canary,
        lead=canary,
        byline=canary,
        issuing_unit=canary,
        source=canary,
        place=canary,
        cover=make_photo(alt_text=canary, caption=canary, credit=canary),
    )
    for address in (article.get_absolute_url(), "/", "/tin-tuc/", "/rss/", "/tim-kiem/?q=canary"):
        assert canary not in client.get(address).content.decode(), address


def test_views_are_shown_with_the_article(client):
    from portal.models import PageViews

    article = make_article()
    PageViews.objects.create(page=article.page, day="2024-01-02", views=6541)
    assert "6.541" in page_of(client, article)


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_other_methods_are_refused(client, method):
    assert getattr(client, method)(make_article().get_absolute_url()).status_code == 405


def test_a_long_text_lists_its_parts(client):
    body = "".join(f"<h2>Phần {part}</h2><p>Nội dung.</p>" for part in ("một", "hai", "ba"))
    page = page_of(client, make_article(body=body))
    assert '<a href="#muc-3">Phần ba</a>' in page


def test_a_text_of_two_parts_needs_no_list_of_them(client):
    page = page_of(client, make_article(body="<h2>Một</h2><p>A.</p><h2>Hai</h2><p>B.</p>"))
    assert "Trong bài" not in page


# -- what machines read ----------------------------------------------------------------


def document(client, article):
    return html.document_fromstring(page_of(client, article))


def properties(page):
    """Return the schema.org properties of the article itself: name -> values."""
    found = {}
    for node in page.xpath("//*[@itemtype='https://schema.org/NewsArticle']//*[@itemprop]"):
        inner = node.xpath("ancestor::*[@itemscope][1]/@itemtype")
        if inner == ["https://schema.org/NewsArticle"]:
            value = node.get("content") or node.get("href") or node.get("datetime")
            found.setdefault(node.get("itemprop"), []).append(value or node.text_content().strip())
    return found


def test_schema_org_says_what_the_page_says(client, settings):
    article = full_article()
    article.tags.create(name="Khuyến công")
    found = properties(document(client, article))
    assert found["headline"] == ["Hội nghị tổng kết"]
    assert found["datePublished"] == found["dateModified"] == ["2024-01-02T16:30:00+07:00"]
    assert found["author"] == ["Nguyên Chương"]
    assert found["keywords"] == ["Khuyến công"]
    assert found["mainEntityOfPage"] == [settings.BASE_URL + article.get_absolute_url()]
    assert found["image"] == [settings.BASE_URL + article.cover.image.url]
    assert "Nội dung của bài viết." in found["articleBody"][0]


def test_dublin_core_and_open_graph_name_article_and_address(client, settings):
    article = full_article()
    page = document(client, article)
    named = {
        node.get("name") or node.get("property"): node.get("content")
        for node in page.xpath("//head/meta[@content]")
    }
    address = settings.BASE_URL + article.get_absolute_url()
    assert named["DC.identifier"] == named["og:url"] == address
    assert named["DC.title"] == named["og:title"] == article.title
    assert named["DC.creator"] == "Nguyên Chương"
    assert named["DC.date.issued"] == "2024-01-02T16:30:00+07:00"
    assert named["article:section"] == article.category.name
    assert named["og:image"] == settings.BASE_URL + article.cover.image.url


def test_a_page_without_a_picture_of_its_own_is_shared_with_that_of_the_portal(client, settings):
    for page in (document(client, make_article()), html.fromstring(client.get("/").content)):
        (picture,) = page.xpath("//head/meta[@property='og:image']/@content")
        assert picture.startswith(f"{settings.BASE_URL}/static/img/share")


def test_an_unsigned_article_is_by_its_office(client, settings):
    page = document(client, make_article())
    author = page.xpath("//*[@itemprop='author']//@content")
    assert author == [settings.DEPARTMENT["name"]]


def test_sharing_takes_plain_links_and_an_address_to_copy(client, settings):
    article = make_article(title="Điện & nước: 50% hộ")
    page = document(client, article)
    address = settings.BASE_URL + article.get_absolute_url()
    links = page.xpath("//section[@aria-labelledby='chia-se']//a/@href")
    assert [link.partition("?")[0] for link in links] == [
        "mailto:",
        "https://www.facebook.com/sharer/sharer.php",
    ]
    assert "subject=%C4%90i%E1%BB%87n%20%26%20n%C6%B0%E1%BB%9Bc%3A%2050%25" in links[0]
    assert all(quote(address, safe="") in link for link in links)
    assert page.xpath("string(//*[@class='share__text'])") == address


def test_paper_bears_the_address(client, settings):
    article = make_article()
    printed = document(client, article).xpath("string(//*[@class='article__address'])")
    assert printed == f"Địa chỉ bài viết: {settings.BASE_URL}{article.get_absolute_url()}"
