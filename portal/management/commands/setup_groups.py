from django.core.management.base import BaseCommand

from portal.groups import GROUPS, ensure_groups


class Command(BaseCommand):
    help = "Creates the ready groups of staff with their permissions; safe to repeat."

    def handle(self, *args, **options):
        ensure_groups()
        self.stdout.write("Đã có các nhóm: " + ", ".join(GROUPS) + ".")
