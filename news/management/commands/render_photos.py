from django.core.management.base import BaseCommand

from news.models import Photo


class Command(BaseCommand):
    help = "Has the worker make the sizes that photos lack, for example after an upgrade."

    def handle(self, *args, **options):
        waiting = Photo.objects.without_renditions()
        for photo in waiting:
            photo.request_renditions()
        if options["verbosity"]:
            self.stdout.write(f"Đã giao {len(waiting)} ảnh cho tiến trình nền.")
