"""Search of the whole portal, from what is typed to the page."""

import unicodedata
from datetime import timedelta

import pytest
from django.utils import timezone

from feedback.models import Submission
from news.models import Article, Attachment, Tag
from portal.models import Abbreviation, SearchWord, StandingPage
from portal.search import engine, marking
from portal.search.occurrences import occurrences
from tests.builders import LONG_AGO, make_article, make_category
from tests.feedback.builders import make_submission
from tests.indicators.builders import make_indicator
from tests.portal.conftest import plain

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "query",
    ["hoà bình", "hòa bình", "HOÀ BÌNH", "hoa binh", unicodedata.normalize("NFD", "Hoà bình")],
)
def test_old_and_new_places_of_the_tone_are_one(titles, query):
    make_article(title="Thành phố Hòa Bình")
    make_article(title="Đập thuỷ điện Hoà Bình")
    assert len(titles(query)) == 2


@pytest.mark.parametrize(
    ("query", "written"),
    [
        ("kĩ thuật", "Kỹ thuật"),
        ("thủy sản", "Thuỷ sản"),
        ("khoẻ", "Khỏe"),
        ("quí hai", "Quý hai"),
        ("Cư Mgar", "Cư M’gar"),
        ("110kV", "Đường dây 110 kV"),
        ("quý 2", "Quý II"),
    ],
)
def test_spellings_of_one_word_find_each_other(titles, query, written):
    make_article(title=written)
    assert titles(query) == [written]


def test_marks_as_typed_come_before_other_marks(titles):
    make_article(title="Bạn lẻ loi giữa chợ", lead="Bạn lẻ, bạn lẻ.")
    make_article(title="Báo cáo thị trường", body="<p>Mức bán lẻ tăng.</p>", published_at=LONG_AGO)
    assert titles("bán lẻ") == ["Báo cáo thị trường", "Bạn lẻ loi giữa chợ"]
    assert titles("bạn lẻ") == ["Bạn lẻ loi giữa chợ", "Báo cáo thị trường"]


@pytest.mark.parametrize("query", ["35360", "35.360", "35,360", "35 360", "35.360 tỷ"])
@pytest.mark.parametrize("written", ["35360", "35.360", "35,360", "35 360"])
def test_a_number_is_found_however_it_is_grouped(titles, query, written):
    make_article(title="Giá trị sản xuất", body=f"<p>Đạt {written} tỷ đồng.</p>")
    assert titles(query) == ["Giá trị sản xuất"]


def test_decimals_are_found_by_comma_and_by_point_and_are_no_other_number(titles):
    make_article(title="Tăng 4,44%")
    make_article(title="Có 444 hộ")
    assert titles("4,44") == titles("4.44") == ["Tăng 4,44%"]


@pytest.mark.parametrize(
    "query", ["UBND", "ubnd tỉnh", "ủy ban nhân dân tỉnh", '"uy ban nhan dan"']
)
def test_abbreviations_are_read_both_ways(titles, query):
    Abbreviation.objects.get_or_create(short="UBND", long="Ủy ban nhân dân")
    make_article(title="Chủ tịch UBND tỉnh làm việc", published_at=timezone.now())
    make_article(title="Ủy ban nhân dân tỉnh họp")
    assert sorted(titles(query)) == ["Chủ tịch UBND tỉnh làm việc", "Ủy ban nhân dân tỉnh họp"]


def test_the_long_form_is_marked_where_the_short_one_was_typed(client):
    Abbreviation.objects.get_or_create(short="KCN", long="Khu công nghiệp")
    make_article(title="Mở rộng khu công nghiệp Long Đức")
    page = client.get("/tim-kiem/", {"q": "kcn"}).content.decode()
    assert "Mở rộng <mark>khu công nghiệp</mark> Long Đức" in page


def test_an_excerpt_shows_where_most_of_the_words_stand(client):
    filler = "<p>Mở đầu bài viết có điện.</p>" + "<p>Đoạn không liên quan.</p>" * 50
    make_article(title="Bài dài", body=f"{filler}<p>Công ty điện lực tỉnh & xã.</p>{filler}")
    (row,) = client.get("/tim-kiem/", {"q": "điện lực"}).context["rows"]
    assert row.excerpt.startswith("… ")
    assert "Công ty <mark>điện</mark> <mark>lực</mark> tỉnh &amp; xã." in row.excerpt
    assert len(plain(row.excerpt)) < 300


