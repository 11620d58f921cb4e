"""What machines send, too many messages from one place, and characters meant to do harm."""

import pytest

from feedback import challenge, limits
from feedback.models import NetworkUse, Submission
from portal.text import clean
from tests.feedback.builders import (
    MESSAGE,
    filled_form,
    old_token,
    send,
    shown_token,
    wrong_answer,
)

pytestmark = pytest.mark.django_db
SEND = "/gop-y/"


def test_a_filled_trap_is_kept_as_spam_and_answered_the_same(client):
    response = send(client, website="https://example.com")
    assert response.status_code == 302
    assert Submission.objects.get().state == Submission.State.SPAM


def test_a_form_sent_within_three_seconds_is_kept_as_spam_and_answered_the_same(client):
    response = send(client, challenge=challenge.issue())
    assert response.status_code == 302
    assert Submission.objects.get().state == Submission.State.SPAM


def test_typing_only_a_new_code_quickly_is_not_taken_for_a_machine(client):
    token = old_token()
    response = send(client, challenge=token, code=wrong_answer(token))
    send(client, challenge=shown_token(response))
    assert Submission.objects.get().state == Submission.State.NEW


def test_the_trap_is_hidden_from_people(client):
    page = client.get(SEND).content.decode()
    trap = page[page.index('name="website"') - 300 : page.index('name="website"') + 100]
    assert 'class="visually-hidden" aria-hidden="true"' in trap
    assert 'tabindex="-1" autocomplete="off"' in trap


def test_twenty_messages_an_hour_from_one_network_are_enough(client):
    assert {send(client).status_code for _ in range(20)} == {302}
    response = send(client)
    page = response.content.decode()
    assert response.status_code == 429
    assert "từ mạng mà ông/bà đang dùng" in page
    assert "xin gửi lại sau một giờ" in page
    assert MESSAGE["content"] in page
    assert Submission.objects.count() == 20
    elsewhere = client.post(SEND, filled_form(), REMOTE_ADDR="203.0.113.9")
    assert elsewhere.status_code == 302


def test_forged_forwarding_headers_do_not_widen_the_limit(client):
    for number in range(21):
        response = client.post(SEND, filled_form(), headers={"X-Forwarded-For": f"10.0.0.{number}"})
    assert response.status_code == 429
    assert NetworkUse.objects.filter(uses=21).exists()


def test_refused_forms_do_not_count(client):
    for _ in range(25):
        send(client, name="")
        send(client, code="1")
    assert send(client).status_code == 302


def test_the_limit_names_the_telephone(client, settings):
    settings.DEPARTMENT = settings.DEPARTMENT | {"phone": "0296 000 000"}
    network = "127.0.0.1"
    for _ in range(20):
        limits.take(limits.SUBMISSIONS, network)
    assert "gọi số 0296 000 000" in send(client).content.decode()


ODD_TEXTS = [
    "Dòng một\x00\x01\x08\x0b dòng hai của góp ý",
    "\u202eđảo chiều\u2066 và \u200bẩn\ufeff trong văn bản",
    "Cờ 🇻🇳 và mặt cười 😀 trong góp ý 𝕍𝕟",
    "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "{{ 7|add:7 }}{% csrf_token %} %s %(x)s ${x} \\ ' \" ;--",
    "e\u0302\u0301 tổ hợp rời ư\u0323 cần ghép lại",
    "a" + "\u0301" * 500,
]


@pytest.mark.parametrize("field", ["name", "title", "content"])
@pytest.mark.parametrize("odd", ODD_TEXTS)
def test_odd_characters_do_no_harm(client, field, odd):
    response = send(client, **{field: odd})
    assert response.status_code in {302, 422}
    if response.status_code == 302:
        kept = getattr(Submission.objects.get(), field)
        assert kept == clean(odd)
        assert not set(kept) & set("\x00\x01\x08\x0b\u202e\u2066\u200b\ufeff")


@pytest.mark.parametrize("field", ["name", "title", "content", "code", "challenge", "article"])
@pytest.mark.parametrize("huge", ["ữ" * 100_000, "\x00" * 100_000, "<" * 100_000])
def test_a_hundred_thousand_characters_are_answered(client, field, huge):
    response = client.post(SEND, filled_form() | {field: huge})
    assert response.status_code in {302, 422}


def test_names_cannot_hold_a_second_line(client):
    send(client, name="Hồng\r\nBcc: tat-ca@example.com\nX: y", title="Một\nhai\u2028ba")
    submission = Submission.objects.get()
    assert submission.name == "Hồng Bcc: tat-ca@example.com X: y"
    assert "\n" not in submission.title


def test_typed_markup_comes_back_escaped(client):
    page = send(client, name='"><script>alert(1)</script>', code="").content.decode()
    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)" in page
