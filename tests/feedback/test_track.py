import logging
import re
from datetime import UTC, date, datetime

import pytest
from django.contrib.auth import get_user_model
from django.utils import timezone

from feedback import codes, handling
from feedback.models import Attachment, Event, Submission
from feedback.standing import standing
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
    assert "Đã nhận góp ý" in page
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


def test_a_submission_is_found_by_its_markup_escaped(client):
    submission = make_submission(title="<b>Đậm</b>", content="<script>alert(1)</script> hết.")
    page = track(client, submission.code).content.decode()
    assert "&lt;b&gt;Đậm" in page
    assert "<script>alert" not in page


# -- what its sender may know ----------------------------------------------------------

MARCH = datetime(2026, 2, 6, 2, tzinfo=UTC)  # a Friday; due on 6/3, Tết between


def shown_steps(submission):
    return [(step.title, step.text) for step in standing(submission).steps]


@pytest.fixture
def officer():
    return get_user_model().objects.create_user("canbo", last_name="Lê", first_name="Văn Tám")


def test_the_due_date_is_shown_with_how_it_was_counted(client):
    submission = make_submission(received_at=MARCH, due_on=date(2026, 3, 6))
    page = track(client, submission.code).content.decode()
    assert "06/03/2026" in page
    assert "nghỉ Tết Nguyên đán 16–20/02/2026" in page


def test_a_date_that_counting_no_longer_gives_is_shown_without_the_sum():
    submission = make_submission(received_at=MARCH, due_on=date(2026, 3, 5))
    shown = standing(submission, MARCH)
    assert (shown.due_on, shown.said) == (date(2026, 3, 5), "")


def test_what_is_overdue_is_said_to_be(client):
    submission = make_submission(received_at=MARCH, due_on=date(2026, 3, 6))
    at = datetime(2026, 3, 11, 2, tzinfo=UTC)
    assert standing(submission, at).left == "quá hạn 3 ngày làm việc"
    assert standing(submission, at).is_overdue
    assert "Góp ý này đã quá hạn trả lời." in track(client, submission.code).content.decode()


def test_the_steps_tell_what_was_done_but_not_by_whom_nor_notes(client, officer):
    submission = make_submission(received_at=MARCH, due_on=date(2026, 3, 6))
    handling.take_up(submission, by=officer)
    handling.note(submission, "Người này hay gửi.", by=officer)
    handling.extend(submission, 5, "Cần đo lại điện áp.", by=officer)
    handling.answer(submission, "Đã đo, đạt yêu cầu.", by=officer)
    assert shown_steps(submission) == [
        ("Đã nhận góp ý", ""),
        ("Đang xử lý", ""),
        ("Đã gia hạn trả lời đến ngày 13/03/2026", "Cần đo lại điện áp."),
        ("Đã trả lời", ""),
    ]
    page = track(client, submission.code).content.decode()
    assert "Văn Tám" not in page
    assert "hay gửi" not in page


def test_why_it_was_declined_or_where_it_went_is_told(officer):
    declined, forwarded = make_submission(), make_submission()
    handling.decline(declined, "Nội dung không rõ.", by=officer)
    handling.forward(forwarded, "Sở Xây dựng", "Việc của Sở Xây dựng.", by=officer)
    assert shown_steps(declined)[-1] == ("Không tiếp nhận", "Nội dung không rõ.")
    assert shown_steps(forwarded)[-1] == ("Đã chuyển đến Sở Xây dựng", "Việc của Sở Xây dựng.")


def test_outcomes_of_a_time_without_events_are_told_too():
    declined = make_submission(state=Submission.State.DECLINED, reason="Không rõ.")
    forwarded = make_submission(
        state=Submission.State.FORWARDED, forwarded_to="Sở Y tế", reason="Việc của Sở Y tế."
    )
    assert shown_steps(declined)[-1] == ("Không tiếp nhận", "Không rõ.")
    assert shown_steps(forwarded)[-1] == ("Đã chuyển đến Sở Y tế", "Việc của Sở Y tế.")


def test_who_was_taken_for_spam_reads_of_no_steps_and_of_no_delay(officer):
    submission = make_submission(received_at=MARCH, due_on=date(2026, 3, 6))
    handling.take_up(submission, by=officer)
    handling.mark_spam(submission, by=officer)
    shown = standing(submission, datetime(2026, 3, 20, tzinfo=UTC))
    assert [step.title for step in shown.steps] == ["Đã nhận góp ý"]
    assert not shown.is_overdue
    assert standing(submission, MARCH).due_on == date(2026, 3, 6)


def test_names_of_attachments_and_whether_the_mail_is_confirmed_are_shown(client):
    submission = make_submission(email="toi@example.com")
    Attachment.objects.create(
        submission=submission, file="a.webp", name="anh-cot-dien.jpg", size=1, content_type="x"
    )
    page = track(client, submission.code).content.decode()
    assert "anh-cot-dien.jpg" in page
    assert "chưa xác nhận" in page
    assert "toi@example.com" not in page
    Event.objects.create(submission=submission, kind=Event.Kind.CONFIRMED)
    assert shown_steps(submission)[-1][0] == "Đã xác nhận thư điện tử"


def test_following_asks_few_questions(client, officer, django_assert_max_num_queries):
    submission = make_submission(received_at=MARCH, due_on=date(2026, 3, 6))
    for _ in range(5):
        handling.extend(submission, 2, "Cần thêm thời gian.", by=officer)
    with django_assert_max_num_queries(8):
        assert track(client, submission.code).status_code == 200


# -- links that hold the code ----------------------------------------------------------


def follow(client, code, **headers):
    return client.get(TRACK, {"ma": code}, **headers)


def test_a_link_shows_the_same_and_gives_its_code_to_nobody(client):
    submission = make_submission(article=make_article())
    response = follow(client, submission.code.lower())
    page = response.content.decode()
    assert submission.title in page
    assert "no-store" in response.headers["Cache-Control"]
    assert response.headers["Referrer-Policy"] == "no-referrer"
    assert response.headers["X-Robots-Tag"] == "noindex"
    assert 'name="robots" content="noindex"' in page
    addresses = re.findall(r'(?:href|src|action)="([^"]*)"', page)
    assert not [address for address in addresses if submission.code in address.upper()]
    assert "js/tracking" in page


@pytest.mark.parametrize("code", ["0000000000", "", "\x00", "ữ" * 5_000, "<script>alert(1)"])
def test_a_link_with_a_wrong_code_is_not_found(client, code):
    response = follow(client, code)
    assert response.status_code == 404
    assert 'role="alert"' in response.content.decode()
    assert "<script>alert" not in response.content.decode()


def test_guessing_by_links_is_slowed_down_together_with_the_form(client):
    for number in range(60):
        (follow if number % 2 else track)(client, codes.new())
    submission = make_submission()
    assert follow(client, submission.code).status_code == 429
    assert track(client, submission.code).status_code == 429
    assert follow(client, submission.code, REMOTE_ADDR="203.0.113.9").status_code == 200


def test_codes_are_not_logged(client, caplog):
    submission, wrong = make_submission(), codes.new()
    with caplog.at_level(logging.DEBUG):
        for code in (submission.code, wrong):
            follow(client, code)
            track(client, code)
    lines = [r.getMessage() for r in caplog.records if r.name != "django.db.backends"]
    assert not [line for line in lines if submission.code in line or wrong in line]