def test_an_excerpt_of_a_text_without_spaces_is_as_short(client):
    make_article(title="Bài lạ", body="<p>điện " + "x" * 5000 + "</p>")
    (row,) = client.get("/tim-kiem/", {"q": "điện"}).context["rows"]
    assert len(plain(row.excerpt)) < 300


def test_a_word_alone_is_not_marked_where_it_stands_beside_another_hit(client):
    make_article(title="Công tác phát triển công nghiệp")
    (row,) = client.get("/tim-kiem/", {"q": "công nghiệp"}).context["rows"]
    assert row.title == "Công tác phát triển <mark>công</mark> <mark>nghiệp</mark>"


def test_everything_public_is_found(titles):
    article = make_article(title="Bài viết")
    Attachment.objects.create(article=article, title="Mẫu đơn phong lan", file="a.pdf", size=1)
    StandingPage.objects.create(
        url="/gioi-thieu/phong-lan/", title="Vườn", content="<p>phong lan</p>"
    )
    make_indicator(name="Sản lượng phong lan")
    make_submission(
        title="Xin giống phong lan",
        state=Submission.State.ANSWERED,
        answer="Đã có.",
        is_public=True,
        answered_at=timezone.now(),
    )
    assert sorted(titles("phong lan")) == [
        "Bài viết",
        "Sản lượng phong lan",
        "Vườn",
        "Xin giống phong lan",
    ]
    assert titles("phong lan", loai="chi-tieu") == ["Sản lượng phong lan"]


def test_categories_and_topics_of_that_name_are_offered_beside(client):
    category = make_category(name="Khuyến công")
    topic = Tag.objects.create(name="khuyến công quốc gia")
    make_article(title="Đề án khuyến công", category=category).tags.add(topic)
    shortcuts = client.get("/tim-kiem/", {"q": "khuyen cong"}).context["shortcuts"]
    assert {entry.title for entry in shortcuts} == {"Khuyến công", "khuyến công quốc gia"}


def test_a_topic_nobody_may_read_of_yet_is_not_offered(client):
    topic = Tag.objects.create(name="khuyến công quốc gia")
    make_article(title="Bản thảo", state=Article.State.DRAFT).tags.add(topic)
    assert client.get("/tim-kiem/", {"q": "khuyen cong"}).context["shortcuts"] == []


def test_results_are_narrowed_by_category_and_year_and_ordered_by_date(titles):
    energy, trade = make_category(name="Năng lượng"), make_category(name="Thương mại")
    part = make_category(name="Điện", parent=energy)
    make_article(title="Giá điện 2023", category=part, published_at=LONG_AGO.replace(year=2023))
    make_article(title="Giá điện 2024", category=trade, published_at=LONG_AGO)
    make_article(title="Bảng giá", lead="giá điện", category=energy, published_at=timezone.now())
    assert titles("giá điện", muc="nang-luong", xep="moi-nhat") == ["Bảng giá", "Giá điện 2023"]
    assert titles("giá điện", nam="2024") == ["Giá điện 2024"]
    assert titles("giá điện")[-1] == "Bảng giá"


def test_a_filter_that_is_not_on_offer_is_left_out_and_said_so(client):
    make_article(title="Giá điện")
    page = client.get("/tim-kiem/", {"q": "giá điện", "muc": "khong-co", "nam": "abc"})
    assert "nên đã được bỏ qua" in page.content.decode()
    assert len(page.context["rows"]) == 1


def test_the_next_page_keeps_what_narrows_the_search(client):
    for number in range(11):
        make_article(title=f"Giá điện {number}", published_at=LONG_AGO)
    page = client.get("/tim-kiem/", {"q": "giá điện", "nam": "2024", "xep": "moi-nhat"})
    assert "?q=gi%C3%A1+%C4%91i%E1%BB%87n&amp;nam=2024&amp;xep=moi-nhat&amp;trang=2" in (
        page.content.decode()
    )
    assert client.get("/tim-kiem/", {"q": "giá điện", "trang": "3"}).status_code == 404


def test_a_slip_leads_to_what_was_probably_meant(client, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):  # words are known from then on
        make_article(title="Phát triển công nghiệp hỗ trợ")
        make_article(title="Công nghệ mới")
    page = client.get("/tim-kiem/", {"q": "cong nghep"})
    assert [plain(row.title) for row in page.context["rows"]] == ["Phát triển công nghiệp hỗ trợ"]
    assert page.context["correction"] == "công nghiệp"
    assert "Không có kết quả cho “cong nghep”" in page.content.decode()


