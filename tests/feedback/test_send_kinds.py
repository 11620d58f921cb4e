"""What is asked of a message beyond its text: kind, contacts, consent; what is taken in with it."""

from datetime import timedelta

import pytest
from django.db import OperationalError
from django.utils import timezone

from feedback import challenge, codes, consent, deadlines, judging, work
from feedback.models import Event, Submission, UsedChallenge
from tests.feedback.builders import (
    MESSAGE,
    filled_form,
    make_submission,
    old_token,
    send,
    shown_token,
)
from tests.feedback.test_work import solve

pytestmark = pytest.mark.django_db
SEND = "/gop-y/"
JSON = {"Accept": "application/json"}


def test_a_petition_needs_a_telephone_or_an_address(client):
    page = send(client, kind="petition").content.decode()
    assert "cần có điện thoại hoặc địa chỉ để xác minh" in page
    assert 'href="#gop-y-phone"' in page
    assert send(client, kind="petition", phone="0912 345 678").status_code == 302
    assert send(client, kind="petition", address="Ấp 3, xã An Bình").status_code == 302
    assert Submission.objects.filter(kind="petition").count() == 2


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("kind", "khac", "Vui lòng chọn một trong ba loại."),
        ("email", "hoa@", "Vui lòng ghi theo dạng ten@vidu.vn."),
        ("email", "hoa@example.com\nBcc: b@example.com", "Vui lòng ghi theo dạng"),
        ("email", "a" * 300 + "@example.com", "dài tối đa 254 ký tự"),
        ("phone", "gọi tôi nhé", "ví dụ 0912 345 678"),
        ("phone", "12", "ví dụ 0912 345 678"),
        ("phone", "0" * 30, "dài tối đa 20 ký tự"),
        ("address", "a" * 251, "dài tối đa 250 ký tự"),
        ("consent", "", "Vui lòng đánh dấu ô đồng ý"),
    ],
)
def test_a_wrong_box_gets_a_sentence(client, field, value, sentence):
    response = send(client, **{field: value})
    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert not Submission.objects.exists()


def test_consent_is_kept_with_its_wording_and_time_and_never_ticked_before(client):
    page = client.get(SEND).content.decode()
    assert "checked" not in page[page.index('name="consent"') - 200 :]
    for point in consent.points():
        assert point.says in page
    send(client)
    submission = Submission.objects.get()
    assert submission.consent_version == consent.version()
    assert submission.consented_at == submission.received_at
    assert submission.may_show_name is False


def test_the_name_may_be_shown_only_when_ticked(client):
    send(client, may_show_name="on")
    assert Submission.objects.get().may_show_name is True


def test_another_wording_is_another_edition():
    # Whoever changes what is said gives it another EDITION, then the sum here.
    said = " ".join(f"{point.about}: {point.says}" for point in consent.points())
    assert (consent.EDITION, len(said), sum(map(ord, said))) == ("202611", 479, 387718)


def test_the_longest_version_of_what_was_agreed_to_fits(settings):
    settings.FEEDBACK_KEPT = 240  # the most that portal/environment.py takes
    assert len(consent.version()) <= Submission._meta.get_field("consent_version").max_length


def test_a_message_is_taken_in_with_its_event_and_due_date(client):
    send(client, kind="question", email="hoa@example.com", phone="0912 345 678")
    submission = Submission.objects.get()
    assert submission.kind == "question"
    assert submission.email == "hoa@example.com"
    assert submission.due_on == deadlines.deadline(submission.received_at).on
    assert [event.kind for event in submission.events.all()] == [Event.Kind.RECEIVED]
    assert submission.likeness is not None


def test_the_page_with_the_code_says_it_aloud_and_when_an_answer_is_due(client):
    page = client.get(send(client).url).content.decode()
    submission = Submission.objects.get()
    assert codes.spelled(submission.code) in page
    assert f"{submission.due_on:%d/%m/%Y}" in page
    assert "15 ngày làm việc" in page
    sound = client.get("/gop-y/da-nhan/ma.wav")
    assert sound.headers["Content-Type"] == "audio/wav"
    assert "no-store" in sound.headers["Cache-Control"]


def test_the_sound_of_the_code_is_for_who_sent(client):
    assert client.get("/gop-y/da-nhan/ma.wav").status_code == 404


def test_everything_typed_comes_back(client):
    typed = {"kind": "petition", "email": "hoa@", "phone": "0912345678", "address": "Ấp 3"}
    page = send(client, **typed, may_show_name="on").content.decode()
    for value in ("hoa@", "0912345678", "Ấp 3", *MESSAGE.values()):
        assert value in page
    assert page.count("checked") == 3  # the kind and both ticks


# -- while the database is away ---------------------------------------------------------


@pytest.fixture
def away(monkeypatch):
    def fail(*args, **options):
        raise OperationalError("the server closed the connection")

    monkeypatch.setattr(judging.challenge, "check_and_burn", fail)


@pytest.mark.usefixtures("away")
def test_without_database_the_form_comes_back_with_everything_and_the_same_token(client):
    form = filled_form(phone="0912345678")
    response = client.post(SEND, form)
    page = response.content.decode()
    assert response.status_code == 503
    assert response.headers["Retry-After"] == "30"
    assert "tạm thời chưa nhận được góp ý" in page
    assert shown_token(response) == form["challenge"]
    for value in (form["code"], "0912345678", *MESSAGE.values()):
        assert value in page


@pytest.mark.usefixtures("away")
def test_a_script_is_told_likewise(client):
    response = client.post(SEND, filled_form(), headers=JSON)
    assert response.status_code == 503
    assert MESSAGE["content"] in response.json()["html"]


