"""The queue and the page of one submission, as an officer works with them."""

import re
from datetime import date, timedelta
from html import unescape

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage
from django.urls import reverse
from django.utils import timezone

from feedback import handling
from feedback.models import Attachment, Event, ReplyTemplate, Submission, Unit
from portal.groups import FEEDBACK_OFFICERS
from tests.builders import make_staff
from tests.feedback.builders import make_submission

pytestmark = pytest.mark.django_db

LIST = "/quan-tri/feedback/submission/"
State = Submission.State
LONG_AGO = date(2020, 1, 2)


@pytest.fixture
def officer(client):
    officer = make_staff(FEEDBACK_OFFICERS)
    client.force_login(officer)
    return officer


def page_of(submission):
    return reverse("admin:feedback_submission_change", args=[submission.pk])


def take(client, submission, step, **values):
    """Send the form of a step as its page shows it."""
    seen = values.pop("seen", handling.last_event(submission))
    response = client.post(page_of(submission), {"_step": step, "seen": seen} | values)
    submission.refresh_from_db()
    return response


def titles(client, **lookups):
    return [row.title for row in client.get(LIST, lookups).context["cl"].result_list]


def text_of(response):
    words = re.sub(r"<[^>]+>", " ", response.content.decode())
    return " ".join(unescape(words).split())


# -- the page of one -------------------------------------------------------------------


def test_an_answer_is_stored_with_its_event_and_leads_back_to_the_page(client, officer):
    submission = make_submission()
    response = take(client, submission, "answer", words="Đã thay bóng đèn.")
    assert (response.status_code, response.url) == (302, page_of(submission))
    assert (submission.state, submission.answered_by) == (State.ANSWERED, officer)
    page = text_of(client.get(response.url))
    assert "Đã trả lời." in page
    assert "Chuyển trạng thái: Mới → Đã trả lời" in page


@pytest.mark.parametrize(
    ("step", "values"),
    [
        ("note", {"words": "Đã gọi 0912 345 678."}),
        ("extend", {"days": "5", "reason": "Chờ nam (a) gmail com gửi bản vẽ."}),
    ],
)
def test_words_that_stay_are_kept_with_somebodys_data_only_when_that_is_asked_for(
    client, officer, step, values
):
    submission = make_submission()
    response = take(client, submission, step, **values)
    page = text_of(response)
    assert response.status_code == 422
    assert "Chưa lưu vì có “" in page
    assert values.get("words", values.get("reason")) in page
    assert 'name="as_written"' in response.content.decode()
    assert take(client, submission, step, **values, as_written="on").status_code == 302
    assert submission.events.filter(text=values.get("words", values.get("reason"))).exists()


@pytest.mark.parametrize(
    ("step", "values", "sentence"),
    [
        ("extend", {"days": "năm", "reason": "Chờ đo đạc."}, "Hãy nhập số ngày, từ 1 đến 30."),
        ("forward", {"to": "", "reason": "Chờ đo đạc."}, "Hãy ghi tên cơ quan được chuyển đến."),
        ("decline", {"reason": " "}, "Hãy nêu lý do không tiếp nhận; người gửi đọc được."),
        ("assign", {"unit": "99"}, "Không có đơn vị này."),
        ("publish", {}, "đang ở trạng thái “Mới” nên không đăng ở mục Hỏi đáp được."),
    ],
)
def test_what_does_not_fit_is_refused_in_words_and_nothing_typed_is_lost(
    client, officer, step, values, sentence
):
    submission = make_submission()
    response = take(client, submission, step, **values)
    assert response.status_code == 422
    page = text_of(response)
    assert sentence in page
    assert ("Chờ đo đạc." in page) is ("Chờ đo đạc." in values.values())
    assert submission.state == State.NEW
    assert not submission.events.exists()


def test_a_step_on_a_page_that_is_overtaken_keeps_the_words_and_goes_through_again(client, officer):
    submission = make_submission()
    handling.take_up(submission, by=make_staff(last_name="Trần", first_name="Bình"))
    response = take(client, submission, "answer", words="Đã thay bóng.", seen=0)
    page = text_of(response)
    assert "Trần Bình đã thực hiện “Chuyển trạng thái”" in page
    assert "Đã thay bóng." in page
    assert submission.answer == ""
    seen = re.search(r'name="seen" value="(\d+)"', response.content.decode())[1]
    take(client, submission, "answer", words="Đã thay bóng.", seen=seen)
    assert submission.state == State.ANSWERED


