"""The search page and what is proposed while somebody types."""

from dataclasses import dataclass

from django.db.models import Subquery
from django.http import JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from feedback.models import Submission
from news.models import Article, Category, Tag
from portal import text, visitors
from portal.caching import public_page
from portal.models import SearchEntry
from portal.paging import page_or_404
from portal.search.engine import MOST_COUNTED, MOST_LISTED, Filters, Hit
from portal.search.entries import known_abbreviations
from portal.search.marking import Marker, as_written
from portal.search.queries import LONGEST_QUERY, parse
from portal.search.results import Results
from portal.search.suggestions import suggestions
from portal.search_forms import SearchForm

RESULTS_PER_PAGE = 10
MOST_SECTIONS = 5  # offered beside the results
MOST_NAMED = 50  # of that name that are looked at: topics nobody may read yet are among them
Kind = SearchEntry.Kind


@require_safe
@public_page
def search(request):
    typed = text.clean_line(request.GET.get("q", ""))[:LONGEST_QUERY]
    at = timezone.now()
    form = SearchForm(request.GET, **filter_choices(at))
    filters = Filters(at, kind=form.kind, categories=form.categories, year=form.year)
    results = Results(parse(typed), filters, form.newest_first)
    page = page_or_404(results.found, RESULTS_PER_PAGE, request.GET.get("trang"))
    hits = list(page)
    near = results.near(hits)
    shown = Shown(hits + near, Marker(results.searched, known_abbreviations()))
    return render(
        request,
        "portal/search.html",
        {
            "query": typed,
            "form": form,
            "results": results,
            "counted": min(results.found.count, MOST_COUNTED),
            "hidden": results.hidden and min(results.hidden.count, MOST_COUNTED),
            "most_listed": MOST_LISTED,
            "page": page,
            "rows": shown.of(hits),
            "near": shown.of(near),
            "correction": as_written(results.correction, hits),
            "shortcuts": sections_named(results, at) if hits or not near else [],
            "counted_as": _counted_as(
                typed, was_found=results.was_found or form.is_narrowed or not typed
            ),
        },
    )


def sections_named(results, at) -> list[SearchEntry]:
    """Return the categories and topics of the name typed, unless something else was meant."""
    if results.correction or not results.query.wanted:
        return []
    named = SearchEntry.objects.sections_named(results.query, at)[:MOST_NAMED]
    topics = Tag.objects.with_articles(at).filter(pk__in=[entry.object_id for entry in named])
    read = set(topics.values_list("pk", flat=True)) if named else set()
    shown = [entry for entry in named if entry.kind == Kind.CATEGORY or entry.object_id in read]
    return shown[:MOST_SECTIONS]


def filter_choices(at) -> dict:
    """Return the categories, and the years that have articles, the latest first; one query."""
    dates = SearchEntry.objects.dates_of_articles(at)
    categories = list(
        Category.objects.annotate(oldest=Subquery(dates[:1]), newest=Subquery(dates.reverse()[:1]))
    )
    if not categories or not categories[0].newest:
        return {"categories": categories, "years": []}
    ends = (categories[0].newest, categories[0].oldest)
    last, first = (timezone.localtime(end).year for end in ends)
    return {"categories": categories, "years": range(last, first - 1, -1)}


def _counted_as(typed, *, was_found):
    # What has an @ in it is somebody's address, and of what was cut the rest is not known.
    is_subject = "@" not in typed and len(typed) < LONGEST_QUERY
    words = parse(typed).folded_words
    return visitors.missed_search(words) if is_subject and not was_found else visitors.SITE


@require_safe
@public_page
def suggest(request):
    """Answer with how what is typed may go on: the same for everybody."""
    typed = text.clean_line(request.GET.get("q", ""))[:LONGEST_QUERY]
    return JsonResponse({"suggestions": suggestions(typed, Filters(timezone.now()))})


@dataclass(frozen=True)
class Row:
    """One result as the page shows it."""

    kind: str  # in words
    url: str
    title: SafeString
    excerpt: SafeString
    article: Article | None  # for its date and category


class Shown:
    """Results as readers see them: confirmed to be public at this moment, hits marked."""

    def __init__(self, hits: list[Hit], marker: Marker):
        self._marker = marker
        keys = {kind: [hit.object_id for hit in hits if hit.kind == kind] for kind in Kind}
        self._articles = Article.objects.published().for_cards().in_bulk(keys[Kind.ARTICLE])
        self._answers = answer_addresses(keys[Kind.ANSWER])

    def of(self, hits: list[Hit]) -> list[Row]:
        return [row for hit in hits if (row := self._row(hit))]

    def _row(self, hit: Hit) -> Row | None:
        article, url, body = None, hit.url, hit.body
        if hit.kind == Kind.ARTICLE:
            article = self._articles.get(hit.object_id)
            if article is None:
                return None
            url = article.get_absolute_url()
            body = hit.body if hit.is_current else article.text_under_title()
        if hit.kind == Kind.ANSWER and not (url := self._answers.get(hit.object_id, "")):
            return None
        return Row(
            kind=Kind(hit.kind).label,
            url=url,
            title=self._marker.highlight(article.title if article else hit.title),
            excerpt=self._marker.excerpt(body),
            article=article,
        )


def answer_addresses(wanted: list[int]) -> dict[int, str]:
    """Return the addresses of answers; one not published is left out."""
    if not wanted:
        return {}
    public = Submission.objects.published().filter(pk__in=wanted).only("pk")
    return {submission.pk: submission.public_url for submission in public}
