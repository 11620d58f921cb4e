"""What tells who somebody is goes in time, or on request; what is counted stays."""

import uuid
from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from feedback import erasure, handling
from feedback.models import Attachment, Event, Opinion, Submission
from news.models import Article
from portal.groups import FEEDBACK_OFFICERS
from tests.builders import make_staff
from tests.feedback.builders import make_article, make_submission

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 30, 3, tzinfo=UTC)
PERSONAL = {
    "name": "Nguyễn Thị Hồng",
    "email": "hong@example.com",
    "phone": "0912 345 678",
    "address": "12 Lê Lợi",
    "title": "Gọi 0912 345 678",
    "content": "Tôi là Hồng, gọi 0912 345 678 giúp.",
}
PAGE = "/quan-tri/feedback/submission/du-lieu-ca-nhan/"


@pytest.fixture(autouse=True)
def files(monkeypatch, tmp_path):
    """Keep attachments in a folder of the test's own."""
    files = FileSystemStorage(location=tmp_path)
    monkeypatch.setattr(Attachment._meta.get_field("file"), "storage", files)
    return files


def work():
    for result in DBTaskResult.objects.filter(task_path__contains="feedback.erasure"):
        result.delete()
        result.task.call(*result.args_kwargs["args"])


def everything_stored(submission):
    """Return all the words of a submission's row, events, files and log as one text."""
    rows = [
        *Submission.objects.filter(pk=submission.pk).values(),
        *submission.events.values(),
        *submission.extensions.values(),
        *submission.attachments.values(),
        *LogEntry.objects.values(),
    ]
    return str(rows)


def make_opinion(remark, **changes):
    article = Article.objects.first() or make_article()
    values = {"article": article, "ballot": uuid.uuid4(), "is_helpful": True, "remark": remark}
    return Opinion.objects.create(**(values | changes))


def attached(submission):
    return submission.attachments.create(
        file=ContentFile(b"%PDF-", name="don.pdf"), name="đơn của Hồng.pdf", size=5
    ).file.name


# -- what goes -------------------------------------------------------------------------


def test_nothing_that_tells_of_the_sender_is_left(files):
    submission = make_submission(**PERSONAL, may_show_name=True, likeness=7)
    name, officer = attached(submission), make_staff()
    handling.note(submission, "Đã gọi chị Hồng.", by=officer)
    handling.extend(submission, 5, "Chờ bà Hồng bổ sung hồ sơ.", by=officer)
    handling.answer(submission, "Kính gửi bà Hồng.", by=officer)
    LogEntry.objects.create(
        user=officer,
        content_type=ContentType.objects.get_for_model(Submission),
        object_id=str(submission.pk),
        object_repr=submission.title,
        action_flag=CHANGE,
    )
    assert erasure.erase(submission, by=officer, reason="Theo yêu cầu.")
    work()
    stored = everything_stored(submission)
    for words in ("Hồng", "hong@", "0912", "Lê Lợi"):
        assert words not in stored
    assert not files.exists(name)
    submission.refresh_from_db()
    assert submission.likeness is None
    last = submission.events.last()
    assert (last.kind, last.by, last.text) == (Event.Kind.ERASED, officer, "Theo yêu cầu.")


def test_what_is_counted_stays_as_it_was():
    submission = make_submission(**PERSONAL, due_on=NOW.date())
    handling.answer(submission, "Xong.", by=make_staff())
    counted = ("kind", "state", "received_at", "due_on", "answered_at", "closed_at", "unit_id")
    before = Submission.objects.values(*counted).get()
    steps = list(submission.events.values_list("kind", "at", "by", "before", "after"))
    erasure.erase(submission, reason="Hết hạn.")
    assert Submission.objects.values(*counted).get() == before
    assert list(submission.events.values_list("kind", "at", "by", "before", "after"))[:-1] == steps


def test_what_everybody_reads_stays_as_they_read_it():
    submission = make_submission(**PERSONAL, may_show_name=True)
    officer = make_staff()
    handling.answer(submission, "Đã gọi số 0912 345 678.", by=officer)
    handling.publish(submission, by=officer, shows_name=True)
    read = (submission.public_title, submission.public_content, submission.public_answer)
    erasure.erase(submission, reason="Hết hạn.")
    submission.refresh_from_db()
    assert (submission.title, submission.content, submission.answer) == read
    assert (submission.public_title, submission.public_content, submission.public_answer) == read
    assert submission.is_public
    assert submission.public_name == ""
    assert "0912" not in everything_stored(submission)


@pytest.mark.parametrize(
    "changes",
    [
        {"state": "declined", "reason": "Nói về bà Hồng."},
        {"state": "forwarded", "forwarded_to": "Sở Xây dựng", "reason": "Nói về bà Hồng."},
        {"kind": "petition", "state": "answered", "answer": "Bà Hồng."},
        {"state": "spam"},
    ],
)
def test_every_state_can_be_erased(changes):
    submission = make_submission(**PERSONAL | changes)
    erasure.erase(submission, reason="Hết hạn.")
    submission.refresh_from_db()
    assert submission.state == changes["state"]
    assert "Hồng" not in everything_stored(submission)
    assert not erasure.erase(submission, reason="Lần nữa.")


