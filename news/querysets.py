"""What is asked of articles and their categories."""

import re
from datetime import datetime, timedelta

from django.contrib.admin.models import LogEntry
from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.search import SearchQuery, SearchVector
from django.db import transaction
from django.db.models import (
    BigIntegerField,
    BooleanField,
    DateTimeField,
    Exists,
    F,
    Func,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
    Sum,
    TextField,
    Value,
)
from django.db.models.functions import Cast, Coalesce, Concat
from django.db.models.lookups import GreaterThan, LessThan
from django.utils import timezone

from portal import text
from portal.models import PageTotal, PageViews
from portal.natural_keys import NaturalKeyQuerySet
from portal.search.entries import outdate
from portal.search.models import SearchEntry
from portal.turns import Turning

# What staff find articles by; an index of the table, which a query must repeat to the letter.
TITLE_AND_LEAD = SearchVector("title__folded", "lead__folded", config="simple")


# What cards, headlines and links show of an article.
_CARD = (
    *("slug", "title", "lead", "published_at"),
    *("category__name", "category__slug", "category__parent"),
    *("cover__image", "cover__width", "cover__height", "cover__rendered"),
    *("cover__focal_x", "cover__focal_y"),
)


class CategoryQuerySet(NaturalKeyQuerySet):
    def tops(self):
        """Return the categories of the first level with their children."""
        return self.filter(parent=None).prefetch_related("children")

    def at(self, slug):
        """Return the category of an address, present or former; None when there is none."""
        return self.filter(slug=slug).first() or self.filter(former_slugs__slug=slug).first()

    def with_newest(self, count, at=None):
        """Annotate ``newest``: the keys of the newest published articles, so many at most."""
        articles = self.model._meta.get_field("articles").related_model.objects
        newest = articles.published(at).filter(category=OuterRef("pk")).newest_first()
        return self.annotate(newest=ArraySubquery(newest.values("pk")[:count]))

    def with_articles(self, at=None):
        """Return the categories that have published articles of their own."""
        articles = self.model._meta.get_field("articles").related_model.objects
        published = articles.published(at).filter(category=OuterRef("pk")).newest_first()
        return self.alias(article=_first(published.values("pk"))).exclude(article=None)


class TagQuerySet(NaturalKeyQuerySet):
    def with_articles(self, at=None):
        """Return the topics that have published articles: no other is shown to readers."""
        articles = self.model._meta.get_field("articles").related_model.objects
        latest = self.model.articles.through.objects.filter(tag=OuterRef("pk")).order_by("-article")
        shown = _first(articles.published(at).filter(pk=OuterRef("article")).values("pk"))
        published = latest.alias(shown=shown).exclude(shown=None).values("article")
        return self.alias(article=_first(published)).exclude(article=None)

    def outdate_articles(self):
        """Have search read anew the articles that are found by the names of these topics."""
        articles = self.model._meta.get_field("articles").related_model.objects
        outdate(SearchEntry.Kind.ARTICLE, articles.filter(tags__in=self).values("pk"))

    @transaction.atomic
    def delete(self):
        self.outdate_articles()
        return super().delete()


