"""The tables of search: what can be found, what abbreviations mean, which words there are."""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import BooleanField, Q
from django.db.models.expressions import RawSQL

from portal.fields import LineField
from portal.natural_keys import NaturalKeyModel, NaturalKeyQuerySet
from portal.search.tasks import reindex_soon
from portal.search.words import LONGEST_WORD, words


class SearchEntryQuerySet(models.QuerySet):
    def shown(self, at):
        """Return what the public may find at a moment; drafts have no entry at all."""
        return self.filter(Q(shown_until=None) | Q(shown_until__gt=at), shown_from__lte=at)

    def dates_of_articles(self, at):
        """Return the moments from which articles are shown, for a subquery."""
        articles = self.shown(at).filter(kind=SearchEntry.Kind.ARTICLE)
        return articles.order_by("shown_from").values("shown_from")

    def sections_named(self, query, at):
        """Return the categories and topics, also those without articles, that hold every word."""
        kinds = [SearchEntry.Kind.CATEGORY, SearchEntry.Kind.TAG]
        # As it is: PostgreSQL's parser, which Django asks, would take the words apart anew.
        named = RawSQL("title_document @@ %s::tsquery", [query.all_words()], BooleanField())
        return self.shown(at).filter(named, kind__in=kinds).order_by("kind", "title")


class SearchEntry(models.Model):
    """
    A public page as search knows it; written by portal.search.entries alone.

    Rows are kept narrow, the long columns out of line (migration 0007): thousands of hits
    are sorted by date without reading what they say.
    """

    class Kind(models.TextChoices):
        ARTICLE = "article", "Tin bài"
        INDICATOR = "indicator", "Chỉ tiêu"
        ANSWER = "answer", "Hỏi đáp"
        PAGE = "page", "Trang giới thiệu"
        CATEGORY = "category", "Chuyên mục"
        TAG = "tag", "Chủ đề"

    kind = models.CharField(max_length=9, choices=Kind)
    object_id = models.BigIntegerField()
    category_id = models.BigIntegerField(null=True)  # of an article; portal knows no app
    shown_from = models.DateTimeField()  # UNDATED for what has no date
    shown_until = models.DateTimeField(null=True)
    version = models.PositiveSmallIntegerField()  # of the rules; 0 when the text changed by SQL
    url = models.CharField(max_length=250)
    title = models.TextField()
    body = models.TextField()  # plain text, for the excerpt
    title_document = SearchVectorField()
    document = SearchVectorField()

    objects = SearchEntryQuerySet.as_manager()

    class Meta:
        verbose_name = "mục tìm kiếm"
        verbose_name_plural = "mục tìm kiếm"
        constraints = [
            models.UniqueConstraint(fields=["kind", "object_id"], name="one_entry_per_page")
        ]
        indexes = [
            models.Index(fields=["-shown_from", "-id"], name="entry_newest"),
            # Without a list of pending rows: an article more takes a moment, searches never do.
            GinIndex(fields=["title_document"], name="entry_title", fastupdate=False),
            GinIndex(fields=["document"], name="entry_document", fastupdate=False),
        ]

    def __str__(self):
        return self.title


class AbbreviationQuerySet(NaturalKeyQuerySet):
    def delete(self):
        deleted = super().delete()
        transaction.on_commit(reindex_soon)
        return deleted


class Abbreviation(NaturalKeyModel):
    """A short form and what it stands for; whoever searches for one finds the other."""

    natural_key_fields = ("short", "long")

    short = LineField("viết tắt", max_length=20, help_text="Một từ, ví dụ: UBND.")
    long = LineField("viết đầy đủ", max_length=120, help_text="Ví dụ: Ủy ban nhân dân.")

    objects = AbbreviationQuerySet.as_manager()

    class Meta:
        ordering = ["short", "long"]
        verbose_name = "từ viết tắt"
        verbose_name_plural = "từ viết tắt"
        constraints = [
            models.UniqueConstraint(
                fields=["short", "long"],
                name="one_row_per_abbreviation",
                violation_error_message="Từ viết tắt này đã có với nghĩa như vậy.",
            )
        ]

    def __str__(self):
        return f"{self.short} – {self.long}"

    def clean(self):
        if len(words(self.short)) != 1:
            raise ValidationError({"short": "Viết tắt phải là một từ liền, không có dấu cách."})
        if len(words(self.long)) < 2:
            raise ValidationError({"long": "Viết đầy đủ phải có ít nhất hai từ."})

    def save(self, *args, **kwargs):
        super().save(*args, **kwargs)
        transaction.on_commit(reindex_soon)

    def delete(self, *args, **kwargs):
        deleted = super().delete(*args, **kwargs)
        transaction.on_commit(reindex_soon)
        return deleted


class SearchWord(models.Model):
    """
    A folded word of what may be found: where a misspelt word may lead.

    A proposal alone: whether the public may read a text with it is asked each time.
    """

    word = models.CharField(max_length=LONGEST_WORD, primary_key=True)

    class Meta:
        verbose_name = "từ trong văn bản"
        verbose_name_plural = "từ trong văn bản"

    def __str__(self):
        return self.word
