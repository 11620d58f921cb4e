from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from feedback import challenge, codes
from feedback.models import NetworkUse, Submission, UsedChallenge
from tests.feedback.builders import (
    MESSAGE,
    filled_form,
    make_article,
    old_token,
    send,
    shown_token,
    wrong_answer,
)

pytestmark = pytest.mark.django_db
SEND = "/gop-y/"


def test_a_message_is_kept_and_its_code_shown_once_it_is(client):
    response = send(client)
    submission = Submission.objects.get()
    assert response.status_code == 302
    assert response.url == reverse("feedback:received")
    assert codes.is_well_formed(submission.code)
    assert codes.grouped(submission.code) in client.get(response.url).content.decode()
    assert submission.state == Submission.State.NEW
    assert (submission.name, submission.title) == (MESSAGE["name"], MESSAGE["title"])


def test_the_tracking_code_is_in_no_address(client):
    response = send(client)
    assert Submission.objects.get().code not in response.url


def test_the_cookie_with_the_tracking_code_is_narrow_and_short_lived(client):
    cookie = send(client).cookies["received"]
    assert cookie["path"] == reverse("feedback:received")
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert cookie["max-age"] == 900


def test_the_page_with_the_code_without_a_message_leads_to_tracking(client):
    assert client.get(reverse("feedback:received")).url == reverse("feedback:track")


def test_a_forged_cookie_shows_no_code(client):
    client.cookies["received"] = "7KM209XD14:1:forged"
    assert client.get(reverse("feedback:received")).url == reverse("feedback:track")


@pytest.mark.parametrize(
    ("field", "sentence"),
    [
        ("name", "Vui lòng nhập họ tên."),
        ("title", "Vui lòng nhập tiêu đề."),
        ("content", "Vui lòng nhập nội dung góp ý."),
        ("code", "Vui lòng nhập mã kiểm tra."),
    ],
)
def test_an_empty_field_is_asked_for_in_its_own_words(client, field, sentence):
    response = send(client, **{field: " \u200b\n"})
    page = response.content.decode()
    assert response.status_code == 422
    assert page.count(sentence) == 2  # in the summary and beside the field
    assert f'href="#gop-y-{field}"' in page
    assert f'id="gop-y-{field}_error"' in page
    assert not Submission.objects.exists()


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("name", "A" * 101, "Họ tên dài tối đa 100 ký tự, đang có 101."),
        ("title", "A" * 201, "Tiêu đề dài tối đa 200 ký tự, đang có 201."),
        ("content", "A" * 10_001, "Nội dung dài tối đa 10.000 ký tự, đang có 10.001."),
        ("content", "Ngắn quá", "Vui lòng viết rõ hơn."),
    ],
)
def test_a_length_out_of_bounds_is_explained(client, field, value, sentence):
    assert sentence in send(client, **{field: value}).content.decode()


@pytest.mark.parametrize(
    ("field", "value"), [("name", "A" * 100), ("title", "A" * 200), ("content", "A" * 10_000)]
)
def test_the_longest_allowed_text_is_kept_whole(client, field, value):
    send(client, **{field: value})
    assert getattr(Submission.objects.get(), field) == value


def test_a_wrong_field_is_tied_to_its_message(client):
    page = send(client, name="").content.decode()
    assert 'aria-invalid="true"' in page
    assert 'aria-describedby="gop-y-name_error"' in page


def test_a_missing_field_leaves_the_code_unused_and_typed(client):
    token = old_token()
    response = send(client, name="", challenge=token)
    assert shown_token(response) == token
    assert f'value="{challenge.answer(token)}"' in response.content.decode()
    assert send(client, challenge=token).status_code == 302


def test_a_wrong_code_then_the_new_right_one_is_accepted(client):
    token = old_token()
    response = send(client, challenge=token, code=wrong_answer(token))
    page = response.content.decode()
    assert response.status_code == 422
    assert challenge.Refusal.WRONG.value in page
    assert MESSAGE["content"] in page
    new_token = shown_token(response)
    assert new_token != token
    assert send(client, challenge=new_token).status_code == 302
    assert Submission.objects.get().state == Submission.State.NEW


def test_the_right_code_after_a_wrong_try_is_not_accepted(client):
    token = old_token()
    send(client, challenge=token, code=wrong_answer(token))
    response = send(client, challenge=token)
    assert challenge.Refusal.USED.value in response.content.decode()
    assert not Submission.objects.exists()