class ArticleQuerySet(Turning, NaturalKeyQuerySet):
    turns_at = ("published_at", "expires_at")
    article = "pk"

    def published(self, at=None):
        """
        Return the articles the public may read at a moment (now unless given).

        Approved, its publication time reached, its expiry (NULL: never) not reached.
        """
        at = at or timezone.now()
        return self.filter(
            Q(expires_at=None) | Q(expires_at__gt=at),
            state=self.model.State.APPROVED,
            published_at__lte=at,
        )

    def that_turn(self):
        return self.filter(state=self.model.State.APPROVED)

    def with_file(self, name):
        """Return the articles that have a document or a sound by its name in the store."""
        relation = "narration" if name.endswith(".mp3") else "attachments"
        return self.filter(**{f"{relation}__file": name})

    def newest_first(self):
        return self.order_by("-published_at", "-pk")

    def in_category(self, category):
        """Return the articles of a category and of its child categories."""
        return self.filter(category__in=category.family())

    def within(self, first, last):
        """Return the articles of the months from ``first`` to ``last``, both given by a day."""
        after = (last.replace(day=1) + timedelta(days=31)).replace(day=1)
        return self.filter(published_at__gte=_beginning(first), published_at__lt=_beginning(after))

    def most_read(self, days, count):
        """
        Return up to ``count`` published articles by the views of the last ``days``, most first.

        Each has ``views``, those of these days. Two queries.
        """
        since = timezone.localdate() - timedelta(days=days - 1)
        counted = dict(
            PageViews.objects.filter(day__gte=since, page__startswith="article:")
            .values_list("page")
            .annotate(total=Sum("views"))
            .order_by("-total", "-page")[: 5 * count]  # some may no longer be published
        )
        pks = [page.removeprefix("article:") for page in counted]
        found = list(self.published().filter(pk__in=pks).for_cards().newest_first())
        for article in found:
            article.views = counted[article.page]
        return sorted(found, key=lambda article: -article.views)[:count]

    def around(self, article, at=None):
        """
        Return where to go on from an article, in one query; each says in ``role`` how it came.

        «chosen» by staff, «alike», «newest» of the category, the «older» and the «newer»
        beside the article in its category.
        """
        others = self.published(at).for_cards().exclude(pk=article.pk)
        beside = others.filter(category=article.category_id)
        place = _Row(F("published_at"), F("pk"))
        here = _Row(article.published_at, article.pk)
        links = self.model.related.through.objects.filter(from_article=article.pk)
        alike = self.model.objects.filter(pk=article.pk).values(found=_Each("alike"))
        parts = {
            "alike": others.filter(pk__in=alike),
            "chosen": others.filter(pk__in=links.values("to_article")),
            "newest": beside.newest_first()[:4],
            "older": beside.filter(LessThan(place, here)).newest_first()[:1],
            "newer": beside.filter(GreaterThan(place, here)).order_by("published_at", "pk")[:1],
        }
        first, *rest = (part.annotate(role=Value(role)) for role, part in parts.items())
        return first.union(*rest, all=True)

    def waiting_for_review(self):
        """Return what was handed in and nobody has decided on, longest untouched first."""
        return self.filter(state=self.model.State.SUBMITTED).order_by("updated_at", "pk")

    def drafts_of(self, user):
        """Return the drafts a member of staff began or edited in the admin, latest first."""
        edited = LogEntry.objects.filter(
            user=user,
            content_type__app_label="news",
            content_type__model="article",
            object_id=Cast(OuterRef("pk"), TextField()),
        )
        return self.filter(Exists(edited), state=self.model.State.DRAFT).order_by(
            "-updated_at", "-pk"
        )

    def scheduled(self, at=None):
        """Return the approved articles whose publication time is still to come, next first."""
        at = at or timezone.now()
        return self.filter(state=self.model.State.APPROVED, published_at__gt=at).order_by(
            "published_at", "pk"
        )

    def expired(self, at=None):
        """Return the approved articles that readers no longer see because their time is over."""
        return self.filter(state=self.model.State.APPROVED, expires_at__lte=at or timezone.now())

    def with_words(self, typed):
        """
        Return articles of any state whose title and lead hold words that begin as those typed.

        Marks are ignored. Nothing to look for leaves everything.
        """
        parts = [part for part in text.fold(typed).split() if any(map(str.isalnum, part))]
        if not parts:
            return self
        # In quotes PostgreSQL takes a part to pieces as it did the text: «40.000», «12/qd-ubnd».
        beginnings = ["'{}':*".format(re.sub(r"['\\]", " ", part)) for part in parts]
        wanted = SearchQuery(" & ".join(beginnings), config="simple", search_type="raw")
        return self.alias(words=TITLE_AND_LEAD).filter(words=wanted)

    def with_failed_narration(self):
        """Return the approved articles that could not be read aloud, latest failure first."""
        return (
            self.filter(state=self.model.State.APPROVED, narration__isnull=False)
            .exclude(narration__error="")
            .select_related("narration")
            .defer("narration__sentences", "narration__clips")
            .order_by("-narration__made_at", "-pk")
        )

    def silent(self):
        """Return the approved articles without sound: not made yet, failed, or without words."""
        has_none = Q(narration=None) | Q(narration__file="")
        return self.filter(has_none, state=self.model.State.APPROVED)

    def read_by_others_than(self, voice):
        """Return the published articles that failed, or have another machine's voice than this."""
        failed_or_other = ~Q(narration__error="") | ~Q(narration__voice=voice)
        read = self.published().filter(narration__is_recording=False)
        return read.filter(failed_or_other).newest_first()

    def among(self, keys):
        """Return the articles of these primary keys; one question however many they are."""
        return self.filter(_IsAmong(F("pk"), keys))

    def for_cards(self):
        """Return what a list shows: category and cover joined, all else left behind."""
        return self.select_related("category", "cover").only(*_CARD)

    def with_correction(self, at=None):
        """Annotate ``corrected_at``, the latest correction that readers may know of, or None."""
        corrections = self.model._meta.get_field("corrections").related_model.objects
        latest = corrections.made(at).filter(article=OuterRef("pk")).order_by("-made_at")
        return self.annotate(corrected_at=Subquery(latest.values("made_at")[:1]))

    def with_views(self):
        """Annotate ``views``, how often an article was read since counting began."""
        page = Concat(Value("article:"), Cast(OuterRef("pk"), TextField()))
        total = PageTotal.objects.filter(page=page).values("views")
        return self.annotate(views=Coalesce(Subquery(total), 0))

    def for_reading(self):
        """Return what the article page shows in as few queries as it can."""
        photos = self.model._meta.get_field("photos").related_model.objects.with_picture()
        beside = ("attachments", "tags", Prefetch("photos", photos, "shown_photos"))
        return self.joined_for_reading().prefetch_related(*beside)

    def joined_for_reading(self, at=None):
        """Return what the article page shows as far as one query can."""
        joined = self.select_related("category__parent", "cover", "narration")
        # Longer than the article itself, and asked for by those alone who listen.
        joined = joined.defer("narration__sentences", "narration__clips")
        return joined.with_correction(at).with_views()


