from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.urls import reverse
from django.utils import timezone

from feedback.models import Submission
from portal.groups import FEEDBACK_OFFICERS, ensure_groups
from tests.feedback.builders import make_submission

pytestmark = pytest.mark.django_db
LIST = "/quan-tri/feedback/submission/"


@pytest.fixture
def officer(client):
    ensure_groups()
    officer = User.objects.create_user("can-bo", password="mat-khau-thu-nghiem", is_staff=True)
    officer.groups.set(officer.groups.model.objects.filter(name=FEEDBACK_OFFICERS))
    client.force_login(officer)
    return officer


def page_of(submission):
    return reverse("admin:feedback_submission_change", args=[submission.pk])


def save(client, submission, **changes):
    values = {"state": submission.state, "answer": submission.answer} | changes
    response = client.post(page_of(submission), values)
    submission.refresh_from_db()
    return response


def test_the_first_answer_notes_who_and_when(client, officer):
    submission = make_submission()
    response = save(client, submission, state="answered", answer="Đã xử lý.")
    assert response.status_code == 302
    assert submission.answered_by == officer
    assert timezone.now() - submission.answered_at < timedelta(minutes=1)


def test_a_correction_keeps_who_answered_first(client, officer):
    first_at = timezone.now() - timedelta(days=3)
    submission = make_submission(state="answered", answer="Cũ", answered_at=first_at)
    save(client, submission, answer="Mới")
    assert (submission.answer, submission.answered_at) == ("Mới", first_at)
    assert submission.answered_by is None


def test_an_answer_to_a_new_submission_makes_it_answered(client, officer):
    submission = make_submission()
    save(client, submission, answer="Đã xử lý.")
    assert submission.state == Submission.State.ANSWERED


def test_a_note_of_progress_leaves_it_in_progress(client, officer):
    submission = make_submission()
    save(client, submission, state="in_progress", answer="Đang kiểm tra.")
    assert submission.state == Submission.State.IN_PROGRESS


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"state": "answered"}, "Hãy nhập nội dung trả lời trước khi chọn “Đã trả lời”."),
        ({"is_public": "on"}, "Chỉ đăng ở mục Hỏi đáp sau khi đã trả lời."),
    ],
)
def test_what_does_not_fit_is_refused_in_words(client, officer, changes, sentence):
    submission = make_submission()
    assert sentence in save(client, submission, **changes).content.decode()
    assert submission.state == Submission.State.NEW


def test_the_citizens_words_cannot_be_changed(client, officer):
    submission = make_submission()
    before = (submission.name, submission.title, submission.content, submission.code)
    save(client, submission, name="x", title="x", content="x", code="x", nonce="x", article="1")
    assert (submission.name, submission.title, submission.content, submission.code) == before


def test_the_citizens_words_are_shown_escaped(client, officer):
    canary = "<script>alert(1)</script>"
    submission = make_submission(name=canary, title=canary, content=canary)
    for address in (LIST, page_of(submission), LIST + "?q=script"):
        page = client.get(address).content.decode()
        assert "<script>alert" not in page
        assert "&lt;script&gt;alert" in page


def test_staff_do_not_write_submissions(client, officer):
    assert client.get(LIST + "add/").status_code == 403


def test_an_officer_does_not_delete_submissions(client, officer):
    submission = make_submission()
    assert client.get(page_of(submission) + "../delete/").status_code == 403


def test_the_list_says_how_long_a_submission_waits(client, officer):
    make_submission(received_at=timezone.now() - timedelta(days=4))
    make_submission()
    page = client.get(LIST).content.decode()
    assert "4 ngày" in page
    assert "nhận hôm nay" in page


@pytest.mark.parametrize("words", ["den duong", "ĐÈN", "hong", "đèn đường"])
def test_search_needs_no_marks(client, officer, words):
    make_submission()
    page = client.get(LIST, {"q": words}).content.decode()
    assert "Đèn đường không sáng" in page


def test_search_finds_a_tracking_code(client, officer):
    make_submission(code="7KM209XD14")
    make_submission(title="Góp ý khác")
    page = client.get(LIST, {"q": "7km209xd14"}).content.decode()
    assert "Đèn đường không sáng" in page
    assert "Góp ý khác" not in page


def test_marking_as_spam_leaves_answered_ones_alone(client, officer):
    waiting = make_submission()
    answered = make_submission(state="answered", answer="Đã xử lý.")
    chosen = {"action": "mark_as_spam", "_selected_action": [waiting.pk, answered.pk]}
    client.post(LIST, chosen)
    waiting.refresh_from_db()
    answered.refresh_from_db()
    assert (waiting.state, answered.state) == ("spam", "answered")


def test_taking_up_moves_new_ones(client, officer):
    submission = make_submission()
    client.post(LIST, {"action": "take_up", "_selected_action": [submission.pk]})
    submission.refresh_from_db()
    assert submission.state == Submission.State.IN_PROGRESS


def test_waiting_days_are_counted_by_the_calendar():
    received = timezone.make_aware(timezone.datetime(2026, 3, 5, 23, 50))
    submission = make_submission(received_at=received)
    assert submission.waiting_days(received + timedelta(minutes=5)) == 0
    assert submission.waiting_days(received + timedelta(minutes=15)) == 1
    submission.state = Submission.State.ANSWERED
    assert submission.waiting_days() is None


def test_those_who_wait_longest_come_first():
    late = make_submission(received_at=timezone.now())
    early = make_submission(received_at=timezone.now() - timedelta(days=2))
    make_submission(state=Submission.State.SPAM)
    assert list(Submission.objects.waiting()) == [early, late]
