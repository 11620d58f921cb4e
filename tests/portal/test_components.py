"""The page of all components: for staff, and complete."""

import re

import pytest
from django.conf import settings

pytestmark = pytest.mark.django_db

ADDRESS = "/quan-tri/thanh-phan/"


def test_it_is_for_staff(client, django_user_model):
    assert client.get(ADDRESS).status_code == 302
    client.force_login(django_user_model.objects.create_user("citizen"))
    assert client.get(ADDRESS).status_code == 302


def test_it_stores_nothing_and_is_kept_by_nobody(admin_client, django_assert_max_num_queries):
    with django_assert_max_num_queries(6) as captured:
        response = admin_client.get(ADDRESS)
    assert all(query["sql"].startswith("SELECT") for query in captured.captured_queries)
    assert response.headers["Cache-Control"] == "private, no-store"


def test_it_shows_every_colour_of_the_tokens(admin_client):
    tokens = (settings.BASE_DIR / "static/css/tokens.css").read_text()
    colours = set(re.findall(r"--([a-z-]+): #", tokens))
    # Seen on every page around the sample, or the ground of one drawing.
    colours -= {"on-accent", "on-band", "on-band-soft", "national-star", "challenge-paper"}
    page = admin_client.get(ADDRESS).content.decode()
    assert set(re.findall(r'class="swatch--([a-z-]+)"', page)) == colours


@pytest.mark.parametrize(
    "part",
    [
        "button--quiet",
        "notice--bad",
        "tag--exceeded",
        "tag--missed",
        "paging__current",
        "lead-story",
        "card",
        "headline-figure",
        "chart",
        "poll-results",
        "error-summary",
        "field--wrong",
        "tracking-code",
    ],
)
def test_it_shows_every_part(admin_client, demo, part):
    assert re.search(rf'class="[^"]*\b{part}\b', admin_client.get(ADDRESS).content.decode())
