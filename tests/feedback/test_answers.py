from datetime import timedelta

import pytest
from django.utils import timezone

from feedback.models import Submission
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


def test_a_page_of_answers_costs_three_queries(client, django_assert_num_queries):
    for number in range(10):
        make_answered(article=make_article(title=f"Bài {number}"))
    with django_assert_num_queries(3):
        client.get(ANSWERS)


def test_the_page_is_the_same_for_everybody(client):
    response = client.get(ANSWERS)
    assert not response.cookies
    assert "public" in response.headers["Cache-Control"]
    assert "Cookie" not in response.headers.get("Vary", "")