def test_an_abbreviation_is_not_taken_for_a_slip(client, django_capture_on_commit_callbacks):
    Abbreviation.objects.get_or_create(short="KCN", long="Khu công nghiệp")
    with django_capture_on_commit_callbacks(execute=True):
        make_article(title="Cụm công nghiệp (CCN) mới, tập huấn hãm thanh")
    for typed in ("KCN", "TP.HCM", "hcm"):
        assert client.get("/tim-kiem/", {"q": typed}).context["correction"] == "", typed


def test_when_the_filters_alone_leave_nothing_the_page_says_so(
    client, django_assert_max_num_queries
):
    kept = make_category(name="Năng lượng")
    for number in range(3):
        make_article(title=f"Cụm công nghiệp {number}")
    make_article(title="Công nghệ", category=kept)
    with django_assert_max_num_queries(10):
        answer = client.get("/tim-kiem/", {"q": "công nghiệp", "muc": kept.slug})
    said = "Không có kết quả cho “công nghiệp” trong phần đã lọc; toàn cổng có 3 kết quả."
    page = answer.content.decode()
    assert said in page
    assert '<a href="?q=c%C3%B4ng%20nghi%E1%BB%87p">Bỏ lọc</a>' in page
    assert answer.context["correction"] == ""


def test_what_holds_most_words_comes_below_what_holds_all(client):
    make_article(title="Thủ tục cấp phép bán lẻ rượu")
    make_article(title="Cấp phép bán lẻ thuốc lá và rượu, thủ tục mới ở đâu cũng vậy")
    context = client.get("/tim-kiem/", {"q": "thủ tục cấp phép bán lẻ rượu ở đâu"}).context
    assert [plain(row.title)[:8] for row in context["rows"]] == ["Cấp phép"]
    assert [plain(row.title)[:8] for row in context["near"]] == ["Thủ tục "]


def hidden_articles():
    """Return what readers must not find, by the word that stands in it alone."""
    soon, past = timezone.now() + timedelta(hours=1), timezone.now() - timedelta(hours=1)
    return {
        "nhapbai": make_article(title="Bản nhapbai", state=Article.State.DRAFT),
        "choduyet": make_article(title="Bản choduyet", state=Article.State.SUBMITTED),
        "hengio": make_article(title="Bản hengio", published_at=soon),
        "hethan": make_article(title="Bản hethan", expires_at=past),
        "dago": make_article(title="Bản dago", state=Article.State.WITHDRAWN),
    }


