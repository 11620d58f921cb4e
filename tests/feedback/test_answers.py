from datetime import timedelta

import pytest
from django.utils import timezone

from feedback.models import Submission, Topic
from portal.models import SearchEntry
from tests.feedback.builders import make_article, make_submission

pytestmark = pytest.mark.django_db
ANSWERS = "/gop-y/hoi-dap/"
NOW = timezone.now()


def make_answered(**changes):
    values = {
        "state": Submission.State.ANSWERED,
        "answer": "Đã kiểm tra và sửa xong.",
        "answered_at": NOW,
        "is_public": True,
    }
    return make_submission(**(values | changes))


def test_only_published_answers_are_shown(client):
    make_answered(title="Câu đã đăng")
    make_answered(title="Câu chưa đăng", is_public=False)
    make_submission(title="Câu đang chờ")
    page = client.get(ANSWERS).content.decode()
    assert "Câu đã đăng" in page
    assert "Câu chưa đăng" not in page
    assert "Câu đang chờ" not in page


def test_names_are_hidden(client):
    make_answered(name="Người Gửi Thật")
    assert "Người Gửi Thật" not in client.get(ANSWERS).content.decode()


def test_the_code_that_opens_a_submission_is_covered(client):
    submission = make_answered(code="7KM209XD14", answer="Về mã 7KM20 9XD14: đã sửa.")
    entry = SearchEntry.objects.get(kind=SearchEntry.Kind.ANSWER)
    pages = (client.get(ANSWERS), client.get(submission.public_url))
    for shown in (str(vars(entry)), *(page.content.decode() for page in pages)):
        assert "9XD14" not in shown
    assert "[mã tra cứu]" in pages[1].content.decode()


def test_text_of_citizens_is_escaped_and_its_links_are_text(client):
    make_answered(content="<script>alert(1)</script> https://example.com/", title="<i>x</i>")
    page = client.get(ANSWERS).content.decode()
    assert "<script>alert" not in page
    assert "<i>x" not in page
    assert 'href="https://example.com' not in page


def test_the_newest_answer_is_first(client):
    make_answered(title="Trả lời trước", answered_at=NOW - timedelta(days=2))
    make_answered(title="Trả lời sau", answered_at=NOW)
    make_answered(title="Không rõ ngày", answered_at=None)
    page = client.get(ANSWERS).content.decode()
    assert page.index("Trả lời sau") < page.index("Trả lời trước") < page.index("Không rõ ngày")


def test_answers_are_paged_by_ten(client):
    for number in range(11):
        make_answered(title=f"Câu số {number:02}", answered_at=NOW - timedelta(hours=number))
    assert "Câu số 10" not in client.get(ANSWERS).content.decode()
    assert "Câu số 10" in client.get(ANSWERS, {"trang": "2"}).content.decode()


@pytest.mark.parametrize("number", ["3", "0", "-1", "abc", "", "1.5", "9" * 5000, "\x00", "２"])
def test_a_page_that_does_not_exist_is_not_found(client, number):
    make_answered()
    assert client.get(ANSWERS, {"trang": number}).status_code == 404


def test_an_empty_list_says_so(client):
    assert "Chưa có câu trả lời nào được đăng." in client.get(ANSWERS).content.decode()


def test_an_unpublished_article_is_not_named(client):
    make_answered(article=make_article(title="Bài nháp", state="draft", published_at=None))
    assert "Bài nháp" not in client.get(ANSWERS).content.decode()


def test_a_page_of_answers_costs_four_queries(client, django_assert_num_queries):
    for number in range(10):
        make_answered(article=make_article(title=f"Bài {number}"))
    with django_assert_num_queries(4):
        client.get(ANSWERS)


def test_the_page_is_the_same_for_everybody(client):
    response = client.get(ANSWERS)
    assert not response.cookies
    assert "public" in response.headers["Cache-Control"]
    assert "Cookie" not in response.headers.get("Vary", "")


# -- one address for each --------------------------------------------------------------


def page_of(client, submission):
    return client.get(submission.public_url).content.decode()


def test_an_answer_has_an_address_of_its_own(client):
    submission = make_answered(title="Hỏi về khuyến công", answer="Xin gửi hồ sơ trước 30/6.")
    page = page_of(client, submission)
    assert "Hỏi về khuyến công" in page
    assert "Xin gửi hồ sơ trước 30/6." in page
    assert submission.public_url in client.get(ANSWERS).content.decode()


@pytest.mark.parametrize("changes", [{"is_public": False}, {"state": "new", "is_public": False}])
def test_what_is_not_published_has_no_page(client, changes):
    assert client.get(make_answered(**changes).public_url).status_code == 404


