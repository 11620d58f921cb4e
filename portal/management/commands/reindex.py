import time
from math import inf

from django.core.management.base import BaseCommand
from django.db import transaction
from django.db.models import QuerySet

from feedback.models import Submission
from indicators.models import Indicator
from news.models import Article, Category, Tag
from portal.models import SearchEntry, StandingPage
from portal.search import entries
from portal.search.tasks import reindex_soon

AT_ONCE = 20  # objects that are read and written together; who saves one of them waits


def sources():
    """Return everything that may be public, as a queryset of each model that is in search."""
    return [
        StandingPage.objects.all(),
        Category.objects.all(),
        Tag.objects.all(),
        Article.objects.filter(state=Article.State.APPROVED).prefetch_related(
            "attachments", "photos__photo", "tags"
        ),
        Indicator.objects.select_related("group"),
        Submission.objects.published().order_by(),
    ]


class Command(BaseCommand):
    help = "Reads what search finds anew: after loaddata, SQL or a change of abbreviations."

    def add_arguments(self, parser):
        parser.add_argument(
            "--missing", action="store_true", help="only what search does not know as it is now"
        )
        parser.add_argument(
            "--seconds", type=float, default=inf, help="then leave the rest to the worker"
        )

    def handle(self, *args, missing, seconds, **options):
        written, until = 0, time.monotonic() + seconds
        for portion in portions(only_missing=missing):
            written += portion
            if time.monotonic() > until:
                reindex_soon()
                break
        if options["verbosity"]:
            self.stdout.write(f"Đã lập chỉ mục tìm kiếm: {written} trang.")


def portions(*, only_missing: bool):
    """Write the entries of everything public, or what search does not know; give their numbers."""
    abbreviations = entries.known_abbreviations()
    for source in sources():
        known = SearchEntry.objects.filter(kind=source.model.search_kind)
        known.exclude(object_id__in=source.values("pk")).delete()
        waiting = source.order_by("pk").values_list("pk", flat=True)
        if only_missing:
            current = known.filter(version=entries.version(abbreviations))
            waiting = waiting.exclude(pk__in=current.values("object_id"))
        for keys in batched(list(waiting), AT_ONCE):
            rewrite(source.filter(pk__in=keys), abbreviations)
            yield len(keys)


def batched(keys: list[int], size: int):
    return (keys[start : start + size] for start in range(0, len(keys), size))


@transaction.atomic
def rewrite(rows: QuerySet, abbreviations) -> None:
    """Write the entries of rows, which nobody saves or withdraws meanwhile."""
    documents = (row.search_document() for row in rows.select_for_update(of=["self"]))
    entries.keep(filter(None, documents), abbreviations)
