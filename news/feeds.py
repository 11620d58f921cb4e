"""RSS and Atom of the newest articles, of all or of one category."""

from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import Http404
from django.template.defaultfilters import date as date_format
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape

from news.models import Article, Category
from portal.caching import public_page

COUNT = 30


class ArticleFeed(Feed):
    """All published articles, newest first; links are absolute and from the settings."""

    names = ("feed", "category-feed")
    reads = ()  # no parameter of the query: see portal.caching.public_page

    def __call__(self, request, *args, **kwargs):
        return public_page(super().__call__)(request, *args, **kwargs)

    def title(self, category=None):
        name = settings.DEPARTMENT["name"]
        return f"{category} – {name}" if category else f"Tin tức {name}"

    def link(self, category=None):
        path = category.get_absolute_url() if category else reverse("news:article-list")
        return settings.BASE_URL + path

    def feed_url(self, category=None):
        of_all, of_category = self.names
        path = reverse(of_category, args=[category.slug]) if category else reverse(of_all)
        return settings.BASE_URL + path

    def description(self, category=None):
        latest = f"Tin mới của {settings.DEPARTMENT['name']}"
        return (category.description or latest) if category else latest

    def items(self, category=None):
        articles = (
            Article.objects.published()
            .with_correction()
            .select_related("category")
            .defer("body")
            .newest_first()
        )
        return (articles.in_category(category) if category else articles)[:COUNT]

    def item_link(self, item):
        return settings.BASE_URL + item.get_absolute_url()

    def item_guid(self, item):
        """Return what stays when an article's address changes (RFC 4151)."""
        host = urlsplit(settings.BASE_URL).hostname
        return f"tag:{host},{item.created_at:%Y-%m-%d}:tin-tuc/{item.pk}"

    item_guid_is_permalink = False

    def item_title(self, item):
        return item.title

    def item_description(self, item):
        """Return the lead as HTML, for which programs take it."""
        if not item.corrected_at:
            return escape(item.lead)
        day = date_format(timezone.localtime(item.corrected_at), "d/m/Y")
        return f"{escape(item.lead)} (Bài có đính chính ngày {day}.)".strip()

    def item_pubdate(self, item):
        return item.published_at

    def item_updateddate(self, item):
        return item.changed_at() or item.published_at

    def item_author_name(self, item):
        return item.byline or item.issuing_unit or None

    def item_categories(self, item):
        return [item.category.name]


class CategoryFeed(ArticleFeed):
    def get_object(self, request, slug):
        """Go on under a former address: programs keep it for years."""
        category = Category.objects.at(slug)
        if category is None:
            raise Http404
        return category


class ArticleAtom(ArticleFeed):
    feed_type = Atom1Feed
    names = ("atom", "category-atom")

    def subtitle(self, category=None):
        return self.description(category)


class CategoryAtom(ArticleAtom, CategoryFeed):
    """The same of one category."""
