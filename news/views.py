from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from news.models import Article, Category
from portal import visitors
from portal.caching import public_page
from portal.paging import page_or_404

ARTICLES_PER_PAGE = 12


@require_safe
@public_page
def article_list(request):
    articles = Article.objects.published().for_cards().newest_first()
    page = page_or_404(articles, ARTICLES_PER_PAGE, request.GET.get("trang"))
    return render(
        request, "news/article_list.html", {"page": page, "categories": Category.objects.tops()}
    )


@require_safe
@public_page
def category(request, slug):
    category = get_object_or_404(Category.objects.select_related("parent"), slug=slug)
    articles = Article.objects.published().in_category(category).for_cards().newest_first()
    page = page_or_404(articles, ARTICLES_PER_PAGE, request.GET.get("trang"))
    return render(request, "news/category.html", {"category": category, "page": page})


@require_safe
@public_page
def article(request, slug):
    article = get_object_or_404(Article.objects.published().for_reading(), slug=slug)
    return render(
        request,
        "news/article.html",
        {
            "article": article,
            "narration": article.current_narration(),
            "related": article.related_articles(),
            "views": visitors.views(article.page),
        },
    )
