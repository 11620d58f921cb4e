"""RSS: the newest articles of the whole portal or of one category."""

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.shortcuts import get_object_or_404
from django.urls import reverse

from news.models import Article, Category
from portal.caching import public_page

COUNT = 30


class ArticleFeed(Feed):
    """All published articles, newest first; links are absolute and from the settings."""

    def __call__(self, request, *args, **kwargs):
        return public_page(super().__call__)(request, *args, **kwargs)

    def title(self, category=None):
        name = settings.DEPARTMENT["name"]
        return f"{category} – {name}" if category else f"Tin tức {name}"

    def link(self, category=None):
        path = category.get_absolute_url() if category else reverse("news:article-list")
        return settings.BASE_URL + path

    def feed_url(self, category=None):
        path = reverse("category-feed", args=[category.slug]) if category else reverse("feed")
        return settings.BASE_URL + path

    def description(self, category=None):
        return category.description if category else f"Tin mới của {settings.DEPARTMENT['name']}"

    def items(self, category=None):
        articles = Article.objects.published().for_cards().newest_first()
        return (articles.in_category(category) if category else articles)[:COUNT]

    def item_link(self, item):
        return settings.BASE_URL + item.get_absolute_url()

    def item_title(self, item):
        return item.title

    def item_description(self, item):
        return item.lead

    def item_pubdate(self, item):
        return item.published_at

    def item_updateddate(self, item):
        return item.updated_at

    def item_author_name(self, item):
        return item.byline or item.issuing_unit or None

    def item_categories(self, item):
        return [item.category.name]


class CategoryFeed(ArticleFeed):
    def get_object(self, request, slug):
        return get_object_or_404(Category, slug=slug)
