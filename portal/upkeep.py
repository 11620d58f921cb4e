"""Throwing away what is kept only to be looked up for a while."""

from datetime import timedelta

from django.utils import timezone
from django_tasks import task
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from portal import announced

KEPT = timedelta(days=30)  # finished tasks; what went wrong is told with its traceback


def enqueue(before, due) -> None:
    forget_finished_tasks.enqueue()


@task()
def forget_finished_tasks() -> None:
    finished = [TaskResultStatus.SUCCESSFUL, TaskResultStatus.FAILED]
    DBTaskResult.objects.filter(status__in=finished, finished_at__lt=timezone.now() - KEPT).delete()


@task()
def forget_announcements() -> None:
    announced.forget()
