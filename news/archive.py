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

from django.db.models import DateField, Func, IntegerField, Value
from django.utils import timezone

from news.models import Article, MonthCount


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
    A slice is a list of articles ``for_cards``; asking for one takes two queries at most.
    """

    def __init__(self, *, category=None, tag=None, year=None, month=None, at=None):
        self.at = at or timezone.now()
        self.rows, self.counts = Article.objects.all(), MonthCount.objects.all()
        if category:
            self.rows = self.rows.in_category(category)
            self.counts = self.counts.filter(category__in=category.family())
        elif tag:
            self.rows, self.counts = self.rows.filter(tags=tag), self.counts.filter(tag=tag)
        else:
            self.counts = self.counts.filter(category=None, tag=None)
        if year:
            first, last = date(year, month or 1, 1), date(year, month or 12, 1)
            self._narrow(first, last)

    def __len__(self):
        return self._ends[-1] if self._ends else 0

    def __getitem__(self, places: slice) -> list[Article]:
        start, stop, _ = places.indices(len(self))
        if start >= stop:
            return []
        newest, oldest = bisect_right(self._ends, start), bisect_right(self._ends, stop - 1)
        passed = self._ends[newest - 1] if newest else 0
        published = self.rows.published(self.at).within(
            self.months[oldest].first_day, self.months[newest].first_day
        )
        return list(self.of(published.newest_first().values("pk")[start - passed : stop - passed]))

    def of(self, pks):
        """Return the articles of these primary keys as a list shows them."""
        return Article.objects.filter(pk__in=pks).for_cards().newest_first()

    @cached_property
    def months(self) -> list[Month]:
        """Return the months that have articles, newest first."""
        approved = self.rows.filter(state=Article.State.APPROVED)
        still_hidden = approved.filter(published_at__gt=self.at, expires_at=None)
        only_for_now = approved.filter(published_at__lte=self.at, expires_at__gt=self.at)
        kept = self.counts.values_list("month", "articles")
        rows = kept.union(_each(still_hidden, -1), _each(only_for_now, 1), all=True)
        totals = Counter()
        for month, articles in rows:
            totals[month] += articles
        return [Month(month, totals[month]) for month in sorted(+totals, reverse=True)]

    def years(self) -> list[Year]:
        """Return the years that have articles, newest first."""
        return [
            Year(number, list(months))
            for number, months in groupby(self.months, lambda month: month.first_day.year)
        ]

    @cached_property
    def _ends(self) -> list[int]:
        """Return for each month how many articles there are up to its end."""
        return list(accumulate(month.articles for month in self.months))

    def _narrow(self, first: date, last: date):
        self.rows = self.rows.within(first, last)
        self.counts = self.counts.filter(month__range=(first, last))


def _each(articles, number):
    """Return ``number`` beside the month of each of ``articles``, as the database counts it."""
    return articles.order_by().values_list(
        Func("published_at", function="news_month", output_field=DateField()),
        Value(number, output_field=IntegerField()),
    )