def test_an_expired_code_keeps_the_text_and_brings_a_new_code(client):
    token = old_token(seconds=2 * 60 * 60 + 5)
    response = send(client, challenge=token)
    assert challenge.Refusal.EXPIRED.value in response.content.decode()
    assert MESSAGE["content"] in response.content.decode()
    assert send(client, challenge=shown_token(response)).status_code == 302


@pytest.mark.parametrize("token", ["", "a:1:1:forged", "\x00", "ữ" * 500])
def test_a_forged_token_gets_a_new_code(client, token):
    response = client.post(SEND, filled_form() | {"challenge": token})
    assert challenge.Refusal.FORGED.value in response.content.decode()
    assert shown_token(response) != token


@pytest.mark.parametrize("typed", ["{0} {1}{2} {3} {4}", " {0}-{1}-{2}-{3}-{4} "])
def test_a_code_typed_with_spaces_is_accepted(client, typed):
    token = old_token()
    typed = typed.format(*challenge.answer(token))
    assert send(client, challenge=token, code=typed).status_code == 302


def test_full_width_digits_are_digits(client):
    token = old_token()
    wide = challenge.answer(token).translate({ord("0") + n: 0xFF10 + n for n in range(10)})
    assert send(client, challenge=token, code=wide).status_code == 302


def test_another_code_keeps_what_was_typed(client):
    token = old_token()
    response = send(client, challenge=token, another_code="1", code="")
    page = response.content.decode()
    assert response.status_code == 200
    assert shown_token(response) != token
    assert MESSAGE["title"] in page
    assert MESSAGE["content"] in page
    assert "error-summary" not in page
    assert not UsedChallenge.objects.exists()


def test_a_double_click_is_one_row(client):
    form = filled_form()
    first, second = client.post(SEND, form), client.post(SEND, form)
    assert first.url == second.url
    assert first.cookies["received"].value.split(":")[0] == Submission.objects.get().code
    assert second.cookies["received"].value.split(":")[0] == Submission.objects.get().code


@pytest.mark.django_db(transaction=True)
def test_the_same_form_sent_six_times_at_once_is_one_row():
    form = filled_form()

    def post(number):
        try:
            return Client().post(SEND, form).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as threads:
        assert set(threads.map(post, range(6))) == {302}
    assert Submission.objects.count() == 1
    assert set(NetworkUse.objects.values_list("uses", flat=True)) == {1}


def test_a_repeated_form_with_another_code_typed_shows_nothing_of_the_first(client):
    form = filled_form()
    client.post(SEND, form)
    response = client.post(SEND, form | {"code": wrong_answer(form["challenge"])})
    assert response.status_code == 422
    assert "received" not in response.cookies


def test_a_message_knows_its_article(client):
    article = make_article()
    assert article.title in client.get(SEND, {"bai": article.slug}).content.decode()
    send(client, article=article.slug)
    assert Submission.objects.get().article == article


@pytest.mark.parametrize("slug", ["khong-co", "\x00", "../..", "a" * 5000])
def test_an_unknown_article_hinders_nobody(client, slug):
    assert client.get(SEND, {"bai": slug}).status_code == 200
    assert send(client, article=slug).status_code == 302
    assert Submission.objects.get().article is None


def test_the_title_of_a_draft_is_not_told(client):
    draft = make_article(title="Chưa công bố", state="draft", published_at=None)
    assert "Chưa công bố" not in client.get(SEND, {"bai": draft.slug}).content.decode()
    send(client, article=draft.slug)
    assert Submission.objects.get().article is None


def test_the_form_asks_for_the_name_by_its_purpose(client):
    assert 'autocomplete="name"' in client.get(SEND).content.decode()


def test_opening_the_form_writes_nothing(client, django_assert_num_queries):
    # For a notice at the top; twice for how much is going on.
    with django_assert_num_queries(3) as asked:
        client.get(SEND)
        parts = client.get(reverse("feedback:challenge")).json()
        client.get(parts["image"])
        client.get(parts["sound"])
    assert all(query["sql"].lstrip().startswith("SELECT") for query in asked.captured_queries)


