"""Polls: a question, its options, one ballot per browser."""

from decimal import Decimal
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Count, F, Q
from django.urls import reverse
from django.utils import timezone

from portal import text
from portal.fields import MomentField, readable
from portal.natural_keys import NaturalKeyModel, NaturalKeyQuerySet
from portal.slugs import SluggedModel, TitleSlugField


class PollQuerySet(NaturalKeyQuerySet):
    def open(self, at=None):
        """Return the polls that take ballots at a moment (now unless given)."""
        at = at or timezone.now()
        return self.filter(Q(closes_at=None) | Q(closes_at__gt=at), opens_at__lte=at)

    def opened(self, at=None):
        """Return the polls that were opened by a moment, those closed since included."""
        return self.filter(opens_at__lte=at or timezone.now())

    def with_options(self):
        return self.prefetch_related("options")

    def with_ballot_count(self):
        """Annotate ``ballot_count``: how many browsers voted."""
        return self.annotate(ballot_count=Count("votes")).order_by(*Poll._meta.ordering)

    def with_slug(self, slug):
        """Return the poll with a slug as it came from outside, or None."""
        return self.filter(slug=text.clean_line(slug)).first()

    def shown_first(self, at=None):
        """Return the first open poll, else the first at all; None when there is none."""
        return self.open(at).first() or self.first()


class OptionResult(NamedTuple):
    label: str
    votes: int  # count
    share: Decimal | None  # percent of all votes, 0–100; None before the first vote

    @property
    def bar_width(self) -> str:
        """Return the share as an SVG length out of 100, with a point whatever the language."""
        return f"{self.share or 0:f}"


class PollResults(list[OptionResult]):
    """One row per option, in display order."""

    @property
    def ballots(self) -> int:
        """Return how many browsers voted."""
        return sum(row.votes for row in self)


class Poll(SluggedModel):
    slug = TitleSlugField("đường dẫn", source="question", help_text="Để trống: lấy từ câu hỏi.")
    question = models.CharField("câu hỏi", max_length=250)
    introduction = models.CharField("lời dẫn", max_length=300, blank=True)
    opens_at = MomentField("mở lúc", default=timezone.now)
    closes_at = MomentField("đóng lúc", null=True, blank=True, help_text="Để trống: không đóng.")
    position = models.PositiveSmallIntegerField("thứ tự", default=0)

    objects = PollQuerySet.as_manager()

    class Meta:
        ordering = ["position", "-opens_at"]
        verbose_name = "câu hỏi đánh giá"
        verbose_name_plural = "câu hỏi đánh giá"
        constraints = [
            models.CheckConstraint(
                condition=Q(closes_at=None) | Q(closes_at__gt=F("opens_at")),
                name="poll_closes_after_it_opens",
                violation_error_message="Thời điểm đóng phải sau thời điểm mở.",
            ),
            readable("opens_at", "closes_at", name="poll_moments_readable"),
        ]

    def __str__(self):
        return self.question

    def get_absolute_url(self):
        return reverse("feedback:poll-results") + f"?cau-hoi={self.slug}"

    def is_open(self, at=None):
        at = at or timezone.now()
        return self.opens_at <= at and (self.closes_at is None or self.closes_at > at)

    def cast(self, option, ballot) -> bool:
        """
        Count a browser's ballot for an option, moving it from the one chosen before.

        Return True for a first ballot, False for a moved one.
        """
        _, is_first = self.votes.update_or_create(
            ballot=ballot, defaults={"option": option, "cast_at": timezone.now()}
        )
        return is_first

    def results(self) -> PollResults:
        """
        Return one row per option, in display order.

        Shares are rounded to 0.1 % independently, so they may not total 100.
        """
        # Grouping drops the model's own order.
        options = list(self.options.annotate(votes=Count("ballots")).order_by("position", "pk"))
        total = sum(option.votes for option in options)
        return PollResults(
            OptionResult(
                option.text,
                option.votes,
                (Decimal(option.votes) / total * 100).quantize(Decimal("0.1")) if total else None,
            )
            for option in options
        )


class OptionQuerySet(NaturalKeyQuerySet):
    def of_first_open_poll(self, at=None):
        """Return the options of the open poll shown first, each with its poll, in one query."""
        polls = Poll.objects.open(at).filter(options__isnull=False)
        return self.filter(poll=polls.values("pk")[:1]).select_related("poll")


class Option(NaturalKeyModel):
    natural_key_fields = ("poll__slug", "text")

    poll = models.ForeignKey(
        Poll, models.CASCADE, related_name="options", verbose_name="câu hỏi đánh giá"
    )
    text = models.CharField("phương án", max_length=150)
    points = models.PositiveSmallIntegerField(
        "điểm",
        null=True,
        blank=True,
        help_text="Chỉ dùng khi các phương án là thang điểm: 5 là mức tốt nhất.",
    )
    position = models.PositiveSmallIntegerField("thứ tự", default=0)

    objects = OptionQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = "phương án"
        verbose_name_plural = "phương án"
        constraints = [
            models.UniqueConstraint(
                fields=["poll", "text"],
                name="option_text_is_unique_in_poll",
                violation_error_message="Câu hỏi này đã có phương án như vậy.",
            ),
            models.CheckConstraint(
                condition=~Q(text=""),
                name="option_has_text",
                violation_error_message="Hãy nhập nội dung phương án.",
            ),
            # What lets a vote be tied to an option of its own poll (migration 0002).
            models.UniqueConstraint(fields=["id", "poll"], name="option_id_with_its_poll"),
            models.CheckConstraint(
                condition=Q(points=None) | Q(points__range=(1, 5)),
                name="option_points_in_range",
                violation_error_message="Điểm từ 1 đến 5.",
            ),
        ]

    def __str__(self):
        return self.text

    def clean(self):
        self.text = text.clean_line(self.text)
        if self.pk and Option.objects.filter(pk=self.pk).exclude(text=self.text).exists():
            self.refuse_change_after_ballots()

    def refuse_change_after_ballots(self):
        """Raise ValidationError once somebody chose this: their choice keeps its meaning."""
        if self.ballots.exists():
            raise ValidationError(
                f"Phương án “{Option.objects.get(pk=self.pk)}” đã có phiếu nên không sửa, "
                "không xóa được. Hãy đặt thời điểm đóng cho câu hỏi này và lập câu hỏi mới."
            )


class VoteQuerySet(models.QuerySet):
    def choices_of(self, ballot) -> dict[int, int]:
        """Return what a ballot chose: option ids by poll id."""
        return dict(self.filter(ballot=ballot).values_list("poll_id", "option_id"))


class Vote(models.Model):
    """One browser's ballot in one poll; voting again moves it."""

    poll = models.ForeignKey(Poll, models.CASCADE, related_name="votes")
    # RESTRICT: an option with ballots goes only together with its whole poll.
    option = models.ForeignKey(Option, models.RESTRICT, related_name="ballots")
    ballot = models.UUIDField()  # the random token in the voter's signed cookie
    cast_at = models.DateTimeField(default=timezone.now)
    # Hash of network and browser under a key that changes every day; never an address.
    voter = models.BinaryField(max_length=16, null=True, editable=False)
    is_suspect = models.BooleanField("nghi do máy gửi", default=False)

    objects = VoteQuerySet.as_manager()

    class Meta:
        verbose_name = "phiếu"
        verbose_name_plural = "phiếu"
        constraints = [
            models.UniqueConstraint(
                fields=["poll", "ballot"], name="one_ballot_per_poll_and_browser"
            )
        ]

    def __str__(self):
        return f"{self.poll_id}: {self.option_id}"
