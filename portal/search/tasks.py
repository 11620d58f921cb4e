"""Work on the table of search that the worker does."""

from django.core.management import call_command
from django_tasks import task
from django_tasks_db.models import DBTaskResult

SECONDS = 10  # of reading at a time: letters, photos and sound come between


def reindex_soon() -> None:
    """Have the worker read what search does not know as it is now, once for all who ask."""
    if not DBTaskResult.objects.ready().filter(task_path=reindex.module_path).exists():
        reindex.enqueue()


@task(priority=-50)
def reindex() -> None:
    """Read some of what search does not know as it is now; the rest in a task of its own."""
    call_command("reindex", missing=True, seconds=SECONDS, verbosity=0)