def test_personal_pages_are_kept_nowhere(client):
    for response in (client.get(SEND), send(client), send(client, name="")):
        assert response.headers["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("method", ["put", "patch", "delete", "options"])
@pytest.mark.parametrize("path", ["/gop-y/", "/gop-y/tra-cuu/", "/danh-gia/"])
def test_other_methods_are_refused(client, method, path):
    assert getattr(client, method)(path).status_code == 405


@pytest.mark.parametrize(
    "path", ["/gop-y/ma/", "/gop-y/hoi-dap/", "/gop-y/da-nhan/", "/danh-gia/ket-qua/"]
)
def test_pages_without_a_form_are_only_read(client, path):
    assert client.post(path).status_code == 405


# -- the confirmation code's addresses -------------------------------------------------


def test_the_parts_of_a_challenge_are_kept_nowhere(client):
    response = client.get(reverse("feedback:challenge"))
    parts = response.json()
    assert set(parts) == {"csrf", "token", "image", "sound", "tries", "seconds"}
    image, sound = client.get(parts["image"]), client.get(parts["sound"])
    assert image.headers["Content-Type"] == "image/png"
    assert sound.headers["Content-Type"] == "audio/wav"
    for answered in (response, image, sound):
        assert "no-store" in answered.headers["Cache-Control"]


def test_a_forged_challenge_has_no_picture(client):
    assert client.get("/gop-y/ma/a:1:1:x.png").status_code == 404
    assert client.get("/gop-y/ma/a:1:1:x.wav").status_code == 404


def test_a_player_may_ask_for_part_of_the_sound(client):
    address = client.get(reverse("feedback:challenge")).json()["sound"]
    whole = client.get(address).getvalue()
    first = client.get(address, headers={"Range": "bytes=0-1"})
    assert (first.status_code, first.getvalue()) == (206, whole[:2])
    assert first.headers["Content-Range"] == f"bytes 0-1/{len(whole)}"
    rest = client.get(address, headers={"Range": "bytes=100-"})
    assert rest.getvalue() == whole[100:]
    beyond = client.get(address, headers={"Range": f"bytes={len(whole)}-"})
    assert (beyond.status_code, beyond.getvalue()) == (416, b"")


# -- sending without leaving the page --------------------------------------------------

JSON = {"Accept": "application/json"}


def test_a_script_is_answered_with_the_result(client):
    answer = client.post(SEND, filled_form(), headers=JSON).json()
    assert answer["ok"]
    assert Submission.objects.get().grouped_code in answer["html"]


def test_a_script_is_answered_with_the_form_and_its_errors(client):
    response = client.post(SEND, filled_form(name=""), headers=JSON)
    answer = response.json()
    assert (response.status_code, answer["ok"]) == (422, False)
    assert answer["html"].lstrip().startswith("<form")
    assert "Vui lòng nhập họ tên." in answer["html"]
    assert MESSAGE["content"] in answer["html"]


# -- the CSRF check --------------------------------------------------------------------


@pytest.fixture
def strict_client():
    return Client(enforce_csrf_checks=True)


def test_a_form_without_a_token_comes_back_filled_in_and_can_be_sent(strict_client):
    response = strict_client.post(SEND, MESSAGE | {"article": make_article().slug, "code": ""})
    page = response.content.decode()
    assert response.status_code == 403
    assert "Chỉ còn một bước" in page
    for typed in MESSAGE.values():
        assert typed in page
    assert not Submission.objects.exists()

    token = challenge.issue(timezone.now() - timedelta(minutes=1))
    csrf = strict_client.cookies["csrftoken"].value
    sent = strict_client.post(SEND, filled_form(challenge=token, csrfmiddlewaretoken=csrf))
    assert sent.status_code == 302


def test_an_expired_form_comes_back_filled_in(strict_client):
    response = strict_client.post(SEND, filled_form())
    page = response.content.decode()
    assert response.status_code == 403
    assert "Biểu mẫu đã mở quá lâu" in page
    assert MESSAGE["content"] in page
    assert response.headers["Cache-Control"] == "private, no-store"
    assert not UsedChallenge.objects.exists()


def test_an_expired_form_is_answered_to_a_script_too(strict_client):
    response = strict_client.post(SEND, filled_form(), headers=JSON)
    assert response.status_code == 403
    assert MESSAGE["content"] in response.json()["html"]


def test_a_form_is_not_accepted_from_another_site(strict_client):
    strict_client.get(SEND)
    csrf = strict_client.cookies["csrftoken"].value
    response = strict_client.post(
        SEND,
        filled_form(csrfmiddlewaretoken=csrf),
        headers={"Origin": "https://so-b.tinh.gov.vn"},
    )
    assert response.status_code == 403
    assert not Submission.objects.exists()
