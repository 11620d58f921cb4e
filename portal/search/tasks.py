"""Work on the table of search that the worker does."""

from django.core.management import call_command
from django_tasks import task


@task()
def reindex(missing: bool) -> None:
    """Read everything anew, or only what search does not know as it is now."""
    call_command("reindex", missing=missing, verbosity=0)
