"""What the head of every page of the admin says of work that waits."""

from django.db.models import Count, Q
from django.utils import timezone

from feedback.models import Submission
from news import workflow
from news.models import Article
from portal.desk import Line, list_of


def waiting_badge(user) -> Line | None:
    """Return how many articles wait for somebody and where they are; None if none does."""
    count = workflow.waiting_for(user).order_by().count()
    return Line(str(count), list_of(Article, viec="cho-toi")) if count else None


def feedback_badge(user) -> Line | None:
    """Return how many submissions wait, how many of them too long, and where; None if none does."""
    if not user.has_perm("feedback.change_submission"):
        return None
    late = Count("pk", filter=Q(due_on__lt=timezone.localdate()))
    waiting = Submission.objects.waiting().order_by().aggregate(count=Count("pk"), late=late)
    if not waiting["count"]:
        return None
    note = f"quá hạn {waiting['late']}" if waiting["late"] else ""
    return Line(str(waiting["count"]), list_of(Submission, viec="can-xu-ly"), note)
