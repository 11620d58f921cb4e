"""Work on the table of search that the worker does."""

from django.core.management import call_command
from django_tasks import task
from django_tasks_db.models import DBTaskResult


def reindex_soon() -> None:
    """Have everything read anew, once for all who ask before it begins."""
    waits = DBTaskResult.objects.ready().filter(task_path=reindex.module_path)
    if not waits.filter(args_kwargs__kwargs__missing=False).exists():
        reindex.enqueue(missing=False)


@task()
def reindex(missing: bool) -> None:
    """Read everything anew, or only what search does not know as it is now."""
    call_command("reindex", missing=missing, verbosity=0)
