import pytest
from django.utils import timezone

from feedback import codes
from feedback.models import Submission
from tests.feedback.builders import make_article, make_submission

pytestmark = pytest.mark.django_db
TRACK = "/gop-y/tra-cuu/"


def track(client, code, **headers):
    return client.post(TRACK, {"code": code}, **headers)


def test_a_code_shows_state_date_and_answer(client):
    submission = make_submission(
        state=Submission.State.ANSWERED,
        answer="Đã thay bóng đèn.",
        received_at=timezone.datetime(2026, 3, 5, 8, tzinfo=timezone.get_current_timezone()),
    )
    page = track(client, submission.code).content.decode()
    for shown in ("Đã trả lời", "05/03/2026", "Đã thay bóng đèn.", submission.title):
        assert shown in page


def test_the_senders_name_is_not_shown(client):
    submission = make_submission()
    assert submission.name not in track(client, submission.code).content.decode()


@pytest.mark.parametrize("typed", ["7km20 9xd14", " 7KM2O9XDI4 ", "7km2o-9xdl4"])
def test_case_spaces_and_misread_letters_are_forgiven(client, typed):
    make_submission(code="7KM209XD14")
    assert track(client, typed).status_code == 200


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "Vui lòng nhập mã tra cứu."),
        ("7KM2", "ông/bà đã nhập 4 ký tự"),
        ("0000000001", "có ký tự gõ nhầm"),
        ("0000000000", "Không có góp ý nào mang mã này."),
    ],
)
def test_a_code_that_finds_nothing_is_explained_beside_the_field(client, typed, sentence):
    response = track(client, typed)
    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert 'id="tra-cuu-code_error"' in response.content.decode()


@pytest.mark.parametrize("typed", ["\x00", "ữ" * 100_000, "<script>", "' OR 1=1 --", "😀" * 10])
def test_odd_codes_are_answered(client, typed):
    response = track(client, typed)
    assert response.status_code == 422
    assert "<script>alert" not in response.content.decode()


def test_who_was_taken_for_spam_reads_that_it_was_received(client):
    submission = make_submission(state=Submission.State.SPAM)
    page = track(client, submission.code).content.decode()
    assert "Đã tiếp nhận" in page
    assert "Thư rác" not in page


def test_guessing_is_slowed_down(client):
    for _ in range(60):
        assert track(client, codes.new()).status_code == 422
    submission = make_submission()
    assert track(client, submission.code).status_code == 429
    assert track(client, submission.code, REMOTE_ADDR="203.0.113.9").status_code == 200


def test_an_article_is_named_only_while_the_public_may_read_it(client):
    article = make_article(title="Bài đã gỡ")
    submission = make_submission(article=article)
    assert "Bài đã gỡ" in track(client, submission.code).content.decode()
    article.state = "withdrawn"
    article.save()
    assert "Bài đã gỡ" not in track(client, submission.code).content.decode()


def test_a_code_in_the_address_shows_nothing(client):
    submission = make_submission()
    assert submission.title not in client.get(TRACK, {"code": submission.code}).content.decode()


def test_a_submission_is_found_by_its_markup_escaped(client):
    submission = make_submission(title="<b>Đậm</b>", content="<script>alert(1)</script> hết.")
    page = track(client, submission.code).content.decode()
    assert "&lt;b&gt;Đậm" in page
    assert "<script>alert" not in page
