"""Moments that staff type: a year 0001 or 9999 never reaches a page."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from django.contrib import admin
from django.db import DatabaseError, IntegrityError, models
from django.urls import reverse

from feedback.models import Poll
from news.models import Article, Correction
from portal.fields import MomentField
from portal.groups import ADMINISTRATORS, FEEDBACK_OFFICERS, PUBLISHERS
from portal.models import Notice, NoticeQuerySet
from tests.builders import LONG_AGO, make_article, make_staff

pytestmark = pytest.mark.django_db

# Midnight here, which PostgreSQL keeps as a moment before Christ that Python cannot read.
FIRST_DAY = datetime(1, 1, 1, tzinfo=timezone(timedelta(hours=7)))
LAST_DAY = datetime(9999, 12, 31, tzinfo=UTC)


def moments_typed():
    """
    Yield each model with its moments that a form of the admin offers.

    A day without a time is read back whatever its year; its form refuses what cannot be meant.
    """
    forms = [(model, offered) for model, offered in admin.site._registry.items()]
    forms += [(inline.model, inline) for _, offered in forms for inline in offered.inlines]
    for model, offered in forms:
        for field in model._meta.fields:
            is_typed = field.editable and field.name not in offered.readonly_fields
            if is_typed and isinstance(field, models.DateTimeField):
                yield model, field


def test_every_moment_that_staff_can_type_has_its_bounds_in_form_and_database():
    found = list(moments_typed())
    assert {model for model, _ in found} == {Article, Correction, Notice, Poll}
    for model, field in found:
        assert isinstance(field, MomentField), f"{model.__name__}.{field.name}"
        kept = [each for each in model._meta.constraints if each.name.endswith("moments_readable")]
        assert f"{field.name}__range" in str(kept), f"{model.__name__}.{field.name}"


@pytest.mark.parametrize("moment", [FIRST_DAY, LAST_DAY], ids=["year 1", "year 9999"])
@pytest.mark.parametrize(
    "write",
    [
        lambda moment: Poll.objects.create(question="Hỏi?", opens_at=moment),
        lambda moment: Notice.objects.create(text="a", starts_at=LONG_AGO, ends_at=moment),
        lambda moment: Correction.objects.create(article=make_article(), made_at=moment),
        lambda moment: make_article(published_at=LONG_AGO, expires_at=moment),
    ],
    ids=["poll", "notice", "correction", "article"],
)
def test_the_database_takes_no_moment_that_could_not_be_read_back(write, moment):
    with pytest.raises(IntegrityError):
        write(moment)


@pytest.mark.parametrize("day", ["01/01/0001", "31/12/9999"])
def test_a_mistyped_year_of_a_poll_is_refused_in_words(client, day):
    client.force_login(make_staff(FEEDBACK_OFFICERS))
    typed = {"question": "Hỏi?", "opens_at_0": day, "opens_at_1": "00:00", "position": "0"}
    options = {"options-TOTAL_FORMS": "2", "options-INITIAL_FORMS": "0"}
    texts = {"options-0-text": "Có", "options-1-text": "Không"}
    page = client.post(reverse("admin:feedback_poll_add"), typed | options | texts)
    said = "Ngày phải từ năm 1990 trở đi và không quá 10 năm kể từ hôm nay."
    assert page.context["adminform"].form.errors["opens_at"] == [said]
    assert not Poll.objects.exists()


def test_a_mistyped_year_of_a_notice_is_refused_in_words(client):
    client.force_login(make_staff(PUBLISHERS))
    times = {"starts_at_0": "02/01/0001", "ends_at_0": "31/12/9999"}
    hours = {"starts_at_1": "00:00", "ends_at_1": "00:00"}
    page = client.post(reverse("admin:portal_notice_add"), {"text": "a", **times, **hours})
    assert set(page.context["adminform"].form.errors) == {"starts_at", "ends_at"}


def test_when_a_user_joined_is_shown_and_not_typed(client):
    client.force_login(make_staff(ADMINISTRATORS, is_superuser=True))
    user = make_staff()
    page = client.get(reverse("admin:auth_user_change", args=[user.pk])).content.decode()
    assert "Các mốc thời gian" in page
    assert 'name="date_joined' not in page


def test_a_page_that_cannot_read_its_notices_says_so_in_the_log(client, monkeypatch, caplog):
    def broken(*args):
        raise DatabaseError("year is out of range")

    monkeypatch.setattr(NoticeQuerySet, "shown", broken)
    assert client.get("/gop-y/").status_code == 200
    assert "page shown without its notices: year is out of range" in caplog.text
