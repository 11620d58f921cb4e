from django.core.wsgi import get_wsgi_application
from django_tasks.signals import task_finished
from django_tasks_db.management.commands import db_worker

from portal import periodic
from portal.allocator import give_back
from portal.changes import listener
from portal.pagecache.snapshots import Snapshots
from portal.warming import Warming


class Command(db_worker.Command):
    help = "Does background work, has periodic work come back, keeps the snapshots current."

    def handle(self, **options):
        periodic.keep_going()
        # Also when a tick failed before it had put the next one into the queue.
        task_finished.connect(keep_going_after_tick)
        task_finished.connect(give_back_memory)
        Warming(listener, get_wsgi_application(), Snapshots()).start()
        super().handle(**options)


def give_back_memory(**kwargs):
    """Hold no more than before a task: it may have drawn photos or read a thousand articles."""
    give_back()


def keep_going_after_tick(task_result, **kwargs):
    if task_result.task.module_path == periodic.tick.module_path:
        periodic.keep_going()
