import logging
import multiprocessing
import os
import signal

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
        is_started_again = multiprocessing.parent_process() is not None
        begin_anew = end if is_started_again else None
        Warming(listener, get_wsgi_application(), Snapshots(), begin_anew).start()
        super().handle(**options)


def end() -> None:
    """End this process in order, after the task under way, as when it is told to."""
    db_worker.logger.setLevel(logging.ERROR)  # it warns of being told
    os.kill(os.getpid(), signal.SIGTERM)


def give_back_memory(**kwargs):
    """Hold no more than before a task: it may have drawn photos or read a thousand articles."""
    give_back()


def keep_going_after_tick(task_result, **kwargs):
    if task_result.task.module_path == periodic.tick.module_path:
        periodic.keep_going()
