"""
sitemap.xml: every public address, with absolute links from the settings.

An index of parts, each of at most 10,000 addresses; those of articles name their picture.
"""

from typing import NamedTuple
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.flatpages.models import FlatPage
from django.contrib.sitemaps import Sitemap
from django.contrib.sitemaps.views import sitemap
from django.core.paginator import Paginator
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from feedback.models import Submission
from indicators.models import Figure, Indicator
from news.archive import PublishedArticles
from news.models import Article, Category, Tag
from portal.caching import public_page

COLUMNS = "slug published_at revised_at cover__image cover__width cover__height".split()


class PublicAddress(NamedTuple):
    domain: str


class PortalSitemap(Sitemap):
    """A sitemap whose addresses come from BASE_URL, not from the request's Host."""

    protocol = urlsplit(settings.BASE_URL).scheme
    limit = 10_000

    def get_urls(self, page=1, site=None, protocol=None):
        return super().get_urls(page, PublicAddress(urlsplit(settings.BASE_URL).netloc), protocol)

    def get_latest_lastmod(self):
        """Leave the dates to the addresses: the newest would need all of them."""


class FixedPages(PortalSitemap):
    def items(self):
        return [
            "home",
            "news:article-list",
            "news:archive",
            "news:most-read",
            "news:corrections",
            "news:listen",
            "indicators:scoreboard",
            "feedback:send",
            "feedback:answers",
            "feedback:promises",
            "feedback:poll-results",
            "site-map",
        ]

    def location(self, item):
        return reverse(item)


class Articles(PortalSitemap):
    @property
    def paginator(self):
        return Paginator(ArticlesWithChanges(), self.limit)

    def lastmod(self, item):
        return item.changed_at() or item.published_at


class ArticlesWithChanges(PublishedArticles):
    """The published articles with what a map says of them, and no more."""

    def of(self, pks):
        return (
            Article.objects.filter(pk__in=pks)
            .with_correction()
            .select_related("cover")
            .only(*COLUMNS)
            .newest_first()
        )


class Categories(PortalSitemap):
    def items(self):
        return Category.objects.all()


class Tags(PortalSitemap):
    def items(self):
        return Tag.objects.with_articles()


class Months(PortalSitemap):
    def items(self):
        return PublishedArticles().months

    def location(self, item):
        return reverse("news:archive-month", args=[item.first_day.year, item.first_day.month])


class Indicators(PortalSitemap):
    def items(self):
        return Indicator.objects.all()


class IndicatorYears(PortalSitemap):
    def items(self):
        return Figure.objects.years()

    def location(self, item):
        return reverse("indicators:scoreboard-year", args=[item])


class Answers(PortalSitemap):
    def items(self):
        return Submission.objects.published().only("pk", "published_at")

    def location(self, item):
        return item.public_url

    def lastmod(self, item):
        return item.published_at


class StandingPages(PortalSitemap):
    def items(self):
        return FlatPage.objects.order_by("url")


SITEMAPS = {
    "trang": FixedPages,
    "tin-tuc": Articles,
    "chuyen-muc": Categories,
    "chu-de": Tags,
    "luu-tru": Months,
    "chi-tieu": Indicators,
    "nam": IndicatorYears,
    "hoi-dap": Answers,
    "gioi-thieu": StandingPages,
}


@require_safe
@public_page
def sitemap_index(request):
    parts = [
        f"{reverse('sitemap-part', args=[name])}{f'?p={number}' if number > 1 else ''}"
        for name, part in SITEMAPS.items()
        for number in part().paginator.page_range
    ]
    return render(
        request, "portal/sitemap_index.xml", {"parts": parts}, content_type="application/xml"
    )


@require_safe
@public_page(reads=("p",))
def sitemap_part(request, section):
    return sitemap(request, SITEMAPS, section=section, template_name="portal/sitemap.xml")
