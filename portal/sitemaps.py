"""sitemap.xml: every public address, with absolute links from the settings."""

from typing import NamedTuple
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.flatpages.models import FlatPage
from django.contrib.sitemaps import Sitemap
from django.urls import reverse

from indicators.models import Figure, Indicator
from news.models import Article, Category


class PublicAddress(NamedTuple):
    domain: str


class PortalSitemap(Sitemap):
    """A sitemap whose addresses come from BASE_URL, not from the request's Host."""

    protocol = urlsplit(settings.BASE_URL).scheme

    def get_urls(self, page=1, site=None, protocol=None):
        return super().get_urls(page, PublicAddress(urlsplit(settings.BASE_URL).netloc), protocol)


class FixedPages(PortalSitemap):
    def items(self):
        return [
            "home",
            "news:article-list",
            "indicators:scoreboard",
            "feedback:send",
            "feedback:answers",
            "feedback:poll-results",
            "site-map",
        ]

    def location(self, item):
        return reverse(item)


class Articles(PortalSitemap):
    limit = 10_000

    def items(self):
        return Article.objects.published().newest_first().only("slug", "updated_at")

    def lastmod(self, item):
        return item.updated_at


class Categories(PortalSitemap):
    def items(self):
        return Category.objects.all()


class Indicators(PortalSitemap):
    def items(self):
        return Indicator.objects.all()


class IndicatorYears(PortalSitemap):
    def items(self):
        return Figure.objects.years()

    def location(self, item):
        return reverse("indicators:scoreboard-year", args=[item])


class StandingPages(PortalSitemap):
    def items(self):
        return FlatPage.objects.order_by("url")


SITEMAPS = {
    "pages": FixedPages,
    "articles": Articles,
    "categories": Categories,
    "indicators": Indicators,
    "years": IndicatorYears,
    "standing": StandingPages,
}
