"""The flood of benchmarks/spam.py in small: the same machines, without a network between."""

import pytest
from django.test import Client

from benchmarks import spam_machines
from benchmarks.spam_texts import ADVERTS, letter
from feedback import challenge
from feedback.models import Submission

pytestmark = pytest.mark.django_db

EACH = 20  # messages of each kind
SEND = "/gop-y/"


class Door:
    """The portal within this process; one after the other, for tests have one connection."""

    def __init__(self):
        self.client, self.strict_client = Client(), Client(enforce_csrf_checks=True)

    def open(self, network, since=0):
        return spam_machines.Form(spam_machines.token_of(since))

    def post(self, fields, form, network):
        client = self.client if form else self.strict_client
        client.cookies.clear()
        token = {"challenge": form.token} if form else {}
        return client.post(SEND, fields | token, REMOTE_ADDR=network, headers=OWN_ORIGIN)


OWN_ORIGIN = {"Sec-Fetch-Site": "same-origin"}


def test_machines_of_five_kinds_are_stopped_or_put_aside_and_people_are_not():
    door = Door()
    for number in range(8):
        form = door.open("", since=60)
        fields = spam_machines.COMMON | letter(number) | {"name": f"Người dân {number}"}
        fields |= {"code": challenge.answer(form.token)}
        assert door.post(fields, form, f"172.16.{number}.9").status_code == 302
        if number == 3:  # in the middle of it
            spam_machines.flood(door, EACH, clients=0)
    people = Submission.objects.filter(name__startswith="Người dân")
    assert set(people.values_list("state", flat=True)) == {Submission.State.NEW}
    assert people.count() == 8

    states = dict(Submission.objects.values_list("name", "state"))
    found = spam_machines.results(states, EACH)
    let_through = {kind: result.let_through for kind, result in found.items()}
    # One use of a token is a message; the first two of a text are not yet known for repeated.
    assert let_through.pop("repeated") <= 2 * len(ADVERTS)
    assert let_through == {"blind": 0, "filling": 0, "headless": 0, "replayed": 1}