class PreviewLinkQuerySet(QuerySet):
    def live(self, at=None):
        return self.filter(expires_at__gt=at or timezone.now())


class ArticlePhotoQuerySet(NaturalKeyQuerySet):
    def with_picture(self):
        """Leave out captions that still wait for their picture."""
        return self.filter(photo__isnull=False).select_related("photo")


class CorrectionQuerySet(Turning, QuerySet):
    turns_at = ("made_at",)
    article = "article_id"

    def made(self, at=None):
        """Return the corrections whose time has come."""
        return self.filter(made_at__lte=at or timezone.now())

    def for_readers(self, at=None):
        """Return the corrections of published articles with these, latest first."""
        at = at or timezone.now()
        articles = self.model._meta.get_field("article").related_model.objects
        return (
            self.made(at)
            .filter(article__in=articles.published(at))
            .select_related("article__category")
            .order_by("-made_at", "-pk")
        )


def _first(articles):
    """
    Return one of each row's articles, or None.

    EXISTS says the same, but PostgreSQL then joins all articles to see which rows have one.
    """
    return Subquery(articles[:1])


class _Each(Func):
    """The elements of an array, a row each."""

    function = "unnest"
    output_field = BigIntegerField()
    set_returning = True


class _IsAmong(Func):
    template = "%(expressions)s)"
    arg_joiner = " = ANY("
    output_field = BooleanField()


class _Row(Func):
    """Several columns compared as one, as an index in their order can: (a, b) < (1, 2)."""

    template = "(%(expressions)s)"
    output_field = DateTimeField()  # of the first column; says how nothing is converted


def _beginning(day):
    """Return the first moment of a day's month in the department's time."""
    return timezone.make_aware(datetime(day.year, day.month, 1))  # noqa: DTZ001 -- made aware