def test_nothing_unpublished_is_found_counted_corrected_or_suggested(
    client, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        hidden = hidden_articles()
    assert SearchWord.objects.filter(word="hengio").exists()
    for word in hidden:
        for typed in (word, word[:-1], f"bản {word}"):
            context = client.get("/tim-kiem/", {"q": typed}).context
            assert not context["rows"]
            assert not context["near"]
            assert context["results"].found.count == 0
            assert context["correction"] == ""
        assert client.get("/tim-kiem/goi-y/", {"q": word[:4]}).json() == {"suggestions": []}


def test_a_scheduled_article_is_found_from_its_minute_on(titles):
    article = make_article(title="Bản hengio", published_at=timezone.now() + timedelta(hours=1))
    assert titles("hengio") == []
    Article.objects.filter(pk=article.pk).update(published_at=timezone.now())
    assert titles("hengio") == ["Bản hengio"]


@pytest.mark.parametrize(
    "change",
    [
        {"state": Article.State.WITHDRAWN},
        {"published_at": timezone.now() + timedelta(days=9)},
        {"expires_at": timezone.now() - timedelta(hours=1)},
    ],
)
def test_what_sql_takes_from_readers_is_neither_found_nor_counted(client, change):
    article = make_article(title="Thủy điện", published_at=LONG_AGO)
    Article.objects.filter(pk=article.pk).update(**change)
    context = client.get("/tim-kiem/", {"q": "thủy điện"}).context
    assert (context["rows"], context["results"].found.count) == ([], 0)
    assert client.get("/tim-kiem/goi-y/", {"q": "thuy"}).json() == {"suggestions": []}


def test_an_answer_leads_to_its_own_page(client):
    for number in range(12):
        make_submission(
            title=f"Thư {number}",
            state=Submission.State.ANSWERED,
            answer="Có.",
            is_public=True,
            answered_at=timezone.now() - timedelta(days=number),
        )
    (row,) = client.get("/tim-kiem/", {"q": '"thư 11"'}).context["rows"]
    assert "Thư 11" in client.get(row.url).content.decode()


@pytest.mark.parametrize(
    "query",
    [
        "a b " * 250,
        '"' * 10_000,
        "& | ! <-> :* ( ) 'a' \\ \\\\",
        "công:*A & 'nghiệp' | !x",
        "\x00\x01%\x7f'",
        "\u202eđảo ngược\u202c 👩‍🏭👩‍🏭",
        "-",
        "-a -b",
        '-"',
        "x" * 5000,
        "۱۲۳ Ⅳ ½ ß İ",
        "0" * 90,
        "1 2 3 4 5 6 7 8 9 " * 6,
        "{0} {condition} %(at)s",
    ],
)
def test_hostile_queries_are_answered(client, query):
    make_article(title="Công nghiệp")
    for path in ("/tim-kiem/", "/tim-kiem/goi-y/"):
        assert client.get(path, {"q": query}).status_code == 200


def test_an_uncached_page_takes_few_queries(client, django_assert_max_num_queries):
    for number in range(12):
        make_article(title=f"Công nghiệp hỗ trợ {number}")
    for query in ("công nghiệp", "cong nghep ho tro", "hỗ trợ công nghiệp xa lạ", "không có"):
        with django_assert_max_num_queries(10):
            client.get("/tim-kiem/", {"q": query})


def test_suggestions_are_the_phrases_of_titles_and_public(client):
    for title in ("Khuyến công năm 2025", "Đề án khuyến công", "Khu công nghiệp mới"):
        make_article(title=title)
    answer = client.get("/tim-kiem/goi-y/", {"q": "khuyen c"})
    assert answer.json()["suggestions"][0].lower() == "khuyến công"
    assert "public" in answer.headers["Cache-Control"]
    assert not answer.cookies
    assert client.get("/tim-kiem/goi-y/", {"q": "k"}).json() == {"suggestions": []}


def test_every_hit_that_is_counted_is_listed_until_the_list_ends(client):
    for number in range(60):
        make_article(title=f"Bài {number}", body="<p>phonglan</p>")
    found = client.get("/tim-kiem/", {"q": "phonglan"}).context["results"].found
    assert (found.count, len(found), found.is_complete) == (60, 60, True)


def test_an_excerpt_reads_a_long_text_closely_where_the_words_stand_alone(client, monkeypatch):
    read = []
    monkeypatch.setattr(
        marking, "occurrences", lambda text, known: read.append(text) or occurrences(text, known)
    )
    filler = "<p>Đoạn không liên quan.</p>" * 1_000
    make_article(title="Bài dài", body=f"{filler}<p>Công ty điện lực Trà Vinh.</p>{filler}")
    (row,) = client.get("/tim-kiem/", {"q": "dien luc"}).context["rows"]
    assert "Công ty <mark>điện</mark> <mark>lực</mark> Trà Vinh." in row.excerpt
    assert max(map(len, read)) <= marking.STRETCH


@pytest.mark.parametrize("typed", ['"công nghiệp" 35 360', "35 360 -xăng"])
def test_a_number_is_one_word_beside_phrases_and_exclusions_too(titles, typed):
    make_article(title="Công nghiệp đạt 35.360 tỷ đồng")
    assert titles(typed) == ["Công nghiệp đạt 35.360 tỷ đồng"]


def test_a_closing_quote_is_not_marked(client):
    make_article(title="Gọi là ‘Sở Công Thương’ từ nay")
    (row,) = client.get("/tim-kiem/", {"q": "công thương"}).context["rows"]
    assert row.title == "Gọi là ‘Sở <mark>Công</mark> <mark>Thương</mark>’ từ nay"


def test_a_phrase_met_more_often_than_is_listed_is_not_counted_exactly(client, monkeypatch):
    monkeypatch.setattr(engine, "MOST_LISTED", 3)
    for number in range(4):
        make_article(title=f"Giá điện bậc {number}")
    page = client.get("/tim-kiem/", {"q": '"giá điện bậc"'})
    assert "Tìm thấy hơn 3" in page.content.decode()
    Article.objects.get(title="Giá điện bậc 0").delete()
    assert "Tìm thấy 3" in client.get("/tim-kiem/", {"q": '"giá điện bậc"'}).content.decode()
