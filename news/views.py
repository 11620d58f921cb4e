from django.conf import settings
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from news import listening, reading
from news.archive import PublishedArticles
from news.models import Article, Category, Correction, Tag
from portal import kept
from portal.caching import public_page
from portal.paging import page_or_404

ARTICLES_PER_PAGE = 12
CORRECTIONS_PER_PAGE = 20
MOST_READ = 20  # articles
PERIODS = (7, 30)  # days of the lists of the most read


@require_safe
@public_page(reads=("trang",))
def article_list(request):
    page = _page(request, PublishedArticles())
    context = {"page": page, "categories": Category.objects.tops}  # asked where it is shown
    return render(request, "news/article_list.html", context)


@require_safe
@public_page(reads=("trang",))
def category(request, slug):
    categories = Category.objects.select_related("parent").prefetch_related("children")
    category = categories.at(slug)
    if category is None:
        raise Http404
    if category.slug != slug:
        return redirect(category, permanent=True)
    page = _page(request, PublishedArticles(category=category))
    return render(request, "news/category.html", {"category": category, "page": page})


@require_safe
@public_page(reads=("trang",))
def tag(request, slug):
    tag = get_object_or_404(Tag, slug=slug)
    articles = PublishedArticles(tag=tag)
    if not articles:
        raise Http404  # what staff call things is not public before an article is
    return render(request, "news/tag.html", {"tag": tag, "page": _page(request, articles)})


@require_safe
@public_page
def archive(request):
    return render(request, "news/archive.html", {"years": PublishedArticles().years()})


@require_safe
@public_page(reads=("trang",))
def archive_year(request, year):
    articles = PublishedArticles(year=year)
    if not articles:
        raise Http404
    page, [shown] = _page(request, articles), articles.years()
    return render(request, "news/archive_year.html", {"year": shown, "page": page})


@require_safe
@public_page(reads=("trang",))
def archive_month(request, year, month):
    articles = PublishedArticles(year=year, month=month)
    if not articles:
        raise Http404
    page, [shown] = _page(request, articles), articles.months
    return render(request, "news/archive_month.html", {"month": shown, "page": page})


@require_safe
@public_page
def most_read(request, days):
    articles = Article.objects.most_read(days, MOST_READ)
    context = {"articles": articles, "days": days, "periods": PERIODS}
    return render(request, "news/most_read.html", context)


@require_safe
@public_page(reads=("trang",))
def corrections(request):
    found = Correction.objects.for_readers()
    page = page_or_404(found, CORRECTIONS_PER_PAGE, request.GET.get("trang"))
    return render(request, "news/corrections.html", {"page": page})


@require_safe
@public_page
def article(request, slug):
    page = kept.part(("article", slug), lambda: _published_page(slug))
    if page is None:
        published = Article.objects.published()
        return redirect(get_object_or_404(published, former_slugs__slug=slug), permanent=True)
    response = render(request, "news/article.html", page)
    response.shows_articles = _articles_on(page)
    return response


def _articles_on(page) -> frozenset[int] | None:
    """
    Return the keys of the articles a page shows; None where any article may come onto it.

    The newest of its category waits for a newer one; until its like are found, the newest stand
    beside it; a figure put into the text may be stated anew by any article.
    """
    article, newer = page["article"], page["newer"]
    if newer is None or not article.alike or "<data" in article.body:
        return None
    shown = [article, newer, page["older"], *page["related"]]
    return frozenset(one.pk for one in shown if one)


def _published_page(slug) -> dict | None:
    article = reading.published(slug)
    return article and page_of(article)


def page_of(article) -> dict:
    """Return what an article's page is made of; its preview is made of the same."""
    related, narration = article.related_articles(), article.current_narration()
    return {
        "article": article,
        "address": settings.BASE_URL + article.get_absolute_url(),
        "changed": article.changed_at(),
        "narration": narration,
        "size": listening.size(narration),
        # Nobody knows when which sentence of a recording is heard.
        "reads_along": bool(narration and not narration.is_recording),
        "related": related.articles,
        "older": related.older,
        "newer": related.newer,
        # Most articles have none, and a page has few queries to spare.
        "corrections": article.corrections.made() if article.corrected_at else [],
        "views": article.views,
    }


def _page(request, articles):
    return page_or_404(articles, ARTICLES_PER_PAGE, request.GET.get("trang"))