@pytest.mark.parametrize("number", ["0", "999999", "9" * 30])
def test_an_address_of_no_answer_is_not_found(client, number):
    assert client.get(f"{ANSWERS}{number}/").status_code == 404


@pytest.mark.parametrize(
    ("sender", "staff", "is_shown"),
    [(True, True, True), (True, False, False), (False, True, False)],
)
def test_a_name_is_shown_only_when_sender_and_staff_agree(client, sender, staff, is_shown):
    submission = make_answered(name="Người Gửi Thật", may_show_name=sender, shows_name=staff)
    for page in (page_of(client, submission), client.get(ANSWERS).content.decode()):
        assert ("Người Gửi Thật" in page) == is_shown


# -- the shield ------------------------------------------------------------------------

PERSONAL = {
    "title": "Gọi tôi 0912 345 678",
    "content": "Xe 84C-012.34, thư toi@example.com.",
    "answer": "Sở đã gọi số 0987 654 321.",
}
SECRETS = ("0912 345 678", "84C-012.34", "toi@example.com", "0987 654 321")


def test_everybody_reads_a_covered_text_wherever_it_stands(client):
    submission = make_answered(**PERSONAL)
    found = client.get("/tim-kiem/", {"q": "sở đã gọi"}).content.decode()
    entry = SearchEntry.objects.get(kind="answer", object_id=submission.pk)
    pages = [page_of(client, submission), client.get(ANSWERS).content.decode(), found]
    for text in [*pages, entry.title, entry.body]:
        assert not [secret for secret in SECRETS if secret in text]
    assert "[số điện thoại]" in found


def test_what_staff_let_stand_stays(client):
    submission = make_answered(**PERSONAL, shown_as_is=["0987 654 321"])
    page = page_of(client, submission)
    assert "0987 654 321" in page
    assert "0912 345 678" not in page


def test_a_number_covered_in_the_text_does_not_find_it(client):
    make_answered(**PERSONAL)
    assert SearchEntry.objects.filter(document__icontains="345678").count() == 0


def test_the_sender_still_reads_all_of_it(client):
    submission = make_answered(**PERSONAL)
    page = client.post("/gop-y/tra-cuu/", {"code": submission.code}).content.decode()
    assert "toi@example.com" in page


# -- finding ---------------------------------------------------------------------------


def titles(client, **asked):
    return [answer.title for answer in client.get(ANSWERS, asked).context["page"]]


@pytest.fixture
def three_answers(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):  # search learns its words then
        make_three_answers()


def make_three_answers():
    power = Topic.objects.create(name="Điện lực")
    make_answered(
        title="Điện áp yếu",
        content="Bơm nước không lên.",
        topic=power,
        kind="petition",
        address="Ấp 5",
        answered_at=NOW - timedelta(days=1),
    )
    make_answered(title="Giá điện giờ cao điểm", topic=power, kind="question", answered_at=NOW)
    make_answered(title="Hỗ trợ khuyến công", kind="question", answered_at=NOW - timedelta(days=2))


def test_words_are_found_without_marks_and_with_slips(client, three_answers):
    assert titles(client, q="bom nuoc") == ["Điện áp yếu"]
    assert titles(client, q="khuyen cogn") == ["Hỗ trợ khuyến công"]
    assert "“khuyến công”" in client.get(ANSWERS, {"q": "khuyen cogn"}).content.decode()


def test_kind_and_topic_narrow_the_list(client, three_answers):
    assert titles(client, muc="dien-luc") == ["Giá điện giờ cao điểm", "Điện áp yếu"]
    assert titles(client, loai="hoi-dap") == ["Giá điện giờ cao điểm", "Hỗ trợ khuyến công"]
    assert titles(client, loai="phan-anh", muc="dien-luc", q="điện") == ["Điện áp yếu"]


def test_nothing_found_is_said_with_a_way_on(client, three_answers):
    assert "gửi câu hỏi" in client.get(ANSWERS, {"q": "xyzzy"}).content.decode()
    page = client.get(ANSWERS, {"loai": "gop-y", "q": "điện"}).content.decode()
    assert "Bỏ lọc" in page
    assert client.get(ANSWERS, {"q": "xyzzy"}).status_code == 200


@pytest.mark.parametrize(
    "asked",
    [{"loai": "x"}, {"muc": "\x00"}, {"muc": "khong-co"}, {"q": "\x00' | & !"}, {"q": "ữ" * 9_000}],
)
def test_odd_filters_are_left_out(client, three_answers, asked):
    response = client.get(ANSWERS, asked)
    assert response.status_code == 200
    assert ("đã được bỏ qua" in response.content.decode()) == ("q" not in asked)


def test_a_search_of_articles_does_not_mix_in(client, three_answers):
    make_article(title="Điện về xã đảo")
    assert "Điện về xã đảo" not in titles(client, q="điện")
