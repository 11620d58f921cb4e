"""«Thông tin này có hữu ích không?»: what readers say of one article."""

from django.db import models
from django.db.models import Count, DateField, F, Q
from django.db.models.functions import TruncMonth
from django.utils import timezone

from feedback.models.doubts import Doubted, DoubtedQuerySet, set_aside_is_suspect
from portal.fields import LineField

LONGEST_REMARK = 300  # characters
TAKEN_OUT = "(đã xóa)"  # in the place of words that are kept no longer, where some have to stand


class OpinionQuerySet(DoubtedQuerySet):
    def express(self, ballot, article, *, is_helpful, remark=None) -> None:
        """
        Keep what a browser's ``ballots.Ballot`` says of an article, in one statement.

        Said again it is changed; without a ``remark`` the one made before stays.
        """
        opinion = self.model(
            article=article,
            ballot=ballot.number,
            is_helpful=is_helpful,
            remark=remark or "",
            voter=ballot.voter,
            is_suspect=ballot.is_suspect,
        )
        self.bulk_create(
            [opinion],
            update_conflicts=True,
            unique_fields=["article", "ballot"],
            update_fields=["is_helpful", "at", *(["remark"] if remark is not None else [])],
        )

    def with_remark(self):
        """Return those with words that can be read."""
        return self.exclude(remark__in=["", TAKEN_OUT])

    def take_out_remarks(self) -> int:
        """Take out what readers wrote, leave what is counted; say how many."""
        return self.with_remark().update(remark=TAKEN_OUT)

    def tallied(self, **group):
        """
        Return one row for each value of ``group``: how many said yes, no, and something more.

        What awaits a decision is counted apart in ``awaiting``; rows with nothing but what was
        set aside do not appear.
        """
        counted, awaiting = Q(is_suspect=False), Q(is_suspect=True, is_set_aside=False)
        return (
            self.order_by()
            .values(**group)
            .annotate(
                yes=Count("pk", filter=counted & Q(is_helpful=True)),
                no=Count("pk", filter=counted & Q(is_helpful=False)),
                remarks=Count("pk", filter=counted & ~Q(remark="")),
                awaiting=Count("pk", filter=awaiting),
            )
            .filter(Q(yes__gt=0) | Q(no__gt=0) | Q(awaiting__gt=0))
        )

    def by_article(self):
        return self.tallied(key=F("article"), name=F("article__title"))

    def by_category(self):
        return self.tallied(key=F("article__category"), name=F("article__category__name"))

    def by_month(self):
        return self.tallied(key=_month())

    def by_category_and_month(self):
        """Return also of each row the ``month``, its first day."""
        category = {"key": F("article__category"), "name": F("article__category__name")}
        return self.tallied(**category, month=_month())


def _month():
    return TruncMonth("at", output_field=DateField())


class Opinion(Doubted):
    """One browser's yes or no about an article; said again it is changed, not added."""

    article = models.ForeignKey(
        "news.Article", models.CASCADE, related_name="opinions", verbose_name="bài viết"
    )
    is_helpful = models.BooleanField("hữu ích")
    remark = LineField("ý kiến thêm", max_length=LONGEST_REMARK, blank=True)
    at = models.DateTimeField("lúc", default=timezone.now, editable=False, db_index=True)

    about, choice, moment = "article", "is_helpful", "at"

    objects = OpinionQuerySet.as_manager()

    class Meta:
        ordering = ["-at"]
        verbose_name = "ý kiến về bài viết"
        verbose_name_plural = "ý kiến về bài viết"
        constraints = [
            models.UniqueConstraint(
                fields=["article", "ballot"], name="one_opinion_per_article_and_browser"
            ),
            set_aside_is_suspect("opinion_set_aside_is_suspect"),
        ]
        indexes = [
            models.Index(fields=["ballot"], name="opinion_by_ballot"),
            models.Index(
                fields=["article", "at"], condition=Q(is_suspect=True), name="suspect_opinions"
            ),
        ]

    @property
    def readable_remark(self) -> str:
        """Return what its reader wrote; nothing once that is taken out."""
        return "" if self.remark == TAKEN_OUT else self.remark

    def __str__(self):
        return "Hữu ích" if self.is_helpful else "Chưa hữu ích"
