import pytest
from django.contrib import admin
from django.contrib.auth.models import User
from django.db import IntegrityError
from django.db.models import RestrictedError
from django.urls import reverse

from feedback.models import Poll, Vote
from tests.feedback.builders import cast, make_poll

pytestmark = pytest.mark.django_db
LIST = "/quan-tri/feedback/poll/"


@pytest.fixture
def administrator(client):
    administrator = User.objects.create_superuser("quan-tri", password="mat-khau-thu-nghiem")
    client.force_login(administrator)
    return administrator


def page_of(poll):
    return reverse("admin:feedback_poll_change", args=[poll.pk])


def form_of(poll, **changes):
    """Return what the page of a poll posts; «texts» and «deleted» change its options."""
    options = list(poll.options.all()) if poll else []
    texts = changes.pop("texts", [option.text for option in options])
    deleted = changes.pop("deleted", [])
    form = {
        "question": poll.question if poll else "Câu hỏi mới?",
        "introduction": "",
        "slug": poll.slug if poll else "",
        "opens_at_0": "01/01/2026",
        "opens_at_1": "08:00",
        "position": "0",
        "options-TOTAL_FORMS": str(len(texts)),
        "options-INITIAL_FORMS": str(len(options)),
        "options-MIN_NUM_FORMS": "2",
    }
    for number, text in enumerate(texts):
        form[f"options-{number}-text"] = text
        form[f"options-{number}-position"] = str(number)
        if number < len(options):
            form[f"options-{number}-id"] = str(options[number].pk)
            form[f"options-{number}-poll"] = str(poll.pk)
        if number in deleted:
            form[f"options-{number}-DELETE"] = "on"
    return form | changes


def texts_of(poll):
    return [option.text for option in poll.options.all()]


def test_a_poll_is_made_with_its_options(client, administrator):
    response = client.post(LIST + "add/", form_of(None, texts=["Có", "Không"]))
    assert response.status_code == 302
    poll = Poll.objects.get()
    assert poll.slug == "cau-hoi-moi"
    assert texts_of(poll) == ["Có", "Không"]


def test_a_poll_somebody_votes_in_while_it_is_deleted_stays(client, administrator, monkeypatch):
    poll = make_poll()
    monkeypatch.setattr(Poll, "delete", lambda poll: cast(poll.options.first()) or raise_refusal())

    def raise_refusal():
        raise IntegrityError("a ballot arrived")

    response = client.post(f"{LIST}{poll.pk}/delete/", {"post": "yes"}, follow=True)
    assert "vừa có người gửi phiếu" in response.content.decode()
    assert Poll.objects.filter(pk=poll.pk).exists()


def test_options_may_be_corrected_before_the_first_ballot(client, administrator):
    poll = make_poll("Tốt", "Khá", "Sai chính ta")
    response = client.post(page_of(poll), form_of(poll, texts=["Tốt", "Khá", "Sai chính tả"]))
    assert response.status_code == 302
    assert "Sai chính tả" in texts_of(poll)


@pytest.mark.parametrize(
    "changes", [{"texts": ["Rất tốt", "Khá", "Chưa tốt"]}, {"deleted": [0]}], ids=["text", "delete"]
)
def test_an_option_with_ballots_is_kept_as_it_is(client, administrator, changes):
    poll = make_poll()
    cast(poll.options.first())
    response = client.post(page_of(poll), form_of(poll, **changes))
    assert "“Tốt” đã có phiếu nên không sửa" in response.content.decode()
    assert texts_of(poll) == ["Tốt", "Khá", "Chưa tốt"]
    assert Vote.objects.count() == 1


def test_points_of_an_option_with_ballots_are_given_once(client, administrator):
    poll = make_poll()
    option = poll.options.first()
    cast(option)
    for points, kept in (("5", 5), ("1", 5)):
        client.post(page_of(poll), form_of(poll) | {"options-0-points": points})
        option.refresh_from_db()
        assert option.points == kept


def test_options_without_ballots_may_still_go(client, administrator):
    poll = make_poll()
    cast(poll.options.first())
    assert client.post(page_of(poll), form_of(poll, deleted=[2])).status_code == 302
    assert texts_of(poll) == ["Tốt", "Khá"]


def test_the_order_of_options_with_ballots_may_change(client, administrator):
    poll = make_poll()
    cast(poll.options.first())
    form = form_of(poll) | {"options-0-position": "9"}
    assert client.post(page_of(poll), form).status_code == 302
    assert texts_of(poll) == ["Khá", "Chưa tốt", "Tốt"]


def test_the_results_are_shown_read_only(client, administrator):
    poll = make_poll()
    cast(poll.options.first())
    page = client.get(page_of(poll)).content.decode()
    assert "Tổng số phiếu" in page
    assert "100%" in page


def test_the_list_shows_the_number_of_ballots(client, administrator, django_assert_max_num_queries):
    for number in range(5):
        poll = make_poll(question=f"Câu {number}?")
        cast(poll.options.first())
    with django_assert_max_num_queries(12):
        page = client.get(LIST).content.decode()
    assert page.count('class="field-ballots">1<') == 5


def test_a_poll_with_ballots_is_closed_and_not_deleted(client, administrator):
    poll = make_poll()
    delete = reverse("admin:feedback_poll_delete", args=[poll.pk])
    assert client.get(delete).status_code == 200
    cast(poll.options.first())
    assert client.post(delete, {"post": "yes"}).status_code == 403
    assert Vote.objects.count() == 1


def test_votes_are_not_in_the_admin():
    assert Vote not in admin.site._registry


def test_an_option_with_ballots_cannot_be_deleted_by_code_either():
    poll = make_poll()
    cast(poll.options.first())
    with pytest.raises(RestrictedError):
        poll.options.first().delete()
    poll.delete()
    assert not Vote.objects.exists()


def test_a_poll_closes_after_it_opens(client, administrator):
    poll = make_poll()
    times = {"closes_at_0": "31/12/2025", "closes_at_1": "08:00"}
    page = client.post(page_of(poll), form_of(poll) | times).content.decode()
    assert "Thời điểm đóng phải sau thời điểm mở." in page
