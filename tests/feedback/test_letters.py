"""Letters to citizens: to whom, saying what, and never more than was agreed to."""

from datetime import timedelta
from smtplib import SMTPServerDisconnected

import pytest
from django.core import mail, signing
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from feedback import confirmation, handling, letters
from feedback.models import Event
from portal.letters import RETRY_AFTER
from tests.builders import make_staff
from tests.feedback.builders import make_submission

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("mail_server")]

ADDRESS = "hong@example.com"


@pytest.fixture
def worker(django_capture_on_commit_callbacks):
    """Return a function that does something and then what the worker has to do with it."""

    def run(do, *args, **kwargs):
        with django_capture_on_commit_callbacks(execute=True):
            done = do(*args, **kwargs)
        for result in queued():
            result.delete()
            result.task.call(*result.args_kwargs["args"])
        return done

    return run


def queued():
    return list(DBTaskResult.objects.filter(task_path__contains="feedback.letters"))


def confirmed(**changes):
    submission = make_submission(email=ADDRESS, **changes)
    confirmation.confirm(submission)
    return submission


# -- asking for confirmation -----------------------------------------------------------


def test_the_first_letter_asks_for_confirmation_in_our_own_words_alone(worker):
    written = {"name": "Mua ngay", "title": "Giảm giá!!!", "content": "http://lua.example"}
    submission = make_submission(email=ADDRESS, **written)
    assert worker(letters.confirm_address, submission)
    (letter,) = mail.outbox
    assert letter.to == [ADDRESS]
    assert letter.subject == "Xác nhận địa chỉ thư điện tử – Sở Công Thương"
    for words in (*written.values(), submission.code, submission.grouped_code):
        assert words not in letter.subject + letter.body
    path = reverse("feedback:confirm", args=[confirmation.token_of(submission)])
    assert f"https://soct.example.gov.vn{path}\n" in letter.body
    assert submission.events.get().kind == Event.Kind.MAILED


def test_one_mailbox_is_asked_three_times_a_day_however_it_is_written(worker):
    addresses = [ADDRESS, "Hong@Example.com", "hong+1@example.com", "hong+2@example.com"]
    asked = [
        worker(letters.confirm_address, make_submission(email=address)) for address in addresses
    ]
    assert asked == [True, True, True, False]
    assert worker(letters.confirm_address, make_submission(email="khac@example.com"))
    assert len(mail.outbox) == 4


def test_yesterdays_letters_are_not_counted(worker):
    for _ in range(3):
        make_submission(email=ADDRESS).events.create(
            kind=Event.Kind.MAILED,
            after="Xác nhận địa chỉ thư điện tử",
            at=timezone.now() - timedelta(days=1),
        )
    assert worker(letters.confirm_address, make_submission(email=ADDRESS))


@pytest.mark.parametrize("changes", [{"state": "spam"}, {"email": ""}])
def test_whom_nobody_should_write_to_is_not_asked(worker, changes):
    submission = make_submission(**{"email": ADDRESS} | changes)
    assert not worker(letters.confirm_address, submission)
    assert mail.outbox == []


def test_who_was_taken_for_spam_is_asked_when_it_turns_out_to_be_none(worker):
    submission = make_submission(email=ADDRESS, state="spam")
    worker(handling.not_spam, submission, by=make_staff())
    assert len(mail.outbox) == 1


def test_without_a_mail_server_nothing_is_queued(worker, settings):
    settings.MAIL_IS_SENT = False
    submission = confirmed()
    assert not worker(letters.confirm_address, make_submission(email=ADDRESS))
    worker(handling.answer, submission, "Đã xong.", by=make_staff())
    assert queued() == mail.outbox == []


# -- the link --------------------------------------------------------------------------


def link_to(submission):
    return reverse("feedback:confirm", args=[confirmation.token_of(submission)])


