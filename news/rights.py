"""
Who may do what with which article.

Permissions say what somebody may do, ``Category.staff`` with which articles: whoever is
named at a category works only on the articles of the categories that name them and of
their children; whoever is named nowhere works on all. That they are named nowhere any more
must be somebody's decision: no category is deleted while it alone names somebody.
"""

from django.contrib.auth import get_user_model
from django.db.models import Q, QuerySet

from news.models import Article, Category

PUBLISH = "news.publish_article"
_DECIDED = {Article.State.APPROVED, Article.State.WITHDRAWN}


def categories(user) -> QuerySet[Category]:
    """Return the categories whose articles are this person's work."""
    reach = _reach(user)
    return Category.objects.all() if reach is None else Category.objects.filter(pk__in=reach)


def is_limited(user) -> bool:
    """Say whether somebody is named at a category and so works only on the articles of some."""
    return _reach(user) is not None


def within_reach(user) -> Q:
    """Return the condition of the articles in those categories."""
    reach = _reach(user)
    return Q() if reach is None else Q(category__in=reach)


def is_within_reach(user, category_id: int | None) -> bool:
    """Say whether articles of a category are this person's work; so is one without any yet."""
    reach = _reach(user)
    return reach is None or category_id is None or category_id in reach


def may_edit(user, article) -> bool:
    """Say whether somebody may change an article; what was decided on is the publishers'."""
    return (
        user.has_perm("news.change_article")
        and is_within_reach(user, article.category_id)
        and (article.state not in _DECIDED or user.has_perm(PUBLISH))
    )


def may_read(user, article) -> bool:
    """
    Say whether somebody may read an article in the admin.

    Who writes reads the drafts of all; who may only look sees what readers see.
    """
    if user.has_perm("news.change_article"):
        return True
    return user.has_perm("news.view_article") and article.is_published()


def readable_by(user, articles: QuerySet[Article]) -> QuerySet[Article]:
    """Return those of the articles that somebody may read in the admin."""
    if user.has_perm("news.change_article"):
        return articles
    return articles.published() if user.has_perm("news.view_article") else articles.none()


def may_publish(user, article) -> bool:
    """Say whether somebody may approve, send back and withdraw an article."""
    return user.has_perm(PUBLISH) and is_within_reach(user, article.category_id)


def publishers_of(article) -> QuerySet:
    """Return the active members of staff who may publish an article."""
    category = article.category
    named = Q(categories=category) | Q(categories__isnull=True)
    if category.parent_id:
        named |= Q(categories=category.parent_id)
    return (
        get_user_model()
        .objects.with_perm(PUBLISH, backend="django.contrib.auth.backends.ModelBackend")
        .filter(named | Q(is_superuser=True), is_staff=True)
        .distinct()
    )


def may_delete(user, article) -> bool:
    """
    Say whether somebody may delete an article for good.

    Whoever has the permission may in whatever state it is; its author may while it is a draft
    that was never approved, such as a file imported twice.
    """
    if user.has_perm("news.delete_article"):
        return is_within_reach(user, article.category_id)
    return (
        article.state == Article.State.DRAFT
        and article.created_by_id == user.pk
        and may_edit(user, article)
        and not article.state_changes.filter(to_state=Article.State.APPROVED).exists()
    )


def limited_only_by(named_at) -> QuerySet:
    """Return those whom only these categories limit: named at no other, they would work on all."""
    elsewhere = Category.objects.exclude(pk__in=[category.pk for category in named_at])
    return (
        get_user_model()
        .objects.filter(categories__in=named_at, is_superuser=False)
        .exclude(categories__in=elsewhere)
        .distinct()
    )


def _reach(user) -> frozenset[int] | None:
    """
    Return the keys of the categories somebody is limited to; None without a limit.

    Looked up once for a user object, as Django does with permissions.
    """
    if user.is_superuser:
        return None
    if not hasattr(user, "_reach"):
        named = Q(staff=user) | Q(parent__staff=user)
        user._reach = frozenset(Category.objects.filter(named).values_list("pk", flat=True))
    return user._reach or None
