import pytest

from portal.groups import (
    ADMINISTRATORS,
    EDITORS,
    FEEDBACK_OFFICERS,
    GROUPS,
    PUBLISHERS,
    ensure_groups,
)
from tests.builders import make_staff

pytestmark = pytest.mark.django_db

# What each group may do; * any of the apps' models.
EXPECTED = {
    "news.add_article": {EDITORS, PUBLISHERS, ADMINISTRATORS},
    "news.publish_article": {PUBLISHERS, ADMINISTRATORS},
    "news.delete_article": {PUBLISHERS, ADMINISTRATORS},
    "news.change_category": {PUBLISHERS, ADMINISTRATORS},
    "indicators.change_figure": {PUBLISHERS, ADMINISTRATORS},
    "indicators.change_indicator": {PUBLISHERS, ADMINISTRATORS},
    "feedback.view_submission": {FEEDBACK_OFFICERS, ADMINISTRATORS},
    "feedback.change_submission": {FEEDBACK_OFFICERS, ADMINISTRATORS},
    "feedback.export_submission": {ADMINISTRATORS},
    "feedback.erase_submission": {ADMINISTRATORS},
    "feedback.change_poll": {FEEDBACK_OFFICERS, ADMINISTRATORS},
    "feedback.view_opinion": {EDITORS, PUBLISHERS, FEEDBACK_OFFICERS, ADMINISTRATORS},
    "feedback.change_opinion": {FEEDBACK_OFFICERS, ADMINISTRATORS},
    "portal.change_notice": {PUBLISHERS, ADMINISTRATORS},
    "portal.change_websitelink": {ADMINISTRATORS},
    "portal.change_standingpage": {ADMINISTRATORS},
    "auth.add_user": {ADMINISTRATORS},
}


def test_each_group_may_do_its_work_and_no_more():
    staff = {group: make_staff(group) for group in GROUPS}
    for permission, allowed in EXPECTED.items():
        assert {group for group, user in staff.items() if user.has_perm(permission)} == allowed, (
            permission
        )


def test_an_administrator_makes_nobody_a_superuser(client):
    from django.contrib.auth.models import User
    from django.urls import reverse

    administrator = make_staff(ADMINISTRATORS)
    owner = User.objects.create_superuser("chu")
    client.force_login(administrator)
    change = reverse("admin:auth_user_change", args=[administrator.pk])
    client.post(change, {"username": "moi", "is_superuser": "on", "is_staff": "on",
                         "is_active": "on", "date_joined_0": "01/01/2026",
                         "date_joined_1": "08:00"})  # fmt: skip
    administrator.refresh_from_db()
    assert administrator.username == "moi"
    assert not administrator.is_superuser
    assert client.post(reverse("admin:auth_user_change", args=[owner.pk])).status_code == 403
    assert (
        client.get(reverse("admin:auth_user_password_change", args=[owner.pk])).status_code == 403
    )


def test_repeating_keeps_what_a_department_added():
    from django.contrib.auth.models import Group, Permission

    ensure_groups()
    added = Permission.objects.get(codename="change_websitelink")
    Group.objects.get(name=EDITORS).permissions.add(added)
    ensure_groups()
    assert Group.objects.get(name=EDITORS).permissions.filter(pk=added.pk).exists()


@pytest.mark.parametrize("group", [*GROUPS, None])
def test_every_member_reaches_the_desk_and_sees_only_what_is_theirs(client, group):
    client.force_login(make_staff(group))
    page = client.get("/quan-tri/").content.decode()
    assert ("Bài viết" in page or "bài viết" in page) is (group is not None)
    assert ("/quan-tri/auth/user/" in page) is (group == ADMINISTRATORS)
