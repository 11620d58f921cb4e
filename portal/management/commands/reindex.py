from django.core.management.base import BaseCommand
from django.db import transaction
from django.db.models import QuerySet

from feedback.models import Submission
from indicators.models import Indicator
from news.models import Article, Category, Tag
from portal.models import SearchEntry, StandingPage
from portal.search import entries

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

    def handle(self, *args, missing, **options):
        written = sum(reindex(source, only_missing=missing) for source in sources())
        if options["verbosity"]:
            self.stdout.write(f"Đã lập chỉ mục tìm kiếm: {written} trang.")


def reindex(source: QuerySet, *, only_missing: bool) -> int:
    """Write the entries of all rows or of those without a current one; return their number."""
    entries_of_kind = SearchEntry.objects.filter(kind=source.model.search_kind)
    current = (
        entries_of_kind.filter(version=entries.VERSION) if only_missing else entries_of_kind.none()
    )
    entries_of_kind.exclude(object_id__in=source.values("pk")).delete()
    waiting = source.exclude(pk__in=current.values("object_id")).order_by("pk")
    keys = list(waiting.values_list("pk", flat=True))
    abbreviations = entries.known_abbreviations()
    for start in range(0, len(keys), AT_ONCE):
        rewrite(source.filter(pk__in=keys[start : start + AT_ONCE]), abbreviations)
    return len(keys)


@transaction.atomic
def rewrite(rows: QuerySet, abbreviations) -> None:
    """Write the entries of rows, which nobody saves or withdraws meanwhile."""
    documents = (row.search_document() for row in rows.select_for_update(of=["self"]))
    entries.keep(filter(None, documents), abbreviations)
