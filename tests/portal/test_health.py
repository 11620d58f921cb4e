import pytest
from django.db import OperationalError
from django_tasks_db.models import DBTaskResult


@pytest.mark.django_db
def test_a_healthy_portal_says_so(client):
    answer = client.get("/healthz")
    assert answer.status_code == 200
    assert answer.json() == {"database": "ok", "worker": {"waiting_tasks": 0}}
    assert "no-store" in answer.headers["Cache-Control"]


def test_without_a_database_it_answers_503(client, monkeypatch):
    def away(*args):
        raise OperationalError

    monkeypatch.setattr(DBTaskResult.objects, "ready", away)
    answer = client.get("/healthz")
    assert answer.status_code == 503
    assert answer.json()["database"] == "away"