def test_a_template_is_put_behind_what_is_typed(client, officer):
    template = ReplyTemplate.objects.create(
        name="Chung", text="Về “{tiêu đề}” gửi ngày {ngày nhận}, mã {mã}: xin cảm ơn."
    )
    submission = make_submission(title="Đèn {mã} <b>", code="7KM209XD14")
    response = take(
        client, submission, "answer", words="Kính gửi bà.", template=template.pk, _prepare=""
    )
    assert response.status_code == 200
    today = f"{timezone.localdate():%d/%m/%Y}"
    words = f"Kính gửi bà.\n\nVề “Đèn {{mã}} <b>” gửi ngày {today}, mã 7KM20 9XD14: xin cảm ơn."
    assert words in unescape(response.content.decode())
    assert submission.state == State.NEW


def test_publishing_shows_first_what_everybody_will_read(client, officer):
    submission = make_submission(
        content="Xin gọi 0912 345 678 cho tôi.", state="answered", answer="Đã gọi."
    )
    page = text_of(client.get(page_of(submission)))
    assert "Xin gọi [số điện thoại] cho tôi." in page
    kept = {"shown_as_is": "0912 345 678"}
    again = take(client, submission, "publish", **kept, _prepare="")
    assert text_of(again).count("Xin gọi 0912 345 678 cho tôi.") == 2
    take(client, submission, "publish", **kept)
    assert (submission.is_public, submission.shown_as_is) == (True, ["0912 345 678"])


def test_what_the_text_does_not_hold_cannot_be_let_stand(client, officer):
    submission = make_submission(
        content="Xin gọi 0912 345 678.", state="answered", answer="Đã gọi."
    )
    response = take(client, submission, "publish", shown_as_is="0999 999 999")
    assert response.status_code == 422
    assert not submission.is_public


def test_the_citizens_words_are_shown_escaped_and_cannot_be_changed(client, officer):
    canary = "<script>alert(1)</script>"
    submission = make_submission(name=canary, title=canary, content=canary)
    take(client, submission, "note", words="Ghi.", name="x", title="x", content="x", code="x")
    assert submission.title == submission.content == submission.name == canary
    for address in (LIST, page_of(submission), LIST + "?q=script"):
        page = client.get(address).content.decode()
        assert "<script>alert" not in page
        assert "&lt;script&gt;alert" in page


def test_signs_that_cannot_be_stored_are_refused(client, officer):
    submission = make_submission()
    assert take(client, submission, "note", words="a\x00b").status_code == 422
    assert take(client, submission, "note", words="a", seen="9" * 40).status_code == 302


@pytest.mark.parametrize("step", ["", "_held"])
def test_an_unknown_step_is_none(client, officer, step):
    assert take(client, make_submission(), step).status_code == 404


def test_who_may_only_read_has_no_steps_and_takes_none(client):
    from django.contrib.auth.models import Permission

    reader = make_staff()
    reader.user_permissions.add(Permission.objects.get(codename="view_submission"))
    client.force_login(reader)
    submission = make_submission()
    assert "Việc cần làm" not in client.get(page_of(submission)).content.decode()
    assert take(client, submission, "take_up").status_code == 403
    assert submission.state == State.NEW


def test_nobody_adds_or_deletes_submissions(client, admin_user):
    client.force_login(admin_user)
    submission = make_submission()
    assert client.get(LIST + "add/").status_code == 403
    assert client.get(f"{LIST}{submission.pk}/delete/").status_code == 403
    assert "delete_selected" not in client.get(LIST).content.decode()


def test_the_page_says_why_it_was_taken_for_a_machines(client, officer):
    submission = make_submission(state="spam", suspicions=["không-còn-mã-này"])
    page = text_of(client.get(page_of(submission)))
    assert "Cổng nghi góp ý này do máy gửi: không-còn-mã-này" in page
    assert "Trạng thái: Nghi là rác" in page


