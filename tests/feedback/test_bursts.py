"""Staff look at what came too many at a time, and decide; everything they do is logged."""

import uuid
from datetime import UTC, datetime

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse
from django.utils import timezone

from feedback import bursts
from feedback.models import Opinion, Vote
from portal.groups import EDITORS, FEEDBACK_OFFICERS
from tests.builders import make_staff
from tests.feedback.builders import cast, make_article, make_poll

pytestmark = pytest.mark.django_db
AT_TWO = datetime(2026, 11, 20, 7, 20, tzinfo=UTC)  # 14:20 in Viet Nam
VOTES = "/quan-tri/feedback/poll/nghi-ngo/"
OPINIONS = "/quan-tri/feedback/opinion/nghi-ngo/"


@pytest.fixture
def poll():
    return make_poll()


def suspect(option, count=1, voter=b"a" * 16, at=AT_TWO):
    for _ in range(count):
        cast(option, is_suspect=True, voter=voter, cast_at=at)


def test_ballots_of_one_source_and_hour_are_one_line_with_what_they_chose(poll):
    first, second, _ = poll.options.all()
    suspect(first, 3), suspect(second)
    suspect(first, voter=b"b" * 16)
    suspect(first, at=AT_TWO.replace(hour=8))
    cast(first)
    found = bursts.awaiting(Vote)
    assert [burst.size for burst in found] == [1, 4, 1]
    assert found[1].choices == [("Tốt", 3), ("Khá", 1)]
    assert found[1].source.said() == "14–15 giờ ngày 20/11/2026"
    assert found[1].about == poll


def test_keys_come_back_as_they_went():
    for voter in (None, b"a" * 16):
        source = bursts.Source(7, AT_TWO.replace(minute=0), voter)
        assert bursts.Source.of_key(source.key) == source


@pytest.mark.parametrize("key", ["", "1", "1-2", "1-2-zz", "x-1-", "1" * 40 + "-1-", "1-9-\x00"])
def test_an_odd_key_names_nothing(poll, key):
    suspect(poll.options.first())
    assert bursts.decide(Vote, [key], is_accepted=True, by=make_staff()) == 0


def test_accepted_ballots_count_and_leave_no_source(client, poll):
    officer = make_staff(FEEDBACK_OFFICERS)
    client.force_login(officer)
    suspect(poll.options.first(), 3)
    suspect(poll.options.last(), 2, voter=b"b" * 16)
    [chosen] = [burst for burst in bursts.awaiting(Vote) if burst.size == 3]
    response = client.post(VOTES, {"chosen": chosen.source.key, "accept": "1"}, follow=True)
    assert "Đã tính 3 phiếu." in response.content.decode()
    results = poll.results()
    assert (results.ballots, results.awaiting) == (3, 2)
    assert Vote.objects.filter(voter__isnull=False).count() == 2
    entry = LogEntry.objects.get()
    assert entry.user == officer
    assert entry.change_message == ("Tính 3 phiếu nghi do máy gửi lúc 14–15 giờ ngày 20/11/2026.")
    assert entry.get_edited_object() == poll


@pytest.mark.parametrize(
    ("seen_at", "decided"),
    [
        ("2026-11-20T07:20:00+00:00", 2),
        ("2026-02-31T07:20:00+00:00", 3),
        ("2026-11-20", 3),
        ("", 3),
    ],
)
def test_what_came_after_the_page_was_opened_goes_on_waiting(client, poll, seen_at, decided):
    client.force_login(make_staff(FEEDBACK_OFFICERS))
    suspect(poll.options.first(), 2)
    suspect(poll.options.first(), at=AT_TWO.replace(minute=21))
    key = bursts.awaiting(Vote)[0].source.key
    client.post(VOTES, {"chosen": key, "accept": "1", "seen_at": seen_at})
    assert poll.results().ballots == decided


def test_what_is_set_aside_stays_so_for_good_and_is_kept(client, poll):
    client.force_login(make_staff(FEEDBACK_OFFICERS))
    suspect(poll.options.first(), 3)
    key = bursts.awaiting(Vote)[0].source.key
    client.post(VOTES, {"chosen": key, "set_aside": "1"})
    assert client.post(VOTES, {"chosen": key, "accept": "1"}).status_code == 302
    results = poll.results()
    assert (results.ballots, results.awaiting, results.set_aside) == (0, 0, 3)
    assert "Loại hẳn 3 phiếu" in LogEntry.objects.get().change_message


def test_the_page_shows_hour_size_and_choice(client, poll):
    client.force_login(make_staff(FEEDBACK_OFFICERS))
    suspect(poll.options.first(), 3)
    page = client.get(VOTES).content.decode()
    for shown in ("14–15 giờ ngày 20/11/2026", "Tốt: 3", poll.question, "Cùng một nơi"):
        assert shown in page
    Vote.objects.forget_voters(timezone.now())
    assert "Không còn phân biệt được" in client.get(VOTES).content.decode()


def test_choosing_nothing_says_so_and_an_empty_page_too(client, poll):
    client.force_login(make_staff(FEEDBACK_OFFICERS))
    page = client.post(VOTES, {"accept": "1"}, follow=True).content.decode()
    assert "Hãy chọn ít nhất một dòng." in page
    assert "Không có phiếu nào chờ kiểm tra." in page


def test_opinions_are_decided_on_alike(client):
    client.force_login(make_staff(FEEDBACK_OFFICERS))
    article = make_article()
    for number in range(3):
        Opinion.objects.create(
            article=article, ballot=uuid.uuid4(), is_helpful=number > 0, is_suspect=True, at=AT_TWO
        )
    page = client.get(OPINIONS).content.decode()
    assert article.title in page
    assert "Có: 2; Không: 1" in page
    client.post(OPINIONS, {"chosen": bursts.awaiting(Opinion)[0].source.key, "accept": "1"})
    assert Opinion.objects.counted().count() == 3
    assert LogEntry.objects.get().object_repr == article.title


@pytest.mark.parametrize("address", [VOTES, OPINIONS])
def test_who_may_not_decide_does_not(client, poll, address):
    suspect(poll.options.first())
    client.force_login(make_staff(EDITORS))
    assert client.get(address).status_code == 403
    assert client.post(address, {"chosen": "1-1-", "accept": "1"}).status_code == 403


def test_the_lists_say_how_much_waits(client, poll):
    suspect(poll.options.first(), 3)
    client.force_login(make_staff(FEEDBACK_OFFICERS))
    page = client.get(reverse("admin:feedback_poll_changelist")).content.decode()
    assert "Phiếu chờ kiểm tra (3)" in page
    assert 'class="field-awaiting">3<' in page
    shown = client.get(reverse("admin:feedback_poll_change", args=[poll.pk])).content.decode()
    assert "Chưa tính 3 phiếu" in shown
