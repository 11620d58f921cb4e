from django.core.management.base import BaseCommand
from django.db.models import QuerySet

from feedback.models import Submission
from indicators.models import Indicator
from news.models import Article, Category, Tag
from portal.models import SearchEntry, StandingPage
from portal.search import entries

AT_ONCE = 200  # objects that are read and written together


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
    known = {entry.object_id for entry in current}
    public = set(source.values_list("pk", flat=True))
    gone = set(entries_of_kind.values_list("object_id", flat=True)) - public
    entries_of_kind.filter(object_id__in=gone).delete()
    waiting = sorted(public - known)
    abbreviations = entries.known_abbreviations()
    for start in range(0, len(waiting), AT_ONCE):
        rows = source.filter(pk__in=waiting[start : start + AT_ONCE])
        documents = (row.search_document() for row in rows)
        entries.keep(filter(None, documents), abbreviations)
    return len(waiting)
