"""What is asked of indicators and their figures, each question under the name of its page."""

from django.db.models import Case, F, OuterRef, Prefetch, Q, Subquery, Value, When

from indicators.models.territories import SeriesBreak
from news.models import Article
from portal.natural_keys import NaturalKeyQuerySet

_TERRITORY_ORDER = ["-territory__is_home", "territory__name"]
_INDICATOR_ORDER = [
    "indicator__group__position",
    "indicator__group__name",
    "indicator__position",
    "indicator__name",
]


class IndicatorQuerySet(NaturalKeyQuerySet):
    def in_order(self):
        """Return the indicators with their groups, in the order of the standard table."""
        return self.select_related("group").order_by(
            "group__position", "group__name", "position", "name"
        )


class FigureQuerySet(NaturalKeyQuerySet):
    def of_year(self, year):
        """Return the figures of whole years (12 months) for one year."""
        return self.filter(year=year, months=12)

    def with_previous(self):
        """
        Annotate the year before: ``previous``, ``previous_qualifier``, ``break_reason``.

        The result as a Decimal and the word before it, as restated where this figure brings it;
        None without such a figure, and across a break of the series, whose reason is given.
        """
        before = self.model.objects.filter(
            indicator=OuterRef("indicator"),
            territory=OuterRef("territory"),
            months=OuterRef("months"),
            year=OuterRef("year") - 1,
        )
        breaks = SeriesBreak.objects.filter(territory=OuterRef("territory"), year=OuterRef("year"))
        is_restated, is_broken = Q(restated_previous__isnull=False), Q(break_reason__isnull=False)
        return self.annotate(
            break_reason=Subquery(breaks.values("reason")),
            previous=Case(
                When(is_restated, then=F("restated_previous")),
                When(is_broken, then=None),
                default=Subquery(before.values("result")),
            ),
            previous_qualifier=Case(
                When(is_restated | is_broken, then=Value("")),
                default=Subquery(before.values("result_qualifier")),
            ),
        )

    def with_published_article(self):
        """Fetch each figure's ``article``, in one query; None where the public may not read it."""
        shown = Article.objects.published().only("slug", "title", "published_at")
        return self.prefetch_related(Prefetch("article", shown))

    def for_scoreboard(self, year):
        """Return one year's figures of all territories, joined, in the table's order."""
        return (
            self.of_year(year)
            .with_previous()
            .with_published_article()
            .select_related("indicator__group", "territory")
            .order_by(*_TERRITORY_ORDER, *_INDICATOR_ORDER)
        )

    def for_indicator(self, indicator):
        """Return all figures of an indicator, joined, series by series in time order."""
        return (
            self.filter(indicator=indicator)
            .with_previous()
            .with_published_article()
            .select_related("indicator__group", "territory")
            .order_by(*_TERRITORY_ORDER, "year", "months")
        )

    def headlines(self):
        """Return the whole years of the headline indicators at home, series by series in time."""
        return (
            self.filter(indicator__is_headline=True, territory__is_home=True, months=12)
            .with_previous()
            .select_related("indicator", "territory")
            .order_by(*_INDICATOR_ORDER, "indicator_id", "year")
        )

    def stated_in(self, article):
        """Return the figures whose source is this article, home first, results before plans."""
        return (
            self.filter(article=article)
            .with_previous()
            .select_related("indicator", "territory")
            .order_by(*_TERRITORY_ORDER, "year", "months", *_INDICATOR_ORDER)
        )

    def years(self):
        """Return the years that have a figure, newest first."""
        return list(
            self.filter(months=12).order_by("-year").values_list("year", flat=True).distinct()
        )

    def latest_year(self):
        """Return the newest year with a result, else with a target; None without figures."""
        years = self.filter(months=12).order_by("-year").values_list("year", flat=True)
        reported = years.filter(Q(result__isnull=False) | Q(stated_growth__isnull=False))
        return reported.first() or years.first()
