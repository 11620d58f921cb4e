import io
import wave
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.core.signing import BadSignature
from django.db import connection
from django.utils import timezone
from PIL import Image

from feedback import challenge
from feedback.challenge import Refusal
from feedback.models import UsedChallenge
from tests.feedback.builders import wrong_answer

NOW = timezone.now()


def test_an_answer_is_five_digits():
    answers = [challenge.answer(challenge.issue()) for _ in range(300)]
    assert all(len(answer) == 5 and answer.isdecimal() for answer in answers)


def test_answers_are_spread_over_all_digits():
    assert set("".join(challenge.answer(challenge.issue()) for _ in range(300))) == set(
        "0123456789"
    )


def test_an_answer_cannot_be_worked_out_without_the_key(settings):
    tokens = [challenge.issue() for _ in range(50)]
    answers = [challenge.answer(token) for token in tokens]
    settings.SECRET_KEY = "guessed"
    guesses = [challenge.answer(token) for token in tokens]
    assert sum(guess == answer for guess, answer in zip(guesses, answers, strict=True)) < 3


def test_a_token_is_fit_for_an_address():
    assert all(set(challenge.issue()) <= set(_ADDRESS_CHARACTERS) for _ in range(50))


_ADDRESS_CHARACTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_:"


def test_the_same_token_gives_the_same_picture():
    token = challenge.issue()
    assert challenge.image(token) == challenge.image(token)


def test_every_token_gives_its_own_picture():
    assert len({challenge.image(challenge.issue()) for _ in range(30)}) == 30


def test_the_same_digits_are_drawn_differently(monkeypatch):
    monkeypatch.setattr(challenge, "answer", lambda token: "12345")
    assert challenge.image(challenge.issue()) != challenge.image(challenge.issue())


def test_a_picture_is_twice_the_size_it_is_shown_at():
    picture = Image.open(io.BytesIO(challenge.image(challenge.issue())))
    assert (picture.format, picture.size) == ("PNG", (400, 128))


@pytest.mark.parametrize("digits", ["00000", "11111", "88888", "14447"])
def test_all_digits_stay_inside_the_picture(monkeypatch, digits):
    monkeypatch.setattr(challenge, "answer", lambda token: digits)
    for _ in range(20):
        picture = Image.open(io.BytesIO(challenge.image(challenge.issue())))
        top, bottom = picture.crop((0, 0, 400, 1)), picture.crop((0, 127, 400, 128))
        assert top.getextrema() == bottom.getextrema() == (255, 255)


def test_the_sound_speaks_for_some_seconds():
    with wave.open(io.BytesIO(challenge.sound(challenge.issue()))) as sound:
        seconds = sound.getnframes() / sound.getframerate()
    assert 6 < seconds < 16


def test_the_same_token_gives_the_same_sound():
    token = challenge.issue()
    assert challenge.sound(token) == challenge.sound(token)


@pytest.mark.parametrize("token", ["", "x", "a:1:1:forged", "ữ", "\x00", "a" * 10_000])
def test_a_forged_token_has_no_picture_and_no_sound(token):
    for part in (challenge.image, challenge.sound, challenge.answer):
        with pytest.raises(BadSignature):
            part(token)


def test_a_token_issued_instead_of_another_remembers_when_the_form_was_begun():
    first = challenge.issue(NOW - timedelta(minutes=5))
    second = challenge.opened(challenge.issue(NOW, instead_of=first), NOW)
    assert second.begun_at == challenge.opened(first, NOW).issued_at
    assert second.issued_at > second.begun_at


def test_a_token_issued_instead_of_a_forged_one_begins_now():
    opened = challenge.opened(challenge.issue(NOW, instead_of="a:1:1:forged"), NOW)
    assert opened.begun_at == opened.issued_at


@pytest.mark.django_db
def test_the_right_code_is_accepted_once():
    token = challenge.issue()
    assert challenge.check_and_burn(token, challenge.answer(token)) is None
    assert challenge.check_and_burn(token, challenge.answer(token)) is Refusal.USED


@pytest.mark.django_db
def test_a_wrong_answer_burns_the_code():
    token = challenge.issue()
    assert challenge.check_and_burn(token, wrong_answer(token)) is Refusal.WRONG
    assert challenge.check_and_burn(token, challenge.answer(token)) is Refusal.USED


@pytest.mark.django_db
def test_a_code_is_good_for_two_hours_and_no_longer():
    token = challenge.issue(NOW)
    answer = challenge.answer(token)
    late = NOW + timedelta(hours=2, seconds=1)
    assert challenge.check_and_burn(token, answer, late) is Refusal.EXPIRED
    in_time = NOW + timedelta(hours=1, minutes=59)
    assert challenge.check_and_burn(token, answer, in_time) is None


@pytest.mark.django_db
@pytest.mark.parametrize("token", ["", "a:1:1:forged", "\x00"])
def test_a_forged_token_is_refused_without_a_trace(token):
    assert challenge.check_and_burn(token, "12345") is Refusal.FORGED
    assert not UsedChallenge.objects.exists()


@pytest.mark.django_db
def test_an_expired_token_leaves_no_trace():
    token = challenge.issue(NOW - timedelta(hours=3))
    challenge.check_and_burn(token, challenge.answer(token))
    assert not UsedChallenge.objects.exists()


@pytest.mark.django_db
def test_used_codes_are_forgotten_when_they_can_no_longer_matter():
    UsedChallenge.objects.create(nonce="old", used_at=NOW - timedelta(hours=2, minutes=1))
    UsedChallenge.objects.create(nonce="recent", used_at=NOW - timedelta(hours=1, minutes=59))
    token = challenge.issue(NOW)
    challenge.check_and_burn(token, challenge.answer(token), NOW)
    kept = set(UsedChallenge.objects.values_list("nonce", flat=True))
    assert kept == {"recent", challenge.opened(token, NOW).nonce}


@pytest.mark.django_db
def test_a_check_is_one_statement(django_assert_num_queries):
    token = challenge.issue()
    with django_assert_num_queries(1):
        challenge.check_and_burn(token, challenge.answer(token))


@pytest.mark.django_db(transaction=True)
def test_sixty_codes_tried_six_times_at_once_are_accepted_sixty_times():
    tokens = [challenge.issue() for _ in range(60)]

    def attempt(token):
        try:
            return challenge.check_and_burn(token, challenge.answer(token))
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as threads:
        results = list(threads.map(attempt, [token for token in tokens for _ in range(6)]))
    assert results.count(None) == 60
    assert results.count(Refusal.USED) == 300