def test_what_was_taken_in_before_the_connection_broke_is_one_message(client):
    form = filled_form()
    client.post(SEND, form)  # the answer got lost
    again = client.post(SEND, form)
    assert again.status_code == 302
    assert Submission.objects.count() == 1


# -- layers -----------------------------------------------------------------------------


def test_a_form_from_another_site_is_not_taken_in(client):
    response = client.post(SEND, filled_form(), headers={"Sec-Fetch-Site": "same-site"})
    assert response.status_code == 403
    assert MESSAGE["content"] in response.content.decode()
    assert not UsedChallenge.objects.exists()


def test_a_text_sent_by_many_is_put_aside_and_the_sender_not_told(client):
    text = "Chúng tôi chuyên nhận làm bằng cấp các loại, bao kiểm tra, lấy ngay trong tuần này."
    for number in range(3):
        response = client.post(
            SEND,
            filled_form(content=f"{text} {number}", name=f"Người {number}"),
            REMOTE_ADDR=f"10.0.0.{number}",
            headers={"Sec-Fetch-Site": "same-origin"},
        )
        assert response.status_code == 302
    states = list(Submission.objects.order_by("pk").values_list("state", "suspicions"))
    assert [state for state, _ in states] == ["new", "new", "spam"]
    assert "repeated_often" in states[2][1]
    aside = Submission.objects.get(state="spam")
    assert aside.state_for_citizen == "Đã nhận, chờ xử lý"


def test_what_is_put_aside_has_a_limit_for_all_together(client, monkeypatch):
    monkeypatch.setattr(judging.limits, "MOST_ASIDE", 1)
    first, second = (send(client, website="a") for _ in range(2))
    assert (first.status_code, second.status_code) == (302, 429)
    assert judging.TOO_MANY_OF_EVERYBODY in second.content.decode()
    assert (
        send(client, content="Một nội dung hoàn toàn khác, không có gì đáng ngờ.").status_code
        == 302
    )


def test_heavier_work_stands_for_the_code(client, monkeypatch):
    monkeypatch.setattr(work, "HEAVY", 64)
    token = old_token()
    solution = solve(token, work.IN_PLACE_OF_CODE, 64)
    response = send(client, challenge=token, code="", work=solution)
    assert response.status_code == 302
    assert Submission.objects.get().suspicions == ["no_origin", "no_code"]
    assert send(client, challenge=token, code="", work=solution).url == response.url
    assert Submission.objects.count() == 1
    other = send(client, challenge=token, code="", work=solution, title="Một tiêu đề khác")
    assert other.status_code == 422


def test_without_javascript_the_page_says_whom_to_ask(client, settings):
    settings.DEPARTMENT = settings.DEPARTMENT | {"phone": "0294 000", "email": "so@example.vn"}
    page = client.get(SEND).content.decode()
    assert "Xin gọi số 0294 000 hoặc gửi thư đến so@example.vn." in page


@pytest.fixture
def code_in_doubt_only(settings):
    settings.CODE_IS_ALWAYS_ASKED = False


@pytest.mark.usefixtures("code_in_doubt_only")
def test_where_the_code_is_for_doubts_a_browser_that_worked_is_not_asked(client):
    assert 'name="code"' not in client.get(SEND).content.decode()
    token = challenge.issue(timezone.now() - timedelta(minutes=1), tries=64)
    fields = filled_form(challenge=token, code="", work=solve(token, work.LIGHT, 64))
    sent = client.post(SEND, fields, headers={"Sec-Fetch-Site": "same-origin"})
    assert sent.status_code == 302
    assert Submission.objects.get().suspicions == []


@pytest.mark.usefixtures("code_in_doubt_only")
def test_where_the_code_is_for_doubts_another_is_asked_and_loses_nothing(client):
    token = old_token()
    response = send(client, challenge=token, code="")
    page = response.content.decode()
    assert response.status_code == 422
    assert "Xin nhập thêm mã kiểm tra" in page
    assert 'name="code"' in page
    assert MESSAGE["content"] in page
    assert shown_token(response) == token
    assert send(client, challenge=token).status_code == 302


@pytest.mark.usefixtures("code_in_doubt_only")
def test_a_code_typed_because_of_doubts_stays_while_other_boxes_are_mended(client):
    token = old_token()
    page = send(client, challenge=token, title="").content.decode()
    assert f'name="code" value="{challenge.answer(token)}"' in page


# -- answers there are already -----------------------------------------------------------


def test_published_answers_like_a_title_are_proposed(client):
    answered = {"state": "answered", "answer": "Nộp ở xã.", "answered_at": timezone.now()}
    public = make_submission(title="Đăng ký khuyến công ở đâu?", is_public=True, **answered)
    make_submission(title="Đăng ký khuyến công của riêng tôi", **answered)
    response = client.get("/gop-y/goi-y/", {"q": "dang ky khuyen cong"})
    (found,) = response.json()["answers"]
    assert found["title"] == public.title
    assert client.get(found["url"]).status_code == 200
    assert "public" in response.headers["Cache-Control"]
    assert not response.cookies


@pytest.mark.parametrize("typed", ["", "a", "\x00" * 9, "& | ! <-> :* ( )", "ữ" * 5000, '"' * 500])
def test_odd_titles_propose_nothing_and_do_no_harm(client, typed):
    assert client.get("/gop-y/goi-y/", {"q": typed}).json() == {"answers": []}


def test_a_new_token_remembers_when_the_form_was_begun(client):
    old = old_token(seconds=3600)
    parts = client.get("/gop-y/ma/", {"cu": old}).json()
    assert challenge.opened(parts["token"]).begun_at == challenge.opened(old).begun_at
    assert 7190 < parts["seconds"] <= 7200
