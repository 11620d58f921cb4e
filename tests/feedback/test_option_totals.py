"""The totals of options are what counting the ballots would give, whoever changes these."""

import random
import uuid
from datetime import UTC, datetime

import pytest
from django.db import connection
from django.db.models import Count, DateField, F, Q, Sum
from django.db.models.functions import TruncMonth
from django.test.utils import CaptureQueriesContext

from feedback.ballots import Ballot
from feedback.models import OptionTotal, Vote
from tests.feedback.builders import cast, make_poll

pytestmark = pytest.mark.django_db

MOMENTS = [
    datetime(2026, 7, 31, 16, 59, tzinfo=UTC),
    datetime(2026, 7, 31, 17, 0, tzinfo=UTC),  # August there
    datetime(2026, 8, 15, 9, 0, tzinfo=UTC),
]
SORTS = [
    {"is_suspect": False, "is_set_aside": False},
    {"is_suspect": True, "is_set_aside": False},
    {"is_suspect": True, "is_set_aside": True},
]


def counted():
    """Return what the ballots are, by option and month."""
    month = TruncMonth("cast_at", output_field=DateField())
    rows = Vote.objects.values("option", month=month).annotate(
        votes=Count("pk", filter=Q(is_suspect=False)),
        awaiting=Count("pk", filter=Q(is_suspect=True, is_set_aside=False)),
        aside=Count("pk", filter=Q(is_set_aside=True)),
    )
    return {
        (row["option"], row["month"]): (row["votes"], row["awaiting"], row["aside"]) for row in rows
    }


def totals():
    rows = OptionTotal.objects.values("option", "month").annotate(
        votes=Sum("votes"), awaiting=Sum("awaiting"), aside=Sum("set_aside")
    )
    return {
        (row["option"], row["month"]): found
        for row in rows
        if any(found := (row["votes"], row["awaiting"], row["aside"]))
    }


def test_totals_follow_whatever_happens_to_ballots():
    chance = random.Random(7)
    polls = [make_poll(question=f"Câu {number}?") for number in range(2)]
    options = [option for poll in polls for option in poll.options.all()]
    ballots = [uuid.uuid4() for _ in range(10)]

    def some():
        return Vote.objects.filter(
            pk__in=chance.sample(list(Vote.objects.values_list("pk", flat=True)), 3)
        )

    def vote():
        chosen = [chance.choice(poll.options.all()) for poll in polls]
        Vote.objects.cast(Ballot(chance.choice(ballots), chance.random() < 0.3), chosen)

    changes = [
        vote,
        lambda: cast(
            chance.choice(options), cast_at=chance.choice(MOMENTS), **chance.choice(SORTS)
        ),
        lambda: some().update(**chance.choice(SORTS)),
        lambda: some().update(cast_at=chance.choice(MOMENTS)),
        lambda: some().delete(),
        lambda: some().update(voter=None),
    ]
    for _ in range(3):
        cast(options[0])
    for _ in range(80):
        chance.choices(changes, [4, 4, 1, 1, 1, 1])[0]()
        if Vote.objects.count() < 3:
            cast(options[0])
        assert totals() == counted()


def test_a_ballot_that_moves_leaves_one_option_for_the_other():
    poll = make_poll()
    first, _, last = poll.options.all()
    ballot = Ballot(uuid.uuid4())
    for option in (first, last, last):
        Vote.objects.cast(ballot, [option])
    assert [row.votes for row in poll.results()] == [0, 0, 1]


def test_parts_of_several_connections_are_one_total():
    poll = make_poll()
    option = poll.options.first()
    cast(option)
    OptionTotal.objects.update(part=F("part") + 8)  # as another connection's
    cast(option)
    assert OptionTotal.objects.count() == 2
    assert poll.results()[0].votes == 2


def test_nothing_is_left_of_a_poll_that_is_deleted():
    poll = make_poll()
    for option in poll.options.all():
        cast(option)
    poll.delete()
    connection.check_constraints()
    assert not OptionTotal.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_emptying_the_table_of_ballots_empties_the_totals():
    cast(make_poll().options.first())
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE feedback_vote")
    assert not OptionTotal.objects.exists()


@pytest.mark.parametrize("path", ["/danh-gia/", "/danh-gia/ket-qua/"])
def test_no_page_counts_ballots(client, path):
    poll = make_poll()
    cast(poll.options.first())
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert client.get(path).status_code == 200
    assert not [query["sql"] for query in asked if "feedback_vote" in query["sql"]]
