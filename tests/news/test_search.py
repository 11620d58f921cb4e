import unicodedata

import pytest
from django.utils import timezone

from news.models import Article
from portal.search.engine import Filters
from portal.search.queries import parse
from portal.search.results import Results
from tests.builders import make_article

pytestmark = pytest.mark.django_db


def found(query):
    """Return the articles that hold every word of a query, best first."""
    hits = Results(parse(query), Filters(timezone.now())).found[0:10]
    articles = Article.objects.in_bulk([hit.object_id for hit in hits])
    return [articles[hit.object_id] for hit in hits]


@pytest.mark.parametrize(
    "query",
    [
        "công nghiệp",
        "cong nghiep",
        "CÔNG NGHIỆP",
        "Cong Nghiệp",
        unicodedata.normalize("NFD", "công nghiệp"),
        "điện",
        "dien",
        "Đường dây",
        "duong day",
    ],
)
def test_words_are_found_with_and_without_marks(query):
    article = make_article(title="Sản xuất công nghiệp", body="<p>Điện và <b>đường dây</b></p>")
    make_article(title="Tin khác")
    assert found(query) == [article]


def test_every_word_must_occur():
    make_article(title="Công nghiệp")
    assert found("công nghiệp thương mại") == []


def test_quotes_make_a_phrase_and_minus_excludes():
    retail = make_article(title="Tổng mức bán lẻ hàng hóa")
    other = make_article(title="Lẻ tẻ vài nơi bán hàng")
    assert found('"bán lẻ"') == [retail]
    assert found("bán lẻ -hóa") == [other]


def test_a_hit_in_the_title_comes_before_one_in_the_text():
    in_text = make_article(body="<p>khuyến công</p>")
    in_title = make_article(title="Khuyến công", published_at=in_text.published_at)
    assert found("khuyến công") == [in_title, in_text]


@pytest.mark.parametrize(
    "query", ["", "   ", '"', "-", "(((", "' OR 1=1 --", "\x00", "%", "a" * 10_000]
)
def test_odd_queries_answer(client, query):
    make_article()
    assert client.get("/tim-kiem/", {"q": query}).status_code == 200


def test_the_page_marks_what_was_found_in_the_original_words(client):
    make_article(title="Sản xuất công nghiệp tăng")
    page = client.get("/tim-kiem/", {"q": "cong nghiep"}).content.decode()
    assert "<mark>công</mark> <mark>nghiệp</mark>" in page


def test_the_query_is_shown_as_text(client):
    page = client.get("/tim-kiem/", {"q": "<script>alert(1)</script>"}).content.decode()
    assert "<script>alert" not in page


def test_markup_is_not_searched():
    make_article(body="<p><strong>chữ</strong></p>")
    assert found("strong") == []


def test_advice_is_given_only_when_nothing_at_all_was_found(client):
    make_article(title="Sản lượng điện")
    page = client.get("/tim-kiem/", {"q": "san luong dien"}).content.decode()
    assert "Tìm thấy 1 kết quả có “san luong dien”." in page
    assert "thử bớt từ" not in page
    assert "thử bớt từ" in client.get("/tim-kiem/", {"q": "khong co dau"}).content.decode()
