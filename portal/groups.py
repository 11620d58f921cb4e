"""The ready groups of staff and what each may do."""

from django.contrib.auth.models import Group, Permission
from django.db.models import Q, QuerySet

EDITORS = "Biên tập"
PUBLISHERS = "Duyệt đăng"
FEEDBACK_OFFICERS = "Tiếp nhận góp ý"
ADMINISTRATORS = "Quản trị"

_NEWS = ("article", "articlephoto", "attachment", "correction", "photo", "tag")
_FIGURES = ("figure", "indicator", "indicatorgroup", "territory", "seriesbreak", "quotation")


def _all(app: str, *models: str) -> list[str]:
    return [f"{app}.{action}_{model}" for model in models for action in ("view", "add", "change")]


def _deletes(app: str, *models: str) -> list[str]:
    return [f"{app}.delete_{model}" for model in models]


_EDITING = [
    *_all("news", *_NEWS),
    *_deletes("news", "articlephoto", "attachment"),
    "news.view_category",
    "news.view_narration",
    "news.view_pronunciation",
    "feedback.view_opinion",
    "indicators.view_figure",
    "indicators.view_indicator",
    "indicators.view_indicatorgroup",
    "indicators.view_territory",
]

GROUPS = {
    EDITORS: _EDITING,
    PUBLISHERS: [
        *_EDITING,
        "news.publish_article",
        "news.delete_article",
        "news.delete_photo",
        *_all("news", "category", "pronunciation"),
        *_deletes("news", "pronunciation"),
        *_all("portal", "notice"),
        *_all("indicators", *_FIGURES),
        *_deletes("indicators", *_FIGURES),
    ],
    FEEDBACK_OFFICERS: [
        "feedback.view_submission",
        "feedback.change_submission",
        "feedback.view_unit",
        *_all("feedback", "poll", "option", "topic", "replytemplate", "calendarday"),
        *_deletes("feedback", "option", "replytemplate", "calendarday"),
        "feedback.view_opinion",
        "feedback.change_opinion",
        "news.view_article",
    ],
    ADMINISTRATORS: ["*"],
}

_OURS = ("portal", "news", "indicators", "feedback", "auth", "flatpages", "django_tasks_database")


def grantable() -> QuerySet[Permission]:
    """Return the permissions that mean something here, those of the tables staff work with."""
    return Permission.objects.filter(content_type__app_label__in=_OURS).select_related(
        "content_type"
    )


def ensure_groups() -> None:
    """
    Create the groups and give each the permissions listed here.

    Permissions a department added by hand stay; nothing is ever taken away.
    """
    for name, wanted in GROUPS.items():
        group, _ = Group.objects.get_or_create(name=name)
        group.permissions.add(*_permissions(wanted))


def _permissions(wanted: list[str]):
    if wanted == ["*"]:
        return grantable()
    condition = Q()
    for name in wanted:
        app, codename = name.split(".")
        condition |= Q(content_type__app_label=app, codename=codename)
    return Permission.objects.filter(condition)
