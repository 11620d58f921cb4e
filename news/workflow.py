"""
The way of an article: draft, handed in, approved, withdrawn.

Every change of state is one of ``STEPS`` and goes through ``move``, which checks, saves, logs
and tells; forms, lists and commands only say which step. Only an import takes articles over
in the state they had, and logs that itself.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import BigIntegerField, OuterRef, Prefetch, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from news import notifications, rights
from news.models import Article, StateChange
from portal import text

State = Article.State


def _is_author(user, article) -> bool:
    return article.created_by_id == user.pk and rights.may_edit(user, article)


@dataclass(frozen=True)
class Step:
    """One way from some states to another: who may take it and what it is called."""

    name: str
    title: str  # as on the version and in messages
    many: str  # of the same done to chosen articles of the list
    from_states: frozenset
    to_state: State
    is_allowed: Callable[..., bool]  # of a user and an article
    needs_reason: bool = False

    @property
    def is_for_publishers(self) -> bool:
        return self.is_allowed is rights.may_publish

    @property
    def label(self) -> str:
        """Return what stands on the button of the form, which saves as well."""
        return f"Lưu và {self.doing}"

    @property
    def doing(self) -> str:
        """Return the title as it stands within a sentence."""
        return text.uncapped(self.title)


SUBMIT = Step(
    "submit",
    "Gửi duyệt",
    "Gửi duyệt các bài đã chọn",
    frozenset({State.DRAFT}),
    State.SUBMITTED,
    rights.may_edit,
)
RECALL = Step(
    "recall",
    "Rút về nháp",
    "Rút các bài đã chọn về nháp",
    frozenset({State.SUBMITTED}),
    State.DRAFT,
    _is_author,
)
SEND_BACK = Step(
    "send_back",
    "Trả lại",
    "Trả lại các bài đã chọn",
    frozenset({State.SUBMITTED}),
    State.DRAFT,
    rights.may_publish,
    needs_reason=True,
)
APPROVE = Step(
    "approve",
    "Duyệt đăng",
    "Duyệt đăng các bài đã chọn",
    frozenset({State.DRAFT, State.SUBMITTED, State.WITHDRAWN}),
    State.APPROVED,
    rights.may_publish,
)
WITHDRAW = Step(
    "withdraw",
    "Gỡ bài",
    "Gỡ các bài đã chọn",
    frozenset({State.APPROVED}),
    State.WITHDRAWN,
    rights.may_publish,
    needs_reason=True,
)
REOPEN = Step(
    "reopen",
    "Đưa về nháp",
    "Đưa các bài đã gỡ về nháp",
    frozenset({State.WITHDRAWN}),
    State.DRAFT,
    rights.may_publish,
)
STEPS = {step.name: step for step in (SUBMIT, APPROVE, SEND_BACK, RECALL, REOPEN, WITHDRAW)}


def steps_for(user, article) -> list[Step]:
    """Return the steps somebody may take with an article as it stands."""
    return [
        step
        for step in STEPS.values()
        if article.state in step.from_states and step.is_allowed(user, article)
    ]


def check(article, step: Step, *, by, reason: str = "") -> None:
    """Raise PermissionDenied or, with a sentence for the person, ValidationError."""
    if article.state not in step.from_states:
        state = article.standing()
        raise ValidationError(f"Bài đang ở trạng thái “{state}” nên không {step.doing} được.")
    if not step.is_allowed(by, article):
        raise PermissionDenied
    if step.needs_reason and not text.clean(reason):
        raise ValidationError({"reason": f"Hãy ghi lý do để {step.doing}."})


@transaction.atomic
def move(article, step: Step, by, reason: str = "") -> StateChange:
    """
    Take one step with an article and save it with whatever else was changed on it.

    Nothing is saved when the step is refused (see ``check``) or the article is not fit for it.
    Whoever is concerned is told once all is stored.
    """
    if article._state.adding:
        before = ""
    else:
        # Of two people at once the second finds what the first has done.
        stored = Article.objects.select_for_update(of=("self",)).filter(pk=article.pk)
        before = article.state = stored.values_list("state", flat=True).get()
    check(article, step, by=by, reason=reason)
    came_from, article.state = article.state, step.to_state
    try:
        # Whatever is wrong with an article is no reason to keep it before readers.
        if step.to_state in {State.SUBMITTED, State.APPROVED}:
            article.full_clean()
    except ValidationError:
        article.state = came_from
        raise
    article.save(by=by, note=step.title)
    if step is WITHDRAW:
        # What is taken down for a cause is not left to whoever was sent a link before.
        article.preview_links.all().delete()
    if not before:
        log(article, "", came_from, by)
    change = log(article, came_from, step.to_state, by, text.clean(reason))
    notifications.tell(change, step.name)
    return change


@transaction.atomic
def begin(article, by, note="Tạo bài") -> None:
    """Save a new article as a draft."""
    article.save(by=by, note=note)
    log(article, "", article.state, by)


def to_decide(user) -> QuerySet[Article]:
    """Return what was handed in and somebody may decide on, longest untouched first."""
    if not user.has_perm(rights.PUBLISH):
        return Article.objects.none()
    return Article.objects.waiting_for_review().filter(rights.within_reach(user))


def with_handing_in(articles: QuerySet[Article]) -> QuerySet[Article]:
    """Give each article ``handings_in``: its last one, with who sent it, as a list."""
    sent = StateChange.objects.filter(to_state=State.SUBMITTED).select_related("by")
    return articles.prefetch_related(Prefetch("state_changes", sent[:1], to_attr="handings_in"))


def sent_back_to(user) -> QuerySet[Article]:
    """
    Return somebody's drafts whose last step was another's sending them back, latest first.

    Annotates ``why``, the reason given.
    """
    last = StateChange.objects.filter(article=OuterRef("pk")).order_by("-at", "-pk")
    return (
        Article.objects.filter(created_by=user, state=State.DRAFT)
        .annotate(
            came_from=Subquery(last.values("from_state")[:1]),
            moved_by=Coalesce(
                Subquery(last.values("by")[:1]), Value(0), output_field=BigIntegerField()
            ),
            why=Subquery(last.values("reason")[:1]),
        )
        .filter(came_from=State.SUBMITTED)
        .exclude(moved_by=user.pk)
        .order_by("-updated_at", "-pk")
    )


def waiting_for(user) -> QuerySet[Article]:
    """Return what waits for somebody to decide on it or, being sent back, to put it right."""
    if not user.has_perm("news.change_article"):
        return Article.objects.none()
    waiting = Q(pk__in=sent_back_to(user).values("pk"))
    if user.has_perm(rights.PUBLISH):
        waiting |= Q(pk__in=to_decide(user).values("pk"))
    return Article.objects.filter(waiting).order_by("updated_at", "pk")


def log(article, from_state, to_state, by, reason="") -> StateChange:
    return StateChange.objects.create(
        article=article,
        title=article.title,
        from_state=from_state,
        to_state=to_state,
        by=by,
        reason=reason,
    )
