"""
Long lists of articles, any place of which is found as fast as the first.

The database keeps how many articles each month has (news/models/finding.py). A page of a list
is looked up in these counts, and only inside its month are articles passed over; nothing counts
or walks through all of them.
"""

from bisect import bisect_right
from collections import Counter
from datetime import date
from functools import cached_property
from itertools import accumulate, groupby
from typing import NamedTuple

from django.db.models import Count, DateField, Func
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from news.models import Article, MonthCount
from portal import kept


class Month(NamedTuple):
    first_day: date
    articles: int  # published, at least one


class Year(NamedTuple):
    number: int
    months: list[Month]  # newest first

    @property
    def articles(self) -> int:
        return sum(month.articles for month in self.months)


class PublishedArticles:
    """
    The articles a reader may see at a moment (now unless given), newest first.

    All, or those of one category with its children, of one topic, of one year or month.
    A slice is a list of articles ``for_cards``; reading one takes two queries at most, as with
    querysets not before it is used.
    """

    def __init__(self, *, category=None, tag=None, year=None, month=None, at=None):
        self.at = at or timezone.now()
        self.category, self.tag = category, tag
        self._range = year and (date(year, month or 1, 1), date(year, month or 12, 1))
        self._key = ("months", category and category.pk, tag and tag.pk, self._range, at)

    def __len__(self):
        return self._ends[-1] if self._ends else 0

    def __getitem__(self, places: slice) -> list[Article]:
        return SimpleLazyObject(lambda: self._between(places))

    def _between(self, places: slice) -> list[Article]:
        start, stop, _ = places.indices(len(self))
        if start >= stop:
            return []
        newest, oldest = bisect_right(self._ends, start), bisect_right(self._ends, stop - 1)
        passed = self._ends[newest - 1] if newest else 0
        published = self._rows.published(self.at).within(
            self.months[oldest].first_day, self.months[newest].first_day
        )
        return list(self.of(published.newest_first().values("pk")[start - passed : stop - passed]))

    def of(self, pks):
        """Return the articles of these primary keys as a list shows them."""
        return Article.objects.filter(pk__in=pks).for_cards().newest_first()

    @property
    def months(self) -> list[Month]:
        """Return the months that have articles, newest first."""
        return self._counted[0]

    @property
    def _ends(self) -> list[int]:
        """Return for each month how many articles there are up to its end."""
        return self._counted[1]

    @cached_property
    def _counted(self) -> tuple[list[Month], list[int]]:
        return kept.part(self._key, self._count)

    def _count(self):
        approved = self._rows.filter(state=Article.State.APPROVED)
        still_hidden = approved.filter(published_at__gt=self.at, expires_at=None)
        only_for_now = approved.filter(published_at__lte=self.at, expires_at__gt=self.at)
        counted = self._counts.values_list("month", "articles")
        rows = counted.union(_by_month(still_hidden, -1), _by_month(only_for_now, 1), all=True)
        totals = Counter()
        for month, articles in rows:
            totals[month] += articles
        months = [Month(month, totals[month]) for month in sorted(+totals, reverse=True)]
        return months, list(accumulate(month.articles for month in months))

    def years(self) -> list[Year]:
        """Return the years that have articles, newest first."""
        return [
            Year(number, list(months))
            for number, months in groupby(self.months, lambda month: month.first_day.year)
        ]

    @property
    def _rows(self):
        rows = Article.objects.all()
        if self.category:
            rows = rows.in_category(self.category)
        elif self.tag:
            rows = rows.filter(tags=self.tag)
        return rows.within(*self._range) if self._range else rows

    @property
    def _counts(self):
        counts = MonthCount.objects.all()
        if self.category:
            counts = counts.filter(category__in=self.category.family())
        elif self.tag:
            counts = counts.filter(tag=self.tag)
        else:
            counts = counts.filter(category=None, tag=None)
        return counts.filter(month__range=self._range) if self._range else counts


def _by_month(articles, sign):
    """Return each month of ``articles``, as the database counts it, with their number signed."""
    month = Func("published_at", function="news_month", output_field=DateField())
    return articles.order_by().values_list(month).annotate(signed=sign * Count("*"))
