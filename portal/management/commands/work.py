from django_tasks.signals import task_finished
from django_tasks_db.management.commands import db_worker

from portal import periodic


class Command(db_worker.Command):
    help = "Does background work, and sees to it that periodic work comes back."

    def handle(self, **options):
        periodic.keep_going()
        # Also when a tick failed before it had put the next one into the queue.
        task_finished.connect(keep_going_after_tick)
        super().handle(**options)


def keep_going_after_tick(task_result, **kwargs):
    if task_result.task.module_path == periodic.tick.module_path:
        periodic.keep_going()
