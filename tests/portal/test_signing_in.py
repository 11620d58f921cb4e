"""Who guesses passwords is stopped; reading pages goes on."""

import pytest
from django.conf import settings
from django.contrib.auth.models import User

pytestmark = pytest.mark.django_db

LOGIN = "/quan-tri/login/"


def sign_in(client, password):
    return client.post(LOGIN, {"username": "bientap", "password": password})


def test_after_some_failures_even_the_right_password_is_refused_for_a_while(client):
    User.objects.create_user("bientap", password="mật khẩu đúng", is_staff=True)
    for _ in range(settings.AXES_FAILURE_LIMIT - 1):
        assert sign_in(client, "sai").status_code == 200
    assert sign_in(client, "sai").status_code == 429
    assert sign_in(client, "mật khẩu đúng").status_code == 429
    assert client.get("/tin-tuc/").status_code == 200


def test_who_signs_in_in_time_is_not_stopped(client):
    User.objects.create_user("bientap", password="mật khẩu đúng", is_staff=True)
    assert sign_in(client, "sai").status_code == 200
    assert sign_in(client, "mật khẩu đúng").status_code == 302
