from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from feedback import limits
from feedback.models import NetworkUse, UsedChallenge
from tests.feedback.builders import make_submission

LIMIT = limits.Limit("tests", 3)
NOW = timezone.now()


@pytest.mark.django_db
def test_uses_beyond_the_limit_are_refused():
    assert [limits.take(LIMIT, "203.0.113.7", NOW) for _ in range(5)] == [True] * 3 + [False] * 2


@pytest.mark.django_db
def test_the_limit_counts_anew_after_an_hour():
    for _ in range(4):
        limits.take(LIMIT, "203.0.113.7", NOW)
    assert limits.take(LIMIT, "203.0.113.7", NOW + timedelta(hours=1))


@pytest.mark.django_db
def test_networks_and_purposes_are_counted_apart():
    for _ in range(4):
        limits.take(LIMIT, "203.0.113.7", NOW)
    assert limits.take(LIMIT, "203.0.113.8", NOW)
    assert limits.take(limits.SUBMISSIONS, "203.0.113.7", NOW)


@pytest.mark.django_db
def test_no_address_is_stored():
    limits.take(LIMIT, "203.0.113.7", NOW)
    (use,) = NetworkUse.objects.all()
    assert "203.0.113.7" not in use.key
    assert len(use.key) == 64


@pytest.mark.django_db
def test_rows_are_deleted_after_a_day():
    limits.take(LIMIT, "203.0.113.7", NOW - timedelta(days=1, minutes=1))
    limits.take(LIMIT, "203.0.113.8", NOW)
    assert NetworkUse.objects.count() == 1


@pytest.mark.django_db
def test_counting_is_one_statement(django_assert_num_queries):
    with django_assert_num_queries(1):
        limits.take(LIMIT, "203.0.113.7", NOW)


@pytest.mark.django_db
def test_asking_whether_a_limit_is_used_up_does_not_count():
    assert not any(limits.is_used_up(LIMIT, "203.0.113.7", NOW) for _ in range(9))
    for _ in range(3):
        limits.take(LIMIT, "203.0.113.7", NOW)
    assert limits.is_used_up(LIMIT, "203.0.113.7", NOW)
    assert not limits.is_used_up(LIMIT, "203.0.113.7", NOW + timedelta(hours=1))


@pytest.mark.django_db(transaction=True)
def test_uses_at_the_same_time_are_all_counted():
    def use(number):
        try:
            return limits.take(limits.Limit("tests", 20), "203.0.113.7", NOW)
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as threads:
        assert sum(threads.map(use, range(60))) == 20
    assert NetworkUse.objects.get().uses == 60


@pytest.mark.django_db
def test_how_much_is_going_on_is_one_statement(django_assert_num_queries):
    for number in range(3):
        UsedChallenge.objects.create(nonce=f"{number}", used_at=NOW - timedelta(minutes=4 * number))
    UsedChallenge.objects.create(nonce="old", used_at=NOW - timedelta(minutes=11))
    for _ in range(4):
        limits.take(limits.SUBMISSIONS, "203.0.113.7", NOW)
    limits.take(limits.WITHOUT_WORK, "203.0.113.7", NOW)
    limits.take(limits.WITHOUT_CODE, "203.0.113.8", NOW)
    make_submission(received_at=NOW - timedelta(minutes=59))
    make_submission(received_at=NOW - timedelta(minutes=61))
    make_submission(received_at=NOW - timedelta(minutes=5), state="spam")
    with django_assert_num_queries(1):
        assert limits.pressure("203.0.113.7", NOW) == (3, 4, 1, 0, 1, 1)
    later = NOW + timedelta(hours=1)
    assert limits.pressure("203.0.113.7", later) == (0, 0, 0, 0, 0, 0)