def test_without_a_mail_server_the_page_says_that_none_is_sent(client, officer):
    submission = make_submission(email="hong@example.com")
    page = text_of(client.get(page_of(submission)))
    assert "chưa xác nhận nên cổng không gửi tin đến đây" in page
    assert "Cổng chưa khai báo máy chủ gửi thư nên không gửi thư nào." in page


# -- attachments -----------------------------------------------------------------------


@pytest.fixture
def attachment(monkeypatch, tmp_path):
    files = FileSystemStorage(location=tmp_path)
    monkeypatch.setattr(Attachment._meta.get_field("file"), "storage", files)
    return make_submission().attachments.create(
        file=ContentFile(b"%PDF-1.4 x", name="a.pdf"),
        name='đơn "của" tôi.pdf',
        content_type="text/html",
        size=10,
    )


def address_of(attachment):
    return reverse(
        "admin:feedback_submission_attachment", args=[attachment.submission_id, attachment.pk]
    )


def test_an_attachment_is_kept_as_a_file_never_shown_and_noted(client, officer, attachment):
    response = client.get(address_of(attachment))
    assert b"".join(response.streaming_content) == b"%PDF-1.4 x"
    assert response["Content-Disposition"].startswith("attachment; filename*=utf-8''")
    assert response["Content-Type"] == "application/octet-stream"  # never what the sender says
    assert "sandbox" in response["Content-Security-Policy"]
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in response["Cache-Control"]
    event = attachment.submission.events.get()
    assert (event.kind, event.by, event.text) == (Event.Kind.OPENED, officer, attachment.name)


def test_an_attachment_is_for_whoever_may_see_its_submission(client, attachment):
    assert client.get(address_of(attachment)).status_code == 302  # to the sign-in
    client.force_login(make_staff())
    assert client.get(address_of(attachment)).status_code == 403
    other = make_submission()
    client.force_login(make_staff(FEEDBACK_OFFICERS))
    elsewhere = reverse("admin:feedback_submission_attachment", args=[other.pk, attachment.pk])
    assert client.get(elsewhere).status_code == 404


# -- the queue -------------------------------------------------------------------------


def test_the_queue_holds_what_waits_by_due_date_ones_own_unit_first(client, officer):
    own, other = Unit.objects.create(name="Phòng Điện"), Unit.objects.create(name="Phòng Khác")
    own.members.add(officer)
    soon, late = timezone.localdate() + timedelta(days=3), LONG_AGO
    make_submission(title="khác, quá hạn", unit=other, due_on=late)
    make_submission(title="không hạn")
    make_submission(title="của tôi", unit=own, due_on=soon)
    make_submission(title="xong", state="answered", answer="Rồi.", due_on=late)
    make_submission(title="nghi", state="spam", suspicions=["links"])
    make_submission(title="rác", state="spam", closed_at=timezone.now())
    assert titles(client) == ["của tôi", "khác, quá hạn", "không hạn"]
    assert titles(client, viec="don-vi-toi") == ["của tôi"]
    assert titles(client, viec="qua-han") == ["khác, quá hạn"]
    assert titles(client, viec="nghi-rac") == ["nghi"]
    assert titles(client, viec="da-xong") == ["xong"]
    assert len(titles(client, viec="tat-ca")) == 6
    page = text_of(client.get(LIST))
    assert "Cần xử lý 3 Của đơn vị tôi 1 Quá hạn 1 Nghi là rác 1 Đã xong 1 Tất cả 6" in page
    assert re.search(r"quá hạn [\d.]+ ngày làm việc 02/01/2020", page)


def test_the_queue_takes_as_few_queries_for_many_as_for_one(
    client, officer, django_assert_max_num_queries
):
    for number in range(12):
        make_submission(
            due_on=timezone.localdate(), unit=Unit.objects.create(name=f"Phòng {number}")
        )
    client.get(LIST)
    with django_assert_max_num_queries(16):
        client.get(LIST)


@pytest.mark.parametrize("words", ["den duong", "ĐÈN", "hong"])
def test_search_needs_no_marks_and_finds_what_is_done_too(client, officer, words):
    make_submission(state="answered", answer="Rồi.")
    assert titles(client, q=words) == ["Đèn đường không sáng"]


def test_search_finds_a_tracking_code(client, officer):
    make_submission(code="7KM209XD14")
    make_submission(title="Góp ý khác")
    assert titles(client, q="7km209xd14") == ["Đèn đường không sáng"]


