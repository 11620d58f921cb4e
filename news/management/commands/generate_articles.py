import os
from concurrent.futures import ProcessPoolExecutor
from datetime import datetime
from multiprocessing import get_context

from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.utils import timezone
from django.utils.dateparse import parse_date

from news.generating.storing import Stored, store
from news.models import Article
from portal.search import entries
from portal.search.tasks import reindex_soon

AT_ONCE = 100  # articles that search learns of together
IN_ONE_PROCESS = 1_000  # so few are not worth starting others


class Command(BaseCommand):
    help = "Fills the database with invented articles, to measure with; the same for a seed."

    def add_arguments(self, parser):
        parser.add_argument("count", type=int)
        parser.add_argument("--seed", type=int, default=1)
        parser.add_argument("--until", type=day, help="the day they end with; today if not given")
        parser.add_argument("--add", action="store_true", help="though there are articles already")
        parser.add_argument(
            "--search", action="store_true", help="make them findable now, not by the worker"
        )

    def handle(self, *args, count, seed, until, add, search, **options):
        if count < 1:
            raise CommandError("Số bài phải từ 1 trở lên.")
        if Article.objects.exists() and not add:
            raise CommandError(
                "Cơ sở dữ liệu đã có bài viết; bài bịa sẽ lẫn với bài thật. "
                "Nếu vẫn muốn thêm, hãy dùng --add."
            )
        until = until or timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
        verbose = options["verbosity"] > 0
        stored = store(count, seed=seed, until=until, told=self.tell if verbose else id)
        if search:
            make_findable(stored)
        else:
            reindex_soon()
        if verbose:
            self.stdout.write(f"Đã tạo {count} bài viết.")

    def tell(self, number):
        self.stdout.write(f"{number} bài …")


def day(written: str) -> datetime:
    """Return the beginning of a day in the department's time."""
    return timezone.make_aware(datetime.combine(parse_date(written), datetime.min.time()))


def make_findable(stored: Stored) -> None:
    """Write what search knows of the articles, in as many processes as there are processors."""
    keys = range(stored.first, stored.first + stored.count)
    portions = [keys[begin : begin + AT_ONCE] for begin in range(0, len(keys), AT_ONCE)]
    if stored.count <= IN_ONE_PROCESS:
        for portion in portions:
            keep(portion)
        return
    connection.close()  # each process has its own
    with ProcessPoolExecutor(os.cpu_count(), get_context("fork")) as pool:
        for _ in pool.map(keep, portions):  # which raises what went wrong
            pass


def keep(keys: range) -> None:
    articles = Article.objects.filter(pk__in=keys).prefetch_related(
        "attachments", "photos__photo", "tags"
    )
    entries.keep(article.search_document() for article in articles)