def test_what_still_waited_is_closed_and_the_sender_reads_why():
    submission, officer = make_submission(**PERSONAL, due_on=NOW.date()), make_staff()
    erasure.erase(submission, by=officer, reason="Theo yêu cầu.")
    assert not Submission.objects.waiting().exists()
    submission.refresh_from_db()
    assert (submission.state, submission.reason) == (Submission.State.DECLINED, erasure.STOPPED)
    assert submission.closed_at
    moved = submission.events.get(kind=Event.Kind.STATE)
    assert (moved.by, moved.before, moved.after) == (officer, "Mới", "Không tiếp nhận")


def test_what_stayed_public_can_be_taken_down_and_its_words_go():
    submission, officer = make_submission(**PERSONAL), make_staff()
    handling.answer(submission, "Đã gọi bà Hồng.", by=officer)
    handling.publish(submission, by=officer, shown_as_is=["0912 345 678"])
    erasure.erase(submission, reason="Hết hạn.")
    handling.unpublish(submission, "Người gửi đề nghị.", by=officer)
    stored = everything_stored(submission)
    for words in ("Hồng", "0912"):
        assert words not in stored
    with pytest.raises(ValidationError, match="đã xóa"):
        handling.reopen(submission, "Xem lại.", by=officer)


def test_what_is_written_after_the_erasure_is_stored_covered():
    submission, officer = make_submission(**PERSONAL), make_staff()
    handling.answer(submission, "Xong.", by=officer)
    handling.publish(submission, by=officer)
    erasure.erase(submission, by=officer, reason="Ông gọi từ số 0912 345 678.")
    handling.unpublish(submission, "Theo thư của hong@example.com.", by=officer)
    stored = everything_stored(submission)
    assert "Ông gọi từ số [số điện thoại]." in stored
    assert "Theo thư của [thư điện tử]." in stored
    for words in ("0912", "hong@"):
        assert words not in stored


def test_what_was_let_stand_goes_with_an_answer_taken_down_before():
    submission, officer = make_submission(**PERSONAL), make_staff()
    handling.answer(submission, "Xong.", by=officer)
    handling.publish(submission, by=officer, shown_as_is=["0912 345 678"])
    handling.unpublish(submission, by=officer)
    erasure.erase(submission, reason="Hết hạn.")
    assert "0912" not in everything_stored(submission)


def test_a_file_that_something_still_holds_stays(files):
    submission = make_submission()
    name = attached(submission)
    erasure.discard.call([name, "attachments/khong-co.pdf"])
    assert files.exists(name)


# -- in time ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "goes"),
    [
        (
            {"state": "declined", "reason": "x", "closed_at": datetime(2024, 11, 29, tzinfo=UTC)},
            True,
        ),
        (
            {"state": "declined", "reason": "x", "closed_at": datetime(2024, 12, 1, tzinfo=UTC)},
            False,
        ),
        ({"received_at": datetime(2020, 1, 1, tzinfo=UTC)}, False),  # it still waits
        ({"state": "spam", "received_at": NOW - timedelta(days=91)}, True),
        ({"state": "spam", "received_at": NOW - timedelta(days=89)}, False),
        (
            {
                "state": "spam",
                "received_at": NOW - timedelta(days=200),
                "closed_at": NOW - timedelta(days=10),
            },
            False,
        ),
    ],
)
def test_it_goes_two_years_after_closing_and_spam_after_ninety_days(changes, goes):
    submission = make_submission(**changes)
    assert (submission in erasure.kept_too_long(NOW)) is goes


def test_the_time_is_a_setting_and_the_last_of_a_month_has_one(settings):
    settings.FEEDBACK_KEPT = 9  # from 30 November: to the last of February
    closed = {"state": "answered", "answer": "x"}
    gone = make_submission(**closed, closed_at=datetime(2026, 2, 28, 2, tzinfo=UTC))
    kept = make_submission(**closed, closed_at=datetime(2026, 2, 28, 4, tzinfo=UTC))
    assert set(erasure.kept_too_long(NOW)) == {gone}
    assert kept.erased_at is None


def test_the_worker_erases_what_is_due_and_each_once():
    long_ago = timezone.now() - timedelta(days=800)
    due = make_submission(state="answered", answer="x", closed_at=long_ago)
    make_submission()
    for _ in range(2):
        erasure.erase_due.call()
    assert list(Submission.objects.exclude(erased_at=None)) == [due]
    assert due.events.get().text == "Hết thời hạn lưu giữ."