def test_an_odd_filter_is_no_error(client, officer):
    make_submission(state="answered", answer="Rồi.")
    assert len(titles(client, viec="không-có")) == 1  # as if nothing had been chosen
    assert client.get(LIST, {"viec": "x", "o": "x"}).status_code == 200


# -- many at once ----------------------------------------------------------------------


def act(client, action, *submissions, **more):
    chosen = {"action": action, "_selected_action": [each.pk for each in submissions]}
    return client.post(f"{LIST}?viec=tat-ca", chosen | more, follow=True)


def test_many_are_taken_up_at_once_each_with_its_event_the_others_named(client, officer):
    new, done = make_submission(), make_submission(state="answered", answer="Rồi.", title="Cũ")
    page = text_of(act(client, "take_up", new, done))
    assert "Đã nhận xử lý: 1 góp ý." in page
    assert "Chưa nhận xử lý được “Cũ”: Góp ý đang ở trạng thái “Đã trả lời”" in page
    new.refresh_from_db()
    assert new.state == State.IN_PROGRESS
    assert new.events.get().by == officer


def test_what_would_be_published_leaves_the_tracking_code_out(client, officer):
    answer = {"state": State.ANSWERED, "answer": "Về mã 7KM20 9XD14."}
    submission = make_submission(code="7KM209XD14", **answer)
    assert "Về mã [mã tra cứu]." in text_of(client.get(page_of(submission)))


def test_spam_and_back(client, officer):
    submission = make_submission()
    for action, state in (("mark_spam", State.SPAM), ("not_spam", State.NEW)):
        act(client, action, submission)
        submission.refresh_from_db()
        assert submission.state == state
    assert submission.events.count() == 2


def test_many_are_given_to_a_unit_by_a_page_in_between(client, officer):
    unit = Unit.objects.create(name="Phòng Điện")
    chosen = [make_submission(), make_submission()]
    assert "Giao 2 góp ý đã chọn" in text_of(act(client, "assign", *chosen))
    assert "Hãy chọn đơn vị." in text_of(act(client, "assign", *chosen, _answered="1"))
    act(client, "assign", *chosen, _answered="1", unit=unit.pk)
    assert Submission.objects.filter(unit=unit, state=State.IN_PROGRESS).count() == 2


# -- units and templates ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("Kính gửi {tên}", "Không dùng được {tên}"),
        ("Kính gửi {", "dấu { hoặc } đứng lẻ"),
        ("Mã {mã}, {ngày nhận}", None),
    ],
)
def test_placeholders_of_a_template_are_checked_when_it_is_saved(client, officer, words, sentence):
    values = {"name": "Chung", "purpose": "answer", "text": words, "position": 0}
    page = text_of(client.post("/quan-tri/feedback/replytemplate/add/", values))
    assert ReplyTemplate.objects.exists() is (sentence is None)
    assert sentence is None or sentence in page


def test_units_are_made_by_whoever_may_and_list_staff_with_their_address(client, admin_user):
    client.force_login(admin_user)
    make_staff(last_name="Trần", first_name="Bình", email="")
    page = text_of(client.get("/quan-tri/feedback/unit/add/"))
    assert "Trần Bình (chưa có địa chỉ thư điện tử)" in page
    assert "Cổng chưa khai báo máy chủ gửi thư" in page


def test_a_unit_with_submissions_is_not_deleted(client, admin_user):
    client.force_login(admin_user)
    unit = Unit.objects.create(name="Phòng Điện")
    address = f"/quan-tri/feedback/unit/{unit.pk}/delete/"
    assert client.get(address).status_code == 200
    make_submission(unit=unit)
    assert client.get(address).status_code == 403
    many = {"action": "delete_selected", "_selected_action": [unit.pk], "post": "yes"}
    client.post("/quan-tri/feedback/unit/", many)
    assert Unit.objects.exists()


def test_a_number_on_two_lines_may_be_let_stand_as_browsers_send_it(client, officer):
    submission = make_submission(content="Gọi 0912\n345678 giúp.")
    handling.answer(submission, "Xong.", by=officer)
    response = take(client, submission, "publish", shown_as_is=["0912\r\n345678"])
    assert response.status_code == 302
    assert submission.public_content == "Gọi 0912\n345678 giúp."
