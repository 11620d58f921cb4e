"""What is asked of indicators and their figures, each question under the name of its page."""

from functools import reduce
from operator import or_

from django.db.models import Count, F, OuterRef, Prefetch, Q, Subquery, TextField
from django.db.models.functions import Cast, JSONObject

from indicators import catalogue
from indicators.models.territories import SeriesBreak
from indicators.reading import Subject
from news.models import Article
from portal.natural_keys import NaturalKeyQuerySet
from portal.text import fold

# Names need not be unique: what two of them share must not be mixed up.
_TERRITORY_ORDER = ["-territory__is_home", "territory__name", "territory_id"]
_INDICATOR_ORDER = [
    "indicator__group__position",
    "indicator__group__name",
    "indicator__group_id",
    "indicator__position",
    "indicator__name",
    "indicator_id",
]

# Figure.is_reported, asked of the database.
_IS_REPORTED = (
    Q(result__isnull=False)
    | Q(stated_growth__isnull=False)
    | Q(stated_over_plan__isnull=False)
    | ~Q(stated_outcome="")
)


def published(lookup):
    """Return how to fetch the articles at ``lookup``, None for those the public may not read."""
    return Prefetch(lookup, Article.objects.published().only("slug", "title", "published_at"))


class IndicatorQuerySet(NaturalKeyQuerySet):
    def in_order(self):
        """Return the indicators with their groups, in the order of the standard table."""
        return self.select_related("group").order_by(
            "group__position", "group__name", "group_id", "position", "name", "pk"
        )

    def subjects(self):
        """Return what the reader of prose should know, these indicators first, in one query."""
        own = [
            Subject(indicator.code, indicator.names, indicator.unit, indicator.is_change)
            for indicator in self.only("code", "name", "synonyms", "unit", "measure")
        ]
        return catalogue.with_own(own)


class FigureQuerySet(NaturalKeyQuerySet):
    def of_year(self, year):
        """Return the figures of whole years (12 months) for one year."""
        return self.filter(year=year, months=12)

    def with_previous(self):
        """
        Annotate ``year_before``, its result and the word before it, and ``break_reason``.

        Each figure then knows without asking again what its year is held against: ``previous``
        and ``previous_qualifier``. Both in one object, because each is a look-up a row.
        """
        before = self.model.objects.filter(
            indicator=OuterRef("indicator"),
            territory=OuterRef("territory"),
            months=OuterRef("months"),
            year=OuterRef("year") - 1,
        ).order_by()
        breaks = SeriesBreak.objects.filter(territory=OuterRef("territory"), year=OuterRef("year"))
        breaks = breaks.order_by()
        said = JSONObject(result=Cast("result", TextField()), qualifier="result_qualifier")
        return self.annotate(
            break_reason=Subquery(breaks.values("reason")),
            year_before=Subquery(before.values(said=said)),
        )

    def with_published_article(self):
        """Fetch each figure's ``article``, in one query; None where the public may not read it."""
        return self.prefetch_related(published("article"))

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
        """
        Return all figures of an indicator, joined, series by series in time order.

        With the earlier statements of each and the breaks of its territory.
        """
        return (
            self.filter(indicator=indicator)
            .with_previous()
            .with_published_article()
            .prefetch_related("revisions", published("revisions__article"), "territory__breaks")
            .select_related("indicator__group", "territory")
            .order_by(*_TERRITORY_ORDER, "year", "months")
        )

    def side_by_side(self, first, last):
        """Return the figures of the years from ``first`` to ``last``, row by row of the table."""
        return (
            self.filter(year__range=(first, last), months=12)
            .prefetch_related("territory__breaks")
            .select_related("indicator__group", "territory")
            .order_by(*_TERRITORY_ORDER, *_INDICATOR_ORDER, "year")
        )

    def planned_in(self, year):
        """Return how many targets a year has in each territory where nothing is reported yet."""
        counted = (
            self.of_year(year)
            .values("territory")
            .annotate(planned=Count("target"), reported=Count("pk", filter=_IS_REPORTED))
        )
        return dict(counted.filter(reported=0, planned__gt=0).values_list("territory", "planned"))

    def in_full(self):
        """
        Return every figure there is, series by series in time order.

        Indicators and territories are fetched once each, not once a figure.
        """
        return (
            self.with_previous()
            .with_published_article()
            .prefetch_related("indicator__group", "territory")
            .order_by(*_TERRITORY_ORDER, *_INDICATOR_ORDER, "year", "months")
        )

    def in_slots(self, slots):
        """Return the figures there are of (indicator, territory, year, months), by these."""
        wanted = {slot for slot in slots if None not in slot}
        if not wanted:
            return {}
        names = ("indicator_id", "territory_id", "year", "months")
        columns = zip(names, map(set, zip(*wanted, strict=True)), strict=True)
        near = self.filter(**{f"{name}__in": values for name, values in columns})
        found = {
            tuple(getattr(figure, name) for name in names): figure
            for figure in near.select_related("indicator", "territory", "article")
        }
        return {slot: found[slot] for slot in wanted & found.keys()}

    def headlines(self):
        """Return the whole years of the headline indicators at home, series by series in time."""
        return (
            self.filter(indicator__is_headline=True, territory__is_home=True, months=12)
            .with_previous()
            .prefetch_related("territory__breaks")
            .select_related("indicator", "territory")
            .order_by(*_INDICATOR_ORDER, "year")
        )

    def stated_in(self, article):
        """Return the figures whose source is this article, home first, results before plans."""
        return (
            self.filter(article=article)
            .with_previous()
            .select_related("indicator", "territory")
            .order_by(*_TERRITORY_ORDER, "year", "months", *_INDICATOR_ORDER)
        )

    def narrowed(self, year=None, territory=""):
        """Return the figures of a year and of a territory's code, where these are given."""
        figures = self if year is None else self.filter(year=year)
        return figures.filter(territory__code=territory) if territory else figures

    def to_check(self):
        """Return all figures with the year before, joined, newest year first."""
        return (
            self.with_previous()
            .select_related("indicator", "territory")
            .order_by("-year", *_TERRITORY_ORDER, *_INDICATOR_ORDER, "months")
        )

    def to_insert(self, words=""):
        """Return the figures an editor chooses from, newest first; ``words`` name the indicator."""
        figures = self.filter(Q(result__isnull=False) | Q(target__isnull=False))
        for word in fold(words).split():
            named = (
                Q(**{f"indicator__{field}__folded__contains": word})
                for field in ("name", "code", "synonyms")
            )
            figures = figures.filter(reduce(or_, named))
        return figures.select_related("indicator", "territory").order_by(
            "-year", "-months", *_TERRITORY_ORDER, *_INDICATOR_ORDER
        )

    def all_years(self):
        """Return the years that have any figure, of a whole year or of part of one."""
        return list(self.order_by("-year").values_list("year", flat=True).distinct())

    def years(self):
        """Return the years that have a figure, newest first."""
        return list(
            self.filter(months=12).order_by("-year").values_list("year", flat=True).distinct()
        )

    def latest_year(self):
        """
        Return the newest year with a result, else with a target; None without figures.

        The home territory's own newest year, however far another one is; without figures of it
        the others'.
        """
        newest = ("-territory__is_home", F("is_known").desc(), "-year")
        years = self.filter(months=12).annotate(is_known=_IS_REPORTED).order_by(*newest)
        return years.values_list("year", flat=True).first()