def test_opening_the_link_confirms_nothing_pressing_the_button_does(client):
    submission = make_submission(email=ADDRESS)
    response = client.get(link_to(submission))
    assert response.status_code == 200
    assert "no-store" in response["Cache-Control"]
    assert response["X-Robots-Tag"] == "noindex"
    submission.refresh_from_db()
    assert submission.email_confirmed_at is None
    page = client.post(link_to(submission), follow=True).content.decode()
    assert "Đã xác nhận." in page
    assert submission.code not in page
    submission.refresh_from_db()
    assert submission.email_confirmed_at is not None
    client.post(link_to(submission))
    assert submission.events.get().kind == Event.Kind.CONFIRMED


def test_a_link_that_is_not_ours_too_old_or_of_another_address_says_so(client, monkeypatch):
    submission = make_submission(email=ADDRESS)
    link = link_to(submission)
    forged = reverse(
        "feedback:confirm", args=[signing.dumps([submission.pk, ADDRESS], salt="khác")]
    )
    submission.email = "moi@example.com"
    submission.save()
    monkeypatch.setattr(confirmation, "DAYS", -1)
    for address in (forged, link, link_to(submission)):
        response = client.post(address)
        assert response.status_code == 404
        assert "không đúng hoặc đã hết hạn" in response.content.decode()
    submission.refresh_from_db()
    assert submission.email_confirmed_at is None


def test_who_confirms_after_the_answer_is_told_of_it_then(worker, client):
    submission = make_submission(email=ADDRESS)
    worker(handling.answer, submission, "Đã xong.", by=make_staff())
    assert mail.outbox == []
    worker(client.post, link_to(submission))
    assert [letter.subject for letter in mail.outbox] == ["Góp ý đã được trả lời – Sở Công Thương"]


# -- what has become of it -------------------------------------------------------------


@pytest.mark.parametrize(
    ("step", "words", "said"),
    [
        ("answer", {"words": "Nội dung trả lời."}, "đã trả lời góp ý mà ông/bà gửi ngày"),
        ("extend", {"days": 5, "reason": "Lý do."}, "Hạn trả lời mới là ngày"),
        ("forward", {"to": "Sở Xây dựng"}, "thuộc thẩm quyền của cơ quan khác"),
        ("decline", {"reason": "Lý do."}, "không tiếp nhận được góp ý"),
    ],
)
def test_who_confirmed_is_told_with_the_way_to_read_it(worker, step, words, said):
    submission = confirmed(title="Đèn tắt")
    worker(getattr(handling, step), submission, **words, by=make_staff())
    (letter,) = mail.outbox
    assert said in letter.body
    link = f"https://soct.example.gov.vn{reverse('feedback:track')}?ma={submission.code}\n"
    assert link in letter.body
    assert "Đèn tắt" not in letter.subject + letter.body


@pytest.mark.parametrize("step", ["answer", "extend"])
def test_who_has_not_confirmed_is_told_nothing(worker, step):
    words = {"answer": {"words": "Xong."}, "extend": {"days": 1, "reason": "Lý do."}}[step]
    worker(getattr(handling, step), make_submission(email=ADDRESS), **words, by=make_staff())
    assert queued() == mail.outbox == []


def test_news_that_is_no_longer_true_is_not_sent(django_capture_on_commit_callbacks):
    submission, officer = confirmed(), make_staff()
    with django_capture_on_commit_callbacks(execute=True):
        handling.answer(submission, "Xong.", by=officer)
        handling.reopen(submission, "Trả lời nhầm.", by=officer)
    for result in queued():
        result.task.call(*result.args_kwargs["args"])
    assert mail.outbox == []


def test_nothing_an_address_holds_becomes_a_header():
    submission = make_submission(email="a@example.com\nBcc: b@example.com")
    with pytest.raises(ValueError, match="newline"):
        letters.send.call(submission.pk, "confirm")
    assert mail.outbox == []


def test_a_mail_server_that_is_away_is_tried_again_and_then_given_up(monkeypatch):
    def fail(*args, **kwargs):
        raise SMTPServerDisconnected

    monkeypatch.setattr("django.core.mail.EmailMessage.send", fail)
    submission = make_submission(email=ADDRESS)
    letters.send.call(submission.pk, "confirm")
    (again,) = queued()
    assert again.args_kwargs["args"] == [submission.pk, "confirm", 1]
    with pytest.raises(SMTPServerDisconnected):
        letters.send.call(submission.pk, "confirm", len(RETRY_AFTER))
