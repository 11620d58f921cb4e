"""What is asked of articles and their categories."""

from django.contrib.admin.models import LogEntry
from django.contrib.postgres.search import SearchQuery, SearchRank
from django.db.models import Exists, F, OuterRef, Prefetch, Q, TextField, Value, Window
from django.db.models.functions import Cast, Coalesce, RowNumber
from django.utils import timezone

from portal import text
from portal.natural_keys import NaturalKeyQuerySet


class CategoryQuerySet(NaturalKeyQuerySet):
    def tops(self):
        """Return the categories of the first level with their children."""
        return self.filter(parent=None).prefetch_related("children")

    def with_latest(self, per_category):
        """
        Return first-level categories that have published articles.

        Each has ``latest``: its newest articles and those of its children, at most
        ``per_category``; two queries altogether.
        """
        articles = self.model._meta.get_field("articles").related_model
        categories = list(self.filter(parent=None))
        newest = (
            articles.objects.published()
            .annotate(top=Coalesce("category__parent", "category"))
            .annotate(
                place_in_top=Window(
                    RowNumber(), partition_by="top", order_by=[F("published_at").desc(), "-pk"]
                )
            )
            .filter(place_in_top__lte=per_category)
            .for_cards()
            .newest_first()
        )
        by_top = {}
        for article in newest:
            by_top.setdefault(article.top, []).append(article)
        for category in categories:
            category.latest = by_top.get(category.pk, [])
        return [category for category in categories if category.latest]


class ArticleQuerySet(NaturalKeyQuerySet):
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

    def newest_first(self):
        return self.order_by("-published_at", "-pk")

    def in_category(self, category):
        """Return the articles of a category and of its child categories."""
        return self.filter(Q(category=category) | Q(category__parent=category))

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

    def with_failed_narration(self):
        """Return the approved articles that could not be read aloud, latest failure first."""
        return (
            self.filter(state=self.model.State.APPROVED, narration__isnull=False)
            .exclude(narration__error="")
            .select_related("narration")
            .order_by("-narration__made_at", "-pk")
        )

    def for_cards(self):
        """Return what a list shows: category and cover joined, the body left behind."""
        return self.select_related("category", "cover").defer("body", "search")

    def for_reading(self):
        """Return what the article page shows in as few queries as it can."""
        photos = self.model._meta.get_field("photos").related_model.objects.with_picture()
        return (
            self.select_related("category__parent", "cover", "narration")
            .prefetch_related("attachments", Prefetch("photos", photos, "shown_photos"))
            .defer("search")
        )

    def search(self, query):
        """
        Return the articles that hold every word typed, best first.

        Annotates ``rank`` (0–1). Words are compared without marks; a part in quotes
        is a phrase, a leading minus excludes. Nothing typed finds nothing.
        """
        if not text.search_words(query):
            return self.none()
        folded = SearchQuery(Value(text.fold(query)), config="simple", search_type="websearch")
        return (
            self.filter(search=folded)
            .annotate(rank=SearchRank(F("search"), folded, normalization=Value(32)))
            .order_by("-rank", "-published_at", "-pk")
        )


class ArticlePhotoQuerySet(NaturalKeyQuerySet):
    def with_picture(self):
        """Leave out captions that still wait for their picture."""
        return self.filter(photo__isnull=False).select_related("photo")