def test_what_readers_wrote_about_articles_goes_after_the_same_time_and_is_counted_yet():
    long_ago = timezone.now() - timedelta(days=800)
    old = make_opinion("Chưa nêu hạn nộp.", at=long_ago)
    recent, silent = make_opinion("Hay."), make_opinion("", at=long_ago)
    erasure.take_out_old_remarks.call()
    for opinion, remark in ((old, "(đã xóa)"), (recent, "Hay."), (silent, "")):
        opinion.refresh_from_db()
        assert opinion.remark == remark
    assert list(Opinion.objects.with_remark()) == [recent]
    [row] = Opinion.objects.by_article()
    assert (row["yes"], row["remarks"]) == (3, 2)


def test_the_daily_work_sees_to_messages_and_remarks():
    erasure.enqueue(None, NOW)
    done = DBTaskResult.objects.values_list("task_path", flat=True)
    assert set(done) == {"feedback.erasure.erase_due", "feedback.erasure.take_out_old_remarks"}


# -- on request ------------------------------------------------------------------------


@pytest.fixture
def keeper(client):
    """A member of staff who may see and erase, signed in."""
    keeper = make_staff(FEEDBACK_OFFICERS)
    keeper.user_permissions.add(Permission.objects.get(codename="erase_submission"))
    client.force_login(keeper)
    return keeper


@pytest.mark.parametrize("by_code", [True, False])
def test_everything_held_of_somebody_is_shown_and_that_it_was_shown_is_noted(
    client, keeper, by_code
):
    submission = make_submission(**PERSONAL)
    sought = submission.grouped_code.lower() if by_code else "HONG@example.com"
    attached(submission)
    handling.note(submission, "Đã gọi chị Hồng.", by=keeper)
    page = client.post(PAGE, {"sought": sought}).content.decode()
    for words in (*PERSONAL.values(), "đơn của Hồng.pdf", "Đã gọi chị Hồng."):
        assert words in page
    entry = LogEntry.objects.get()
    assert (entry.user, entry.change_message) == (keeper, "Xem dữ liệu cá nhân của 1 góp ý.")


def test_it_is_erased_after_confirmation_with_a_reason(client, keeper):
    submission, later = make_submission(**PERSONAL), make_submission(email="HONG@example.com")
    asked = {"sought": "hong@example.com", "shown": submission.pk, "_erase": ""}
    for missing in ({"reason": "Theo yêu cầu."}, {"sure": "on"}):
        page = client.post(PAGE, asked | missing).content.decode()
        assert ("Hãy đánh dấu ô xác nhận." in page) is ("reason" in missing)
        assert ("Hãy ghi lý do xóa." in page) is ("sure" in missing)
    assert not Submission.objects.exclude(erased_at=None).exists()
    client.post(PAGE, asked | {"reason": "Theo yêu cầu.", "sure": "on"})
    assert list(Submission.objects.exclude(erased_at=None)) == [submission]  # what was shown
    assert LogEntry.objects.first().change_message == (
        "Xóa dữ liệu cá nhân của 1 góp ý: Theo yêu cầu."
    )
    later.refresh_from_db()
    assert later.name


@pytest.mark.parametrize("sought", ["", "abc", "7KM209XD15", "a" * 300])
def test_what_is_neither_a_code_nor_an_address_is_said(client, keeper, sought):
    response = client.post(PAGE, {"sought": sought})
    assert response.status_code == 200
    assert "errorlist" in response.content.decode()


def test_words_about_articles_in_which_somebody_stands_are_found_and_erased(client, keeper):
    submission = make_submission(**PERSONAL)
    by_phone = make_opinion("Xin gọi 0912.345.678.")
    by_address, other = make_opinion("Viết cho HONG@example.com"), make_opinion("Gọi 0987654321")
    asked = {"sought": "hong@example.com"}
    page = client.post(PAGE, asked).content.decode()
    assert "Đang lưu giữ: 1 góp ý, 2 ý kiến về bài viết" in page
    assert other.remark not in page
    shown = {"shown": submission.pk, "shown_remark": [by_phone.pk, by_address.pk]}
    client.post(PAGE, asked | shown | {"_erase": "", "reason": "Theo yêu cầu.", "sure": "on"})
    remarks = Opinion.objects.order_by("pk").values_list("remark", flat=True)
    assert list(remarks) == ["(đã xóa)", "(đã xóa)", other.remark]
    assert LogEntry.objects.first().change_message == (
        "Xóa dữ liệu cá nhân của 1 góp ý, 2 ý kiến về bài viết: Theo yêu cầu."
    )


def test_who_has_no_such_permission_neither_sees_nor_erases(client):
    client.force_login(make_staff(FEEDBACK_OFFICERS))
    assert client.get(PAGE).status_code == 403
    assert client.post(PAGE, {"sought": "7KM209XD14"}).status_code == 403
    assert PAGE not in client.get("/quan-tri/feedback/submission/").content.decode()
