"""Which articles quote which figures, and what staff judged not to be a figure."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from indicators.models.figures import Figure
from indicators.titles import public_title
from portal.fields import LineField, ParagraphsField


class QuotationQuerySet(models.QuerySet):
    def of(self, article):
        """Return what an article quotes, with the figures, in the order it was accepted."""
        figures = self.filter(article=article).select_related(
            "figure__indicator", "figure__territory"
        )
        return figures.order_by("made_at")


class Quotation(models.Model):
    """A figure as an article states it: read from its text, or put into it by staff."""

    figure = models.ForeignKey(
        Figure, models.CASCADE, related_name="quotations", verbose_name="số liệu"
    )
    article = models.ForeignKey(
        "news.Article", models.CASCADE, related_name="quotations", verbose_name="bài viết"
    )
    sentence = ParagraphsField("câu trong bài", blank=True)
    fingerprint = LineField("dấu vân của câu", max_length=64, blank=True, editable=False)
    made_at = models.DateTimeField("ghi lúc", default=timezone.now, editable=False)

    objects = QuotationQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at"]
        verbose_name = "trích dẫn"
        verbose_name_plural = "trích dẫn"
        constraints = [
            models.UniqueConstraint(
                fields=["figure", "article", "fingerprint"],
                name="one_quotation_per_sentence",
                violation_error_message="Câu này của bài viết đã được nối với số liệu đó.",
            )
        ]

    def __str__(self):
        return f"{public_title(self.article)}: {self.figure}"  # told before a figure is deleted


class DiscardedReading(models.Model):
    """What the reader proposed from an article's text and staff turned down."""

    article = models.ForeignKey(
        "news.Article", models.CASCADE, related_name="discarded_readings", verbose_name="bài viết"
    )
    fingerprint = LineField("dấu vân của câu", max_length=64)
    discarded_at = models.DateTimeField("bỏ lúc", default=timezone.now, editable=False)
    discarded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="người bỏ",
    )

    class Meta:
        ordering = ["-discarded_at"]
        verbose_name = "đề xuất đã bỏ"
        verbose_name_plural = "đề xuất đã bỏ"
        constraints = [
            models.UniqueConstraint(fields=["article", "fingerprint"], name="discarded_once")
        ]

    def __str__(self):
        return f"{self.article}, {timezone.localtime(self.discarded_at):%d/%m/%Y}"
