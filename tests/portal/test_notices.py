"""A message for every reader for a while, such as a planned outage."""

from datetime import timedelta

import pytest
from django.db import DatabaseError
from django.urls import reverse
from django.utils import timezone

from portal.groups import EDITORS, PUBLISHERS
from portal.models import Notice, NoticeQuerySet
from tests.builders import make_article, make_staff

pytestmark = pytest.mark.django_db

TEXT = "Cổng tạm dừng từ 22 giờ đến 24 giờ."
HOUR = timedelta(hours=1)


def make_notice(**changes):
    now = timezone.now()
    values = {"text": TEXT, "starts_at": now - HOUR, "ends_at": now + HOUR} | changes
    return Notice.objects.create(**values)


def test_a_notice_stands_on_every_public_page_between_its_times(client):
    make_notice()
    article = make_article()
    for address in ("/", "/tin-tuc/", article.get_absolute_url(), "/gop-y/", "/khong-co/"):
        page = client.get(address).content.decode()
        assert TEXT in page, address
        assert page.index(TEXT) < page.index("<main"), address


def test_before_and_after_it_is_not_shown(client):
    now = timezone.now()
    make_notice(starts_at=now + HOUR, ends_at=now + 2 * HOUR)
    make_notice(starts_at=now - 2 * HOUR, ends_at=now - HOUR)
    assert TEXT not in client.get("/").content.decode()
    at = now + HOUR
    assert [notice.state(at) for notice in Notice.objects.shown(at)] == ["Đang hiện"]


def test_pages_that_need_no_database_open_without_it(client, monkeypatch):
    def away(*args):
        raise DatabaseError

    monkeypatch.setattr(NoticeQuerySet, "shown", away)
    assert client.get("/gop-y/").status_code == 200


def test_those_who_publish_write_notices_and_mistakes_are_named(client):
    add = reverse("admin:portal_notice_add")
    client.force_login(make_staff(EDITORS))
    assert client.get(add).status_code == 403
    client.force_login(make_staff(PUBLISHERS))
    times = {"starts_at_0": "02/01/2026", "starts_at_1": "22:00", "ends_at_0": "02/01/2026"}
    page = client.post(add, {"text": TEXT, **times, "ends_at_1": "21:00"}).content.decode()
    assert "“Hiện đến” phải sau “Hiện từ”." in page
    client.post(add, {"text": TEXT, **times, "ends_at_1": "23:00"})
    assert Notice.objects.get().text == TEXT
    assert "Đã hết" in client.get(reverse("admin:portal_notice_changelist")).content.decode()


def test_markup_in_a_notice_is_shown_as_text(client):
    make_notice(text="<b>canary</b>")
    assert "<b>canary" not in client.get("/").content.decode()
